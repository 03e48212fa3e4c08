"""The search: with or without tone marks, by phrase and number, within the scope, newest first, nothing stale."""

from dataclasses import replace

import pytest

from records.ids import DocumentTypeCode, PageId
from records.page import Box
from records.record import Classification, Field, Record
from records.search import SearchQuery, indexed
from records.staff import WHOLE_OFFICE, Scope
from records.states import RecordState
from records.steps import Step
from storage import full_text
from storage.cursors import Slice
from storage.search import SearchFilter, SearchHit
from tests.contract.office import DECISION, OTHER_STATION, OTHER_WARD, START, WARD, Office


def scanned(office: Office, text: str, **place: str) -> Record:
    """A paper of one page on which this was read."""
    record = office.classified(office.scan(**place))  # type: ignore[arg-type]
    with office.database.transaction() as tx:
        tx.search.note_page(record.pages[0], record.unit, indexed([text]))
    return record


def found(office: Office, query: str, scope: Scope = WHOLE_OFFICE, **options: object) -> Slice[SearchHit]:
    with office.database.snapshot() as tx:
        return tx.search.find(SearchQuery.parse(query), scope, **options)  # type: ignore[arg-type]


def pages_found(
    office: Office, query: str, scope: Scope = WHOLE_OFFICE, **options: object
) -> list[PageId | None]:
    return [hit.page for hit in found(office, query, scope, **options).items]


@pytest.mark.parametrize("query", ["nguyen van hung", "Nguyễn VĂN Hùng", '"van hung"', "nguyễn", "HUNG van"])
def test_a_name_is_found_with_and_without_marks(office: Office, query: str) -> None:
    record = scanned(office, "Ông: Nguyễn Văn Hùng, ngụ phường 1")
    scanned(office, "Bà: Trần Thị Lan")
    assert pages_found(office, query) == [record.pages[0]]


def test_a_number_is_found_as_it_is_written_and_not_by_its_scattered_parts(office: Office) -> None:
    record = scanned(office, "Số: 492/QĐ-UBND")
    scanned(office, "Số 492 của UBND theo QĐ")
    assert pages_found(office, "492/QĐ-UBND") == [record.pages[0]]
    assert pages_found(office, "492/qd-ubnd") == [record.pages[0]]


def test_a_phrase_in_quotes_keeps_its_order(office: Office) -> None:
    record = scanned(office, "giấy phép xây dựng nhà ở")
    scanned(office, "xây dựng nhà ở theo giấy phép")
    assert pages_found(office, '"phép xây dựng"') == [record.pages[0]]


def test_words_of_the_query_language_of_a_database_are_plain_words(office: Office) -> None:
    record = scanned(office, "and or not near")
    assert pages_found(office, "AND OR NOT near") == [record.pages[0]]
    assert pages_found(office, "!near* | (or) & 'x\\' <->") == []


@pytest.mark.parametrize("newest", [1, 3, full_text.NEWEST])  # fewer than the hits, among them, and all
def test_what_was_read_last_comes_first_and_the_list_goes_on_where_it_ended(
    office: Office, monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    monkeypatch.setattr(full_text, "NEWEST", newest)
    records = [scanned(office, f"Quyết định số {number}") for number in range(5)]
    first = found(office, "quyet dinh", limit=2)
    rest = found(office, "quyet dinh", limit=10, after=first.next)
    seen = [hit.page for hit in (*first.items, *rest.items)]
    assert seen == [record.pages[0] for record in reversed(records)]
    assert rest.next is None


def test_a_person_finds_only_what_the_own_units_scanned(office: Office) -> None:
    scanned(office, "Tờ trình", station=OTHER_STATION, unit=OTHER_WARD)
    assert pages_found(office, "to trinh", Scope(frozenset({WARD}))) == []
    assert pages_found(office, "to trinh", Scope(frozenset())) == []
    assert len(pages_found(office, "to trinh", Scope(frozenset({OTHER_WARD})))) == 1


def test_filters_narrow_what_is_found(office: Office) -> None:
    record = scanned(office, "Tờ trình")
    hit = [record.pages[0]]
    assert pages_found(office, "trinh", only=SearchFilter(unit=WARD, document_type=DECISION)) == hit
    assert pages_found(office, "trinh", only=SearchFilter(document_type=DocumentTypeCode("CV"))) == []
    assert pages_found(office, "trinh", only=SearchFilter(state=RecordState.CLASSIFIED, first=START)) == hit
    assert pages_found(office, "trinh", only=SearchFilter(before=START)) == []


def test_a_page_that_is_read_anew_is_found_by_its_new_words_only(office: Office) -> None:
    record = scanned(office, "Quyet dlnh")
    with office.database.transaction() as tx:
        tx.search.note_page(record.pages[0], record.unit, indexed(["Quyết định"]))
    assert pages_found(office, "dlnh") == []
    assert pages_found(office, "định") == [record.pages[0]]


def test_a_record_is_found_by_what_was_confirmed_and_no_longer_by_what_was_misread(office: Office) -> None:
    (record,) = office.rasterise(office.scan())
    office.recognise(record)
    claim = office.claimed(Step.CLASSIFY, record.id)
    place = Field("place", "Cần Thơ", 0.5, 1, Box(1, 2, 3, 4))
    outcome = record.classified(Classification(DECISION, 0.75), (place,), (), ("place",))
    with office.database.transaction() as tx:
        tx.records.classified(claim, outcome, None, office.now)
    assert [hit.record.id for hit in found(office, "can tho").items] == [record.id]
    office.confirm(outcome)
    assert found(office, "can tho").items == ()
    assert [hit.record.state for hit in found(office, "my tho").items] == [RecordState.CONFIRMED]


def test_a_page_is_found_under_the_record_that_holds_it_now(office: Office) -> None:
    (record,) = office.rasterise(office.scan(), records=(2,))
    office.recognise(record)
    with office.database.transaction() as tx:
        tx.search.note_page(record.pages[1], record.unit, indexed(["Phụ lục"]))
    claim = office.claimed(Step.CLASSIFY, record.id)
    kept = replace(record, pages=record.pages[:1]).classified(Classification(DECISION, 0.75), (), (), ())
    rest = replace(record, id=type(record.id)(record.pages[1]), pages=record.pages[1:])
    with office.database.transaction() as tx:
        tx.records.classified(claim, kept, rest, office.now)
    assert [hit.record.id for hit in found(office, "phu luc").items] == [rest.id]
