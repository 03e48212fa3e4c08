"""Sums of every kind: what is kept for a new kind of question is there for an office that exists."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from records.dossier import Channel, Dossier
from records.ids import DossierCode, ProcedureCode, UnitCode
from storage.database import Database, make_database
from storage.engines import make_engine
from tests.contract.office import START, set_up

UNITS = ("P1", "P2", "MT-TP")
PROCEDURES = ("1.001193", "2.000815", "9.999999")
SUMMED = 40


def tell(database: Database, numbers: range, *, later: int = 0) -> None:
    """Dossiers of a year and a half; those told again have another end and another way in."""
    with database.transaction() as tx:
        cases = [_case(number, later) for number in numbers]
        tx.dossiers.upsert(cases, "sync", START + timedelta(days=600 + later))


def _case(number: int, later: int) -> Dossier:
    received = START + timedelta(days=13 * number)
    finished = received + timedelta(days=number % 9 + later) if number % 3 else None
    return Dossier(
        DossierCode(f"H58.30-{received:%y%m%d}-{number:04}"),
        ProcedureCode(PROCEDURES[number % 3]),
        UnitCode(UNITS[number % len(UNITS)]),
        received,
        received + timedelta(days=5),
        finished,
        channel=list(Channel)[(number + later) % 3],
    )


@contextmanager
def migrating(url: str) -> Iterator[Connection]:
    engine = make_engine(url)
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        yield connection
    engine.dispose()


@pytest.mark.slow
def test_fourths_and_years_of_an_office_that_exists_are_added_up_by_the_migration(empty_url: str) -> None:
    database = make_database(empty_url)
    database.migrate()
    with database.transaction() as tx:
        set_up(tx)
    tell(database, range(SUMMED))
    with database.transaction() as tx:
        tx.sums.take_in()
    tell(database, range(10, 20), later=2)  # these changes still wait
    with database.snapshot() as tx:
        assert (tx.sums.waiting(), tx.sums.differences()) == (20, 0)
    with migrating(empty_url) as connection:
        connection.execute(text("DELETE FROM coverage_sums WHERE grain IN ('fourth', 'year')"))
    with database.snapshot() as tx:
        assert tx.sums.differences() > SUMMED
    with migrating(empty_url):
        importlib.import_module("storage.migrations.versions.0017_fourths_and_years").upgrade()
    with database.snapshot() as tx:
        assert tx.sums.differences() == 0
    database.close()
