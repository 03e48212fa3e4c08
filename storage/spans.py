"""A period as the pieces of time for which sums are kept: years, months, fourths of a month, and single days.

A fourth of a month is its days 1–7, 8–14, 15–21, or 22 to the end: the periods of the forms begin on the 15th and end
on the 14th. What covers more than half of one is the whole less the other days, so that no edge of a period
leaves more than five days, however many dossiers a day has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from records.coverage import Period

_DAY = timedelta(days=1)
_BEGINS = (1, 8, 15, 22)


@dataclass(frozen=True)
class Spans:
    """A period as whole months, and the days before and after them."""

    months: Period | None
    days: tuple[Period, ...]


def spans_of(period: Period) -> Spans:
    """The largest run of whole months in a period, and what is left.

    >>> spans_of(Period(date(2021, 12, 16), date(2022, 2, 3))).months
    Period(first=datetime.date(2022, 1, 1), last=datetime.date(2022, 1, 31))
    """
    begin = period.first if period.first.day == 1 else _next_month(period.first)
    end = (period.last + _DAY).replace(day=1)
    if begin >= end:
        return Spans(None, (period,))
    before, after = Period(period.first, begin - _DAY), Period(end, period.last)
    return Spans(
        Period(begin, end - _DAY), tuple(span for span in (before, after) if span.first <= span.last)
    )


@dataclass(frozen=True)
class Tiles:
    """A period as few pieces, those of each kind side by side, less the days that are too many."""

    years: tuple[Period, ...] = ()
    months: tuple[Period, ...] = ()
    fourths: tuple[Period, ...] = ()
    days: tuple[Period, ...] = ()
    less: tuple[Period, ...] = ()  # days of the fourths that do not lie in the period


def tiles_of(period: Period, *, years: bool) -> Tiles:
    """The pieces of a period; without `years` the months of a year stay apart.

    >>> tiles = tiles_of(Period(date(2021, 12, 16), date(2023, 1, 31)), years=True)
    >>> [span.first.isoformat() for span in (*tiles.years, *tiles.months, *tiles.fourths, *tiles.less)]
    ['2022-01-01', '2023-01-01', '2021-12-15', '2021-12-15']
    """
    spans = spans_of(period)
    whole, months = _years_of(spans.months) if years else ((), (spans.months,))
    edges = [_edge(span) for span in spans.days]
    return Tiles(
        whole,
        tuple(span for span in months if span),
        tuple(span for edge in edges for span in edge.fourths),
        tuple(span for edge in edges for span in edge.days),
        tuple(span for edge in edges for span in edge.less),
    )


def _edge(span: Period) -> Tiles:
    """A few days as fourths of a month and what is left, or too many."""
    fourths: list[Period] = []
    days: list[Period] = []
    less: list[Period] = []
    for fourth, inside in _fourths(span):
        missing = _without(fourth, inside)
        if 2 * sum(_length(span) for span in missing) < _length(fourth):
            fourths.append(fourth)
            less += missing
        else:
            days.append(inside)
    together = (Period(fourths[0].first, fourths[-1].last),) if fourths else ()
    return Tiles(fourths=together, days=tuple(days), less=tuple(less))


def _years_of(months: Period | None) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The whole years among whole months, and the months that are left."""
    if months is None:
        return (), ()
    first = months.first.year + (months.first.month > 1)
    last = months.last.year - (months.last.month < 12)
    if first > last:
        return (), (months,)
    years = Period(date(first, 1, 1), date(last, 12, 31))
    return (years,), tuple(_without(months, years))


def _fourths(span: Period) -> Iterator[tuple[Period, Period]]:
    """Each fourth of a month that the span touches, and what of it lies in the span."""
    day = span.first
    while day <= span.last:
        number = min((day.day - 1) // 7, 3)
        first = day.replace(day=_BEGINS[number])
        last = (day.replace(day=_BEGINS[number + 1]) if number < 3 else _next_month(day)) - _DAY
        yield Period(first, last), Period(day, min(last, span.last))
        day = last + _DAY


def _without(whole: Period, inside: Period) -> list[Period]:
    """What of a period lies before and after a part of it."""
    ends = Period(whole.first, inside.first - _DAY), Period(inside.last + _DAY, whole.last)
    return [span for span in ends if span.first <= span.last]


def _length(span: Period) -> int:
    return (span.last - span.first).days + 1


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
