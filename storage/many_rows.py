"""Many rows in one statement: a statement for each costs more than the row.

PostgreSQL takes new rows by COPY, and each column of changed rows as an array. SQLite lies in the same process and
takes rows one by one as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import psycopg
from psycopg import sql
from sqlalchemy import Column, Connection, Dialect, FromClause, Table, Update, bindparam, func, insert, update
from sqlalchemy.dialects.postgresql import ARRAY

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
    said = [_as_sent(table.c[name], connection.dialect) for name in names]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([one(row[name]) for name, one in zip(names, said, strict=True)])


def _as_sent(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """How the column's type hands a value to the driver."""
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value


def update_rows(connection: Connection, table: Table, keys: Sequence[str], rows: Sequence[Row]) -> None:
    """Make the rows that are there under these keys say what is given; all name the same columns."""
    if not rows:
        return
    names = [name for name in rows[0] if name not in keys]
    if connection.dialect.name == "postgresql":
        given = _given((table.c[name] for name in rows[0]), rows).c
        connection.execute(_updated(table, {name: given[name] for name in rows[0]}, keys, names))
        return
    bound: dict[str, Any] = {
        name: bindparam(f"its_{name}") for name in rows[0]
    }  # not under the name itself: that would be set
    its = [{f"its_{name}": value for name, value in row.items()} for row in rows]
    connection.execute(_updated(table, bound, keys, names), its)


def _updated(table: Table, given: Mapping[str, Any], keys: Sequence[str], names: Sequence[str]) -> Update:
    same = (table.c[key] == given[key] for key in keys)
    return update(table).where(*same).values({name: given[name] for name in names})


def _given(columns: Iterable[Column[object]], rows: Sequence[Row]) -> FromClause:
    """The rows as a table of the statement."""
    wanted = list(columns)
    arrays = (
        bindparam(None, [row[one.name] for row in rows], ARRAY(one.type), unique=True) for one in wanted
    )
    return (
        func.unnest(*arrays)
        .table_valued(*(Column(one.name, one.type) for one in wanted), name="given")
        .render_derived()
    )
