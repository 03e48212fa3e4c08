"""Days that no calendar has and answers that no form knows are mended; what may be so stays as it was read."""

from __future__ import annotations

import pytest

from ocr.answers import answered
from ocr.blanks import spaced
from ocr.dates import dated
from ocr.reading import ReadWord


def _words(text: str) -> list[ReadWord]:
    return [ReadWord(token, 10.0 * i, 10.0 * i + 8, 0.9) for i, token in enumerate(text.split())]


@pytest.mark.parametrize(
    "text",
    ["ngày 07 tháng 7 năm 2018", "ngày lễ tháng Ba năm", "01/07/2063", "Giới tính: Nn", "Quốc tịch: Lào"],
)
def test_what_may_be_so_stays(text: str) -> None:
    assert " ".join(word.text for word in answered(dated(_words(text)))) == text


def test_a_number_of_two_tokens_spans_both() -> None:
    words = dated(_words("ngày 7 7 tháng 5"))
    assert [word.text for word in words] == ["ngày", "17", "tháng", "5"]
    assert (words[1].x0, words[1].x1) == (10, 28)


def test_an_answer_that_was_mended_says_so() -> None:
    nation = answered(_words("Quốc tịch: Việt Nợn Quê"))
    assert [word.text for word in nation[2:4]] == ["Việt", "Nam"]
    assert all(word.support and word.support.mended for word in nation[2:4])


def test_a_number_and_the_label_after_it_are_parted() -> None:
    assert [spaced(text) for text in ("35Diện", "0912345678Email:", "1Otháng", "51F1", "12A")] == [
        "35 Diện", "0912345678 Email:", "1O tháng", "51F1", "12A",
    ]  # fmt: skip
