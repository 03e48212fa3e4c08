"""What a station sends: once each, however often it is sent, and nothing that contradicts its declaration."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.batch import ScanBatch
from records.errors import BatchIncomplete, InvalidManifest, InvalidValue, NotFound
from records.fixity import Fixity
from records.ids import BatchId, FileId, file_id, new_id
from records.staff import WHOLE_OFFICE, Scope, StationDay
from records.states import BatchState, FileState, PageState, RecordState
from records.steps import Step
from tests.contract.office import (
    OTHER_STATION,
    OTHER_WARD,
    START,
    STATION,
    WARD,
    Office,
    a_batch,
    a_file,
)

NO_UNIT = Scope(frozenset())


def _open(office: Office, batch: ScanBatch) -> ScanBatch:
    with office.database.transaction() as tx:
        return tx.batches.open(batch)


def test_a_batch_opened_twice_is_one_batch(office: Office) -> None:
    batch = a_batch(2)
    later = replace(batch, opened_at=START + timedelta(minutes=1))
    assert _open(office, batch) == _open(office, later) == batch


@pytest.mark.parametrize(
    "change",
    [
        {"station": OTHER_STATION},
        {"unit": OTHER_WARD},
        {"operator": "lan"},
        {"declared": ()},
        {"declared": a_batch(2).declared},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_batch_declared_differently_under_the_same_id_is_refused(
    office: Office, change: dict[str, object]
) -> None:
    batch = _open(office, a_batch(2))
    with pytest.raises(InvalidManifest):
        _open(office, replace(batch, **change))  # type: ignore[arg-type]
    with office.database.snapshot() as tx:
        assert tx.batches.get(batch.id, WHOLE_OFFICE) == batch


def test_files_with_the_same_number_are_refused(office: Office) -> None:
    batch = a_batch(2)
    doubled = tuple(replace(file, sequence=1) for file in batch.declared)
    with pytest.raises(InvalidManifest):
        _open(office, replace(batch, declared=doubled))


def test_a_batch_of_an_unknown_station_is_refused(office: Office) -> None:
    with pytest.raises(InvalidValue):
        _open(office, replace(a_batch(), station="nobody"))  # type: ignore[arg-type]


def test_a_file_received_twice_is_one_file(office: Office) -> None:
    batch = _open(office, a_batch())
    for minute in range(2):
        with office.database.transaction() as tx:
            stored = tx.batches.receive(a_file(batch, 1, START + timedelta(minutes=minute)))
        assert stored == a_file(batch, 1)
    with office.database.snapshot() as tx:
        assert tx.batches.files(batch.id) == (stored,)
        assert tx.batches.file(stored.id) == stored


def test_a_file_received_again_after_it_was_rasterised_is_answered_as_it_stands(office: Office) -> None:
    batch = office.scan()
    office.rasterise(batch, records=(2,))
    with office.database.transaction() as tx:
        again = tx.batches.receive(a_file(batch, 1))
    assert (again.state, again.pages) == (FileState.RASTERISED, 2)


def test_a_file_with_other_bytes_than_declared_is_refused(office: Office) -> None:
    batch = _open(office, a_batch())
    other = replace(a_file(batch, 1), fixity=Fixity.of(b"other"))
    with pytest.raises(InvalidManifest), office.database.transaction() as tx:
        tx.batches.receive(other)


def test_a_file_that_was_not_declared_is_refused(office: Office) -> None:
    batch = _open(office, a_batch())
    undeclared = replace(a_file(batch, 1), id=file_id(batch.id, 2), sequence=2)
    with pytest.raises(InvalidManifest), office.database.transaction() as tx:
        tx.batches.receive(undeclared)


def test_a_file_of_an_unknown_batch_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound), office.database.transaction() as tx:
        tx.batches.receive(a_file(a_batch(), 1))


def test_the_same_bytes_are_reported_with_where_they_were_seen_first(office: Office) -> None:
    first = office.scan()
    office.wait(timedelta(minutes=1))
    same = tuple(replace(first.declared[0], sequence=number) for number in (1, 2))
    batch = _open(office, replace(a_batch(), declared=same))
    with office.database.transaction() as tx:
        for number in (1, 2):
            found = tx.batches.receive(a_file(batch, number, office.now)).duplicate_of
            assert found is not None
            assert (found.batch, found.file, found.sequence) == (first.id, file_id(first.id, 1), 1)
            assert found.received_at == START
        receipt = tx.batches.complete(batch.id, office.now)
    assert [sequence for sequence, _ in receipt.duplicates] == [1, 2]
    with office.database.snapshot() as tx:
        assert tx.batches.file(file_id(first.id, 1)).duplicate_of is None


def test_a_batch_with_missing_files_cannot_be_completed(office: Office) -> None:
    batch = _open(office, a_batch(3))
    with office.database.transaction() as tx:
        tx.batches.receive(a_file(batch, 2))
    with pytest.raises(BatchIncomplete) as refusal, office.database.transaction() as tx:
        tx.batches.complete(batch.id, START)
    assert refusal.value.facts == {"missing": "1, 3"}
    with office.database.snapshot() as tx:
        assert tx.batches.receipt(batch.id).missing == (1, 3)
        assert tx.batches.get(batch.id, WHOLE_OFFICE).completed_at is None


def test_a_batch_completed_twice_keeps_its_first_time(office: Office) -> None:
    batch = office.scan(files=2)
    for minute in range(2):
        with office.database.transaction() as tx:
            receipt = tx.batches.complete(batch.id, START + timedelta(minutes=minute))
        assert receipt.balanced
    with office.database.snapshot() as tx:
        assert tx.batches.get(batch.id, WHOLE_OFFICE).completed_at == START


def test_an_unknown_batch_and_an_unknown_file_are_not_found(office: Office) -> None:
    unknown = BatchId(new_id())
    with office.database.snapshot() as tx:
        for ask in (
            lambda: tx.batches.get(unknown, WHOLE_OFFICE),
            lambda: tx.batches.station_of(unknown),
            lambda: tx.batches.progress(unknown),
            lambda: tx.batches.receipt(unknown),
            lambda: tx.batches.file(FileId("none")),
        ):
            with pytest.raises(NotFound):
                ask()


def test_a_batch_of_another_unit_is_not_found(office: Office) -> None:
    batch = office.scan()
    with office.database.snapshot() as tx:
        assert tx.batches.get(batch.id, Scope(frozenset([WARD]))) == batch
        for scope in (Scope(frozenset([OTHER_WARD])), NO_UNIT):
            with pytest.raises(NotFound):
                tx.batches.get(batch.id, scope)
        assert tx.batches.station_of(batch.id) == STATION


def test_progress_counts_the_facts_and_derives_the_state(office: Office) -> None:
    batch = _open(office, a_batch(2))
    assert _state(office, batch) is BatchState.OPEN
    with office.database.transaction() as tx:
        for number in (1, 2):
            tx.batches.receive(a_file(batch, number))
        tx.batches.complete(batch.id, START)
    assert _state(office, batch) is BatchState.PROCESSING
    first, second = office.rasterise(batch, 1, records=(2, 1))
    refused = office.claimed(Step.RASTERISE, file_id(batch.id, 2))
    with office.database.transaction() as tx:
        tx.batches.refused(refused, "damaged_file", office.now)
    office.recognise(first)
    with office.database.snapshot() as tx:
        progress = tx.batches.progress(batch.id)
    assert progress.files == {FileState.RASTERISED: 1, FileState.REFUSED: 1}
    assert progress.pages == {PageState.RECOGNISED: 2, PageState.RECEIVED: 1}
    assert progress.records == {RecordState.ASSEMBLED: 2}
    assert (progress.declared_files, progress.received_files, progress.declared_pages) == (2, 2, None)
    office.recognise(second)
    office.classify(first)
    office.classify(second)
    assert _state(office, batch) is BatchState.WAITING
    office.file(office.confirm(office.record(first.id)))
    office.save(office.record(second.id).discarded(), 2, "discarded")
    assert _state(office, batch) is BatchState.DONE


def test_a_batch_of_which_nothing_could_be_opened_has_failed(office: Office) -> None:
    batch = office.scan()
    claim = office.claimed(Step.RASTERISE, file_id(batch.id, 1))
    with office.database.transaction() as tx:
        tx.batches.refused(claim, "encrypted_file", office.now)
        tx.batches.complete(batch.id, office.now)
    assert _state(office, batch) is BatchState.FAILED


def _state(office: Office, batch: ScanBatch) -> BatchState:
    """The state as derived from the counts, which the list's filter must share."""
    with office.database.snapshot() as tx:
        state = tx.batches.progress(batch.id).state
        for one in BatchState:
            found = [b.id for b in tx.batches.list(WHOLE_OFFICE, states=[one]).items]
            assert found == ([batch.id] if one is state else [])
    return state


