"""Old org units as those of today: which unit answers for what an ended one has left."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from records.ids import UnitCode
from records.org_unit import Succession


def successor_finder(successions: Iterable[Succession]) -> Callable[[UnitCode], UnitCode]:
    """Finds the unit that follows, over any number of changes; a unit without a successor is its own.

    A dossier belongs to one unit, so of several successors the one with the largest share takes it.
    """
    heirs: dict[UnitCode, tuple[float, str]] = {}
    for one in successions:
        best = heirs.get(one.unit, (0.0, ""))
        heirs[one.unit] = min(best, (-one.share, one.successor))

    def follow(unit: UnitCode) -> UnitCode:
        seen = set[UnitCode]()
        while unit in heirs and unit not in seen:
            seen.add(unit)
            unit = UnitCode(heirs[unit][1])
        return unit

    return follow
