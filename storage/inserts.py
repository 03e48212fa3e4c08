"""INSERT … ON CONFLICT, which both databases know: doing it twice is doing it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert those of the rows whose keys are new."""
    if rows:
        connection.execute(_unless_there(connection, table), [dict(row) for row in rows])


def insert_if_new(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Insert the row if its keys are new; says whether they were.

    On PostgreSQL this waits for a concurrent insert of the same key, so that afterwards one row is visible.
    """
    statement = _unless_there(connection, table).values(dict(row))
    return connection.execute(statement.execution_options(preserve_rowcount=True)).rowcount == 1


def conflicting_insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of this database, which can be told what to do where the key is there."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def _unless_there(connection: Connection, table: Table) -> Insert:
    return conflicting_insert(connection, table).on_conflict_do_nothing()
