"""Records of a batch are classified strictly in order, so that a cover sheet read late still names what follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.errors import LeaseLost
from records.ids import file_id
from records.record import Record
from records.staff import WHOLE_OFFICE
from records.states import RecordState
from records.steps import Step
from tests.contract.office import CODE, PATIENCE, Office, a_batch, a_file, a_record, proposed, split


def _can_classify(office: Office, record: Record) -> bool:
    asked = (Step.CLASSIFY, record.id) in office.unfinished()
    claim = office.claim(Step.CLASSIFY, record.id)
    if claim is not None:
        with office.database.transaction() as tx:
            tx.steps.release(claim, "looked")
    assert asked == (claim is not None)
    return asked


def test_a_record_waits_until_all_its_pages_are_done(office: Office) -> None:
    (record,) = office.rasterise(office.scan(), records=(2,))
    for page in record.pages:
        assert not _can_classify(office, record)
        claim = office.claimed(Step.RECOGNISE, page)
        with office.database.transaction() as tx:
            tx.pages.unreadable(claim, "recognition_failed", office.now)
    assert _can_classify(office, record)


def test_a_record_waits_for_the_one_before_it_in_its_file(office: Office) -> None:
    first, second = office.rasterise(office.scan(), records=(1, 1))
    office.recognise(second)
    assert not _can_classify(office, second)
    office.recognise(first)
    assert (_can_classify(office, first), _can_classify(office, second)) == (True, False)
    office.classify(first)
    assert _can_classify(office, second)


def test_a_record_waits_for_an_earlier_file_that_is_not_rasterised(office: Office) -> None:
    batch = office.scan(files=2)
    (second,) = office.rasterise(batch, 2)
    office.recognise(second)
    assert not _can_classify(office, second)
    (first,) = office.rasterise(batch, 1)
    assert not _can_classify(office, second)
    office.recognise(first)
    office.classify(first)
    assert _can_classify(office, second)


def test_a_refused_file_holds_nobody_up(office: Office) -> None:
    batch = office.scan(files=2)
    (second,) = office.rasterise(batch, 2)
    office.recognise(second)
    claim = office.claimed(Step.RASTERISE, file_id(batch.id, 1))
    with office.database.transaction() as tx:
        tx.batches.refused(claim, "damaged_file", office.now)
    assert _can_classify(office, second)


def test_a_declared_file_that_never_comes_is_waited_for_only_so_long(office: Office) -> None:
    with office.database.transaction() as tx:
        batch = tx.batches.open(a_batch(2))
        tx.batches.receive(a_file(batch, 2))
    (second,) = office.rasterise(batch, 2)
    office.recognise(second)
    assert not _can_classify(office, second)
    office.wait(PATIENCE)
    assert _can_classify(office, second)


def test_later_files_and_other_batches_are_not_waited_for(office: Office) -> None:
    office.scan()
    (record,) = office.rasterise(office.scan(files=2), 1)
    office.recognise(record)
    assert _can_classify(office, record)


def test_what_is_split_off_comes_before_what_followed(office: Office) -> None:
    first, last = office.rasterise(office.scan(), records=(3, 1))
    office.recognise(first)
    office.recognise(last)
    claim = office.claimed(Step.CLASSIFY, first.id)
    kept, rest = split(first, 1)
    with office.database.transaction() as tx:
        new = a_record(tx.batches.get(first.batch, WHOLE_OFFICE), rest, office.now)
        tx.records.classified(claim, proposed(kept), new, office.now)
        assert tx.records.next_assembled(first.batch) == new.id
        assert [page.id for page in tx.pages.of_record(new.id)] == list(rest)
        assert [one.id for one in tx.records.of_batch(first.batch)] == [first.id, new.id, last.id]
    assert office.record(first.id).pages == kept.pages
    assert (_can_classify(office, new), _can_classify(office, last)) == (True, False)
    office.classify(new)
    assert _can_classify(office, last)


def test_a_split_that_loses_or_doubles_a_page_is_refused_whole(office: Office) -> None:
    (record,) = office.rasterise(office.scan(), records=(3,))
    office.recognise(record)
    claim = office.claimed(Step.CLASSIFY, record.id)
    for keep, rest in ((1, record.pages[2:]), (2, record.pages[1:])):
        kept, _ = split(record, keep)
        with pytest.raises(ValueError, match="exactly one"), office.database.transaction() as tx:
            new = a_record(tx.batches.get(record.batch, WHOLE_OFFICE), rest, office.now)
            tx.records.classified(claim, proposed(kept), new, office.now)
    assert office.record(record.id) == record


def test_a_split_written_twice_is_written_once(office: Office) -> None:
    (record,) = office.rasterise(office.scan(), records=(2,))
    office.recognise(record)
    claim = office.claimed(Step.CLASSIFY, record.id)
    kept, rest = split(record, 1)
    with office.database.transaction() as tx:
        new = a_record(tx.batches.get(record.batch, WHOLE_OFFICE), rest, office.now)
        tx.records.classified(claim, proposed(kept), new, office.now)
    with pytest.raises(LeaseLost), office.database.transaction() as tx:
        tx.records.classified(claim, proposed(kept), new, office.now)
    with office.database.snapshot() as tx:
        assert len(tx.records.of_batch(record.batch)) == 2


def test_the_nearest_cover_sheet_before_a_record_names_its_dossier(office: Office) -> None:
    cover, paper, nameless, last = office.rasterise(office.scan(), records=(1, 1, 1, 1))
    for record in (cover, paper, nameless, last):
        office.recognise(record)
    _set_as_cover(office, replace(cover, is_cover=True, cover_code=CODE))
    with office.database.snapshot() as tx:
        assert tx.records.cover_before(cover) is None
        assert tx.records.cover_before(paper) == CODE
    office.classify(paper)
    with office.database.snapshot() as tx:
        assert tx.records.cover_before(nameless) == CODE
    _set_as_cover(office, replace(nameless, is_cover=True))
    with office.database.snapshot() as tx:
        assert tx.records.cover_before(last) is None


def test_a_cover_sheet_names_nothing_in_another_batch(office: Office) -> None:
    (cover,) = office.rasterise(office.scan())
    office.recognise(cover)
    _set_as_cover(office, replace(cover, is_cover=True, cover_code=CODE))
    (stranger,) = office.rasterise(office.scan())
    with office.database.snapshot() as tx:
        assert tx.records.cover_before(stranger) is None


def test_the_next_record_to_classify_is_the_first_of_its_batch(office: Office) -> None:
    batch = office.scan(files=2)
    (second,) = office.rasterise(batch, 2)
    office.wait(timedelta(minutes=1))
    (first,) = office.rasterise(batch, 1)
    with office.database.snapshot() as tx:
        assert tx.records.next_assembled(batch.id) == first.id
    office.recognise(first)
    office.classify(first)
    with office.database.snapshot() as tx:
        assert tx.records.next_assembled(batch.id) == second.id
    office.recognise(second)
    office.classify(second)
    with office.database.snapshot() as tx:
        assert tx.records.next_assembled(batch.id) is None


def _set_as_cover(office: Office, record: Record) -> None:
    claim = office.claimed(Step.CLASSIFY, record.id)
    classification = proposed(record).classification
    assert classification is not None
    with office.database.transaction() as tx:
        tx.records.classified(claim, record.set_as_cover(classification, ()), None, office.now)
    assert office.record(record.id).state is RecordState.COVER
