"""The database itself: migrations that lead to the tables, transactions, and troubles with their own names."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Index
from sqlalchemy.schema import SchemaItem

from records.dossier import Channel, Dossier
from records.errors import DatabaseUnavailable, InvalidValue, NotFound
from records.ids import DossierCode, ProcedureCode, StationId, UnitCode
from records.staff import WHOLE_OFFICE, Station
from storage.columns import SINCE_EVER, UtcTime
from storage.database import make_database
from storage.engines import make_engine
from storage.full_text import FTS5
from storage.tables import metadata
from tests.contract.office import OTHER_WARD, START, STATION, Office, a_batch


def test_the_migrations_lead_to_exactly_the_tables_of_the_program(empty_url: str) -> None:
    database = make_database(empty_url)
    database.migrate()
    database.migrate()
    database.ready()
    database.close()
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _is_ours}
        )
        differences = compare_metadata(context, metadata)
        partial = _partial_indexes(connection)
    engine.dispose()
    assert differences == []
    assert partial == {
        "ix_assignments_current",
        "ix_case_facts_gap",
        "ix_files_failed",
        "ix_files_open",
        "ix_pages_failed",
        "ix_pages_open",
        "ix_pages_recognised",
        "ix_records_failed",
        "ix_records_open",
        "ix_records_settled",
    }


def _is_ours(thing: SchemaItem, name: str | None, _kind: str, _reflected: bool, _other: object) -> bool:
    """SQLite lists the tables in which its full-text index keeps itself, and has no index for PostgreSQL's words."""
    only_elsewhere = isinstance(thing, Index) and thing.dialect_options["postgresql"]["using"] == "gin"
    return not (str(name).startswith(FTS5) or only_elsewhere)


def _partial_indexes(connection: sqlalchemy.Connection) -> set[str | None]:
    """Alembic does not compare the conditions of indexes, so they are looked at here."""
    inspector, condition = sqlalchemy.inspect(connection), f"{connection.dialect.name}_where"
    return {
        index["name"]
        for table in metadata.tables
        for index in inspector.get_indexes(table)
        if condition in index.get("dialect_options", {})
    }


def test_a_database_without_a_schema_is_not_ready(empty_url: str) -> None:
    database = make_database(empty_url)
    with pytest.raises(DatabaseUnavailable, match="migrate"):
        database.ready()
    with pytest.raises(DatabaseUnavailable, match="migrate"), database.snapshot() as tx:
        tx.accounts.count()
    database.close()


def test_a_new_database_is_empty_so_that_a_backup_can_be_restored_into_it(empty_url: str) -> None:
    database = make_database(empty_url)
    database.migrate()
    with database.transaction() as tx:
        assert tx.rows.is_empty()  # else name in storage.rows what the new migration puts in
        tx.rows.clear()
        assert [head.name for head in tx.rows.tables() if tx.rows.count(head.name)] == []
    database.close()


def test_many_may_migrate_at_once(empty_url: str) -> None:
    databases = [make_database(empty_url) for _ in range(4)]
    failures: list[BaseException] = []

    def migrate(number: int) -> None:
        try:
            databases[number].migrate()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=migrate, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    databases[0].ready()
    for database in databases:
        database.close()


def test_what_a_failed_transaction_wrote_is_gone(office: Office) -> None:
    batch = a_batch()
    with pytest.raises(RuntimeError), office.database.transaction() as tx:
        tx.batches.open(batch)
        tx.audit.append("hoa", "batch.opened", batch.id, {}, START)
        raise RuntimeError
    with office.database.snapshot() as tx:
        assert tx.audit.list().items == ()
        with pytest.raises(NotFound):
            tx.batches.get(batch.id, WHOLE_OFFICE)


def test_a_snapshot_sees_one_moment_and_holds_up_no_writer(office: Office) -> None:
    with office.database.snapshot() as tx:
        assert len(tx.batches.list(WHOLE_OFFICE).items) == 0
        office.scan()
        assert len(tx.batches.list(WHOLE_OFFICE).items) == 0
    with office.database.snapshot() as tx:
        assert len(tx.batches.list(WHOLE_OFFICE).items) == 1


