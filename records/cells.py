"""A figure of a statutory form, and whether a dossier stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from records.coverage import Rate
from records.report import Cell, Column, Line


class Part(StrEnum):
    """Of a rate: which of its two numbers, or what it lacks."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of a form. `part` is for rates; a count is what it says."""

    line: str  # the line's key
    column: str  # the column's key
    part: Part = Part.NUMERATOR

    def of(self, columns: Sequence[Column], lines: Sequence[Line]) -> int:
        """What the form says there; 0 where it has no such line, or nothing countable."""
        place = [column.key for column in columns].index(self.column)
        cells = (line.cells[place] for line in lines if line.key == self.line)
        return self._counted(next(cells, None))

    def _counted(self, cell: Cell) -> int:
        if isinstance(cell, Rate):
            counts = {Part.NUMERATOR: cell.numerator, Part.DENOMINATOR: cell.denominator}
            return counts.get(self.part, cell.denominator - cell.numerator)
        return cell if isinstance(cell, int) else 0
