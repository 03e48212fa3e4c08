"""Every contract test runs against both implementations of its port: the embedded one and a real server."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.database import Database, make_database
from storage.objects import ObjectStore, make_object_store
from tests.contract.office import Office, set_up
from tests.servers.postgres import PostgresServer

BOTH_DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)]
BOTH_STORES = ["directory", pytest.param("s3", marks=pytest.mark.servers)]


def prepare(url: str) -> None:
    """Migrate a database and set the office up in it."""
    database = make_database(url)
    database.migrate()
    with database.transaction() as tx:
        set_up(tx)
    database.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema, the default data and two stations, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BOTH_DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without a schema."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    """The name of a PostgreSQL database with the schema, the default data and the stations, to be copied."""
    name = postgres_server.create_database()
    prepare(postgres_server.url(name))
    return name


@pytest.fixture
def postgres_copy(postgres_server: PostgresServer, migrated_postgres: str) -> Iterator[str]:
    """The URL of a copy of it."""
    name = postgres_server.create_database(template=migrated_postgres)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=BOTH_DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with the schema, the default data and two stations."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_copy"))
    copy = tmp_path / "sohoa.db"
    shutil.copyfile(request.getfixturevalue("migrated_sqlite"), copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database at `database_url`."""
    opened = make_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(params=BOTH_DATABASES)
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Makes databases like `database`, one after the other, for tests that need many."""
    made: list[Database] = []

    def make() -> Database:
        while made:
            made.pop().close()
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres_server")
            url = server.url(server.create_database(template=request.getfixturevalue("migrated_postgres")))
        else:
            copy = tmp_path / f"{uuid.uuid4()}.db"
            shutil.copyfile(request.getfixturevalue("migrated_sqlite"), copy)
            url = f"sqlite:///{copy}"
        made.append(make_database(url))
        return made[0]

    yield make
    for database in made:
        database.close()


@pytest.fixture
def office(database: Database) -> Office:
    """Short words for what stations, workers and clerks do."""
    return Office(database)


@pytest.fixture(params=BOTH_STORES)
def objects_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty object store."""
    if request.param == "directory":
        return f"file://{tmp_path / 'objects'}"
    return str(request.getfixturevalue("s3_url"))


@pytest.fixture
def objects(objects_url: str) -> ObjectStore:
    """The object store at `objects_url`."""
    return make_object_store(objects_url)
