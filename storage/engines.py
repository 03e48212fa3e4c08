"""How to connect: SQLite as a durable file that many threads and processes share, or PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from storage.digests import teach

BUSY_SECONDS = 30  # how long a writer waits for another
CONNECT_SECONDS = 5
POOL_SIZE, POOL_OVERFLOW, POOL_SECONDS = 5, 35, 30

READ_ONLY: dict[str, dict[str, Any]] = {
    "sqlite": {"sohoa_read_only": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers and the writer do not wait for each other
    "PRAGMA synchronous=FULL",  # a commit is on the disk: an answer 2xx means durable
    "PRAGMA foreign_keys=ON",
)

# A statement, a lock or an idle transaction that lasts longer is a fault, and must not hold up the others. Compiling a
# plan (jit) costs more than any of our statements gains by it.
_POSTGRES_OPTIONS = (
    "-c statement_timeout=60s -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"
    " -c timezone=UTC -c jit=off"
)


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///PATH` or `postgresql+psycopg://…`; raises ValueError for any other URL."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return _sqlite(parsed)
    if parsed.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgresql(parsed.set(drivername="postgresql+psycopg"))
    raise ValueError("the database URL is sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/NAME")


def be_patient(connection: Connection) -> None:
    """Lift PostgreSQL's bounds on time for the rest of the transaction: a job that reads everything may last."""
    if connection.dialect.name == "postgresql":
        for bound in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {bound} = 0")


def _create(url: URL, **options: Any) -> Engine:
    return create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,  # values may be personal data; they never reach a log
        json_serializer=_json,
        **options,
    )


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def _postgresql(url: URL) -> Engine:
    return _create(
        url,
        pool_pre_ping=True,
        connect_args={
            "application_name": "sohoa",
            "connect_timeout": CONNECT_SECONDS,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,  # milliseconds: a server that vanished is noticed
            "options": _POSTGRES_OPTIONS,
        },
    )


def _sqlite(url: URL) -> Engine:
    engine = _create(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = (
        None  # we say BEGIN ourselves: the driver's own guess comes too late to be safe
    )
    teach(connection)
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that began by reading could not get it later without a conflict."""
    read_only = connection.get_execution_options().get("sohoa_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
