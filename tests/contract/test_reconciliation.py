"""Reconciliation on both databases: every step's count, what differs, and how a difference ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from records.batch import Withdrawal, WithdrawalReason
from records.errors import NotFound
from records.ids import file_id
from records.reconciliation import Difference, DifferenceKind, Reconciled, by_station
from records.staff import WHOLE_OFFICE, Scope
from records.states import RecordState
from records.steps import Step
from tests.contract.office import OTHER_STATION, OTHER_WARD, START, STATION, WARD, Office, a_batch, a_file

DAY = START.date()


def counts(office: Office, scope: Scope = WHOLE_OFFICE, day: date = DAY) -> Reconciled:
    with office.database.snapshot() as tx:
        return sum((one.counts for one in tx.reconciliation.batches(scope, day=day)), Reconciled())


def differences(office: Office, *, is_open: bool | None = None) -> list[Difference]:
    with office.database.snapshot() as tx:
        return list(tx.reconciliation.differences(WHOLE_OFFICE, is_open=is_open).items)


def kinds(office: Office) -> list[DifferenceKind]:
    return [one.kind for one in differences(office)]


def test_a_batch_whose_papers_are_filed_balances_and_differs_in_nothing(office: Office) -> None:
    batch = office.scan()
    office.file(office.confirm(office.classified(batch)))
    found = counts(office)
    assert found == Reconciled(
        declared=1, received=1, stored=1, pages=1, read=1, classified=1, tagged=1, verified=1, filed=1
    )
    assert found.balanced
    assert differences(office) == []


def test_each_step_that_is_not_done_is_a_difference_of_its_own(office: Office) -> None:
    batch = office.scan()
    assert kinds(office) == [DifferenceKind.NOT_OPENED]
    (record,) = office.rasterise(batch)
    assert set(kinds(office)) == {DifferenceKind.NOT_READ, DifferenceKind.NOT_CLASSIFIED}
    office.recognise(record)
    assert kinds(office) == [DifferenceKind.NOT_CLASSIFIED]
    proposed = office.classify(record)
    assert kinds(office) == [DifferenceKind.NOT_VERIFIED]
    assert (counts(office).classified, counts(office).tagged, counts(office).balanced) == (1, 0, False)
    confirmed = office.confirm(proposed)
    assert kinds(office) == [DifferenceKind.NOT_FILED]
    office.file(confirmed)
    assert kinds(office) == []


def test_a_declared_file_arrives_is_withdrawn_or_differs(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch(3))
        tx.batches.receive(a_file(batch, 1))
        reason = next(iter(WithdrawalReason))
        tx.batches.withdraw(batch.id, Withdrawal(2, reason, "hoa", START))
    found = counts(office)
    assert (found.declared, found.withdrawn, found.received) == (3, 1, 1)
    missing = [one for one in differences(office) if one.kind is DifferenceKind.NOT_RECEIVED]
    assert [(one.subject, one.file, one.page) for one in missing] == [("3", 3, None)]


def test_a_file_that_cannot_be_opened_differs_and_another_number_of_pages_does_too(office: Office) -> None:
    refused = office.scan()
    claim = office.claimed(Step.RASTERISE, file_id(refused.id, 1))
    batch = a_batch()
    counted = replace(batch, declared=(replace(batch.declared[0], pages=3),))
    with office.database.transaction() as tx:
        tx.batches.refused(claim, "damaged_file", office.now)
        tx.batches.open(counted)
        tx.batches.receive(a_file(counted, 1))
    office.rasterise(counted, records=(2,))
    found = counts(office)
    assert (found.refused, found.declared_pages, found.pages) == (1, 3, 2)
    assert {DifferenceKind.REFUSED, DifferenceKind.PAGES_DIFFER} <= set(kinds(office))


def test_a_page_that_only_a_person_could_read_is_read_once_its_paper_is_confirmed(office: Office) -> None:
    (record,) = office.rasterise(office.scan())
    claim = office.claimed(Step.RECOGNISE, record.pages[0])
    with office.database.transaction() as tx:
        tx.pages.unreadable(claim, "recognition_failed", office.now)
    proposed = office.classify(record)
    assert DifferenceKind.NOT_READ in kinds(office)
    office.confirm(proposed)
    assert (DifferenceKind.NOT_READ in kinds(office), counts(office).read) == (False, 1)


def test_papers_that_a_person_takes_out_are_set_aside(office: Office) -> None:
    record = office.classified()
    office.save(record.discarded(), record.version, "discarded")
    assert office.record(record.id).state is RecordState.DISCARDED
    assert (counts(office).set_aside, counts(office).balanced, differences(office)) == (1, True, [])


def test_a_difference_is_closed_once_and_stays_countable(office: Office) -> None:
    office.classified()
    (difference,) = differences(office, is_open=True)
    with office.database.transaction() as tx:
        tx.reconciliation.close(difference, "the paper was handed back", "lan", office.now)
        again = tx.reconciliation.close(difference, "another reason", "mai", office.now + timedelta(days=1))
    assert (again.reason, again.closed_by, again.closed_at) == (
        "the paper was handed back",
        "lan",
        office.now,
    )
    assert differences(office, is_open=True) == []
    assert differences(office, is_open=False) == [again]
    with office.database.snapshot() as tx:
        (batch,) = tx.reconciliation.batches(WHOLE_OFFICE, day=DAY)
    assert (batch.open_differences, batch.closed_differences) == (0, 1)


def test_a_day_a_station_and_a_unit_see_their_own(office: Office) -> None:
    office.scan()
    office.scan(station=OTHER_STATION, unit=OTHER_WARD)
    assert counts(office, day=DAY + timedelta(days=1)).declared == 0
    assert counts(office, Scope(frozenset([OTHER_WARD]))).declared == 1
    with office.database.snapshot() as tx:
        found = tx.reconciliation.batches(WHOLE_OFFICE, day=DAY)
        only = tx.reconciliation.batches(WHOLE_OFFICE, day=DAY, station=STATION)
        with pytest.raises(NotFound):
            tx.reconciliation.one(
                only[0].batch, DifferenceKind.NOT_OPENED, "1", Scope(frozenset([OTHER_WARD]))
            )
    assert [(one.station, one.unit, one.batches) for one in by_station(found)] == [
        (STATION, WARD, 1),
        (OTHER_STATION, OTHER_WARD, 1),
    ]
    assert [one.station for one in only] == [STATION]


def test_differences_come_in_parts(office: Office) -> None:
    for _ in range(3):
        office.scan()
    with office.database.snapshot() as tx:
        first = tx.reconciliation.differences(WHOLE_OFFICE, limit=2)
        rest = tx.reconciliation.differences(WHOLE_OFFICE, limit=2, after=first.next)
    assert (len(first.items), len(rest.items), rest.next) == (2, 1, None)
    assert len({one.batch for one in (*first.items, *rest.items)}) == 3
