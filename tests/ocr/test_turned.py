"""A page that a person turned: read upright, and its boxes lie in the image as it is stored."""

import numpy as np
import pytest

from ocr.engine import Image
from ocr.turned import read_turned
from records.page import Box, EngineStamp, Line, PageText, Word


class CornerReader:
    """Reads one word in the upper left corner of whatever it is shown, and believes that it stands on its head."""

    name = "corner"

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        height, width = image.shape[:2]
        word = Word(str(int(image[0, 0])), Box(0, 0, 10, 5), 1.0)
        return PageText(width, height, (Line((word,), word.box, 3),), EngineStamp("corner", "1"), 180, dpi)


@pytest.mark.parametrize(
    ("degrees", "corner", "box"),
    [
        (0, (0, 0), Box(0, 0, 10, 5)),
        (90, (99, 0), Box(0, 90, 5, 100)),
        (180, (99, 49), Box(40, 95, 50, 100)),
        (270, (0, 49), Box(45, 0, 50, 10)),
    ],
)
def test_the_word_is_found_where_it_lies_in_the_stored_image(
    degrees: int, corner: tuple[int, int], box: Box
) -> None:
    image = np.zeros((100, 50), np.uint8)
    image[corner] = 7
    page = read_turned(CornerReader(), image, degrees, dpi=300)
    assert (page.width, page.height, page.rotation, page.dpi) == (50, 100, degrees, 300)
    assert [(word.text, word.box) for word in page.words()] == [("7", box)]
    assert page.lines[0].block == 3