def test_declared_pages_add_up_when_every_file_says_how_many(office: Office) -> None:
    batch = a_batch(2)
    batch = _open(office, replace(batch, declared=tuple(replace(f, pages=3) for f in batch.declared)))
    with office.database.snapshot() as tx:
        assert tx.batches.progress(batch.id).declared_pages == batch.declared_pages == 6


def test_batches_are_listed_newest_first_and_a_cursor_is_not_shifted_by_new_ones(office: Office) -> None:
    batches = [
        _open(office, replace(a_batch(), opened_at=START + timedelta(minutes=m // 2))) for m in range(7)
    ]
    with office.database.snapshot() as tx:
        whole = tx.batches.list(WHOLE_OFFICE)
        first = tx.batches.list(WHOLE_OFFICE, limit=3)
    _open(office, replace(a_batch(), opened_at=START + timedelta(hours=1)))
    seen, cursor = list(first.items), first.next
    while cursor is not None:
        with office.database.snapshot() as tx:
            more = tx.batches.list(WHOLE_OFFICE, limit=3, after=cursor)
        seen += more.items
        cursor = more.next
    assert seen == list(whole.items)
    assert {batch.id for batch in seen} == {batch.id for batch in batches}
    assert [b.opened_at for b in seen] == sorted((b.opened_at for b in batches), reverse=True)


def test_a_list_holds_only_what_the_scope_and_the_filters_let_through(office: Office) -> None:
    mine, other = office.scan(), office.scan(station=OTHER_STATION, unit=OTHER_WARD)
    with office.database.snapshot() as tx:
        assert tx.batches.list(Scope(frozenset([WARD]))).items == (mine,)
        assert tx.batches.list(NO_UNIT).items == ()
        assert tx.batches.list(WHOLE_OFFICE, station=OTHER_STATION).items == (other,)
        assert tx.batches.list(WHOLE_OFFICE, unit=WARD).items == (mine,)


@pytest.mark.parametrize(
    "cursor", ["", "x", "bm90IGpzb24", "W10", "WyJhIiwiYiJd", "WyIyMDIyLTAzLTAxIiwiYiJd", "é", "=" * 9]
)
def test_a_cursor_that_is_none_is_refused(office: Office, cursor: str) -> None:
    with pytest.raises(InvalidValue), office.database.snapshot() as tx:
        tx.batches.list(WHOLE_OFFICE, after=cursor)


def test_progress_of_many_batches_leaves_unknown_ones_out(office: Office) -> None:
    one, two = office.scan(), office.scan(files=2)
    with office.database.snapshot() as tx:
        found = tx.batches.progress_many([one.id, BatchId("unknown"), two.id])
    assert {key: progress.received_files for key, progress in found.items()} == {one.id: 1, two.id: 2}


def test_a_station_tells_what_it_brought_in_and_what_went_wrong(office: Office) -> None:
    done = office.scan(files=2)
    office.recognise(office.rasterise(done, records=(2,))[0])
    claim = office.claimed(Step.RASTERISE, file_id(done.id, 2))
    with office.database.transaction() as tx:
        tx.batches.refused(claim, "damaged_file", office.now)
        tx.batches.complete(done.id, office.now)
    (unread,) = office.rasterise(office.scan(), records=(1,))
    reading = office.claimed(Step.RECOGNISE, unread.pages[0])
    with office.database.transaction() as tx:
        tx.pages.unreadable(reading, "recognition_failed", office.now)
    with office.database.snapshot() as tx:
        days = tx.stations.days(WHOLE_OFFICE, START)
        nobodys = tx.stations.days(Scope(frozenset({OTHER_WARD})), START)
        tomorrow = tx.stations.days(WHOLE_OFFICE, START + timedelta(days=1))
    assert days == {STATION: StationDay(2, 1, pages_read=2, pages_unreadable=1, files_refused=1)}
    assert days[STATION].failure_rate == 0.5
    assert (nobodys, tomorrow) == ({}, {})
