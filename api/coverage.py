"""Coverage: how much of what must be digitized is, and which dossiers are missing."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypedDict

from fastapi import APIRouter, Depends, Query, Response

from api.auth import CoverageReader, StaffCaller
from api.downloads import BINARY
from api.paging import After, Limit, UnitFilter
from api.problems import problems
from api.schemas.coverage import (
    ComponentGapItem,
    ComponentGapList,
    CoverageLine,
    CoverageTable,
    ForecastView,
    GapItem,
    GapList,
    Trend,
    TrendWeek,
    flat,
)
from api.state import ApiState, State
from records.coverage import VIETNAM, CoverageRow, Grouping, Line, Period, moment_asked, total
from records.errors import InvalidValue
from records.forecast import forecast
from records.ids import UnitCode
from records.report import ReportKind
from records.staff import Scope
from reports.formats import MEDIA_TYPES, ReportFormat, file_name, write
from storage.database import Transaction
from workers.reporting import make_report

router = APIRouter(tags=["Coverage"])

_EARLIEST, _LATEST = date(1990, 1, 1), date(2200, 1, 1)


class TableFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


First = Annotated[
    date | None, Query(alias="from", description="First day; by default 1 January of the last day's year.")
]
Last = Annotated[date | None, Query(alias="to", description="Last day, included; by default today.")]


AsOf = Annotated[
    str | None,
    Query(
        max_length=40,
        description="As it was shown at this past moment (Viet Nam's time unless a zone is given), or at the end of "
        "this day. Recomputed from the history.",
        examples=["2022-11-30"],
    ),
]
Mapped = Annotated[
    bool,
    Query(
        description="Under the org units that answer for the dossiers at that moment, else today; `unit` and the own "
        "org units are then such units."
    ),
]


def moment_of(as_of: str | None) -> datetime | None:
    """The moment that is asked for; raises InvalidValue."""
    if as_of is None:
        return None
    try:
        return moment_asked(as_of)
    except (ValueError, OverflowError):
        raise InvalidValue(
            "no day such as 2022-11-30 and no moment such as 2022-11-30T17:00", field="as_of"
        ) from None


def period_of(first: date | None, last: date | None) -> Period:
    """The days that are asked for; raises InvalidValue."""
    end = last or datetime.now(VIETNAM).date()
    begin = first or date(end.year, 1, 1)
    if not _EARLIEST <= begin <= end <= _LATEST:
        raise InvalidValue("`from` lies after `to`, or outside the years 1990 to 2200", field="from")
    return Period(begin, end)


def narrowed(tx: Transaction, caller: StaffCaller, unit: str | None) -> Scope:
    """What the caller may see of a unit and everything below it."""
    if unit is None:
        return caller.scope
    below = tx.catalogue.expand([UnitCode(unit)])
    return Scope(below if caller.scope.units is None else below & caller.scope.units)


class How(TypedDict):
    as_of: datetime | None
    mapped: bool


@dataclass(frozen=True)
class Asked:
    """What every question about coverage names: which days, which units, known when, counted under whom."""

    first: First = None
    last: Last = None
    unit: UnitFilter = None
    as_of: AsOf = None
    mapped: Mapped = False

    @property
    def period(self) -> Period:
        return period_of(self.first, self.last)

    @property
    def how(self) -> How:
        """The part that goes on to the query as it is."""
        return {"as_of": moment_of(self.as_of), "mapped": self.mapped}

    def scope(self, tx: Transaction, caller: StaffCaller) -> Scope:
        return narrowed(tx, caller, self.unit)


Question = Annotated[Asked, Depends()]
LineBy = Annotated[
    Grouping | None,
    Query(description="With `key`: only those of one line of the table that is broken down so."),
]
LineKey = Annotated[str | None, Query(max_length=200, description="The line's key.")]


@router.get(
    "/api/coverage",
    operation_id="get_coverage",
    summary="Coverage",
    response_model=CoverageTable,
    responses={
        200: {
            "description": "The table, with its sum.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                MEDIA_TYPES[ReportFormat.XLSX]: BINARY,
                MEDIA_TYPES[ReportFormat.PDF]: BINARY,
            },
        },
        **problems(InvalidValue),
    },
)
def get_coverage(
    state: State,
    caller: CoverageReader,
    asked: Question,
    by: Annotated[Grouping, Query(description="By what the table is broken down.")] = Grouping.UNIT,
    form: Annotated[
        TableFormat, Query(alias="format", description="json, csv, xlsx or pdf")
    ] = TableFormat.JSON,
) -> CoverageTable | Response:
    """Digitized ÷ required for the own org units, with and without certification.

    Received counts by the day of reception; resolved, required and digitised by the day of resolution. `unit` takes
    everything below it. As xlsx and pdf it is a sheet with parameters, moment and a fingerprint, which
    `POST /api/reports/verify` proves.
    """
    if form in (TableFormat.XLSX, TableFormat.PDF):
        return _sheet(state, caller, asked, by, ReportFormat(form))
    period = asked.period
    with state.services.database.snapshot() as tx:
        rows = tx.coverage.rows(by, period, asked.scope(tx, caller), **asked.how)
    if form is TableFormat.JSON:
        return CoverageTable.of(by, period, rows, total(rows, "total"))
    return _csv([*rows, total(rows, "total")], f"coverage-{by}-{period.first}-{period.last}.csv")


def _csv(rows: list[CoverageRow], name: str) -> Response:
    lines = [flat(CoverageLine.of(row)) for row in rows]
    out = io.StringIO()
    out.write("\ufeff")  # spreadsheets take UTF-8 for what it is only with this
    writer = csv.DictWriter(out, fieldnames=list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _sheet(state: ApiState, caller: StaffCaller, asked: Asked, by: Grouping, form: ReportFormat) -> Response:
    made = make_report(
        state.services,
        ReportKind.COVERAGE,
        asked.period,
        caller.scope,
        unit=UnitCode(asked.unit) if asked.unit else None,
        **asked.how,
        by=by,
    )
    headers = {"Content-Disposition": f'attachment; filename="{file_name(made, form)}"'}
    return Response(write(made, form), media_type=MEDIA_TYPES[form], headers=headers)


@router.get(
    "/api/coverage/gap",
    operation_id="list_gap",
    summary="What is missing",
    responses=problems(InvalidValue),
)
def list_gap(
    state: State,
    caller: CoverageReader,
    asked: Question,
    by: LineBy = None,
    key: LineKey = None,
    certification: Annotated[bool, Query(description="Of the rate that counts certification.")] = False,
    after: After = None,
    limit: Limit = 50,
) -> GapList:
    """The dossiers that keep the rate under 100 %: resolved in the period, in need of a result, none filed.

    Each with what is missing and who holds it. There are as many as the figure says that is asked about.
    """
    line = Line(by, key) if by is not None and key is not None else None
    with state.services.database.snapshot() as tx:
        scope = asked.scope(tx, caller)
        found = tx.coverage.gap(
            asked.period,
            scope,
            **asked.how,
            line=line,
            certification=certification,
            after=after,
            limit=limit,
        )
        cases = tx.coverage.missing(found.items)
    return GapList(items=[GapItem.of_case(case) for case in cases], next=found.next)


@router.get(
    "/api/coverage/component-gap",
    operation_id="list_component_gap",
    summary="Which components are missing",
    responses=problems(InvalidValue),
)
def list_component_gap(
    state: State,
    caller: CoverageReader,
    asked: Question,
    by: LineBy = None,
    key: LineKey = None,
    after: After = None,
    limit: Limit = 50,
) -> ComponentGapList:
    """The dossiers that keep `components_rate` under 100 %: received in the period, with components to be digitized.

    What they lack adds up to the figure that is asked about.
    """
    line = Line(by, key) if by is not None and key is not None else None
    with state.services.database.snapshot() as tx:
        found = tx.coverage.component_gap(
            asked.period, asked.scope(tx, caller), **asked.how, line=line, after=after, limit=limit
        )
    return ComponentGapList(items=[ComponentGapItem.of_case(case) for case in found.items], next=found.next)


@router.get(
    "/api/coverage/trend",
    operation_id="get_trend",
    summary="The way to 100 %",
    responses=problems(InvalidValue),
)
def get_trend(
    state: State,
    caller: CoverageReader,
    asked: Question,
    weeks: Annotated[int, Query(ge=5, le=104, description="How many weeks back.")] = 12,
) -> Trend:
    """Coverage at the end of each of the last weeks, and the day on which 100 % is reached at the pace of four."""
    with state.services.database.snapshot() as tx:
        points = tx.coverage.trend(asked.period, asked.scope(tx, caller), **asked.how, weeks=weeks)
    return Trend(weeks=[TrendWeek.of(point) for point in points], forecast=ForecastView.of(forecast(points)))
