"""Claim, outcome, release, sweep: every step twice is once, and nothing is lost when a worker dies."""

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta

import pytest

from records.errors import LeaseLost
from records.fixity import Fixity
from records.ids import file_id
from records.record import UNKNOWN_TYPE
from records.staff import WHOLE_OFFICE
from records.states import FileState, PageState, RecordState
from records.steps import Step
from tests.contract.office import (
    LEASE,
    MAX_ATTEMPTS,
    OTHER_STATION,
    OTHER_WARD,
    Office,
    a_page,
    a_record,
    proposed,
)


def test_a_step_is_claimed_once_while_its_lease_lives(office: Office) -> None:
    file = file_id(office.scan().id, 1)
    first = office.claimed(Step.RASTERISE, file)
    assert first.attempt == 1
    assert office.claim(Step.RASTERISE, file) is None
    office.wait(LEASE)  # ends at this very moment, and is over after it
    assert office.claim(Step.RASTERISE, file) is None


def test_a_step_whose_lease_is_over_is_claimed_again(office: Office) -> None:
    file = file_id(office.scan().id, 1)
    first = office.claimed(Step.RASTERISE, file)
    office.wait(LEASE + timedelta(seconds=1))
    second = office.claimed(Step.RASTERISE, file)
    assert (second.attempt, second.token != first.token) == (2, True)


def test_an_outcome_of_a_lost_lease_is_dropped_and_the_new_owners_counts(office: Office) -> None:
    batch = office.scan()
    file = file_id(batch.id, 1)
    slow = office.claimed(Step.RASTERISE, file)
    office.wait(LEASE + timedelta(seconds=1))
    office.rasterise(batch)
    page = a_page(file, 1)
    with pytest.raises(LeaseLost), office.database.transaction() as tx:
        tx.batches.rasterised(slow, [page], [a_record(batch, [page.id])], office.now)
    with office.database.snapshot() as tx:
        assert len(tx.pages.of_file(file)) == len(tx.records.of_batch(batch.id)) == 1


def test_an_outcome_after_the_lease_counts_while_nobody_took_over(office: Office) -> None:
    (record,) = office.rasterise(office.scan())
    claim = office.claimed(Step.RECOGNISE, record.pages[0])
    office.wait(LEASE * 2)
    with office.database.transaction() as tx:
        tx.pages.recognised(claim, Fixity.of(b"text"), 0.5, "tesseract", office.now, rotation=90)
    with office.database.snapshot() as tx:
        page = tx.pages.get(record.pages[0], WHOLE_OFFICE)
    assert (page.state, page.rotation) == (PageState.RECOGNISED, 90)


def test_every_outcome_written_twice_changes_nothing_the_second_time(office: Office) -> None:
    batch = office.scan()
    file = file_id(batch.id, 1)
    page = a_page(file, 1)
    record = a_record(batch, [page.id])
    raster = office.claimed(Step.RASTERISE, file)
    for again in (False, True):
        with _lost(again), office.database.transaction() as tx:
            tx.batches.rasterised(raster, [page], [record], office.now)
    read = office.claimed(Step.RECOGNISE, page.id)
    for again in (False, True):
        with _lost(again), office.database.transaction() as tx:
            tx.pages.recognised(read, Fixity.of(b"text"), 0.5, "tesseract", office.now)
    classify = office.claimed(Step.CLASSIFY, record.id)
    for again in (False, True):
        with _lost(again), office.database.transaction() as tx:
            tx.records.classified(classify, proposed(record), None, office.now)
    office.confirm(office.record(record.id))
    filing = office.claimed(Step.FILE, record.id)
    filed = office.record(record.id).filed(Fixity.of(b"pdf"))
    for again in (False, True):
        with _lost(again), office.database.transaction() as tx:
            tx.records.filed(filing, filed, office.now)
    with office.database.snapshot() as tx:
        versions = [one.record.version for one in tx.records.history(record.id)]
    assert versions == [1, 2, 3, 4]
    assert office.record(record.id) == filed


def test_a_step_that_is_done_cannot_be_claimed(office: Office) -> None:
    batch = office.scan()
    record = office.file(office.confirm(office.classified(batch)))
    keys = {
        Step.RASTERISE: file_id(batch.id, 1),
        Step.RECOGNISE: record.pages[0],
        Step.CLASSIFY: record.id,
        Step.FILE: record.id,
    }
    assert [step for step, key in keys.items() if office.claim(step, key)] == []
    assert office.unfinished() == []


