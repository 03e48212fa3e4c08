"""Readers take ² for 2; the place of the digit tells which it is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.raised import with_powers
from ocr.reading import LineBox, ReadWord
from tests.ocr_output.papers import font


def read(printed: str, told: str, height: int) -> str:
    """What becomes of a reader's word, where this stands on the paper."""
    sheet = Image.new("L", (40 * height, 3 * height), 250)
    face = font(height * 0.8)
    draw = ImageDraw.Draw(sheet)
    draw.text((height, height), printed, 20, face)
    x0, y0, x1, y1 = draw.textbbox((height, height), printed, face)
    word = ReadWord(told, x0, x1, 0.9)
    (done,) = with_powers([word], np.asarray(sheet), LineBox(x0, y0 - 2, x1, y1 + 2))
    return done.text


@pytest.mark.parametrize("height", [24, 50])
@pytest.mark.parametrize("printed", ["m²", "120,5m²", "km²", "m³", "m²,", "3.025m²."])
def test_a_raised_digit_is_a_power(printed: str, height: int) -> None:
    assert read(printed, printed.replace("²", "2").replace("³", "3"), height) == printed


@pytest.mark.parametrize("height", [24, 50])
@pytest.mark.parametrize("printed", ["m2", "120m2,", "m3", "M2", "12", "am2k"])
def test_a_digit_on_the_line_stays_one(printed: str, height: int) -> None:
    assert read(printed, printed, height) == printed
