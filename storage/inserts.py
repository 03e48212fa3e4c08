"""INSERT … ON CONFLICT DO NOTHING, which both databases know: doing it twice is doing it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> int:
    """Insert the rows whose keys are new; for a single row, returns 1 if it was.

    On PostgreSQL this waits for a concurrent insert of the same key, so that afterwards one row is visible.
    """
    if not rows:
        return 0
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).on_conflict_do_nothing()
    return connection.execute(
        statement, [dict(row) for row in rows] if len(rows) > 1 else dict(rows[0])
    ).rowcount
