"""A throwaway PostgreSQL: one cluster for the whole run, one fresh database for each test that asks."""

import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.servers.process import Account, ServerProcess, as_account, free_port, give, private_folder, program

SUPERUSER = "sohoa"

# Nothing outlives a test run, so the cluster of most tests need not wait for the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresServer:
    """A cluster on a free port of the loopback. `durable` waits for the disk: for tests that crash it."""

    def __init__(self, *, durable: bool = False) -> None:
        binaries = _binaries()
        self._account = Account.named("postgres")
        self._folder = private_folder("postgres", self._account)
        self._password = secrets.token_urlsafe(16)
        self._settings = {} if durable else CARELESS
        self._postgres = binaries / "postgres"
        self._initialise(binaries / "initdb")
        self.port = free_port()
        self.start()

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://{SUPERUSER}:{self._password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template1") -> str:
        """Make an empty database, or a copy of one that nobody uses, with a name of its own; returns the name."""
        name = f"test_{secrets.token_hex(6)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Drop it, whoever is still connected."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def start(self) -> None:
        """Start it on its port, after `stop` or `kill` too, and wait until it answers."""
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "32MB",
            **self._settings,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        self._process = ServerProcess(
            [self._postgres, "-D", self._folder / "data", *options],
            self._folder / "log",
            account=self._account,
            stop_signal=signal.SIGINT,  # its "fast" shutdown: open sessions are ended
        )
        self._process.wait_until(lambda: self._execute(sql.SQL("SELECT 1")), (psycopg.OperationalError,))

    def stop(self) -> None:
        """End it in good order; the data stays, so that it can be started again."""
        self._process.stop()

    def kill(self) -> None:
        """Crash it; with `durable`, what it had acknowledged is there after `start`."""
        self._process.kill()

    def discard(self) -> None:
        """End it and delete its data."""
        self.stop()
        shutil.rmtree(self._folder)

    def _execute(self, statement: sql.SQL | sql.Composed) -> None:
        address = self.url("postgres").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement)

    def _initialise(self, initdb: Path) -> None:
        password_file = self._folder / "password"
        password_file.write_text(self._password)
        give(password_file, self._account)
        command: list[str | Path] = [
            "setpriv",
            *as_account(self._account),
            initdb,
            "-D",
            self._folder / "data",
        ]
        options = [
            f"--pwfile={password_file}",
            "-U",
            SUPERUSER,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(
            [*command, *options, "--locale=C.UTF-8"], cwd=self._folder, check=True, capture_output=True
        )
        password_file.unlink()


def _binaries() -> Path:
    """The folder of the newest server programs; Debian keeps them off the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return program(*reversed(debian), "postgres", package="postgresql").resolve().parent


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One careless cluster for all tests of this process."""
    server = PostgresServer()
    yield server
    server.discard()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """The URL of the cluster's maintenance database, for tests that only need a live server."""
    return postgres_server.url("postgres")


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a fresh, empty database."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)
