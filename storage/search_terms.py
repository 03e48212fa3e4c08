"""The terms under which an entry of the search is indexed: its words, each two that follow one another, and its marks.

Marks are terms that nobody can type (two underscores): the org unit, the day and month of scanning, and on PostgreSQL
the slice of entries that came one after the other. With them the index itself keeps to what is asked for.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from records.ids import UnitCode
from records.search import pairs_of

SLICE = 8192  # entries
MOST_DAYS = 62  # of a span that is asked for day by day
_SPREAD = timedelta(
    days=1
)  # to each side: pages that were put together may have come on both sides of midnight
_REACH = timedelta(days=20 * 366)  # of a span with an open end


def unit_mark(unit: UnitCode) -> str:
    """The org unit's mark, whatever letters its code has.

    >>> unit_mark(UnitCode("P.1"))
    'u__502e31'
    """
    return f"u__{unit.encode().hex()}"


def day_of(moment: datetime) -> str:
    """The day of a moment as eight digits, in UTC.

    >>> day_of(datetime(2022, 3, 1, tzinfo=UTC))
    '20220301'
    """
    return f"{moment.astimezone(UTC):%Y%m%d}"


def slice_mark(sequence: int) -> str:
    """The mark of the slice in which an entry lies.

    >>> slice_mark(8191), slice_mark(8192)
    ('s__0', 's__1')
    """
    return f"s__{sequence // SLICE}"


def terms_of(words: str, unit: UnitCode, day: str) -> list[str]:
    """All terms of an entry but its slice's, each once.

    >>> terms_of("my tho my", UnitCode("A"), "20220301")
    ['my', 'tho', 'my_tho', 'tho_my', 'u__41', 'd__20220301', 'm__202203']
    """
    parts = words.split()
    return list(dict.fromkeys([*parts, *pairs_of(parts), *marks_of(unit, day)]))


def marks_of(unit: UnitCode, day: str) -> tuple[str, str, str]:
    """What is marked on an entry besides its words."""
    return unit_mark(unit), f"d__{day}", f"m__{day[:6]}"


def marks_between(first: datetime | None, before: datetime | None) -> tuple[str, ...]:
    """The marks of the days, in a long span of the months, on which a page of a record of that span may have come.

    >>> marks_between(datetime(2022, 1, 9, tzinfo=UTC), datetime(2022, 1, 10, tzinfo=UTC))
    ('d__20220108', 'd__20220109', 'd__20220110', 'd__20220111')
    >>> marks_between(datetime(2022, 1, 1, tzinfo=UTC), datetime(2022, 4, 1, tzinfo=UTC))
    ('m__202112', 'm__202201', 'm__202202', 'm__202203', 'm__202204')
    """
    if first is None and before is None:
        return ()
    begin, end = _closed(first, before)
    days = [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
    if len(days) <= MOST_DAYS:
        return tuple(f"d__{day:%Y%m%d}" for day in days)
    return tuple(dict.fromkeys(f"m__{day:%Y%m}" for day in days))


def _closed(first: datetime | None, before: datetime | None) -> tuple[date, date]:
    """The first and the last day of a span, widened, and at most as long as it may reach."""
    begin = first.astimezone(UTC).date() if first else date.max
    end = before.astimezone(UTC).date() if before else date.min
    if first is None:
        begin = max(date.min + _REACH + _SPREAD, end) - _REACH
    if before is None or end - begin > _REACH:
        end = min(date.max - _REACH - _SPREAD, begin) + _REACH
    return begin - _SPREAD, end + _SPREAD
