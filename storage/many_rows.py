"""Many rows in one statement: PostgreSQL takes each column as an array; a statement for each costs more than the row.

SQLite lies in the same process and takes rows one by one as fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Column, Connection, FromClause, Table, bindparam, func, insert, select, update
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


def update_rows(connection: Connection, table: Table, key: str, rows: Sequence[Row]) -> None:
    """Make the rows that are there under these keys say what is given."""
    if not rows:
        return
    names = [name for name in rows[0] if name != key]
    if connection.dialect.name != "postgresql":
        statement = update(table).where(table.c[key] == bindparam("its_key"))
        statement = statement.values({name: bindparam(name) for name in names})
        connection.execute(statement, [{"its_key": row[key], **_only(names, row)} for row in rows])
        return
    given = _given((table.c[name] for name in (key, *names)), rows)
    same = update(table).where(table.c[key] == given.c[key])
    connection.execute(same.values({name: given.c[name] for name in names}))


def _only(names: Iterable[str], row: Row) -> dict[str, object]:
    return {name: row[name] for name in names}


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
