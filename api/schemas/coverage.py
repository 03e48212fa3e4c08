"""Coverage rows: every rate with its numerator and denominator."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.common import Next, Outgoing
from api.schemas.dossier import DossierSummary
from records.coverage import CoverageRow, Grouping, Period, Rate
from records.forecast import Forecast, Outlook, TrendPoint
from records.gap import Holding, MissingCase, MissingComponents


class Share(Outgoing):
    """A rate that never hides what it is made of."""

    numerator: int
    denominator: int
    percent: float | None = Field(
        description="Two decimals; never 100.00 below 100; null (N/A) over a denominator of 0.",
        examples=[99.66],
    )

    @classmethod
    def of(cls, rate: Rate) -> Share:
        return cls(numerator=rate.numerator, denominator=rate.denominator, percent=rate.percent())


class CoverageLine(Outgoing):
    """One line. Counts are dossiers unless the name says components."""

    key: str = Field(description="Code of the unit, procedure, …, or the month.", examples=["2022-03"])
    name: str
    received: int
    resolved: int
    required: int = Field(
        description="Resolved, with a written result, without certification and exemptions."
    )
    digitised: int = Field(description="Of required: with a result that is filed.")
    gap: int = Field(description="required − digitised")
    rate: Share = Field(description="Certification included, as the national index counts.")
    rate_without_certification: Share = Field(description="digitised ÷ required")
    components_rate: Share = Field(description="Components with a file ÷ components that need one.")

    @classmethod
    def of(cls, row: CoverageRow) -> CoverageLine:
        return cls(
            key=row.key,
            name=row.name,
            received=row.received,
            resolved=row.resolved,
            required=row.required,
            digitised=row.digitised,
            gap=row.gap,
            rate=Share.of(row.rate),
            rate_without_certification=Share.of(row.rate_without_certification),
            components_rate=Share.of(row.components_rate),
        )


def flat(line: CoverageLine) -> dict[str, str | int | float | None]:
    """A line for a table: each rate as three columns."""
    cells: dict[str, str | int | float | None] = {}
    for name in CoverageLine.model_fields:
        value = getattr(line, name)
        if isinstance(value, Share):
            cells |= {name: value.percent, f"{name}_numerator": value.numerator}
            cells[f"{name}_denominator"] = value.denominator
        else:
            cells[name] = value
    return cells


class CoverageTable(Outgoing):
    by: Grouping
    first: date = Field(description="First day, in Viet Nam's time.")
    last: date = Field(description="Last day, included.")
    rows: list[CoverageLine]
    total: CoverageLine

    @classmethod
    def of(cls, by: Grouping, period: Period, rows: list[CoverageRow], total: CoverageRow) -> CoverageTable:
        return cls(
            by=by,
            first=period.first,
            last=period.last,
            rows=[CoverageLine.of(row) for row in rows],
            total=CoverageLine.of(total),
        )


class GapItem(DossierSummary):
    """A dossier that keeps the rate under 100 %, and why. Where it is stands as things are now."""

    missing: list[str] = Field(
        description="`result`, then codes of components; `components` where only their number is known.",
        examples=[["result", "TP01"]],
    )
    components_missing: int
    holding: Holding = Field(
        description="not_scanned: with the unit; in_review: waits for a clerk; in_filing; filing_failed."
    )
    held_by: str = Field(description="Code of the org unit that has it.")

    @classmethod
    def of_case(cls, found: MissingCase) -> GapItem:
        parts = {name: getattr(found.dossier, name) for name in DossierSummary.model_fields}
        named = list(found.components) or (["components"] if found.components_missing else [])
        return cls(
            **parts,
            missing=["result", *named],
            components_missing=found.components_missing,
            holding=found.holding,
            held_by=found.held_by,
        )


class GapList(Outgoing):
    items: list[GapItem]
    next: Next


class ComponentGapItem(DossierSummary):
    """A dossier that keeps the components' rate under 100 %. Counts are those of the moment that is asked for."""

    required: int = Field(description="Components that must be digitized.")
    digitised: int = Field(description="Of these, digitized or re-used.")
    components_missing: int = Field(description="required − digitised")
    missing: list[str] = Field(
        description="Their codes as things stand now; `components` where only their number is known.",
        examples=[["TP01"]],
    )
    holding: Holding = Field(
        description="not_scanned: with the unit; in_review: waits for a clerk; in_filing; filing_failed."
    )
    held_by: str = Field(description="Code of the org unit that has it.")

    @classmethod
    def of_case(cls, found: MissingComponents) -> ComponentGapItem:
        parts = {name: getattr(found.dossier, name) for name in DossierSummary.model_fields}
        return cls(
            **parts,
            required=found.required,
            digitised=found.digitised,
            components_missing=found.missing,
            missing=list(found.components) or ["components"],
            holding=found.holding,
            held_by=found.held_by,
        )


class ComponentGapList(Outgoing):
    items: list[ComponentGapItem]
    next: Next


class TrendWeek(Outgoing):
    day: date = Field(description="The last day of the week; of the last point: the day asked about.")
    required: int
    digitised: int
    gap: int
    rate_without_certification: Share

    @classmethod
    def of(cls, point: TrendPoint) -> TrendWeek:
        rate = Share.of(Rate(point.digitised, point.required))
        return cls(
            day=point.day,
            required=point.required,
            digitised=point.digitised,
            gap=point.gap,
            rate_without_certification=rate,
        )


class ForecastView(Outgoing):
    """When nothing will be missing, at the pace of the last four weeks."""

    outlook: Outlook
    pace: float | None = Field(description="Dossiers a week by which the gap shrinks.")
    day: date | None
    earliest: date | None = Field(description="With `latest` the interval of 95 %.")
    latest: date | None = Field(
        description="null with a `day`: the pace varies so much that it may never come."
    )

    @classmethod
    def of(cls, found: Forecast) -> ForecastView:
        return cls(**{name: getattr(found, name) for name in ForecastView.model_fields})


class Trend(Outgoing):
    weeks: list[TrendWeek]
    forecast: ForecastView
