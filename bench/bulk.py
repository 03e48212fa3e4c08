"""Many rows at once, past the program: COPY on PostgreSQL, one long insert on SQLite. For benchmarks only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Table, insert

from storage.engines import be_patient
from storage.full_text import index, stored_text
from storage.tables_search import search_entries

Row: TypeAlias = Mapping[str, object]


@contextmanager
def search_index_made_afterwards(engine: Engine) -> Iterator[None]:
    """On PostgreSQL, without the index of the search while it is filled, and with it at the end: ten times faster."""
    (words,) = (one for one in search_entries.indexes if one.name == "ix_search_entries_words")
    if engine.dialect.name == "postgresql":
        words.drop(engine, checkfirst=True)
    yield
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            be_patient(connection)
            connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '1GB'")
            words.create(connection)
            connection.exec_driver_sql(_AFTER_THE_LAST)


_AFTER_THE_LAST = (
    "SELECT setval(pg_get_serial_sequence('search_entries', 'sequence'), max(sequence)) FROM search_entries"
)


def fill(engine: Engine, rows: Mapping[str, list[Row]]) -> None:
    """Insert rows by table, in the order given. Words of the search go in as text, as the program makes them."""
    with engine.begin() as connection:
        be_patient(connection)
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
        for row in rows:
            index(connection, int(str(row["sequence"])), _texts(row), str(row["words"]))


def _texts(row: Row) -> dict[str, str]:
    return {name: str(row[name]) for name in ("unit", "day")}


def _copy(connection: Connection, table: Table, rows: list[Row]) -> None:
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_plain(table, name, row) for name in names])


def _plain(table: Table, name: str, row: Row) -> object:
    value = row[name]
    if table is search_entries and name == "words":
        return stored_text(int(str(row["sequence"])), _texts(row), str(value))
    return json.dumps(value) if isinstance(value, list | dict) else value


def settled(engine: Engine) -> None:
    """What a database that has been up for a day has done by itself: statistics, and the index's pending list."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE")
