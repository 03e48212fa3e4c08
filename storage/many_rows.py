"""Many rows in one statement: PostgreSQL takes each column as an array; a statement for each costs more than the row.

SQLite lies in the same process and takes rows one by one as fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, FromClause, Table, Update, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY

Row = Mapping[str, object]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert any number of rows, all with the same columns."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), [dict(row) for row in rows])
        return
    names = list(rows[0])
    connection.execute(insert(table).from_select(names, select(_given((table.c[n] for n in names), rows))))


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
