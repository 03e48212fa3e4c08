"""Many rows at once, past the program: COPY on PostgreSQL, one long insert on SQLite. For benchmarks only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Table, insert, text

from storage.engines import be_patient
from storage.full_text import remember, stored_text
from storage.tables_search import search_entries

Row: TypeAlias = Mapping[str, object]


def fill(engine: Engine, rows: Mapping[str, list[Row]]) -> None:
    """Insert rows by table, in the order given. Words of the search go in as text, as the program makes them."""
    with engine.begin() as connection:
        be_patient(connection)  # the index's pending list is merged now and then, in the middle of an insert
        for name, many in rows.items():
            if many:
                _fill(connection, search_entries.metadata.tables[name], many)


def fill_table(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert rows into one table."""
    _fill(connection, table, rows)


def _fill(connection: Connection, table: Table, rows: list[Row]) -> None:
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
        return
    connection.execute(insert(table), [dict(row) for row in rows])
    if table is search_entries:
        for sequence, words in _newest(connection, len(rows)):
            remember(connection, sequence, words)


def _newest(connection: Connection, count: int) -> list[tuple[int, str]]:
    query = text("SELECT sequence, words FROM search_entries ORDER BY sequence DESC LIMIT :count")
    return [(row.sequence, row.words) for row in connection.execute(query, {"count": count})]


def _copy(connection: Connection, table: Table, rows: list[Row]) -> None:
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_plain(table, name, row[name]) for name in names])


def _plain(table: Table, name: str, value: object) -> object:
    if table is search_entries and name == "words":
        return stored_text(str(value))
    return json.dumps(value) if isinstance(value, list | dict) else value


def settled(engine: Engine) -> None:
    """What a database that has been up for a day has done by itself: statistics, and the index's pending list."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE")
