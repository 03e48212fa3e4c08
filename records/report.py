"""A statutory report as a value: what was asked, what it was counted from, its cells, and the fingerprint of it all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from records.audit import canonical
from records.coverage import Grouping, Period, Rate
from records.errors import InvalidReport
from records.ids import UnitCode

FORMAT = 2  # of the statement that travels with a report
_EARLIEST, _LATEST = date(1990, 1, 1), date(2200, 1, 1)


class ReportKind(StrEnum):
    II_06A = "II.06a"  # received, resolved and open dossiers (Circular 01/2020/TT-VPCP)
    DIGITIZATION = "digitization"  # the digitization sheet by org unit
    INDICATORS = "766"  # indicators 4.1 to 4.4 of Decision 766/QĐ-TTg
    COVERAGE = "coverage"  # the coverage table: no statutory form, but proved like one


NO_DOSSIERS = frozenset({"number", "name", "threshold", "max_points", "points"})  # columns that count none

FORMS = (ReportKind.II_06A, ReportKind.DIGITIZATION, ReportKind.INDICATORS)


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """All that decides what a report says: the same request gives the same report, whenever it is made."""

    kind: ReportKind
    period: Period
    as_of: datetime  # UTC: what was known then
    unit: UnitCode | None = None  # this unit and everything below it
    units: tuple[UnitCode, ...] | None = None  # what its reader may see; None: the whole office
    mapped: bool = False  # counted under the units that follow the old ones
    by: Grouping | None = None  # of the coverage table: by what it is broken down

    def as_dict(self) -> dict[str, Any]:
        """The request under its public names."""
        broken_down = {} if self.by is None else {"by": self.by.value}
        return {
            "report": self.kind.value,
            **broken_down,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "unit": self.unit,
            "units": None if self.units is None else sorted(self.units),
            "mapped": self.mapped,
            "as_of": self.as_of.isoformat(),
        }

    @classmethod
    def of(cls, untrusted: dict[str, Any]) -> ReportRequest:
        """The request that a statement names; raises InvalidReport."""
        try:
            units = untrusted["units"]
            as_of = datetime.fromisoformat(untrusted["as_of"])
            period = Period(date.fromisoformat(untrusted["from"]), date.fromisoformat(untrusted["to"]))
            if as_of.tzinfo is None or not _EARLIEST <= period.first <= period.last <= _LATEST:
                raise ValueError
            if not _EARLIEST <= as_of.date() <= _LATEST:
                raise ValueError
            kind = ReportKind(untrusted["report"])
            return cls(
                kind=kind,
                period=period,
                as_of=as_of,
                unit=None if untrusted["unit"] is None else UnitCode(str(untrusted["unit"])),
                units=None if units is None else tuple(UnitCode(str(unit)) for unit in units),
                mapped=bool(untrusted["mapped"]),
                by=Grouping(untrusted["by"]) if kind is ReportKind.COVERAGE else None,
            )
        except (KeyError, TypeError, ValueError, OverflowError):
            raise InvalidReport("the file's statement names no report that sohoa makes") from None


Cell: TypeAlias = "int | str | Rate | Decimal | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form. `labels` go from the merged head down to the column's own words."""

    key: str
    labels: tuple[str, ...]
    number: str = ""  # as the form's numbering row has it: "3 = 4+5+6"

    @property
    def counts_dossiers(self) -> bool:
        """Whether dossiers stand behind its figures."""
        return self.key not in NO_DOSSIERS


class LineKind(StrEnum):
    TOTAL = "total"
    SECTION = "section"  # with the sums of the rows under it
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    kind: LineKind
    key: str  # what the line is about, for drill-down and for naming a cell
    cells: tuple[Cell, ...]  # one a column


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know about how cases were counted; the words lie with the layouts."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a report was counted from.

    Of dossiers and papers, the SHA-256 of the sum of a digest for each: what is counted need not be read again.
    """

    dossiers: int
    dossiers_sha256: str  # of the codes and versions of the dossiers and of what they count for
    papers: int
    papers_sha256: str  # of the ids and versions of the records filed in them
    catalogue_sha256: str  # of units, procedures, thresholds and points of the day
    audit_sequence: int  # the newest entry of the audit trail at that moment …
    audit_hash: str  # … and its hash, which seals everything before it

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Report:
    request: ReportRequest
    unit_name: str  # who reports
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    inputs: Inputs
    notes: tuple[Note, ...] = ()
    rates: tuple[tuple[str, Rate], ...] = ()  # what follows from the sums, by name

    def rows(self) -> list[dict[str, Any]]:
        """The lines as JSON objects under the columns' keys."""
        return [
            {"line": line.kind.value, "key": line.key}
            | {column.key: plain(cell) for column, cell in zip(self.columns, line.cells, strict=True)}
            for line in self.lines
        ]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the request, the inputs and every cell."""
        content = {
            "format": FORMAT,
            **self.request.as_dict(),
            "inputs": self.inputs.as_dict(),
            "rows": self.rows(),
            "notes": [[note.code, note.count] for note in self.notes],
            "rates": {name: plain(rate) for name, rate in self.rates},
        }
        return hashlib.sha256(canonical(content).encode()).hexdigest()

    def statement(self) -> dict[str, Any]:
        """What travels with every form of the report, so that it can be made again and compared."""
        return {
            "sohoa_report": FORMAT,
            **self.request.as_dict(),
            "inputs": self.inputs.as_dict(),
            "fingerprint": self.fingerprint,
        }

    def as_dict(self) -> dict[str, Any]:
        """The whole report as JSON."""
        columns = [
            {
                "key": column.key,
                "number": column.number,
                "labels": list(column.labels),
                "dossiers": column.counts_dossiers,
            }
            for column in self.columns
        ]
        return {
            **self.statement(),
            "unit_name": self.unit_name,
            "columns": columns,
            "rows": self.rows(),
            "notes": [{"code": note.code, "count": note.count} for note in self.notes],
            "rates": {name: plain(rate) for name, rate in self.rates},
        }


def plain(cell: Cell) -> Any:
    """A cell as JSON has it: a rate with its fraction, points as a number.

    >>> plain(Rate(70, 20325))
    {'numerator': 70, 'denominator': 20325, 'percent': 0.34}
    """
    if isinstance(cell, Rate):
        return {"numerator": cell.numerator, "denominator": cell.denominator, "percent": cell.percent()}
    return float(cell) if isinstance(cell, Decimal) else cell


def numbered(lines: Sequence[Line], place: int) -> tuple[Line, ...]:
    """The lines with their numbers in the cell at `place`: sections in Roman figures, rows counted in each."""
    found, sections, rows = [], 0, 0
    for line in lines:
        if line.kind is LineKind.SECTION:
            sections, rows = sections + 1, 0
        rows += line.kind is LineKind.ROW
        number = {LineKind.SECTION: roman(sections), LineKind.ROW: str(rows), LineKind.TOTAL: ""}[line.kind]
        cells = (*line.cells[:place], number, *line.cells[place + 1 :])
        found.append(Line(line.kind, line.key, cells))
    return tuple(found)


def roman(number: int) -> str:
    """
    >>> roman(4), roman(9), roman(12)
    ('IV', 'IX', 'XII')
    """
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in parts:
        while number >= value:
            text, number = text + letters, number - value
    return text
