"""Declared files that are taken back: final, visible, never of a file that is durable, and nobody waits for them."""

from datetime import timedelta

import pytest

from records.batch import Receipt, ScanBatch, Withdrawal, WithdrawalReason
from records.errors import AlreadyReceived, BatchIncomplete, FileWithdrawn, InvalidManifest, NotFound
from records.ids import BatchId, new_id
from records.staff import WHOLE_OFFICE
from records.states import BatchState
from records.steps import Step
from storage.database import Transaction
from tests.contract.office import START, Office, a_batch, a_file
from tests.contract.test_races import in_transactions

WRONG_TYPE = WithdrawalReason.UNSUPPORTED_MEDIA_TYPE


def _withdraw(
    office: Office, batch: BatchId, sequence: int, reason: WithdrawalReason = WRONG_TYPE
) -> tuple[Withdrawal, bool]:
    with office.database.transaction() as tx:
        return tx.batches.withdraw(batch, Withdrawal(sequence, reason, "station-1", office.now))


def _complete(office: Office, batch: BatchId) -> Receipt:
    with office.database.transaction() as tx:
        return tx.batches.complete(batch, office.now)


def test_a_batch_is_complete_when_each_declared_file_is_stored_or_withdrawn(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch(3))
        tx.batches.receive(a_file(batch, 1))
        tx.batches.receive(a_file(batch, 3))
    with pytest.raises(BatchIncomplete):
        _complete(office, batch.id)
    withdrawal, _ = _withdraw(office, batch.id, 2)
    receipt = _complete(office, batch.id)
    assert (receipt.declared, receipt.received, receipt.stored, receipt.missing) == (3, 2, 2, ())
    assert receipt.withdrawn == (withdrawal,) == (Withdrawal(2, WRONG_TYPE, "station-1", START),)
    assert receipt.balanced
    with office.database.snapshot() as tx:
        assert tx.batches.progress(batch.id).withdrawn_files == 1
        assert tx.batches.withdrawals(batch.id) == (withdrawal,)


def test_withdrawing_twice_keeps_the_first_reason_and_time(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch())
    first, is_new = _withdraw(office, batch.id, 1)
    office.wait(timedelta(minutes=1))
    again, is_new_again = _withdraw(office, batch.id, 1, WithdrawalReason.LOST)
    assert again == first
    assert (is_new, is_new_again) == (True, False)


def test_what_is_durable_cannot_be_withdrawn(office: Office) -> None:
    batch = office.scan()
    with pytest.raises(AlreadyReceived):
        _withdraw(office, batch.id, 1)
    assert _complete(office, batch.id).withdrawn == ()


def test_a_withdrawn_file_is_not_taken_any_more(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch())
    _withdraw(office, batch.id, 1)
    with pytest.raises(FileWithdrawn), office.database.transaction() as tx:
        tx.batches.receive(a_file(batch, 1))
    with office.database.snapshot() as tx:
        assert tx.batches.files(batch.id) == ()


def test_only_a_declared_file_of_a_known_batch_can_be_withdrawn(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch())
    with pytest.raises(InvalidManifest):
        _withdraw(office, batch.id, 2)
    with pytest.raises(NotFound):
        _withdraw(office, BatchId(new_id()), 1)


def test_a_batch_of_which_everything_was_withdrawn_has_failed(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch())
    _withdraw(office, batch.id, 1)
    assert _complete(office, batch.id).balanced
    with office.database.snapshot() as tx:
        assert tx.batches.progress(batch.id).state is BatchState.FAILED
        assert [found.id for found in tx.batches.list(WHOLE_OFFICE, states=[BatchState.FAILED]).items] == [
            batch.id
        ]


def test_papers_do_not_wait_for_a_file_that_was_withdrawn(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch(2))
        tx.batches.receive(a_file(batch, 2))
    (record,) = office.rasterise(batch, 2)
    office.recognise(record)
    assert office.claim(Step.CLASSIFY, record.id) is None
    _withdraw(office, batch.id, 1)
    assert office.claim(Step.CLASSIFY, record.id) is not None


def test_of_sending_and_withdrawing_at_once_one_wins(office: Office) -> None:
    for _ in range(5):
        with office.database.transaction() as tx:
            batch = tx.batches.open(a_batch())

        def act(tx: Transaction, number: int, batch: ScanBatch = batch) -> object:
            if number % 2:
                return tx.batches.receive(a_file(batch, 1))
            return tx.batches.withdraw(batch.id, Withdrawal(1, WRONG_TYPE, "s", START))

        results = in_transactions(office, 4, act)
        refusals = [result for result in results if isinstance(result, Exception)]
        assert len(refusals) == 2
        with office.database.snapshot() as tx:
            received, withdrawn = tx.batches.files(batch.id), tx.batches.withdrawals(batch.id)
        assert len(received) + len(withdrawn) == 1
        lost: type[Exception] = AlreadyReceived if received else FileWithdrawn
        assert {type(refusal) for refusal in refusals} == {lost}
