"""What the grammar of office papers and office language mend, and what they leave alone."""

from __future__ import annotations

import pytest

from ocr.diction import well_worded
from ocr.grammar import grammatical
from ocr.reading import ReadWord


def line(text: str, confidence: float = 0.9) -> list[ReadWord]:
    return [ReadWord(word, 10.0 * i, 10.0 * i + 8, confidence) for i, word in enumerate(text.split())]


def said(words: tuple[ReadWord, ...]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Điều 1, Phê duyệt", "Điều 1. Phê duyệt"),
        ("3: Kinh phí", "3. Kinh phí"),
        ("-Lưu: VT.", "- Lưu: VT."),
        ("KT, CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("Số: 2852QĐ-STTTT", "Số: 2852/QĐ-STTTT"),
        ("ngày O9 tháng l2", "ngày 09 tháng 12"),
    ],
)
def test_what_office_print_can_only_mean_is_mended(read: str, meant: str) -> None:
    assert said(grammatical(line(read))) == meant


@pytest.mark.parametrize(
    "read",
    [
        "khoản 1, Điều 2, Điều 3",
        "2, Điều 5 Luật Đất đai",
        "51F-123.45",
        "II. MỤC ĐÍCH",
        "-5 °C",
        "TB: UBND",
        "Ơ, QUANG",
    ],
)
def test_what_can_stand_as_it_was_read_stays(read: str) -> None:
    assert said(grammatical(line(read))) == read


def test_marks_that_never_stand_beside_the_neighbours_are_mended() -> None:
    assert said(well_worded(line("Vụ trường Vụ Pháp chế"))) == "Vụ trưởng Vụ Pháp chế"
    assert said(well_worded(line("PHÓ CHỦ TICH"))) == "PHÓ CHỦ TỊCH"


def test_names_and_sure_words_keep_their_marks() -> None:
    assert said(well_worded(line("Hồ sơ của: Từ Công Toàn", confidence=0.95))).endswith("Từ Công Toàn")
    assert said(well_worded(line("Quốc tích", confidence=1.0))) == "Quốc tích"


def test_a_mark_between_two_words_parts_them() -> None:
    assert said(well_worded(line("cán bộ (tại huyện"))) == "cán bộ (tại huyện"
