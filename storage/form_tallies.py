"""The tallies of a period, put together from sums over the days before it, in it, and until now.

Carried over is what was received before the period and not resolved before it; open is what came in and was not
resolved by its end. Overdue at the beginning of a day is what was due before, less what was resolved before and due
before; the last is known for days that are over, so what was resolved since that day began is taken off one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, String, cast, func, select

from records.coverage import VIETNAM, Period
from records.tallies import Counts, Group, Standing, Tally
from storage.areas import Area
from storage.blocks import SINCE_EVER
from storage.facts import facts
from storage.form_changes import days_of, rule_of
from storage.form_counts import FormCounts, Stretch, Sums
from storage.form_sums import BY_DOMAIN, BY_RULE
from storage.standings import PLACES
from storage.stated import UNKNOWN

Count = Counter[str]


@dataclass(frozen=True)
class Cuts:
    """A period in days as numbers; overdue is what was due before `today`, and not resolved before `end`."""

    begin: int
    end: int  # the day after the last
    today: int

    @classmethod
    def of(cls, period: Period, now: datetime) -> Cuts:
        end = period.last + timedelta(days=1)
        today = min(now.astimezone(VIETNAM).date(), end)
        return cls(period.first.toordinal(), end.toordinal(), today.toordinal())


def tallies_from_sums(
    connection: Connection, cuts: Cuts, area: Area, as_of: datetime | None, by_domain: bool
) -> Iterator[Tally]:
    """The tallies of an area of whole units, parted by domain or by what the procedure asks."""
    cube = BY_DOMAIN if by_domain else BY_RULE
    points = [SINCE_EVER, *sorted({cuts.begin, cuts.end, cuts.today, min(cuts.today + 1, cuts.end)})]
    stretches = list(pairwise(points))
    found = FormCounts(connection, area.scope, as_of).measures(cube, stretches)
    before = _together(found, stretches, SINCE_EVER, cuts.begin)
    during = _together(found, stretches, cuts.begin, cuts.end)
    until_today = _together(found, stretches, SINCE_EVER, cuts.today)
    days = cuts.today, _end_of_resolved(found, stretches, cuts.today)
    since = _resolved_since(connection, days, area, as_of, cube)
    for unit, key in {**before, **during, **until_today}:
        one = (unit, key)
        was, new, until = (sums.get(one, Counter()) for sums in (before, during, until_today))
        counts = _counts(was, new, until, since.get(one, 0))
        yield Tally(_group(area, unit, key, by_domain), counts)


def _together(found: Sequence[Sums], stretches: Iterable[tuple[int, int]], begin: int, end: int) -> Sums:
    every: Sums = {}
    for sums, (first, after) in zip(found, stretches, strict=True):
        if begin <= first and after <= end:
            for key, counts in sums.items():
                every.setdefault(key, Counter()).update(counts)
    return every


def _counts(before: Count, during: Count, until_today: Count, resolved_since: int) -> Counts:
    def standing(name: str) -> int:
        """Of the dossiers of the period: those that have it."""
        return before[f"new_{name}"] + during[f"new_{name}"] - before[f"done_{name}"]

    carried = before["online"] + before["direct"] - before["early"] - before["on_time"] - before["late"]
    resolved = during["early"] + during["on_time"] + during["late"]
    overdue = until_today["past_due"] - resolved_since
    return Counts(
        carried=carried,
        online=during["online"],
        direct=during["direct"],
        early=during["early"],
        on_time=during["on_time"],
        late=during["late"],
        in_time=carried + during["online"] + during["direct"] - resolved - overdue,
        overdue=overdue,
        without_due_date=standing("undated"),
        not_accepted=standing("turned_away"),
        with_component=during["with_component"],
        reused=during["reused"],
        shared=during["shared"],
        resolved_with_result=during["done_with_result"],
        resolved_digitised=during["done_digitised"],
        with_result=standing("with_result"),
        digitised=standing("digitised"),
    )


def _group(area: Area, unit: str, key: str, by_domain: bool) -> Group:
    shown = area.shown_under(unit)
    if by_domain:
        return Group(shown, None if key == UNKNOWN else key, False, False)
    rule = int(key)
    return Group(shown, None, bool(rule & 1), bool(rule & 2))


def _end_of_resolved(found: Sequence[Sums], stretches: Sequence[Stretch], today: int) -> int:
    """The end of the last stretch since today in which any dossier is resolved: hardly ever a day to come."""
    names = ("early", "on_time", "late")
    later = zip(found, stretches, strict=True)
    ends = (
        end
        for sums, (begin, end) in later
        if begin >= today and any(counts[name] for counts in sums.values() for name in names)
    )
    return max(ends, default=today)


def _resolved_since(
    connection: Connection, days: Stretch, area: Area, as_of: datetime | None, cube: str
) -> dict[tuple[str, str], int]:
    """Dossiers that were overdue when the first of these days began, and are resolved on one of them."""
    today, end = days
    if today == end:
        return {}
    counts = facts(as_of).counts
    _, _, due = days_of(counts)
    key = cast(rule_of(counts), String) if cube == BY_RULE else counts.c.domain
    query = select(counts.c.unit, key, func.count()).where(
        area.holds(counts),
        counts.c.resolved_day >= date.fromordinal(today),
        counts.c.resolved_day < date.fromordinal(end),
        counts.c.standing != PLACES[Standing.NOT_ACCEPTED],
        counts.c.due_day.is_not(None),
        due < today,
    )
    rows = connection.execute(query.group_by(counts.c.unit, key))
    return {(unit, name): count for unit, name, count in rows}


def together(tallies: Iterable[Tally], by_domain: bool) -> tuple[Tally, ...]:
    """Tallies of what is alike in everything, parted only as a form asks."""
    found: dict[Group, Counts] = {}
    for tally in tallies:
        one = tally.group
        group = (
            Group(one.unit, one.domain, False, False)
            if by_domain
            else Group(one.unit, None, one.certification, one.needs_result)
        )
        found[group] = found.get(group, Counts()) + tally.counts
    return tuple(Tally(group, counts) for group, counts in found.items())
