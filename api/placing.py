"""A paper whose cover sheet is missing: the person who still has the dossier at hand names it."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from api.auth import Placer
from api.etags import check_version, etag
from api.paging import RecordKey
from api.problems import problems
from api.record_changes import IfMatch
from api.schemas.common import Code, Incoming
from api.schemas.record import RecordDetail
from api.state import State
from records.codes import parse_dossier_code
from records.errors import (
    DossierUnknown,
    IllegalTransition,
    InvalidDossierCode,
    NotFound,
    StaleVersion,
    VersionRequired,
)
from records.ids import RecordId

router = APIRouter(tags=["Records"])


class Placing(Incoming):
    code: Code


@router.put(
    "/api/records/{record}/dossier",
    operation_id="propose_dossier",
    summary="Propose a dossier",
    responses=problems(
        NotFound, DossierUnknown, InvalidDossierCode, IllegalTransition, StaleVersion, VersionRequired
    ),
)
def propose(
    record: RecordKey,
    body: Placing,
    state: State,
    caller: Placer,
    response: Response,
    if_match: IfMatch = None,
) -> RecordDetail:
    """Name the dossier of a paper that waits, as its cover sheet would have. A clerk still confirms it."""
    code, now = parse_dossier_code(body.code).code, datetime.now(UTC)
    with state.services.database.transaction() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        check_version(if_match, found.version)
        tx.dossiers.get(code, caller.scope)
        saved = tx.records.save(
            found.put_under(code),
            expected_version=found.version,
            actor=caller.actor,
            action="dossier_proposed",
            at=now,
        )
        tx.audit.append(caller.actor, "record.dossier_proposed", saved.id, {"version": saved.version}, now)
    response.headers["ETag"] = etag(saved.version)
    return RecordDetail.of(saved)
