"""Records: lists to work through, and one paper with what was read, what was confirmed, and how it came to be."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response

from api.auth import RecordReader
from api.etags import etag, not_modified
from api.paging import After, Limit, RecordKey, UnitFilter
from api.problems import problems
from api.schemas.common import Code
from api.schemas.record import Change, History, RecordDetail, RecordList, RecordSummary
from api.state import State
from records.codes import parse_dossier_code
from records.errors import InvalidDossierCode, NotFound
from records.ids import BatchId, DocumentTypeCode, RecordId, UnitCode
from records.states import RecordState

router = APIRouter(tags=["Records"])


@router.get(
    "/api/records",
    operation_id="list_records",
    summary="List records",
    responses=problems(InvalidDossierCode),
)
def list_records(
    state: State,
    caller: RecordReader,
    states: Annotated[
        list[RecordState] | None, Query(alias="state", description="Only these states.")
    ] = None,
    batch: Annotated[UUID | None, Query(description="Only this batch.")] = None,
    unit: UnitFilter = None,
    kind: Annotated[
        Code | None, Query(alias="type", description="Document type: confirmed, else proposed.")
    ] = None,
    dossier: Annotated[Code | None, Query(description="Confirmed for or filed in this dossier.")] = None,
    after: After = None,
    limit: Limit = 50,
) -> RecordList:
    """Records of the own org units, oldest first, so that a queue is worked off in order."""
    with state.services.database.snapshot() as tx:
        found = tx.records.list(
            caller.scope,
            state=states,
            batch=BatchId(str(batch)) if batch else None,
            unit=UnitCode(unit) if unit else None,
            document_type=DocumentTypeCode(kind) if kind else None,
            dossier=parse_dossier_code(dossier).code if dossier else None,
            after=after,
            limit=limit,
        )
    return RecordList(items=[RecordSummary.of(record) for record in found.items], next=found.next)


@router.get(
    "/api/records/{record}",
    operation_id="get_record",
    summary="Show a record",
    responses={304: {"description": "Not changed since the version in If-None-Match."}, **problems(NotFound)},
)
def get_record(
    record: RecordKey,
    state: State,
    caller: RecordReader,
    response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> RecordDetail:
    """A record with its fields and their evidence. Its `ETag` is what a change sends as `If-Match`."""
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
    tag = etag(found.version)
    if not_modified(if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag})  # type: ignore[return-value]
    response.headers["ETag"] = tag
    return RecordDetail.of(found)


@router.get(
    "/api/records/{record}/history",
    operation_id="get_record_history",
    summary="Show a record's history",
    responses=problems(NotFound),
)
def get_history(record: RecordKey, state: State, caller: RecordReader) -> History:
    """Every version, the first one first: who or what changed it, when, why, and how it stood then."""
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        versions = tx.records.history(found.id)
    return History(items=[Change.of(version) for version in versions])
