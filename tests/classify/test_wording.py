"""Marks and letters set right by what is known and by what the paper says elsewhere; never a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.blocks import read_head
from classify.fuzzy import distance, find, prefix, similarity
from classify.layout import laid_out
from classify.spelling import Speller
from classify.syllables import is_syllable
from classify.wording import Wording
from records import default_data
from records.page import Box, Word
from tests.classify.sheet import BODY, Sheet

AGENCIES = Speller(phrase.text for phrase in default_data.official_phrases() if phrase.kind == "agency")
NOTHING = Speller([], trusted=True)
_OF_OTHER_PEOPLES = {
    "Siu",
    "Ksor",
    "Kpă",
    "Nay",
    "Neang",
    "Niê",
    "Mlô",
    "Êban",
    "Alê",
    "Bríu",
    "Arất",
    "Zơ",
    "Pơloong",
    "Kso",
    "Rah",
    "Rmah",
    "Kpuih",
    "Rcom",
    "Coor",
    "Hôih",
}


def line(text: str, y: int = 0, sure: float = 0.9) -> tuple[Word, ...]:
    return tuple(
        Word(part, Box(100 * i, y, 100 * i + 90, y + 40), sure) for i, part in enumerate(text.split())
    )


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("VĂN PHỊNG CHÍNH PHỦ", "VĂN PHÒNG CHÍNH PHỦ"),
        ("VIỆN KIÊM SÁT NHẬN DÂN", "VIỆN KIỂM SÁT NHÂN DÂN"),
        ("SỞ TU PHÁP", "SỞ TƯ PHÁP"),
        ("UỶ BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"),
        ("ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN"),
        ("TRƯỜNG MẦM NON HOA SEN", "TRƯỜNG MẦM NON HOA SEN"),
    ],
)
def test_a_known_agency_is_spelled_right_and_an_unknown_one_is_left(read: str, meant: str) -> None:
    words = read.split()
    assert " ".join(AGENCIES.respelled(words, [0.9] * len(words))[0]) == meant


def test_a_word_read_surely_with_other_marks_stands_against_a_short_phrase() -> None:
    titles = Speller(["THỨ TRƯỞNG"])
    assert titles.respelled(["THỦ", "TRƯỞNG"], [0.96, 0.96])[0] == ["THỦ", "TRƯỞNG"]
    assert titles.respelled(["THU", "TRƯỞNG"], [0.96, 0.96])[0] == ["THỨ", "TRƯỞNG"]


def test_a_phrase_is_set_right_in_the_case_it_was_read_in() -> None:
    phrases = Speller(["NGƯỜI TIẾP NHẬN HỒ SƠ"])
    words = ["Người", "tiêp", "nhận", "hồ", "sơ"]
    assert " ".join(phrases.respelled(words, [0.9] * 5)[0]) == "Người tiếp nhận hồ sơ"


def test_the_papers_own_words_settle_a_lost_mark() -> None:
    summary = line("nội bộ giải quyêt TTHC")
    body = [line(f"quy trình nội bộ giải quyết TTHC lần {i}", y=100 * i) for i in range(1, 3)]
    assert Wording([summary, *body], NOTHING).settled(summary) == ["nội", "bộ", "giải", "quyết", "TTHC"]


def test_a_word_read_badly_is_taken_from_between_the_same_neighbours_elsewhere() -> None:
    summary = (
        *line("thực hiện", sure=0.96),
        Word("dẹ", Box(200, 0, 290, 40), 0.6),
        *line("án sử dụng", sure=0.96),
    )
    settled = Wording([summary, line("để thực hiện dự án đầu tư", y=100, sure=0.96)], NOTHING).settled(
        summary
    )
    assert " ".join(settled) == "thực hiện dự án sử dụng"


def test_one_other_reading_does_not_outvote_a_whole_word() -> None:
    summary = line("thu chi ngân sách", sure=0.96)
    assert Wording([summary, line("thu chỉ ngân sách", y=100)], NOTHING).settled(summary) == [
        "thu", "chi", "ngân", "sách",
    ]  # fmt: skip


def test_usage_spells_turns_of_phrase_and_leaves_names_alone() -> None:
    usage = Speller(["chi phí", "văn thư"], trusted=True)
    summary = line("hỗ trợ chỉ phí cho ông Lê Văn Thụ", sure=0.96)
    assert " ".join(Wording([summary], usage).settled(summary)) == "hỗ trợ chi phí cho ông Lê Văn Thụ"


@pytest.mark.parametrize(
    "motto", ["CỘNG HỊA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỌNG HOÀ XÃ HỌI CHU NGHĨA VIỆT NAN"]
)
def test_a_garbled_motto_is_still_the_motto(motto: str) -> None:
    head = read_head(laid_out(Sheet().at(motto, y=300, middle=1680).paragraph(*BODY).page(), 1))
    assert head.motto is not None and head.two_columns


@given(st.text("abcd ", max_size=12), st.text("abcd ", max_size=12))
def test_distances_are_symmetric_and_bounded(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left) <= max(len(left), len(right))
    assert 0 <= similarity(left, right) <= 1
    if left:
        assert find(left, right).edits <= prefix(left, right).edits <= len(left) + len(right)


@given(st.sampled_from(default_data.surnames()))
def test_every_family_name_of_the_list_is_a_syllable_or_a_name_of_another_people(name: str) -> None:
    assert is_syllable(name) or name in _OF_OTHER_PEOPLES
