"""Which dossiers a caller's question is about: units as they were, or today's units with all that went over to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, FromClause, and_

from records.ids import UnitCode
from records.org_unit import Succession
from records.staff import Scope
from records.succession import Piece, pieces_of
from storage.scopes import within


@dataclass(frozen=True)
class Area:
    """Dossiers of some units, or a part of one unit's; `today` names the unit under which they are shown."""

    scope: Scope
    part: Piece | None = None  # of a unit that was split: only these slots
    today: Mapping[UnitCode, UnitCode] = field(default_factory=dict)  # a unit that is not here keeps its name

    def holds(self, facts: FromClause) -> ColumnElement[bool]:
        """Whether a row of facts belongs to the area."""
        inside = within(self.scope, facts.c.unit)
        if self.part is None:
            return inside
        return and_(inside, facts.c.slot >= self.part.first, facts.c.slot < self.part.end)

    def shown_under(self, unit: str) -> UnitCode:
        return self.today.get(UnitCode(unit), UnitCode(unit))


def as_it_was(scope: Scope) -> list[Area]:
    """Each dossier under the unit that handled it."""
    return [Area(scope)]


def mapped(scope: Scope, units: Iterable[UnitCode], successions: Iterable[Succession]) -> list[Area]:
    """Each dossier under the unit that answers for it now; the scope is one of today's units."""
    pieces = [piece for piece in pieces_of(units, successions) if scope.covers(piece.successor)]
    whole = {piece.unit: piece.successor for piece in pieces if piece.is_whole}
    parts = [
        Area(Scope(frozenset([piece.unit])), piece, {piece.unit: piece.successor})
        for piece in pieces
        if not piece.is_whole
    ]
    return [Area(Scope(frozenset(whole)), None, whole), *parts]
