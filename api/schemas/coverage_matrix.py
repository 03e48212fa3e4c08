"""Coverage by org unit and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pydantic import Field

from api.schemas.common import Outgoing
from api.schemas.coverage import Share
from records.coverage import CoverageRow, total


class MatrixCell(Outgoing):
    month: str = Field(examples=["2022-03"])
    gap: int
    rate_without_certification: Share

    @classmethod
    def of(cls, month: str, row: CoverageRow) -> MatrixCell:
        rate = Share.of(row.rate_without_certification)
        return cls(month=month, gap=row.gap, rate_without_certification=rate)


class MatrixLine(Outgoing):
    key: str = Field(description="Code of the org unit.")
    name: str
    cells: list[MatrixCell]


class CoverageMatrix(Outgoing):
    months: list[str] = Field(description="Every month that has a cell, the first first.")
    lines: list[MatrixLine]
    total: list[MatrixCell] = Field(description="All the units together, for each month.")

    @classmethod
    def of(cls, rows: Sequence[CoverageRow]) -> CoverageMatrix:
        units: dict[str, list[tuple[str, CoverageRow]]] = defaultdict(list)
        months: dict[str, list[CoverageRow]] = defaultdict(list)
        for row in rows:
            if row.required:
                unit, _, month = row.key.rpartition("/")
                units[unit].append((month, row))
                months[month].append(row)
        return cls(
            months=sorted(months),
            lines=[
                MatrixLine(key=unit, name=found[0][1].name, cells=_cells(found))
                for unit, found in units.items()
            ],
            total=_cells((month, total(found, month)) for month, found in sorted(months.items())),
        )


def _cells(found: Iterable[tuple[str, CoverageRow]]) -> list[MatrixCell]:
    return [MatrixCell.of(month, row) for month, row in found]
