"""Counts by key for a period, as one statement: from the sums where they are kept, from the facts where they are not.

now     years, months, fourths and days from the sums, a few days from the facts, and the changes that wait
then    sums of the weeks before that moment's, and every change of its own week up to it
parts   of a unit that was split: from the facts
One statement sees one moment, whatever else is going on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from records.coverage import VIETNAM, Grouping, Period
from records.staff import Scope
from storage.areas import Area
from storage.changes import net_changes, waiting_changes
from storage.columns import UtcTime
from storage.contributions import BY_UNIT, CUBES, EVERYWHERE, Grain
from storage.measures import Axis, measures
from storage.scopes import within
from storage.spans import Spans, Tiles, spans_of, tiles_of
from storage.stated import valid_at
from storage.tables import org_units
from storage.tables_coverage import MEASURES, case_facts, coverage_sums
from storage.unindexed import unindexed

BY_DAY = {Grouping.MONTH, Grouping.WEEK}
BY_MONTH = {Grouping.MONTH, Grouping.UNIT_MONTH}  # a year is too coarse
UNITS = {Grouping.UNIT, Grouping.AGENCY, Grouping.UNIT_MONTH}


def counts(by: Grouping, period: Period, area: Area, as_of: datetime | None) -> Select[Any]:
    """Rows of `key` and the MEASURES."""
    if area.part is not None:
        parts = _from_facts(by, [period], area, as_of)
    elif as_of is None:
        parts = _now(by, period, area)
    else:
        parts = _then(by, period, area, as_of)
    every = union_all(*parts).subquery("every")
    sums = (func.sum(every.c[name]).label(name) for name in MEASURES)
    return select(every.c.key, *sums).group_by(every.c.key)


def _now(by: Grouping, period: Period, area: Area) -> Iterator[Select[Any]]:
    tiles = Tiles(days=(period,)) if by is Grouping.WEEK else tiles_of(period, years=by not in BY_MONTH)
    larger = ((Grain.YEAR, tiles.years), (Grain.MONTH, tiles.months), (Grain.FOURTH, tiles.fourths))
    days = [(sign, spans) for sign, spans in ((1, tiles.days), (-1, tiles.less)) if spans]
    for grain, spans in larger:
        if spans:
            yield _from_sums(by, area, 1, _started(grain, spans))
    waiting = waiting_changes().subquery("waiting")
    if _keeps_days(by, area.scope):
        yield from _from_changes(by, [period], area, waiting)
        for sign, spans in days:
            yield _from_sums(by, area, sign, _started(Grain.DAY, spans))
    else:
        yield from _from_changes(by, [span for _, spans in larger for span in spans], area, waiting)
        for sign, spans in days:
            yield from _from_facts(by, spans, area, None, sign)


def _then(by: Grouping, period: Period, area: Area, moment: datetime) -> Iterator[Select[Any]]:
    spans = Spans(None, (period,)) if by is Grouping.WEEK else spans_of(period)
    months = [spans.months] if spans.months else []
    days = spans.days if _cube(by) == BY_UNIT else ()
    summed = [*months, *days]
    week = _week_of(moment)
    begin = literal(datetime.combine(week, datetime.min.time(), VIETNAM), UtcTime)
    for grain, kept in ((Grain.KNOWN_MONTH, months), (Grain.KNOWN_DAY, days)):
        if kept:
            yield _from_sums(by, area, 1, _started(grain, kept), coverage_sums.c.recorded < week)
    waiting = waiting_changes().subquery("waiting")
    yield from _from_changes(by, summed, area, waiting, waiting.c.at < begin)
    until = literal(moment, UtcTime)
    recent = union_all(*net_changes(begin, until)).subquery("recent")
    yield from _from_changes(by, summed, area, recent)
    if not days:
        yield from _from_facts(by, spans.days, area, moment)


# --- from where ---


def _from_sums(by: Grouping, area: Area, sign: int, *which: ColumnElement[bool]) -> Select[Any]:
    columns = coverage_sums.c
    where = _each_unit(area.scope) if by in UNITS else _unit(area.scope)
    key = _key(by, columns.unit, columns.start, columns.key)
    values = (columns[name] if sign == 1 else (-columns[name]).label(name) for name in MEASURES)
    query = select(key.label("key"), *values)
    return query.where(columns.cube == _cube(by), where, *which)


def _from_changes(
    by: Grouping, spans: Sequence[Period], area: Area, changes: FromClause, *conditions: ColumnElement[bool]
) -> Iterator[Select[Any]]:
    for axis in Axis:
        query = _measured(by, axis, changes, changes.c.sign)
        yield query.where(area.holds(changes), _among(changes.c[axis.value], spans), *conditions)


def _from_facts(
    by: Grouping, spans: Sequence[Period], area: Area, as_of: datetime | None, sign: int = 1
) -> Iterator[Select[Any]]:
    # Most facts stand: the days lead to the few that are asked for.
    stands = unindexed(case_facts.c.valid_to).is_(None)
    valid = stands if as_of is None else valid_at(case_facts, as_of)
    for axis in Axis:
        query = _measured(by, axis, case_facts, literal(sign, literal_execute=True))
        yield query.where(valid, area.holds(case_facts), _among(case_facts.c[axis.value], spans))


def _measured(by: Grouping, axis: Axis, rows: FromClause, sign: ColumnElement[int]) -> Select[Any]:
    counted, nothing = measures(axis, rows), literal(0, literal_execute=True)
    values = [
        func.sum(counted[name] * sign).label(name) if name in counted else nothing.label(name)
        for name in MEASURES
    ]
    key = _key(by, rows.c.unit, rows.c[axis.value], rows.c[_cube(by)])
    return select(key.label("key"), *values).group_by(key)


def _key(
    by: Grouping, unit: ColumnElement[Any], day: ColumnElement[Any], other: ColumnElement[Any]
) -> ColumnElement[Any]:
    if by is Grouping.UNIT_MONTH:
        return unit + literal("/", literal_execute=True) + cast(day, String)
    if by in UNITS:
        return unit
    return day if by in BY_DAY else other


# --- which ---


def _cube(by: Grouping) -> str:
    return by.value if by.value in CUBES else BY_UNIT


def _keeps_days(by: Grouping, scope: Scope) -> bool:
    return _cube(by) == BY_UNIT or scope.units is None


def _unit(scope: Scope) -> ColumnElement[bool]:
    return (
        within(scope, coverage_sums.c.unit) if scope.units is not None else coverage_sums.c.unit == EVERYWHERE
    )


def _each_unit(scope: Scope) -> ColumnElement[bool]:
    """Named one by one: the days of a unit lie together, those of all units do not."""
    named = within(scope, coverage_sums.c.unit)
    return named if scope.units is not None else coverage_sums.c.unit.in_(select(org_units.c.code))


def _started(grain: Grain, spans: Iterable[Period]) -> ColumnElement[bool]:
    return and_(coverage_sums.c.grain == grain.value, _among(coverage_sums.c.start, spans))


def _among(day: ColumnElement[Any], spans: Iterable[Period]) -> ColumnElement[bool]:
    return or_(false(), *(and_(day >= span.first, day <= span.last) for span in spans))


def _week_of(moment: datetime) -> date:
    day = moment.astimezone(VIETNAM).date()
    return day - timedelta(days=day.weekday())
