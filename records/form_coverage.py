"""The coverage table as a sheet that can be handed out: each row with its rates and what they are made of."""

from __future__ import annotations

from collections.abc import Sequence

from records.coverage import CoverageRow, total
from records.report import Cell, Line, LineKind

KEYS = (
    "key", "name", "received", "resolved", "required", "digitised", "rate_without_certification", "gap",
    "required_with_certification", "digitised_with_certification", "rate", "components_required",
    "components_digitised", "components_rate",
)  # fmt: skip


def lines(rows: Sequence[CoverageRow]) -> tuple[Line, ...]:
    """A line for each row, and the sum of all."""
    body = (Line(LineKind.ROW, row.key, _cells(row)) for row in rows)
    return (*body, Line(LineKind.TOTAL, "total", _cells(total(rows, ""))))


def _cells(row: CoverageRow) -> tuple[Cell, ...]:
    return tuple(getattr(row, key) for key in KEYS)
