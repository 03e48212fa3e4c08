"""Coverage: digitized ÷ required, each rate with its numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975


class Grouping(StrEnum):
    """By what a coverage table is broken down."""

    UNIT = "unit"
    AGENCY = "agency"  # units with what is a mere part of them: see records.org_unit.agencies
    PROCEDURE = "procedure"
    DOMAIN = "domain"
    LEVEL = "level"
    CHANNEL = "channel"
    STATION = "station"
    OFFICER = "officer"
    MONTH = "month"
    WEEK = "week"
    UNIT_MONTH = "unit_month"  # each unit in each month: P1/2022-03


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a coverage table: the dossiers that share a key."""

    by: Grouping
    key: str


@dataclass(frozen=True, slots=True)
class Period:
    """Days of Viet Nam, both included. Periods are parameters: the statutory year begins on 16 December."""

    first: date
    last: date

    @property
    def begin(self) -> datetime:
        """The first moment, in UTC.

        >>> Period(date(2021, 12, 16), date(2022, 11, 30)).begin.isoformat()
        '2021-12-15T17:00:00+00:00'
        """
        return datetime.combine(self.first, time(), VIETNAM).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment that is no longer in the period, in UTC."""
        return datetime.combine(self.last + timedelta(days=1), time(), VIETNAM).astimezone(UTC)


def moment_asked(untrusted: str) -> datetime:
    """A past moment, in Viet Nam's time unless a zone is given, as UTC; a day alone means its last moment.

    >>> moment_asked("2022-11-30").isoformat(), moment_asked("2022-11-30T17:00").isoformat()
    ('2022-11-30T16:59:59.999999+00:00', '2022-11-30T10:00:00+00:00')

    Raises ValueError.
    """
    text = untrusted.strip()
    if len(text) <= len("2022-11-30"):
        return Period(date.fromisoformat(text), date.fromisoformat(text)).end - timedelta(microseconds=1)
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that never hides what it is made of. A denominator of 0 is "N/A", never 0 % or 100 %."""

    numerator: int
    denominator: int

    def percent(self) -> float | None:
        """Per cent with two decimals, half up; a rate below 100 never becomes 100.00.

        >>> Rate(20255, 20325).percent(), Rate(99999, 100000).percent(), Rate(0, 0).percent()
        (99.66, 99.99, None)
        """
        if self.denominator == 0:
            return None
        hundredths = (self.numerator * 20000 + self.denominator) // (2 * self.denominator)
        if self.numerator < self.denominator:
            hundredths = min(hundredths, 9999)
        return hundredths / 100

    def __str__(self) -> str:
        percent = self.percent()
        return "N/A" if percent is None else f"{percent:.2f} %"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One line of the coverage table. Counts are dossiers, unless the name says components."""

    key: str  # code of the unit, procedure, …, the month as 2022-03, or the week as 2022-W09
    name: str
    received: int
    resolved: int
    required: int  # resolved dossiers whose procedure gives a written result and is not certification
    digitised: int  # of required: with a filed result
    required_with_certification: int
    digitised_with_certification: int
    components_required: int
    components_digitised: int
    received_online: int = 0
    with_component: int = 0  # received, with a component filed
    reused: int = 0  # received, with a component that is re-used
    shared: int = 0  # received, with a component from the national store
    early: int = 0  # resolved on a day before the day promised
    on_time: int = 0  # on the day promised, or none was promised
    late: int = 0
    complete: int = 0  # resolved, a component filed, and a result filed where one is given (indicator 4.2)

    @property
    def rate_without_certification(self) -> Rate:
        return Rate(self.digitised, self.required)

    @property
    def rate(self) -> Rate:
        """With certification in the denominator, as the national index counts."""
        return Rate(self.digitised_with_certification, self.required_with_certification)

    @property
    def components_rate(self) -> Rate:
        return Rate(self.components_digitised, self.components_required)

    @property
    def gap(self) -> int:
        return self.required - self.digitised


def total(rows: Iterable[CoverageRow], name: str) -> CoverageRow:
    """The sum of all rows: counts are added, rates follow from the sums."""
    listed = list(rows)
    sums = {
        f.name: sum(getattr(row, f.name) for row in listed)
        for f in fields(CoverageRow)
        if f.name not in ("key", "name")
    }
    return CoverageRow(key="", name=name, **sums)
