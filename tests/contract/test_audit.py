"""The audit chain: whatever is changed in the past shows."""

from datetime import timedelta

import pytest
from sqlalchemy import Executable, delete, insert, select, update

from records.audit import chained
from storage.engines import make_engine
from storage.tables_audit import audit_entries, audit_head
from tests.contract.office import START, Office


def _append(office: Office, count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        with office.database.transaction() as tx:
            tx.audit.append("hoa", "record.confirmed", f"record-{number}", {"version": number}, office.now)


def _verify(office: Office) -> int | None:
    with office.database.snapshot() as tx:
        return tx.audit.verify()


def test_entries_are_numbered_without_gaps_and_chained(office: Office) -> None:
    assert _verify(office) is None
    _append(office, 3)
    with office.database.snapshot() as tx:
        entries = tx.audit.list().items
    assert [entry.sequence for entry in entries] == [3, 2, 1]
    assert entries[0].previous == entries[1].hash
    assert entries[0].details == '{"version":3}'
    assert _verify(office) is None


def test_several_entries_of_one_transaction_keep_their_order(office: Office) -> None:
    with office.database.transaction() as tx:
        for action in ("a.b", "c.d"):
            tx.audit.append("hoa", action, "x", {}, START)
        assert [entry.action for entry in tx.audit.list().items] == ["c.d", "a.b"]
    assert _verify(office) is None


def test_entries_are_listed_by_subject_with_a_cursor(office: Office) -> None:
    _append(office, 5)
    with office.database.snapshot() as tx:
        part = tx.audit.list(limit=2)
        rest = tx.audit.list(limit=9, after=part.next)
        assert [entry.sequence for entry in (*part.items, *rest.items)] == [5, 4, 3, 2, 1]
        assert [entry.sequence for entry in tx.audit.list(subject="record-2").items] == [2]


@pytest.mark.parametrize(
    "change",
    [
        {"at": START + timedelta(seconds=1)},
        {"actor": "lan"},
        {"action": "record.discarded"},
        {"subject": "record-9"},
        {"details": '{"version":9}'},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_breaks_the_chain_at_its_place(
    office: Office, database_url: str, change: dict[str, object]
) -> None:
    _append(office, 4)
    _tamper(database_url, update(audit_entries).where(audit_entries.c.sequence == 2).values(change))
    assert _verify(office) == 2


@pytest.mark.parametrize(("gone", "broken"), [(1, 1), (2, 2), (4, 4)])
def test_a_deleted_entry_breaks_the_chain(office: Office, database_url: str, gone: int, broken: int) -> None:
    _append(office, 4)
    _tamper(database_url, delete(audit_entries).where(audit_entries.c.sequence == gone))
    assert _verify(office) == broken


def test_an_entry_slipped_in_behind_the_last_breaks_the_chain(office: Office, database_url: str) -> None:
    _append(office, 2)
    with office.database.snapshot() as tx:
        last = tx.audit.list(limit=1).items[0]
    forged = chained(3, START, "hoa", "record.confirmed", "x", "{}", last.hash)
    values = {name: getattr(forged, name) for name in type(forged).__dataclass_fields__}
    _tamper(database_url, insert(audit_entries).values(values))
    assert _verify(office) == 4


def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_chain_after_it(
    office: Office, database_url: str
) -> None:
    _append(office, 3)
    with office.database.snapshot() as tx:
        _, second, first = tx.audit.list().items
    forged = chained(2, second.at, "lan", second.action, second.subject, second.details, first.hash)
    changed = update(audit_entries).where(audit_entries.c.sequence == 2)
    _tamper(database_url, changed.values(actor="lan", hash=forged.hash))
    assert _verify(office) == 3


def test_a_chain_whose_head_was_set_back_is_broken(office: Office, database_url: str) -> None:
    _append(office, 2)
    _tamper(
        database_url,
        update(audit_head).values(
            sequence=1,
            hash=select(audit_entries.c.hash).where(audit_entries.c.sequence == 1).scalar_subquery(),
        ),
    )
    assert _verify(office) == 3


def _tamper(url: str, statement: Executable) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()
