"""Bring a database to the schema of this program, with Alembic and without an ini file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from records.errors import InvalidValue

_MIGRATIONS = Path(__file__).with_name("migrations")
NEWEST = "head"
_LOCK = 0x50_48_4F_4D  # of PostgreSQL's advisory locks: migrations come one after the other


def upgrade(engine: Engine, schema: str = NEWEST) -> None:
    """Run all migrations that are missing, in one transaction. On SQLite, makes the file and its folder.

    Raises InvalidValue for a schema that this program does not know.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        _make_private(Path(engine.url.database))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = _config(connection)
        if schema != NEWEST and schema not in _known(config):
            raise InvalidValue(f"this program does not know the schema {schema}: it is older than the data")
        command.upgrade(config, schema)


def _make_private(path: Path) -> None:
    """The file holds citizens' data: it is for its owner only, and so is SQLite's journal, which copies the mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)


def is_current(connection: Connection) -> bool:
    """Whether the database is at the newest migration that this program knows."""
    return schema_of(connection) == ScriptDirectory.from_config(_config()).get_current_head()


def schema_of(connection: Connection) -> str | None:
    """The last migration that was run."""
    return MigrationContext.configure(connection).get_current_revision()


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
