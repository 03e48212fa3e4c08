"""Form II.06a: how many dossiers were received, resolved and are open, by level of the agency and by domain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from records.coverage import Rate
from records.ids import UnitCode
from records.report import Cell, Column, Line, LineKind, Note, numbered
from records.tallies import Counts, Tally, summed
from records.vietnamese import folded

KEYS = (
    "number", "name", "received", "received_online", "received_direct", "carried_over", "resolved", "early",
    "on_time", "late", "open", "open_in_time", "open_overdue",
)  # fmt: skip
SUMS = (
    ("received", ("received_online", "received_direct", "carried_over")),
    ("resolved", ("early", "on_time", "late")),
    ("open", ("open_in_time", "open_overdue")),
    ("received", ("resolved", "open")),
)
LEVELS = ("central", "province", "district", "commune")  # the order of the sections; others come after

LevelOf = Callable[[UnitCode], str]


def lines(tallies: Sequence[Tally], level_of: LevelOf) -> tuple[Line, ...]:
    """A section for each level with a row for each domain, and the sum of all."""
    found: list[Line] = []
    for level in sorted({level_of(tally.group.unit) for tally in tallies}, key=_level_order):
        here = [tally for tally in tallies if level_of(tally.group.unit) == level]
        if summed(here).received:
            found.append(Line(LineKind.SECTION, level, _cells(level, summed(here))))
            found.extend(_domains(level, here))
    total = Line(LineKind.TOTAL, "total", _cells("", summed(tallies)))
    return (*numbered(found, 0), total)


def _domains(level: str, tallies: Sequence[Tally]) -> Iterable[Line]:
    domains = {tally.group.domain for tally in tallies}
    for domain in sorted(domains, key=lambda name: (name is None, folded(name or ""), name or "")):
        counts = summed(tallies, lambda group, domain=domain: group.domain == domain)  # type: ignore[misc]
        if counts.received:
            yield Line(LineKind.ROW, f"{level}/{domain or '?'}", _cells(domain or "?", counts))


def _level_order(level: str) -> tuple[int, str]:
    return (LEVELS.index(level) if level in LEVELS else len(LEVELS), level)


def _cells(name: str, counts: Counts) -> tuple[Cell, ...]:
    return (
        "", name, counts.received, counts.online, counts.direct, counts.carried, counts.resolved, counts.early,
        counts.on_time, counts.late, counts.open, counts.in_time, counts.overdue,
    )  # fmt: skip


def notes(tallies: Sequence[Tally]) -> tuple[Note, ...]:
    """How many dossiers could be counted only by a convention."""
    counts = summed(tallies)
    found = (Note("without_due_date", counts.without_due_date), Note("not_accepted", counts.not_accepted))
    return tuple(note for note in found if note.count)


def rates(tallies: Sequence[Tally]) -> tuple[tuple[str, Rate], ...]:
    """The shares of the resolved dossiers that were in time (early ones, too) and late."""
    counts = summed(tallies)
    in_time = counts.early + counts.on_time
    return ("in_time", Rate(in_time, counts.resolved)), ("late", Rate(counts.late, counts.resolved))


def broken_sums(columns: Sequence[Column], line: Line) -> tuple[str, ...]:
    """The identities of the form (3 = 4+5+6, 7 = 8+9+10, 11 = 12+13, 3 = 7+11) that a line does not meet."""
    values = {
        column.key: cell for column, cell in zip(columns, line.cells, strict=True) if isinstance(cell, int)
    }
    return tuple(
        f"{whole} = {' + '.join(parts)}"
        for whole, parts in SUMS
        if values[whole] != sum(values[part] for part in parts)
    )
