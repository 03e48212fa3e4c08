"""Org units live in time: ids are never re-used, names and levels are attributes, successors have shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records.ids import UnitCode


@dataclass(frozen=True, slots=True)
class OrgUnit:
    code: UnitCode
    name: str
    kind: str  # ward, rural_commune, specialised_agency, …: data, not an enum
    level: str  # province, district, commune: data, not an enum
    parent: UnitCode | None
    symbol: str | None  # as it stands in number/symbol, for example UBND
    takes_dossiers: bool
    valid_from: date | None
    valid_to: date | None  # the last day
    confidence: str = ""  # published, mission or unverified

    def valid_on(self, day: date) -> bool:
        """Whether the unit existed on this day; an unknown bound is open."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """`share` of a unit went to its successor the day after it ended; shares of a unit add up to 1."""

    unit: UnitCode
    successor: UnitCode
    share: float


def agencies(units: Iterable[OrgUnit]) -> dict[UnitCode, UnitCode]:
    """Each unit and the authority or agency that answers for it: itself, or what its one-stop unit is a part of."""
    known = {unit.code: unit for unit in units}
    found: dict[UnitCode, UnitCode] = {}
    for unit in known.values():
        answers = unit
        while answers.kind == "one_stop" and answers.parent in known:
            answers = known[answers.parent]
        found[unit.code] = answers.code
    return found
