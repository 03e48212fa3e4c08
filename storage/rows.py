"""Every row of the office as plain values, and back: the form in which a backup goes from any database to any other.

What lasts for hours only (sessions, leases, failed sign-ins) stays behind, and so does the search, which is made
again from what it was made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Text,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
)
from sqlalchemy.types import TypeEngine

from records.audit import GENESIS
from storage.columns import UtcTime, json_column
from storage.migrate import schema_of
from storage.tables import metadata

LEFT_BEHIND = frozenset({"sessions", "setup_tokens", "login_failures", "review_leases", "search_entries"})
MADE_BY_MIGRATIONS = frozenset({"audit_head", "owner_secret"})  # a new database holds rows in these already
CHUNK = 500  # rows in memory at a time

Row = list[Any]  # of JSON values, in the order of the columns

# How a column is written down. The first that fits: a subclass stands before its base.
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (UtcTime, "time"),
    (Date, "date"),
    (JSON, "json"),
    (Boolean, "truth"),
    (BigInteger, "whole"),
    (Float, "number"),
)
_TYPES: dict[str, TypeEngine[Any]] = {
    "time": UtcTime(),
    "date": Date(),
    "json": json_column(),
    "truth": Boolean(),
    "whole": BigInteger(),
    "number": Float(),
    "text": Text(),
}


@dataclass(frozen=True, slots=True)
class TableHead:
    """A table as it is written down: its name, and each column's name and kind."""

    name: str
    columns: tuple[tuple[str, str], ...]


class Rows:
    """The rows of all tables that last."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def schema(self) -> str | None:
        """The last migration that was run on this database; None before the first."""
        return schema_of(self._connection)

    def tables(self) -> tuple[TableHead, ...]:
        """The tables, each behind those that it refers to."""
        return tuple(
            TableHead(one.name, tuple((c.name, _kind(c)) for c in one.columns))
            for one in metadata.sorted_tables
            if one.name not in LEFT_BEHIND
        )

    def read(self, head: TableHead) -> Iterator[Row]:
        """The rows of a table, in the order of its key."""
        source = metadata.tables[head.name]
        query = select(source).order_by(*source.primary_key.columns)
        kinds = [kind for _, kind in head.columns]
        for row in self._connection.execute(query, execution_options={"yield_per": CHUNK}):
            yield [_written(kind, value) for kind, value in zip(kinds, row, strict=True)]

    def write(self, head: TableHead, rows: Iterable[Row]) -> int:
        """Put rows into a table; returns how many."""
        target = table(head.name, *(column(name, _TYPES[kind]) for name, kind in head.columns))
        names = [name for name, _ in head.columns]
        kinds = [kind for _, kind in head.columns]
        values = (dict(zip(names, map(_read, kinds, row), strict=True)) for row in rows)
        count = 0
        while chunk := list(islice(values, CHUNK)):
            self._connection.execute(insert(target), chunk)
            count += len(chunk)
        return count

    def count(self, name: str) -> int:
        """How many rows a table has."""
        counted = select(func.count()).select_from(table(name))
        return self._connection.execute(counted).scalar_one()

    def is_empty(self) -> bool:
        """Whether nobody has used this database yet: it holds what migrations made, and not even the default data."""
        names = set(inspect(self._connection).get_table_names()) & set(metadata.tables) - MADE_BY_MIGRATIONS
        return all(self.count(name) == 0 for name in names) and self._trail_is_new()

    def _trail_is_new(self) -> bool:
        head = table("audit_head", column("hash"))
        return set(self._connection.execute(select(head.c.hash)).scalars()) <= {GENESIS}

    def clear(self) -> None:
        """Take out of an empty database what migrations made: what was restored takes its place."""
        there = set(inspect(self._connection).get_table_names())
        for name in MADE_BY_MIGRATIONS & there:
            self._connection.execute(delete(table(name)))


def _kind(one: Column[Any]) -> str:
    return next((kind for known, kind in _KINDS if isinstance(one.type, known)), _plain(one))


def _plain(one: Column[Any]) -> str:
    return "whole" if one.type.python_type is int else "text"


def _written(kind: str, value: Any) -> Any:
    if value is None or kind not in ("time", "date"):
        return value
    assert isinstance(value, date)  # a datetime is one
    return value.isoformat()


def _read(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "time":
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind == "date" else value
