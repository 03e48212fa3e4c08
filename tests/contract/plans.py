"""How SQLite goes about what is asked of an empty database."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, event

from storage.database import make_database
from storage.engines import make_engine


def plans(folder: Path, ask: Callable[[Connection], object]) -> list[str]:
    """The steps of the plan of every statement, in order."""
    url = f"sqlite:///{folder / 'plans.db'}"
    database = make_database(url)
    database.migrate()
    database.close()
    asked: list[tuple[str, object]] = []
    engine = make_engine(url)
    event.listen(
        engine, "before_cursor_execute", lambda c, cursor, sql, values, *_: asked.append((sql, values))
    )
    with engine.begin() as connection:
        ask(connection)
        told = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()  # type: ignore[arg-type]
            for sql, values in list(asked)
        ]
    engine.dispose()
    return [row[3] for rows in told for row in rows]
