"""Servers that crash and come back: what was acknowledged is there, and nobody has to be restarted."""

from collections.abc import Iterator

import pytest

from records.errors import DatabaseUnavailable, ObjectStoreUnavailable
from records.fixity import Fixity
from records.staff import WHOLE_OFFICE
from storage.database import make_database
from storage.objects import make_object_store
from tests.contract.conftest import prepare
from tests.contract.office import Office, a_batch
from tests.servers.postgres import PostgresServer
from tests.servers.seaweedfs import S3Server

pytestmark = pytest.mark.servers

DATA = b"a page"


@pytest.fixture
def durable_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test's own that waits for the disk."""
    server = PostgresServer(durable=True)
    yield server
    server.discard()


@pytest.mark.slow
def test_a_postgresql_that_crashes_in_a_transaction_loses_that_one_only(
    durable_postgres: PostgresServer,
) -> None:
    url = durable_postgres.url(durable_postgres.create_database())
    prepare(url)
    office = Office(make_database(url))
    kept, lost = office.scan(), a_batch()
    with pytest.raises(DatabaseUnavailable), office.database.transaction() as tx:
        tx.batches.open(lost)
        durable_postgres.kill()
    with pytest.raises(DatabaseUnavailable):
        office.database.ready()
    durable_postgres.start()
    office.database.ready()
    with office.database.snapshot() as tx:
        assert tx.batches.list(WHOLE_OFFICE).items == (kept,)
    assert len(office.rasterise(kept)) == 1
    office.database.close()


@pytest.mark.slow
def test_an_object_store_that_comes_back_is_used_again(s3_server: S3Server, s3_url: str) -> None:
    store = make_object_store(s3_url)
    store.put(DATA, Fixity.of(DATA), "text/plain")
    s3_server.kill()
    try:
        for ask in (store.ready, lambda: store.get(Fixity.of(DATA).sha256)):
            with pytest.raises(ObjectStoreUnavailable):
                ask()
    finally:
        s3_server.start()
    store.ready()
    assert store.get(Fixity.of(DATA).sha256) == DATA