def test_a_step_of_an_unknown_key_cannot_be_claimed(office: Office) -> None:
    assert [step for step in Step if office.claim(step, "nothing")] == []


def test_a_released_step_has_its_attempt_back(office: Office) -> None:
    file = file_id(office.scan().id, 1)
    for _ in range(MAX_ATTEMPTS + 2):
        claim = office.claimed(Step.RASTERISE, file)
        assert claim.attempt == 1
        with office.database.transaction() as tx:
            tx.steps.release(claim, "object_store_unavailable")


def test_a_step_released_without_refund_has_used_its_attempt(office: Office) -> None:
    file = file_id(office.scan().id, 1)
    claim = office.claimed(Step.RASTERISE, file)
    with office.database.transaction() as tx:
        tx.steps.release(claim, "error", refund=False)
    assert office.claimed(Step.RASTERISE, file).attempt == 2


def test_releasing_a_lost_lease_does_not_touch_the_new_owners(office: Office) -> None:
    file = file_id(office.scan().id, 1)
    lost = office.claimed(Step.RASTERISE, file)
    office.wait(LEASE + timedelta(seconds=1))
    office.claimed(Step.RASTERISE, file)
    with office.database.transaction() as tx:
        tx.steps.release(lost, "database_unavailable")
    assert office.claim(Step.RASTERISE, file) is None


def _exhaust(office: Office, step: Step, key: str) -> None:
    for _ in range(MAX_ATTEMPTS):
        office.claimed(step, key)
        office.wait(LEASE + timedelta(seconds=1))


def test_a_step_that_died_too_often_is_exhausted_only_when_its_last_lease_is_over(office: Office) -> None:
    file = file_id(office.scan().id, 1)
    for attempt in range(MAX_ATTEMPTS):
        assert office.claimed(Step.RASTERISE, file).attempt == attempt + 1
        with office.database.transaction() as tx:
            assert not tx.steps.exhausted(Step.RASTERISE, file, now=office.now, max_attempts=MAX_ATTEMPTS)
            assert not tx.steps.park(Step.RASTERISE, file, "attempts_exhausted", office.now)
        office.wait(LEASE + timedelta(seconds=1))
    assert office.claim(Step.RASTERISE, file) is None
    assert office.unfinished() == [(Step.RASTERISE, file)]
    with office.database.transaction() as tx:
        assert tx.steps.exhausted(Step.RASTERISE, file, now=office.now, max_attempts=MAX_ATTEMPTS)
        assert tx.steps.park(Step.RASTERISE, file, "attempts_exhausted", office.now)
        assert not tx.steps.park(Step.RASTERISE, file, "attempts_exhausted", office.now)
        parked = tx.batches.file(file)
    assert (parked.state, parked.error_code) == (FileState.REFUSED, "attempts_exhausted")


def test_a_page_that_kills_its_workers_is_parked_where_a_clerk_sees_it(office: Office) -> None:
    (record,) = office.rasterise(office.scan())
    _exhaust(office, Step.RECOGNISE, record.pages[0])
    with office.database.transaction() as tx:
        assert tx.steps.park(Step.RECOGNISE, record.pages[0], "attempts_exhausted", office.now)
        page = tx.pages.get(record.pages[0], WHOLE_OFFICE)
    assert (page.state, page.error_code) == (PageState.UNREADABLE, "attempts_exhausted")
    assert office.unfinished() == [(Step.CLASSIFY, record.id)]


def test_a_record_that_kills_its_workers_reaches_a_clerk_as_of_unknown_type(office: Office) -> None:
    (record,) = office.rasterise(office.scan())
    office.recognise(record)
    _exhaust(office, Step.CLASSIFY, record.id)
    with office.database.transaction() as tx:
        assert tx.steps.park(Step.CLASSIFY, record.id, "attempts_exhausted", office.now)
        assert not tx.steps.park(Step.CLASSIFY, record.id, "attempts_exhausted", office.now)
    parked = office.record(record.id)
    assert parked.state is RecordState.CLASSIFIED
    assert parked.classification is not None
    assert parked.classification.document_type == UNKNOWN_TYPE
    assert parked.review_reasons == ("attempts_exhausted",)
    assert office.unfinished() == []


