"""A scan of a paper that is digitised already: the dossier uses that one again, and the scan is not filed."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from api.auth import Clerk
from api.etags import check_version, etag
from api.paging import RecordKey
from api.problems import problems
from api.record_changes import IfMatch
from api.reuse import said_owner
from api.schemas.record import RecordDetail
from api.schemas.reuse import Replacing
from api.state import State
from records.codes import parse_dossier_code
from records.coverage import VIETNAM
from records.errors import (
    DossierUnknown,
    IllegalTransition,
    InvalidDossierCode,
    InvalidValue,
    NotFound,
    NotReusable,
    RecordLeased,
    StaleVersion,
    VersionRequired,
)
from records.ids import RecordId
from records.staff import WHOLE_OFFICE
from workers.reuse import replace_scan

router = APIRouter(tags=["Re-use"])


@router.post(
    "/api/records/{record}/reuse",
    operation_id="reuse_for_record",
    summary="Use a paper again instead of a scan",
    responses=problems(
        NotFound,
        DossierUnknown,
        InvalidDossierCode,
        InvalidValue,
        NotReusable,
        IllegalTransition,
        RecordLeased,
        StaleVersion,
        VersionRequired,
    ),
)
def reuse_for_record(
    record: RecordKey,
    body: Replacing,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> RecordDetail:
    """The dossier gets the paper that is filed already, as a component; this scan of it is discarded as a duplicate, in
    one change. `GET /api/records/{record}/desk` says which papers may be it."""
    owner, now = said_owner(body.owner_id), datetime.now(UTC)
    with state.services.database.transaction() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        check_version(if_match, found.version)
        tx.review_leases.check([found.id], caller.staff.id, now)
        saved = replace_scan(
            tx,
            found,
            RecordId(str(body.paper)),
            tx.dossiers.get(parse_dossier_code(body.dossier).code, WHOLE_OFFICE).code,
            owner,
            valid_on=datetime.now(VIETNAM).date(),
            component=body.component,
            actor=caller.actor,
            at=now,
        )
        tx.review_leases.release(saved.id, caller.staff.id)
    response.headers["ETag"] = etag(saved.version)
    return RecordDetail.of(saved)
