"""The statutory reports, in the forms in which they are filed, and the check of such a file against the history."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.auth import CoverageReader
from api.coverage import AsOf, First, Last, Mapped, Question, moment_of, period_of
from api.downloads import BINARY
from api.paging import After, Limit, UnitFilter
from api.problems import problems
from api.schemas.dossier import DossierList, DossierSummary
from api.schemas.report import ReportView, VerificationView
from api.state import State
from records.cells import Figure, Part
from records.errors import InvalidReport, InvalidValue, NotAllowed, NotFound
from records.ids import UnitCode
from records.report import ReportKind, ReportRequest
from reports.formats import MEDIA_TYPES, ReportFormat, file_name, write
from workers.report_cells import dossiers_behind
from workers.reporting import LATEST, make_report, verify_report

router = APIRouter(tags=["Reports"])

FormName = Literal["II.06a", "digitization", "766"]
_BODY = {
    "requestBody": {
        "required": True,
        "description": "The file as it was downloaded: JSON, CSV, XLSX or PDF, told apart by content.",
        "content": {"application/octet-stream": BINARY},
    }
}


@router.get(
    "/api/reports/{report}",
    operation_id="get_report",
    summary="A statutory report",
    response_model=ReportView,
    responses={
        200: {
            "description": "The report.",
            "content": {
                media: BINARY for form, media in MEDIA_TYPES.items() if form is not ReportFormat.JSON
            },
        },
        **problems(InvalidValue, NotFound),
    },
)
def get_report(
    report: Annotated[FormName, Path(description="II.06a, digitization or 766.")],
    state: State,
    caller: CoverageReader,
    first: First = None,
    last: Last = None,
    unit: UnitFilter = None,
    as_of: AsOf = None,
    mapped: Mapped = False,
    form: Annotated[
        ReportFormat, Query(alias="format", description="json, csv, xlsx or pdf")
    ] = ReportFormat.JSON,
) -> Response:
    """Form II.06a, the digitization sheet, or indicators 4.1–4.4 of Decision 766, for the own org units.

    Every form carries what it was counted from, the moment, and a fingerprint; `POST /api/reports/verify` proves it.
    """
    made = make_report(
        state.services,
        ReportKind(report),
        period_of(first, last),
        caller.scope,
        unit=UnitCode(unit) if unit else None,
        as_of=moment_of(as_of),
        mapped=mapped,
    )
    headers = (
        {}
        if form is ReportFormat.JSON
        else {"Content-Disposition": f'attachment; filename="{file_name(made, form)}"'}
    )
    return Response(write(made, form), media_type=MEDIA_TYPES[form], headers=headers)


@router.get(
    "/api/reports/{report}/dossiers",
    operation_id="list_report_dossiers",
    summary="The dossiers behind a figure",
    responses=problems(InvalidValue, NotFound),
)
def list_report_dossiers(
    report: Annotated[FormName, Path(description="II.06a, digitization or 766.")],
    state: State,
    caller: CoverageReader,
    asked: Question,
    line: Annotated[
        str,
        Query(max_length=200, description="The `key` of the report's row.", examples=["commune/Hộ tịch"]),
    ],
    column: Annotated[str, Query(max_length=60, description="The column's key.", examples=["late"])],
    part: Annotated[
        Part, Query(description="Of a rate: its numerator, its denominator, or what is missing.")
    ] = Part.NUMERATOR,
    after: After = None,
    limit: Limit = 50,
) -> DossierList:
    """As many dossiers as the figure says, oldest first; with the report's own `as_of`, those of that very figure."""
    units = None if caller.scope.units is None else tuple(sorted(caller.scope.units))
    unit = UnitCode(asked.unit) if asked.unit else None
    moment = moment_of(asked.as_of) or LATEST
    request = ReportRequest(ReportKind(report), asked.period, moment, unit, units, asked.mapped)
    figure = Figure(line, column, part)
    found = dossiers_behind(state.services, request, figure, after=after, limit=limit)
    return DossierList(items=[DossierSummary.of(one) for one in found.items], next=found.next)


@router.post(
    "/api/reports/verify",
    operation_id="verify_report",
    summary="Check a report's file",
    openapi_extra=_BODY,
    responses=problems(InvalidReport, NotAllowed),
)
async def post_verify(request: Request, state: State, caller: CoverageReader) -> VerificationView:
    """Recompute the report from the history and say whether the file says the same, or which places differ.

    Of a PDF, every line of the report must stand in it; what a signature adds does not count.
    """
    untrusted = await request.body()
    found = await run_in_threadpool(verify_report, state.services, untrusted, caller.scope)
    return VerificationView.of(found)
