"""Which tokens can be Vietnamese."""

import pytest

from ocr.syllables import is_syllable


@pytest.mark.parametrize(
    "word",
    [
        "nghị",
        "quyết",
        "nguyễn",
        "thuở",
        "khuya",
        "xoèn",
        "giếng",
        "gì",
        "quốc",
        "quý",
        "rượu",
        "ngoằn",
        "khuỷu",
        "yêu",
        "ường",
        "ỷ",
        "hoà",
        "thúy",
        "thuý",
        "lăng",
    ],
)
def test_syllables_of_every_build_are_possible(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["quyêt", "chưc", "ngề", "kó", "cê", "đicu", "phướ", "ngươi2", "UBND", "tràc", "zăn", "wa", "hhà"]
)
def test_misread_syllables_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_a_syllable_ending_in_a_stop_needs_a_rising_or_a_dropped_tone() -> None:
    assert [is_syllable(word) for word in ("các", "cạc", "cac", "càc", "cảc", "cãc")] == [True, True] + [
        False
    ] * 4
