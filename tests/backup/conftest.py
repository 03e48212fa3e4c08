"""Offices that are backed up, and empty ones to restore into, over each kind of database and of object store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import Settings
from config.wiring import Services, build
from tests.faults.world import Office, live, office

EMBEDDED = "embedded"
REAL_SERVERS = pytest.param("real servers", marks=pytest.mark.servers)


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office on embedded defaults in which a day was lived; tests take copies of it."""
    made = office(tmp_path_factory.mktemp("lived-in") / "office")
    live(made)
    return made


@pytest.fixture
def embedded_office(lived_in: Office, tmp_path: Path) -> Office:
    """A copy of it."""
    return lived_in.copied(tmp_path / "office")


@pytest.fixture(params=[EMBEDDED, REAL_SERVERS])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """An office in which a day was lived: on embedded defaults, or over PostgreSQL and S3."""
    if request.param == EMBEDDED:
        copied: Office = request.getfixturevalue("embedded_office")
        return copied
    urls = {
        "database_url": request.getfixturevalue("postgres_database"),
        "objects_url": request.getfixturevalue("s3_url"),
    }
    made = office(tmp_path / "office", **urls)
    live(made)
    return made


@pytest.fixture(params=[EMBEDDED, REAL_SERVERS])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Where nothing is yet: on embedded defaults, or over PostgreSQL and S3."""
    if request.param == EMBEDDED:
        yield Settings(data_dir=tmp_path / "target")
        return
    postgres, s3 = request.getfixturevalue("postgres_server"), request.getfixturevalue("s3_server")
    name, bucket = postgres.create_database(), s3.create_bucket()
    yield Settings(data_dir=tmp_path / "target", database_url=postgres.url(name), objects_url=s3.url(bucket))
    postgres.drop_database(name)
    s3.remove_bucket(bucket)


@contextmanager
def built(settings: Settings) -> Iterator[Services]:
    services = build(settings)
    yield services
    services.close()
