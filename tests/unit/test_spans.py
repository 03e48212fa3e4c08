"""A period as few pieces is the same days, each once."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from records.coverage import Period
from storage.spans import Tiles, tiles_of

RNG = Random(1700)
FIRST = [date(2018, 1, 1) + timedelta(days=RNG.randrange(8 * 365)) for _ in range(400)]
PERIODS = [Period(first, first + timedelta(days=RNG.randrange(RNG.choice((5, 40, 900))))) for first in FIRST]


def days_of(span: Period) -> Counter[date]:
    return Counter(span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))


@pytest.mark.parametrize("years", [True, False])
def test_the_pieces_of_a_period_are_its_days_each_once(years: bool) -> None:
    for period in PERIODS:
        tiles = tiles_of(period, years=years)
        found: Counter[date] = Counter()
        for span in (*tiles.years, *tiles.months, *tiles.fourths, *tiles.days):
            found.update(days_of(span))
        for span in tiles.less:
            found.subtract(days_of(span))
        assert {day: count for day, count in found.items() if count} == days_of(period), period
        assert years or not tiles.years


def test_an_edge_leaves_no_more_than_five_single_days() -> None:
    for period in PERIODS:
        tiles = tiles_of(period, years=True)
        assert sum(days_of(span).total() for span in (*tiles.days, *tiles.less)) <= 10, period


def test_pieces_are_whole() -> None:
    for period in PERIODS:
        tiles = tiles_of(period, years=True)
        for span in (*tiles.years, *tiles.months, *tiles.fourths):
            after = span.last + timedelta(days=1)
            assert {span.first.day, after.day} <= {1, 8, 15, 22}
        for span in tiles.years:
            assert (span.first.month, span.first.day, span.last.month, span.last.day) == (1, 1, 12, 31)
        assert all(span.first.day == 1 for span in tiles.months)


@pytest.mark.parametrize(
    ("first", "last", "single"),
    [
        (date(2021, 12, 15), date(2022, 3, 14), 0),  # a quarter of the forms
        (date(2021, 12, 16), date(2022, 11, 30), 1),
        (date(2022, 3, 3), date(2022, 3, 3), 1),
        (date(2022, 2, 22), date(2022, 2, 28), 0),
    ],
)
def test_periods_that_people_ask_for_leave_few_days(first: date, last: date, single: int) -> None:
    tiles: Tiles = tiles_of(Period(first, last), years=True)
    assert sum(days_of(span).total() for span in (*tiles.days, *tiles.less)) == single