def test_a_filing_that_failed_waits_until_a_person_asks_again(office: Office) -> None:
    record = office.confirm(office.classified())
    claim = office.claimed(Step.FILE, record.id)
    with office.database.transaction() as tx:
        tx.records.filing_failed(claim, "filing_failed", office.now)
    failed = office.record(record.id)
    assert (failed.state, failed.error_code) == (RecordState.CONFIRMED, "filing_failed")
    assert office.unfinished() == []
    assert office.claim(Step.FILE, record.id) is None
    with office.database.transaction() as tx:
        assert tx.records.ask_filing_again(record.id)
        assert not tx.records.ask_filing_again(record.id)
    assert office.unfinished() == [(Step.FILE, record.id)]
    assert office.file(record).error_code is None


def test_a_filing_that_kills_its_workers_is_parked_too(office: Office) -> None:
    record = office.confirm(office.classified())
    _exhaust(office, Step.FILE, record.id)
    with office.database.transaction() as tx:
        assert tx.steps.park(Step.FILE, record.id, "attempts_exhausted", office.now)
    assert office.record(record.id).state is RecordState.CONFIRMED
    assert office.unfinished() == []


def test_the_next_step_begins_with_all_its_attempts(office: Office) -> None:
    (record,) = office.rasterise(office.scan())
    office.recognise(record)
    office.claimed(Step.CLASSIFY, record.id)
    office.wait(LEASE + timedelta(seconds=1))
    office.classify(record)
    office.confirm(office.record(record.id))
    assert office.claimed(Step.FILE, record.id).attempt == 1


def test_a_claim_of_one_step_cannot_write_the_outcome_of_another(office: Office) -> None:
    (record,) = office.rasterise(office.scan())
    office.recognise(record)
    claim = office.claimed(Step.CLASSIFY, record.id)
    with pytest.raises(ValueError, match="no outcome"), office.database.transaction() as tx:
        tx.records.filed(claim, record, office.now)


def test_the_sweep_finds_each_open_step_and_no_leased_one(office: Office) -> None:
    done, waiting = office.scan(), office.scan()
    (record,) = office.rasterise(done)
    assert set(office.unfinished()) == {
        (Step.RECOGNISE, record.pages[0]),
        (Step.RASTERISE, file_id(waiting.id, 1)),
    }
    office.claimed(Step.RECOGNISE, record.pages[0])
    assert office.unfinished() == [(Step.RASTERISE, file_id(waiting.id, 1))]
    office.wait(LEASE + timedelta(seconds=1))
    assert len(office.unfinished()) == 2


def test_the_sweep_takes_the_stations_in_turn(office: Office) -> None:
    for _ in range(3):
        office.scan(files=2)
        office.wait(timedelta(seconds=1))
    late = office.scan(station=OTHER_STATION, unit=OTHER_WARD)
    assert file_id(late.id, 1) in [key for _, key in office.unfinished(limit=2)]


def test_the_sweep_asks_for_a_stations_oldest_first(office: Office) -> None:
    batches = []
    for _ in range(4):
        batches.append(office.scan())
        office.wait(timedelta(seconds=1))
    assert [key for _, key in office.unfinished()] == [file_id(batch.id, 1) for batch in batches]


def test_steps_that_die_do_not_crowd_out_the_others(office: Office) -> None:
    deadly = office.scan(files=5)
    for file in deadly.declared:
        for _ in range(MAX_ATTEMPTS):
            office.claimed(Step.RASTERISE, file_id(deadly.id, file.sequence))
            office.wait(LEASE + timedelta(seconds=1))
    healthy = office.scan()
    assert office.unfinished(limit=1) == [(Step.RASTERISE, file_id(healthy.id, 1))]
    assert len(office.unfinished()) == 6


def test_forgotten_leases_can_be_claimed_at_once_and_stay_counted(office: Office) -> None:
    file = file_id(office.scan().id, 1)
    office.claimed(Step.RASTERISE, file)
    with office.database.transaction() as tx:
        assert tx.steps.forget_leases() == 1
    assert office.claimed(Step.RASTERISE, file).attempt == 2


def test_the_queue_counts_what_waits_and_since_when(office: Office) -> None:
    begin = office.now
    batch = office.scan(files=2)
    office.wait(timedelta(minutes=1))
    office.rasterise(batch, 1)
    with office.database.snapshot() as tx:
        queue = tx.steps.queue(office.now)
    assert queue == {
        Step.RASTERISE: (1, begin),
        Step.RECOGNISE: (1, office.now),
        Step.CLASSIFY: (0, None),
        Step.FILE: (0, None),
        Step.READ_AGAIN: (0, None),
    }


def _lost(expected: bool) -> AbstractContextManager[object]:
    return pytest.raises(LeaseLost) if expected else nullcontext()
