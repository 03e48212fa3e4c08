"""Date lines: what parses is a date that exists; what is blank or written by hand stays empty."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.dates import numeric_date, parse_date_line, same_length_key
from records.page import Box, Word


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(part, Box(0, 0, 10, 10), 0.96) for part in text.split())


@given(st.dates(date(1945, 1, 1), date(2099, 12, 31)), st.sampled_from(["Mỹ Tho", "Tiền Giang", "Hà Nội"]))
def test_every_date_is_read_back_with_its_place(day: date, place: str) -> None:
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    parsed = parse_date_line(words(f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"))
    assert parsed is not None
    assert parsed.value == day
    assert " ".join(word.text for word in parsed.place) == f"{place},"
    assert parsed.alone and not parsed.repaired


@pytest.mark.parametrize(
    "text",
    [
        "Mỹ Tho, ngày tháng 3 năm 2022",
        "Mỹ Tho, ngày ... tháng ... năm 2022",
        "Mỹ Tho, ngày 31 tháng 2 năm 2022",
        "Mỹ Tho, ngày ( tháng 3 năm 2022",
        "Mỹ Tho, ngày 0† tháng 3 năm 2022",
        "Mỹ Tho, ngày 1 4 tháng 3 năm 2022",
        "Mỹ Tho, ngày Z tháng 3 năm 2022",
        "Mỹ Tho, ngày 12 tháng 3 năm 201",
    ],
)
def test_a_part_that_is_blank_or_no_number_gives_no_date(text: str) -> None:
    parsed = parse_date_line(words(text))
    assert parsed is not None and parsed.value is None


@pytest.mark.parametrize(
    "text", ["Quảng Ngãi, ngày04tháng 02 năm 2025", "Quảng Ngãi, ngày 04tháng02 năm 2025."]
)
def test_words_that_were_read_together_are_taken_apart(text: str) -> None:
    parsed = parse_date_line(words(text))
    assert parsed is not None and parsed.value == date(2025, 2, 4)


def test_letters_count_as_digits_only_where_digits_belong_and_say_so() -> None:
    parsed = parse_date_line(words("TP. Hồ Chí Minh, ngày 3l tháng l2 năm 2020"))
    assert parsed is not None and parsed.value == date(2020, 12, 31) and parsed.repaired


def test_a_date_inside_a_sentence_does_not_stand_alone() -> None:
    parsed = parse_date_line(words("Kèm theo Báo cáo ngày 24 tháng 3 năm 2023 của Phòng Nội vụ"))
    assert parsed is not None and not parsed.alone


@pytest.mark.parametrize(
    "text", ["Ngày, tháng, năm sinh: 26/05/1963", "Giới tính: Nam", "tháng 3 năm 2022", ""]
)
def test_other_lines_are_no_date_lines(text: str) -> None:
    assert parse_date_line(words(text)) is None


@given(st.text(max_size=60))
def test_the_search_key_has_one_character_for_each(text: str) -> None:
    assert len(same_length_key(text)) == len(text)


@given(st.text(max_size=80))
def test_no_text_breaks_the_parser(text: str) -> None:
    parse_date_line(words(text))
    numeric_date(text)
