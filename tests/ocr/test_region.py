"""A part of a page is read alone, the right way up, and its words say where they stand on the whole page."""

import numpy as np
import pytest

from ocr.engine import Image
from ocr.region import MOST_PIXELS, read_region
from records.errors import InvalidValue
from records.page import Box, EngineStamp, Line, PageText, Word


class InkFinder:
    """An engine that finds one word: the box around all ink."""

    name = "ink"

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        rows, columns = np.nonzero(image < 128)
        box = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
        stamp = EngineStamp("ink", "1")
        height, width = image.shape[:2]
        return PageText(width, height, (Line((Word("x", box, 0.9),), box),), stamp)


def page_with_two_marks() -> Image:
    image = np.full((200, 100), 250, np.uint8)
    image[20:30, 10:40] = 0
    image[150:160, 50:90] = 0
    return image


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_only_what_is_inside_is_read_and_found_where_it_stands(rotation: int) -> None:
    read = read_region(InkFinder(), page_with_two_marks(), Box(40, 140, 95, 170), rotation)
    (word,) = read.words()
    assert word.box == Box(50, 150, 90, 160)
    assert (read.width, read.height, read.rotation) == (100, 200, rotation)


def test_the_rest_of_the_page_is_paper_of_its_own_colour() -> None:
    seen: list[Image] = []

    class Watcher(InkFinder):
        def read(self, image: Image, *, dpi: int = 0) -> PageText:
            seen.append(image)
            return super().read(image, dpi=dpi)

    read_region(Watcher(), page_with_two_marks(), Box(40, 140, 95, 170))
    assert set(np.unique(seen[0])) == {0, 250}
    assert (seen[0][20:30, 10:40] == 250).all()


@pytest.mark.parametrize(
    "box",
    [Box(10, 10, 12, 90), Box(300, 10, 400, 90), Box(0, 0, 5000, 5000)],
    ids=["thin", "outside", "large"],
)
def test_a_region_has_bounds(box: Box) -> None:
    image = np.broadcast_to(np.uint8(250), (5000, 5000)) if box.x1 == 5000 else page_with_two_marks()
    with pytest.raises(InvalidValue, match=str(MOST_PIXELS)):
        read_region(InkFinder(), np.asarray(image), box)
