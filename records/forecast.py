"""When 100 % is reached at the pace of the last four weeks: a day with an interval, or that it is not in sight.

The gap grows with every dossier that is resolved and shrinks with every result that is filed. Its pace is by how much
it shrank in each of four whole weeks; their scatter gives the interval of that pace (Student's t, 95 %).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import mean, stdev

WEEKS = 4
T_95 = 3.182  # two-sided 95 % of Student's t with WEEKS - 1 degrees of freedom
FARTHEST = 50 * 365  # days: what takes longer is not reached at this pace


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Coverage as it was at the end of a day."""

    day: date  # the last of its week, or the last that is known
    required: int
    digitised: int

    @property
    def gap(self) -> int:
        return self.required - self.digitised


class Outlook(StrEnum):
    """Whether 100 % is in sight."""

    REACHED = "reached"  # nothing is missing
    EXPECTED = "expected"  # a day can be named
    NOT_AT_THIS_PACE = "not_at_this_pace"  # the gap does not shrink, or not within fifty years
    TOO_EARLY = "too_early"  # fewer than four weeks are known


@dataclass(frozen=True, slots=True)
class Forecast:
    """`day` is where the mean pace leads; 95 of 100 such forecasts hold between `earliest` and `latest`.

    No `latest`: the pace varies so much that it may as well never be reached.
    """

    outlook: Outlook
    pace: float | None = None  # dossiers a week by which the gap shrinks
    day: date | None = None
    earliest: date | None = None
    latest: date | None = None


def forecast(points: Sequence[TrendPoint]) -> Forecast:
    """From the ends of whole weeks, oldest first, and, as the last point, today.

    >>> gaps, sunday = (100, 90, 80, 70, 60, 60), date(2022, 3, 6)
    >>> made = [TrendPoint(sunday + timedelta(7 * n), 1000, 1000 - gap) for n, gap in enumerate(gaps)]
    >>> forecast(made).day.isoformat(), forecast(made).latest.isoformat()
    ('2022-05-22', '2022-05-22')
    """
    weeks, now = points[-(WEEKS + 2) : -1], points[-1]
    if len(weeks) <= WEEKS or weeks[0].required == 0:
        return Forecast(Outlook.TOO_EARLY)
    if now.gap == 0:
        return Forecast(Outlook.REACHED)
    closed = [before.gap - after.gap for before, after in pairwise(weeks)]
    pace, spread = mean(closed), T_95 * stdev(closed) / math.sqrt(WEEKS)
    day = _reached(now, pace)
    if day is None:
        return Forecast(Outlook.NOT_AT_THIS_PACE, pace)
    return Forecast(Outlook.EXPECTED, pace, day, _reached(now, pace + spread), _reached(now, pace - spread))


def _reached(now: TrendPoint, pace: float) -> date | None:
    if pace <= 0 or now.gap / pace * 7 > FARTHEST:
        return None
    return now.day + timedelta(days=math.ceil(now.gap / pace * 7))
