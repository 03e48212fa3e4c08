"""Dotted leaders go, full stops and the dots under vowels stay."""

from itertools import pairwise

import cv2
import numpy as np

from ocr.blanks import mended
from ocr.engine import Image
from ocr.leaders import without_leaders
from ocr.reading import ReadWord

HEIGHT = 40


def line_of_print(dots: list[int], level: int = 31) -> Image:
    """A 40 pixel high line with bars for letters up to x = 400 and dots of 3 pixels at a level."""
    crop = np.full((HEIGHT, 900), 255, np.uint8)
    for x in range(20, 400, 30):
        cv2.rectangle(crop, (x, 12), (x + 6, 32), 0, -1)
    for x in dots:
        cv2.rectangle(crop, (x, level - 1), (x + 2, level + 1), 0, -1)
    return crop


def test_a_leader_is_erased_and_the_letters_stay() -> None:
    clean = line_of_print([])
    assert np.array_equal(without_leaders(line_of_print(list(range(420, 880, 8))), HEIGHT) < 128, clean < 128)


def test_two_full_stops_are_no_leader() -> None:
    crop = line_of_print([130, 420])
    assert without_leaders(crop, HEIGHT) is crop


def test_dots_under_vowels_are_no_leader() -> None:
    crop = line_of_print([22 + 30 * i for i in range(10)], level=38)
    assert without_leaders(crop, HEIGHT) is crop


def test_dots_between_words_written_on_a_leader_are_blanks() -> None:
    words = mended([ReadWord("..xã.Hòa.Phong,.huyện", 0, 210, 0.8), ReadWord("........", 220, 300, 0.8)])
    assert [word.text for word in words] == ["xã", "Hòa", "Phong,", "huyện"]
    assert all(a.x1 <= b.x0 for a, b in pairwise(words))


def test_dots_inside_numbers_and_abbreviations_stay() -> None:
    kept = ["330.000.000", "TP.HCM", "H58.30-220303-0012", "KT.", "1."]
    assert [word.text for word in mended([ReadWord(text, 0, 9, 1.0) for text in kept])] == kept
