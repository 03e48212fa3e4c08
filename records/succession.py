"""Which of today's units answers for a dossier of a unit that has ended: whole dossiers move, by a rule to repeat.

A unit that was split leaves each of its dossiers to one successor: a dossier's slot (0 … 9999, from its code) falls
into the part of one of them. So counts stay whole numbers that add up exactly, and every figure can be followed to
its dossiers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from records.ids import DossierCode, UnitCode
from records.org_unit import Succession

SLOTS = 10_000


def slot_of(code: DossierCode) -> int:
    """The dossier's place among those of its unit: the SHA-256 of its code, modulo 10,000.

    >>> slot_of(DossierCode("H58.30-220303-0012"))
    727
    """
    return int(hashlib.sha256(code.encode()).hexdigest(), 16) % SLOTS


@dataclass(frozen=True, slots=True)
class Piece:
    """The dossiers of `unit` with a slot in [first, end): they belong to `successor`, perhaps the unit itself."""

    unit: UnitCode
    first: int
    end: int
    successor: UnitCode

    @property
    def is_whole(self) -> bool:
        return (self.first, self.end) == (0, SLOTS)


def pieces_of(units: Iterable[UnitCode], successions: Iterable[Succession]) -> tuple[Piece, ...]:
    """Where the dossiers of each unit are today; the pieces of a unit cover all its slots once.

    Successors of successors are followed to the end. What no share covers stays with the unit itself.

    >>> a, b, c = UnitCode("A"), UnitCode("B"), UnitCode("C")
    >>> [(p.successor, p.first, p.end) for p in pieces_of([a], [Succession(a, b, 0.6), Succession(a, c, 0.4)])]
    [('B', 0, 6000), ('C', 6000, 10000)]
    """
    after: dict[UnitCode, list[Succession]] = {}
    for one in sorted(successions, key=lambda s: (s.unit, s.successor)):
        after.setdefault(one.unit, []).append(one)
    return tuple(piece for unit in units for piece in _followed(unit, unit, 0, SLOTS, after, (unit,)))


def _followed(
    origin: UnitCode,
    unit: UnitCode,
    first: int,
    end: int,
    after: Mapping[UnitCode, Sequence[Succession]],
    seen: tuple[UnitCode, ...],
) -> list[Piece]:
    found: list[Piece] = []
    begin, share = first, 0.0
    for one in after.get(unit, ()):
        share += one.share
        until = min(end, first + round((end - first) * share))
        if one.successor not in seen and begin < until:
            found += _followed(origin, one.successor, begin, until, after, (*seen, one.successor))
            begin = until
    return found if begin >= end else [*found, Piece(origin, begin, end, unit)]
