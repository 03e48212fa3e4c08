"""Many new rows in one statement: a statement for each costs more than the row.

PostgreSQL takes them by COPY. SQLite lies in the same process and takes rows one by one as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Column, Connection, Dialect, Table, insert

from storage.columns import UtcTime

Row = Mapping[str, object]
_MANY = 10


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert any number of rows, all with the same columns; none may be there yet.

    A few rows cost less in a statement that the server has seen before.
    """
    if len(rows) >= _MANY and connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    elif rows:
        connection.execute(insert(table), [dict(row) for row in rows])


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    said = [(name, _as_sent(table.c[name], connection.dialect)) for name in names]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[name] if one is None else one(row[name]) for name, one in said])


def _as_sent(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """How the column's type hands a value to the driver; None: as it is."""
    if isinstance(column.type, Boolean):
        return None
    said = column.type.dialect_impl(dialect).bind_processor(dialect)
    # Many rows tell of few moments, and to write one down takes longer than to know it again.
    return lru_cache(1024)(said) if said and isinstance(column.type, UtcTime) else said