def test_times_come_back_as_the_same_moment_in_utc(office: Office) -> None:
    vietnam = timezone(timedelta(hours=7))
    moment = datetime(2022, 3, 1, 0, 30, 0, 123456, tzinfo=vietnam)
    with office.database.transaction() as tx:
        tx.stations.touch(STATION, moment, -2.5)
        found = tx.stations.list(WHOLE_OFFICE)[0]
    assert (found.last_seen_at, found.clock_skew_seconds) == (moment, -2.5)
    assert found.last_seen_at is not None
    assert found.last_seen_at.tzinfo is UTC


def test_a_time_without_a_zone_is_a_fault(office: Office) -> None:
    with (
        pytest.raises(sqlalchemy.exc.StatementError, match="without a zone"),
        office.database.transaction() as tx,
    ):
        tx.stations.touch(STATION, datetime(2022, 3, 1))


def test_what_contradicts_the_stored_facts_is_an_invalid_value_without_the_values(office: Office) -> None:
    stranger = Station(StationId("s"), "Nguyễn Văn Hùng", UnitCode("no such unit"))
    with pytest.raises(InvalidValue) as refusal, office.database.transaction() as tx:
        tx.stations.add(stranger, None, START)
    assert "Hùng" not in str(refusal.value)
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize("name", ["\ud800", "a\x00b"])
def test_text_that_cannot_be_stored_is_an_invalid_value(office: Office, name: str) -> None:
    try:
        with office.database.transaction() as tx:
            tx.stations.add(Station(StationId("s"), name, OTHER_WARD), None, START)
    except InvalidValue as refusal:
        assert name not in str(refusal)
    else:  # SQLite keeps a NUL
        with office.database.snapshot() as tx:
            assert tx.stations.get(StationId("s")).name == name


def test_a_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    for url in (
        f"sqlite:///{tmp_path}/no/such/folder/sohoa.db",
        "postgresql+psycopg://nobody:nothing@127.0.0.1:1/none",
    ):
        database = make_database(url)
        with pytest.raises(DatabaseUnavailable) as trouble:
            database.ready()
        assert "nothing" not in str(trouble.value)
        database.close()


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "sohoa.db").write_bytes(b"not a database, but long enough to look at" * 100)
    database = make_database(f"sqlite:///{tmp_path}/sohoa.db")
    with pytest.raises(DatabaseUnavailable):
        database.ready()
    database.close()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "postgresql+psycopg2://h/n"]
)
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="database URL"):
        make_database(url)


def test_sqlite_waits_for_the_disk_and_keeps_references_whole(migrated_sqlite: Path) -> None:
    engine = make_engine(f"sqlite:///{migrated_sqlite}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_new_sqlite_file_is_for_its_owner_only(tmp_path: Path) -> None:
    database = make_database(f"sqlite:///{tmp_path}/new/sohoa.db")
    database.migrate()
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    database.close()
    assert modes == {"sohoa.db": 0o600, "sohoa.db-wal": 0o600, "sohoa.db-shm": 0o600}


def test_every_time_column_is_utc() -> None:
    times = [
        column
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sqlalchemy.DateTime | UtcTime)
    ]
    assert times
    assert [column for column in times if not isinstance(column.type, UtcTime)] == []


def test_since_ever_is_a_date_that_both_databases_keep(office: Office) -> None:
    with office.database.snapshot() as tx:
        procedures = tx.catalogue.procedures()
    assert any(procedure.valid_from is None for procedure in procedures)
    assert all(procedure.valid_from != SINCE_EVER for procedure in procedures)
    assert date.min == SINCE_EVER


def test_a_dossier_comes_back_as_it_was_written(office: Office) -> None:
    case = Dossier(
        code=DossierCode("H58.30-220303-0012"),
        procedure=ProcedureCode("1.001193"),
        unit=OTHER_WARD,
        received_at=START,
        due_at=START + timedelta(days=2),
        finished_at=START + timedelta(days=1),
        returned_at=None,
        status="Đã xử lý xong",
        channel=Channel.ONLINE,
        owner="Nguyễn Thị Ánh",
        components_required=3,
    )
    with office.database.transaction() as tx:
        tx.dossiers.upsert([case], "case system", START)
        assert tx.dossiers.get(case.code, WHOLE_OFFICE) == case
