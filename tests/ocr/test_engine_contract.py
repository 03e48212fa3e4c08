"""What every engine promises, checked on each of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ocr.engine import OcrEngine
from ocr.engines import make_engine
from records.page import PageText, upright
from records.vietnamese import folded, normalised
from tests.ocr.pages import LINES, printed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["hybrid", "fast", "tesseract"])
def engine(request: pytest.FixtureRequest) -> OcrEngine:
    return make_engine(request.param)


def expect_words(page: PageText, least: float = 0.85) -> None:
    wanted = " ".join(LINES).split()
    found = {word.text for word in page.words()}
    assert sum(word in found for word in wanted) >= least * len(wanted)


def test_a_clean_page_is_read_in_order(engine: OcrEngine) -> None:
    page = engine.read(printed(), dpi=200)
    expect_words(page)
    assert [folded(line.text)[:6] for line in page.lines] == [folded(line)[:6] for line in LINES]
    assert (page.width, page.height, page.dpi, page.rotation) == (1240, 900, 200, 0)


def test_words_are_normalised_and_lie_inside_the_page(engine: OcrEngine) -> None:
    for word in engine.read(printed()).words():
        assert word.text == normalised(word.text) and not any(c.isspace() for c in word.text)
        assert 0 <= word.box.x0 < word.box.x1 <= 1240 and 0 <= word.box.y0 < word.box.y1 <= 900
        assert 0 <= word.confidence <= 1


def test_boxes_cover_the_ink_of_their_words(engine: OcrEngine) -> None:
    image = printed()
    page = engine.read(image)
    covered = np.zeros(image.shape[:2], bool)
    for word in page.words():
        covered[word.box.y0 - 3 : word.box.y1 + 3, word.box.x0 - 3 : word.box.x1 + 3] = True
    ink = image[:, :, 0] < 128
    assert (covered & ink).sum() > 0.97 * ink.sum()


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_is_read_and_its_boxes_are_those_of_the_stored_image(
    engine: OcrEngine, quarters: int
) -> None:
    stored = np.ascontiguousarray(np.rot90(printed(LINES * 3, size=(1240, 1000)), quarters))
    page = engine.read(stored)
    assert page.rotation == 90 * quarters
    assert (page.width, page.height) == (stored.shape[1], stored.shape[0])
    expect_words(page)
    first = upright(page).lines[0]
    assert first.box.x0 == pytest.approx(100, abs=15) and first.box.y0 == pytest.approx(110, abs=25)


def test_a_gray_image_reads_like_a_colour_one(engine: OcrEngine) -> None:
    expect_words(engine.read(np.ascontiguousarray(printed()[:, :, 0])))


def test_a_blank_page_has_no_lines(engine: OcrEngine) -> None:
    assert engine.read(np.full((800, 600, 3), 255, np.uint8)).lines == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 7), (40, 12)])
def test_a_tiny_image_gives_an_answer(engine: OcrEngine, size: tuple[int, int]) -> None:
    page = engine.read(np.zeros((*size, 3), np.uint8))
    assert (page.height, page.width) == size


@pytest.mark.parametrize("size", [(12, 6000), (6000, 12)])
def test_a_strip_gives_an_answer(engine: OcrEngine, size: tuple[int, int]) -> None:
    assert engine.read(np.full((*size, 3), 200, np.uint8)).lines == ()


def test_the_stamp_names_engine_and_versions(engine: OcrEngine) -> None:
    stamp = engine.read(np.full((200, 200, 3), 255, np.uint8)).engine
    assert stamp.name == engine.name and stamp.version and stamp.settings["languages"] == "vie"


def test_threads_may_share_an_engine(engine: OcrEngine) -> None:
    image = printed()
    with ThreadPoolExecutor(2) as pool:
        texts = list(pool.map(lambda _: engine.read(image).text, range(4)))
    assert len(set(texts)) == 1
