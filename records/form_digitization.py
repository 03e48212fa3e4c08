"""The digitization sheet: for each org unit, how many dossiers came in and went out as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from records.ids import UnitCode
from records.report import Cell, Line, LineKind, Note
from records.tallies import Counts, Tally, summed

KEYS = (
    "name", "received", "components_not_digitised", "components_digitised", "reused",
    "reused_from_national_portal", "resolved", "result_not_digitised", "result_digitised",
)  # fmt: skip


def lines(
    tallies: Sequence[Tally], units: Iterable[UnitCode], name_of: Callable[[UnitCode], str]
) -> tuple[Line, ...]:
    """A row for each unit with dossiers, in the order of `units`, and the sum of all."""
    rows = []
    for unit in units:
        here = [tally for tally in tallies if tally.group.unit == unit]
        if summed(here).received:
            rows.append(Line(LineKind.ROW, unit, _cells(name_of(unit), here)))
    return (*rows, Line(LineKind.TOTAL, "total", _cells("", tallies)))


def _cells(name: str, tallies: Sequence[Tally]) -> tuple[Cell, ...]:
    all_, paperless = summed(tallies), summed(tallies, lambda group: not group.needs_result)
    done = result_digitised(all_, paperless)
    return (
        name, all_.new, all_.new - all_.with_component, all_.with_component, all_.reused,
        all_.shared, all_.resolved, all_.resolved - done, done,
    )  # fmt: skip


def result_digitised(counts: Counts, paperless: Counts) -> int:
    """Resolved with a result file, or under a procedure that gives no written result (each dossier once)."""
    return counts.resolved_with_result - paperless.resolved_with_result + paperless.resolved


def notes(tallies: Sequence[Tally]) -> tuple[Note, ...]:
    """How many dossiers the sheet does not count, or counts though certification is out of scope by rule."""
    certified = summed(tallies, lambda group: group.certification)
    found = (
        Note("not_accepted", summed(tallies).not_accepted),
        Note("certification", certified.received),
    )
    return tuple(note for note in found if note.count)
