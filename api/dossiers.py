"""Dossiers as the case system knows them, with the papers that are filed in them; and the import of case data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi import Path as PathParameter
from pydantic import AwareDatetime
from starlette.concurrency import run_in_threadpool

from api.auth import Administrator, RecordReader
from api.paging import After, Limit, UnitFilter
from api.problems import problems
from api.schemas.common import Code
from api.schemas.dossier import DossierDetail, DossierList, DossierSummary, ImportReport
from api.schemas.record import RecordSummary
from api.spool import spooled
from api.state import ApiState, State
from records.codes import parse_dossier_code
from records.errors import (
    DossierUnknown,
    EmptyFile,
    FileTooLarge,
    InvalidDossierCode,
    InvalidImport,
    InvalidValue,
    NotFound,
)
from records.ids import ProcedureCode, UnitCode
from workers.case_import import import_case, import_cases

router = APIRouter(tags=["Dossiers"])

IMPORT_BYTES = 200 * 1024 * 1024  # a list of a million dossiers as CSV has about 150 MB

_BODY = {
    "requestBody": {
        "required": True,
        "description": "The bytes of a CSV (UTF-8) or XLSX file with a header row, or of a JSON array of objects; "
        "told apart by content.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/api/dossiers", operation_id="list_dossiers", summary="List dossiers")
def list_dossiers(
    state: State,
    caller: RecordReader,
    unit: UnitFilter = None,
    procedure: Annotated[Code | None, Query(description="Only this procedure.")] = None,
    received_from: Annotated[AwareDatetime | None, Query(description="Received then or later.")] = None,
    received_before: Annotated[AwareDatetime | None, Query(description="Received earlier than then.")] = None,
    resolved: Annotated[bool | None, Query(description="Only resolved ones, or only open ones.")] = None,
    after: After = None,
    limit: Limit = 50,
) -> DossierList:
    """Dossiers of the own org units, in the order of reception."""
    with state.services.database.snapshot() as tx:
        found = tx.dossiers.list(
            caller.scope,
            unit=UnitCode(unit) if unit else None,
            procedure=ProcedureCode(procedure) if procedure else None,
            received_from=received_from,
            received_before=received_before,
            resolved=resolved,
            after=after,
            limit=limit,
        )
    return DossierList(items=[DossierSummary.of(dossier) for dossier in found.items], next=found.next)


@router.get(
    "/api/dossiers/{code}",
    operation_id="get_dossier",
    summary="Show a dossier",
    responses=problems(NotFound, InvalidDossierCode),
)
def get_dossier(
    code: Annotated[Code, PathParameter(description="Either form.", examples=["H58.30-220303-0012"])],
    state: State,
    caller: RecordReader,
) -> DossierDetail:
    """A dossier with its owner and the papers that are confirmed for it or filed in it."""
    parsed = parse_dossier_code(code).code
    with state.services.database.snapshot() as tx:
        try:
            dossier = tx.dossiers.get(parsed, caller.scope)
        except DossierUnknown:
            raise NotFound("no dossier with this code") from None
        result = tx.coverage.result_of(parsed)
        papers = tx.records.of_dossier(parsed, caller.scope)
    return DossierDetail.with_records(dossier, result, [RecordSummary.of(record) for record in papers])


@router.put(
    "/api/dossiers/{code}",
    operation_id="put_dossier",
    summary="Take in a dossier",
    responses={
        201: {"description": "It was new.", "model": DossierSummary},
        **problems(InvalidValue, InvalidDossierCode),
    },
)
def put_dossier(
    code: Annotated[Code, PathParameter(description="Either form.", examples=["H58.30-220303-0012"])],
    untrusted: Annotated[
        dict[str, Any],
        Body(
            description="Our names or the sync names, as in a case list; `TaiLieuNop` lists the components.",
            examples=[
                {
                    "MaTTHC": "1.001193",
                    "DonViXuLy": "P1",
                    "NgayTiepNhan": "2022-03-03T08:15",
                    "TaiLieuNop": [{"MaThanhPhanHoSo": "TP01", "DuocTaiSuDung": 1}],
                }
            ],
        ),
    ],
    state: State,
    caller: Administrator,
    response: Response,
) -> DossierSummary:
    """What the provincial system says of one dossier now. Saying it again changes nothing; the history keeps the old.

    Many at once: the same objects as a JSON array to `/api/dossiers/import`.
    """
    parsed = parse_dossier_code(code).code
    outcome = import_case(state.services, parsed, untrusted, actor=caller.actor)
    response.status_code = 201 if outcome.new else 200
    with state.services.database.snapshot() as tx:
        return DossierSummary.of(tx.dossiers.get(parsed, caller.scope))


@router.post(
    "/api/dossiers/import",
    operation_id="import_dossiers",
    summary="Import case data",
    openapi_extra=_BODY,
    responses=problems(InvalidImport, EmptyFile, FileTooLarge),
)
async def post_import(
    request: Request,
    state: State,
    caller: Administrator,
    dry_run: Annotated[bool, Query(description="Say what each row would do, and write nothing.")] = False,
) -> ImportReport:
    """Take in a list of dossiers under our column names or the sync names (MaHoSo, NgayTiepNhan, …).

    Sending it again changes nothing; a row that says something new changes its dossier and the history keeps the old.
    Each refused row is named with its reason; the others are taken.
    """
    folder = state.services.settings.incoming_dir
    async with spooled(request, folder, IMPORT_BYTES) as body:
        if body.fixity.size == 0:
            raise EmptyFile("the file has no bytes")
        return await run_in_threadpool(_imported, state, body.path, caller.actor, dry_run)


def _imported(state: ApiState, untrusted_file: Path, actor: str, dry_run: bool) -> ImportReport:
    outcome = import_cases(state.services, untrusted_file, actor=actor, dry_run=dry_run)
    return ImportReport.of(outcome, dry_run=dry_run)
