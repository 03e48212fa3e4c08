"""Days in blocks of 1, 8, 64, 512 and 4,096, so that any stretch of days is made up of a few dozen sums at most.

A day is its ordinal (1 January of the year 1 is 1); block n of a level holds the days from n × size on.
A block's place is one number that names level and block. Days before 1900 count as that year's first.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

SIZES = (1, 8, 64, 512, 4096)
EARLIEST = date(1900, 1, 1).toordinal()
SINCE_EVER = EARLIEST // SIZES[-1] * SIZES[-1]  # a block of each level begins here
_A_LEVEL = 10_000_000  # more than there are days


def places_between(begin: int, end: int) -> list[int]:
    """The places of the fewest blocks that hold the days from `begin` to before `end`, each once.

    >>> places_between(62, 137)
    [62, 63, 20000001, 10000016, 136]
    """
    found = []
    while begin < end:
        level = max(n for n, size in enumerate(SIZES) if begin % size == 0 and begin + size <= end)
        found.append(level * _A_LEVEL + begin // SIZES[level])
        begin += SIZES[level]
    return found


def place_on(level: int, day: ColumnElement[int]) -> ColumnElement[int]:
    """The place of the block of this level that holds a day."""
    return literal(level * _A_LEVEL, literal_execute=True) + day // literal(
        SIZES[level], literal_execute=True
    )


def number_of(day: ColumnElement[date]) -> ColumnElement[int]:
    """A day as a number, at the earliest that of 1 January 1900."""
    number, earliest = day_number(day), literal(EARLIEST, literal_execute=True)
    return case((number < earliest, earliest), else_=number)


class day_number(GenericFunction[int]):  # noqa: N801  (a function of SQL)
    """day_number(day) → its ordinal."""

    type = Integer()
    inherit_cache = True


@compiles(day_number, "sqlite")
def _sqlite(element: day_number, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(julianday({_day(element, compiler, options)}) - 1721424.5 AS INTEGER)"


@compiles(day_number, "postgresql")
def _postgresql(element: day_number, compiler: SQLCompiler, **options: Any) -> str:
    return f"({_day(element, compiler, options)} - DATE '0001-01-01' + 1)"


def _day(element: day_number, compiler: SQLCompiler, options: Any) -> str:
    return compiler.process(next(iter(element.clauses)), **options)
