"""The search: with or without tone marks, by phrase and number, within the scope, newest first, nothing stale."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, insert, text

from records.ids import DocumentTypeCode, PageId
from records.page import Box
from records.record import Classification, Field, Record
from records.search import SearchQuery, indexed
from records.staff import WHOLE_OFFICE, Scope
from records.states import RecordState
from records.steps import Step
from storage import full_text, search, search_terms
from storage.cursors import Slice
from storage.database import make_database
from storage.engines import make_engine
from storage.search import SearchFilter, SearchHit
from storage.tables import batches, records
from storage.tables_search import search_entries
from tests.contract.office import DECISION, OTHER_STATION, OTHER_WARD, START, STATION, WARD, Office, set_up


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


@pytest.mark.parametrize(
    "entries", [1, 3, search_terms.SLICE]
)  # of a slice: fewer than the hits, among them, and all
def test_what_was_read_last_comes_first_and_the_list_goes_on_where_it_ended(
    office: Office, monkeypatch: pytest.MonkeyPatch, entries: int
) -> None:
    monkeypatch.setattr(full_text, "SLICE", entries)
    monkeypatch.setattr(search_terms, "SLICE", entries)
    monkeypatch.setattr(full_text, "WINDOWS", (1, 2))
    made = [scanned(office, f"Quyết định số {number}") for number in range(5)]
    first = found(office, "quyet dinh", limit=2)
    rest = found(office, "quyet dinh", limit=10, after=first.next)
    seen = [hit.page for hit in (*first.items, *rest.items)]
    assert seen == [record.pages[0] for record in reversed(made)]
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


def test_a_phrase_of_three_words_is_not_found_by_its_pairs_apart(office: Office) -> None:
    scanned(office, "phép xây dựng, giấy phép xây")
    assert pages_found(office, '"giấy phép xây dựng"') == []


def test_a_long_phrase_beyond_what_one_question_may_hold_is_found_by_going_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = scanned(office, "giấy phép xây dựng")
    for _ in range(4):
        scanned(office, "phép xây dựng, giấy phép xây")
    monkeypatch.setattr(search, "FEW_HELD", 1)
    monkeypatch.setattr(search, "MOST_HELD", 3)
    first = found(office, '"giấy phép xây dựng"', limit=1)
    assert (first.items, first.next is None) == ((), False)
    rest = found(office, '"giấy phép xây dựng"', limit=1, after=first.next)
    assert [hit.page for hit in rest.items] == [record.pages[0]]


def test_a_page_of_endless_words_is_indexed_as_far_as_a_database_can(office: Office) -> None:
    record = scanned(office, "đầu " + "x" * 5000 + " " + " ".join(f"{number:x}q" for number in range(90_000)))
    assert pages_found(office, "dau " + "x" * 100) == [record.pages[0]]


def test_entries_from_before_the_pairs_are_found_after_the_migration(empty_url: str) -> None:
    database = make_database(empty_url)
    database.migrate("0015")
    with database.transaction() as tx:
        set_up(tx)
    engine = make_engine(empty_url)
    words = "cap phep" if engine.dialect.name == "sqlite" else "'cap':1 'phep':2"
    with engine.begin() as connection:
        connection.execute(insert(batches), _BATCH)
        connection.execute(insert(records), _RECORD)
        connection.execute(_OLD_ENTRY, {"words": words})
    database.migrate()
    with database.snapshot() as tx:
        only = SearchFilter(unit=WARD, first=START - timedelta(days=3), before=START + timedelta(days=3))
        hits = tx.search.find(SearchQuery.parse('"cấp phép"'), WHOLE_OFFICE, only=only)
        others = tx.search.find(SearchQuery.parse('"phép cấp"'), WHOLE_OFFICE)
    engine.dispose()
    database.close()
    assert ([hit.record.id for hit in hits.items], others.items) == (["r"], ())


_BATCH = {"id": "b", "station": STATION, "unit": WARD, "operator": "hoa", "opened_at": START}
_RECORD = {
    "id": "r",
    "batch": "b",
    "file_sequence": 1,
    "first_page": 1,
    "unit": WARD,
    "state": "classified",
    "created_at": START,
    "version": 1,
    "is_cover": False,
    "fields": [],
    "proposals": [],
    "review_reasons": [],
    "filing_parked": False,
    "state_at": START,
    "attempts": 0,
}
_OLD_ENTRY = text(
    "INSERT INTO search_entries (key, record, unit, words) VALUES ('r', 'r', 'P1', :words)"
).bindparams(bindparam("words", type_=search_entries.c.words.type))
