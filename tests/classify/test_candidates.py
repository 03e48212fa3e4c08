"""A clerk is offered what a doubtful value may be, and sees which syllable is doubtful."""

import pytest

from classify.candidates import Candidates
from classify.doubt import doubtful_spans, words_in
from records.page import Box, EngineStamp, Line, PageText, Word
from records.record import Field

OFFER = Candidates(
    ["UBND Phường 1", "UBND Phường 10", "Phòng Tư pháp"], ["Nguyễn", "Trương"], ["thanh", "thành", "ngân"]
)


def words(*read: tuple[str, float]) -> tuple[Word, ...]:
    return tuple(Word(text, Box(n * 10, 0, n * 10 + 9, 9), sure) for n, (text, sure) in enumerate(read))


def test_a_syllable_that_was_not_read_surely_is_marked_in_the_value() -> None:
    read = words(("Trương", 0.99), ("Thạnh,", 0.5), ("Ngân", 0.99))
    assert doubtful_spans("Trương Thạnh Ngân", read) == ((7, 12),)


def test_a_value_that_does_not_stand_on_the_paper_as_it_is_has_no_marks() -> None:
    assert doubtful_spans("2022-03-03", words(("ngày", 0.4), ("03", 0.4))) == ()


def test_only_words_inside_the_box_count() -> None:
    line = Line(words(("một", 0.9), ("hai", 0.9)), Box(0, 0, 19, 9))
    page = PageText(100, 100, (line,), EngineStamp("none", "0"))
    assert [word.text for word in words_in(Box(10, 0, 20, 9), page)] == ["hai"]


def test_a_doubtful_syllable_of_a_name_is_offered_with_its_other_marks() -> None:
    field = Field("applicant", "TRƯƠNG THẠNH NGÂN", 0.5)
    assert OFFER.of(field, (), ((7, 12),)) == ("TRƯƠNG THANH NGÂN", "TRƯƠNG THÀNH NGÂN")


def test_an_agency_of_the_office_that_sounds_alike_is_offered() -> None:
    assert OFFER.of(Field("issuing_authority", "UBND Phuờng l", 0.5), ())[0] == "UBND Phường 1"


@pytest.mark.parametrize(
    ("raw", "offered"),
    [("Mỹ Tho, 12/8/2021", ("2021-08-12",)), ("Mỹ Tho, ngày … tháng … năm", ())],
)
def test_for_a_date_only_dates_are_offered(raw: str, offered: tuple[str, ...]) -> None:
    assert OFFER.of(Field("issue_date", None, 0.3, raw=raw), ()) == offered


def test_a_number_is_offered_without_its_label() -> None:
    assert OFFER.of(Field("number_symbol", None, 0.3, raw="Số: 460/2013"), ()) == ("460/2013",)
    assert OFFER.of(Field("id_no", "082149125716", 0.9, raw="CCCD số 082149125716"), ()) == ()


def test_the_value_itself_is_not_offered_again() -> None:
    assert OFFER.of(Field("number_symbol", "12/QĐ-UBND", 0.9, raw="12/QĐ-UBND"), ()) == ()
