"""Coverage at the end of each of the last weeks, from when every change became known: one statement for all weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select, union_all

from records.coverage import VIETNAM, Period
from records.forecast import TrendPoint
from storage.areas import Area
from storage.changes import changes_until, net_changes, waiting_changes
from storage.columns import UtcTime
from storage.contributions import BY_UNIT, EVERYWHERE, Grain
from storage.months import local_day, week_start
from storage.scopes import within
from storage.spans import spans_of
from storage.tables_coverage import coverage_sums


def trend(
    connection: Connection, period: Period, areas: Iterable[Area], weeks: int, moment: datetime
) -> list[TrendPoint]:
    """The ends of so many whole weeks before the moment, and the moment itself, oldest first.

    Counts the dossiers resolved in the period, without certification.
    """
    today = moment.astimezone(VIETNAM).date()
    this_week = today - timedelta(days=today.weekday())
    gained: Counter[tuple[date, str]] = Counter()
    for area in areas:
        for row in connection.execute(_gained(period, area, this_week, moment)):
            gained[row.week, "required"] += int(row.required)
            gained[row.week, "digitised"] += int(row.digitised)
    ends = [this_week - timedelta(days=7 * back + 1) for back in range(weeks - 1, -1, -1)]
    return [_point(gained, end) for end in [*ends, today]]


def _point(gained: Counter[tuple[date, str]], end: date) -> TrendPoint:
    so_far = {
        name: sum(count for (week, what), count in gained.items() if what == name and week <= end)
        for name in ("required", "digitised")
    }
    return TrendPoint(end, so_far["required"], so_far["digitised"])


def _gained(period: Period, area: Area, this_week: date, moment: datetime) -> Select[Any]:
    """By the week in which it became known: how many more were required, and how many more digitized."""
    begin = literal(datetime.combine(this_week, time(), VIETNAM), UtcTime)
    until = literal(moment, UtcTime)
    if area.part is None:
        waiting = waiting_changes().subquery("waiting")
        recent = union_all(*net_changes(begin, until)).subquery("recent")
        parts = [
            *_summed(period, area, this_week),
            _changed(period, area, waiting).where(waiting.c.at < begin),
            _changed(period, area, recent),
        ]
    else:
        every = union_all(*changes_until(until)).subquery("every_change")
        parts = [_changed(period, area, every)]
    found = union_all(*parts).subquery("found")
    sums = (func.sum(found.c[name]).label(name) for name in ("required", "digitised"))
    return select(found.c.week, *sums).group_by(found.c.week)


def _summed(period: Period, area: Area, this_week: date) -> Iterator[Select[Any]]:
    """Whole months, and the days before and after them."""
    columns, scope = coverage_sums.c, area.scope
    unit = columns.unit == EVERYWHERE if scope.units is None else within(scope, columns.unit)
    spans = spans_of(period)
    parts = [(Grain.KNOWN_MONTH, spans.months), *((Grain.KNOWN_DAY, days) for days in spans.days)]
    for grain, span in parts:
        if span is not None:
            yield select(columns.recorded.label("week"), columns.required, columns.digitised).where(
                columns.cube == BY_UNIT,
                columns.grain == grain.value,
                unit,
                columns.start >= span.first,
                columns.start <= span.last,
                columns.recorded < this_week,
            )


def _changed(period: Period, area: Area, changes: Any) -> Select[Any]:
    c = changes.c
    return select(
        week_start(local_day(c.at)).label("week"),
        (c.sign * c.in_scope).label("required"),
        (c.sign * c.in_scope * c.has).label("digitised"),
    ).where(area.holds(changes), c.resolved_day >= period.first, c.resolved_day <= period.last)
