"""What a change of a dossier's facts adds to which sums: one place for the summing, the tail that waits, and the audit.

A change (storage.changes) belongs to a day of reception and perhaps to one of resolution, and adds its measures to the
sums of all its cubes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Date,
    FromClause,
    Select,
    func,
    literal,
    select,
    union_all,
)

from records.coverage import Grouping
from storage.columns import SINCE_EVER
from storage.measures import Axis, measures
from storage.months import fourth_start, local_day, month_start, week_start, year_start
from storage.tables_coverage import MEASURES

EVERYWHERE = "*"  # in place of a unit
BY_UNIT = "unit"  # the cube whose only key is the unit
CUBES = (
    BY_UNIT,
    Grouping.PROCEDURE.value,
    Grouping.DOMAIN.value,
    Grouping.LEVEL.value,
    Grouping.CHANNEL.value,
    Grouping.STATION.value,
    Grouping.OFFICER.value,
)
DIMENSIONS = ("cube", "grain", "unit", "start", "key", "recorded")


class Grain(StrEnum):
    """How finely a sum is kept: by what day of the dossier, and whether by when it became known."""

    DAY = "day"
    FOURTH = "fourth"  # of a month: see storage.spans
    MONTH = "month"
    YEAR = "year"
    KNOWN_MONTH = "known_month"  # a month, by the week in which it became known
    KNOWN_DAY = "known_day"  # a day, by the week in which it became known


_KNOWN = {Grain.KNOWN_MONTH, Grain.KNOWN_DAY}


@dataclass(frozen=True)
class Kept:
    """One kind of sums that is kept."""

    cube: str
    grain: Grain
    everywhere: bool  # one for all units together, else one for each

    @property
    def made_from(self) -> Kept | None:
        """The finer sums that these are the sums of; None: of the changes themselves."""
        if self.everywhere:
            by_key_and_day = self.cube != BY_UNIT and self.grain is Grain.DAY
            return None if by_key_and_day else replace(self, everywhere=False)
        finer = _FINER if self.cube != BY_UNIT else _FINER | _FINER_BY_UNIT
        grain = finer.get(self.grain)
        return None if grain is None else replace(self, grain=grain)


_FINER = {Grain.MONTH: Grain.KNOWN_MONTH, Grain.YEAR: Grain.MONTH}
_FINER_BY_UNIT = {
    Grain.DAY: Grain.KNOWN_DAY,
    Grain.FOURTH: Grain.DAY,
    Grain.KNOWN_MONTH: Grain.KNOWN_DAY,
}


def kept() -> Iterator[Kept]:
    """Every kind of sums. Days by unit are kept for the smallest cube only: elsewhere there are about as many
    as there are dossiers, and a few days are counted as fast from the facts."""
    for cube in CUBES:
        for everywhere in (True, False):
            for grain in (Grain.FOURTH, Grain.MONTH, Grain.YEAR, Grain.KNOWN_MONTH):
                yield Kept(cube, grain, everywhere)
            if cube == BY_UNIT:
                yield Kept(cube, Grain.KNOWN_DAY, everywhere)
            if cube == BY_UNIT or everywhere:
                yield Kept(cube, Grain.DAY, everywhere)


# --- what they add ---


def contributed(changes: FromClause, name: str = "contributed") -> CTE:
    """The changes under the day of reception and that of resolution, with every measure, to be added up."""
    parts = [_on(axis, changes) for axis in Axis]
    return union_all(*parts).cte(name)


def _on(axis: Axis, changes: FromClause) -> Select[Any]:
    day, counted = changes.c[axis.value], measures(axis, changes)
    nothing = literal(0, literal_execute=True)
    values = [
        (counted[name] * changes.c.sign if name in counted else nothing).label(name) for name in MEASURES
    ]
    keys = [changes.c[name] for name in ("unit", *(cube for cube in CUBES if cube != BY_UNIT))]
    known = week_start(local_day(changes.c.at)).label("known")
    return select(*keys, day.label("day"), known, *values).where(day.is_not(None))


def added(contributions: CTE) -> CompoundSelect[Any]:
    """What the contributions add to each of the sums: rows of DIMENSIONS and MEASURES."""
    made: dict[Kept, CTE] = {}
    every = [_made(one, contributions, made) for one in kept()]
    # SQLite would take the ON CONFLICT of an insert for that of a join, without a condition before it.
    return union_all(*(select(rows).where(rows.c.start.is_not(None)) for rows in every))


def _made(one: Kept, rows: CTE, made: dict[Kept, CTE]) -> CTE:
    """The sums of one kind, each time from the smallest that they can be made from."""
    if one not in made:
        finer = one.made_from
        source: Mapping[str, ColumnElement[Any]]
        source = _keyed(one, rows) if finer is None else dict(_made(finer, rows, made).c)
        made[one] = _summed(one, source).cte(f"{rows.name}_{len(made)}")
    return made[one]


def _keyed(one: Kept, rows: CTE) -> Mapping[str, ColumnElement[Any]]:
    """The contributions as if they were sums."""
    key = rows.c.unit if one.cube == BY_UNIT else rows.c[one.cube]
    own = {"unit": rows.c.unit, "key": key, "start": rows.c.day, "recorded": rows.c.known}
    return own | {name: rows.c[name] for name in MEASURES}


def _summed(one: Kept, finer: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
    start, is_known = _start(one.grain, finer["start"]), one.grain in _KNOWN
    dimensions = {
        "cube": _word(one.cube),
        "grain": _word(one.grain.value),
        "unit": _word(EVERYWHERE) if one.everywhere else finer["unit"],
        "start": start,
        "key": _word("") if one.cube == BY_UNIT else finer["key"],
        "recorded": finer["recorded"] if is_known else func.date(_word(SINCE_EVER.isoformat()), type_=Date),
    }
    grouped = {"unit": not one.everywhere, "key": one.cube != BY_UNIT, "recorded": is_known}
    return select(
        *(column.label(name) for name, column in dimensions.items()),
        *(func.sum(finer[name]).label(name) for name in MEASURES),
    ).group_by(start, *(finer[name] for name, is_it in grouped.items() if is_it))


def _start(grain: Grain, day: ColumnElement[date]) -> ColumnElement[date]:
    if grain in (Grain.DAY, Grain.KNOWN_DAY):
        return day
    if grain is Grain.FOURTH:
        return fourth_start(day)
    return year_start(day) if grain is Grain.YEAR else month_start(day)


def _word(text: str) -> ColumnElement[str]:
    return literal(text, literal_execute=True)
