"""Coverage rows: every rate with its numerator and denominator, under the names that the CLI uses too."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.common import Outgoing
from records.coverage import CoverageRow, Grouping, Period


class CoverageLine(Outgoing):
    """One line. Counts are dossiers unless the name says components; a rate over 0 is null ("N/A")."""

    key: str = Field(description="Code of the unit, procedure, …, or the month.", examples=["2022-03"])
    name: str
    received: int
    resolved: int
    required: int = Field(
        description="Resolved, with a written result, without certification and exemptions."
    )
    digitised: int = Field(description="Of required: with a result that is filed.")
    gap: int = Field(description="required − digitised")
    rate: float | None = Field(description="Per cent, certification included, as the national index counts.")
    rate_numerator: int
    rate_denominator: int
    rate_without_certification: float | None = Field(description="digitised ÷ required, per cent")
    components_required: int
    components_digitised: int
    components_rate: float | None

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
            rate=row.rate.percent(),
            rate_numerator=row.rate.numerator,
            rate_denominator=row.rate.denominator,
            rate_without_certification=row.rate_without_certification.percent(),
            components_required=row.components_required,
            components_digitised=row.components_digitised,
            components_rate=row.components_rate.percent(),
        )


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
