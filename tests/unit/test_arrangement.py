"""Papers parted, joined and sorted: no page is lost or doubled, and ids stay what they are."""

from datetime import UTC, datetime

import pytest

from records.arrangement import arranged, joined, parted, revived, sorted_as
from records.errors import IllegalTransition, InvalidValue
from records.ids import BatchId, DocumentTypeCode, DossierCode, PageId, UnitCode, record_id
from records.record import Classification, Record
from records.states import RecordState

P1, P2, P3, P4 = (PageId(f"page {number}") for number in range(1, 5))
BATCH = BatchId("batch")


def on_the_desk(*pages: PageId, batch: BatchId = BATCH, **parts: object) -> Record:
    made = Record(
        record_id(pages[0]), batch, UnitCode("P1"), pages, RecordState.ASSEMBLED, datetime(2022, 3, 1, tzinfo=UTC),
        **parts,  # type: ignore[arg-type]
    )  # fmt: skip
    return made.classified(Classification(DocumentTypeCode("QD"), 0.9), (), (), ("type_unsure",))


def test_a_record_is_parted_where_new_papers_begin() -> None:
    record = on_the_desk(P1, P2, P3, P4)
    parts = parted(record, [2, 4])
    assert [part.pages for part in parts] == [(P1,), (P2, P3), (P4,)]
    assert [part.id for part in parts] == [record.id, record_id(P2), record_id(P4)]
    assert {part.state for part in parts} == {RecordState.ASSEMBLED}
    assert all(part.arranged for part in parts)
    assert parts[0].version == record.version + 1
    assert parts[0].classification is None
    assert parts[0].review_reasons == ()


@pytest.mark.parametrize("starts", [[], [1], [5], [3, 3], [3, 2], [0], [-1]])
def test_a_place_that_is_not_inside_is_refused(starts: list[int]) -> None:
    with pytest.raises(InvalidValue):
        parted(on_the_desk(P1, P2, P3, P4), starts)


def test_after_sorting_the_part_with_the_naming_page_keeps_the_id() -> None:
    record = on_the_desk(P1, P2)
    turned = sorted_as(record, [P2, P1]).classified(Classification(DocumentTypeCode("QD"), 0.9), (), (), ())
    first, second = parted(turned, [2])
    assert (first.pages, first.id) == ((P2,), record_id(P2))
    assert (second.pages, second.id) == ((P1,), record.id)


def test_what_stands_behind_a_cover_sheet_takes_its_code_from_the_order_of_the_batch() -> None:
    code = DossierCode("H58.30-220303-0012")
    _, behind = parted(on_the_desk(P1, P2, is_cover=True, cover_code=code), [2])
    assert behind.cover_code is None
    _, after = parted(on_the_desk(P1, P2, cover_code=code), [2])
    assert after.cover_code == code


def test_joined_records_leave_one_with_all_pages() -> None:
    first, second = on_the_desk(P1, P2), on_the_desk(P3)
    whole, emptied = joined(first, [second])
    assert whole.pages == (P1, P2, P3)
    assert (emptied.pages, emptied.state) == ((), RecordState.MERGED)
    again = revived(parted(_classified(whole), [3])[1], emptied)
    assert (again.id, again.pages, again.version) == (second.id, (P3,), emptied.version + 1)


def _classified(record: Record) -> Record:
    return record.classified(Classification(DocumentTypeCode("QD"), 0.9), (), (), ())


def test_papers_of_two_batches_or_one_twice_are_not_joined() -> None:
    record = on_the_desk(P1)
    other = on_the_desk(P2)
    for others in ([], [record], [other, other], [on_the_desk(P3, batch=BatchId("another"))]):
        with pytest.raises(InvalidValue):
            joined(record, others)


def test_a_sorting_names_every_page_once() -> None:
    for pages in ([P1], [P1, P1], [P1, P2, P3]):
        with pytest.raises(InvalidValue):
            sorted_as(on_the_desk(P1, P2), pages)


def test_only_what_is_on_the_desk_is_rearranged() -> None:
    discarded = on_the_desk(P1, P2).discarded()
    for change in (lambda: parted(discarded, [2]), lambda: sorted_as(discarded, [P2, P1])):
        with pytest.raises(IllegalTransition):
            change()


def test_pages_of_several_records_become_the_papers_that_they_are() -> None:
    first, second, third = on_the_desk(P1, P2), on_the_desk(P3), on_the_desk(P4)
    papers = arranged(first, [second, third], [[P3], [P4, P2, P1]])
    assert [(one.id, one.pages) for one in papers] == [
        (second.id, (P3,)),
        (first.id, (P4, P2, P1)),
        (third.id, ()),
    ]
    assert papers[-1].state is RecordState.MERGED


@pytest.mark.parametrize("papers", [[], [[P1]], [[P1, P2], []], [[P1, P2, P2]], [[P1], [P4]], [[P1, P2, P4]]])
def test_a_page_that_is_missing_strange_or_named_twice_is_refused(papers: list[list[PageId]]) -> None:
    with pytest.raises(InvalidValue):
        arranged(on_the_desk(P1, P2), [], papers)
