"""White print on dark ground is read like any other, and what only looks like it is left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import samples
from bench.text_distance import distance
from ocr.engines import make_engine
from ocr.negatives import dark_grounds, positive
from samples.truth import Box

Page = NDArray[np.uint8]


@pytest.fixture(scope="module")
def paper() -> samples.Document:
    return samples.make_document(3004, dpi=150, mode="gray", severity=0.3)


@pytest.fixture(scope="module")
def page(paper: samples.Document) -> Page:
    return np.asarray(paper.pages[0].convert("L"), np.uint8)


def with_band(page: Page, box: Box) -> tuple[Page, tuple[slice, slice]]:
    """The page with one of its lines white on black, and where that is."""
    band = slice(box.y0 - 3, box.y1 + 3), slice(max(0, box.x0 - 15), box.x1 + 15)
    done = page.copy()
    done[band] = 255 - page[band]
    return done, band


@pytest.mark.slow
def test_a_page_that_is_all_inverted_is_read_as_well_as_it_was(paper: samples.Document, page: Page) -> None:
    engine = make_engine("fast")
    truth = paper.truth.pages[0].text
    plain, inverted = (distance(truth, engine.read(image, dpi=150).text).cer for image in (page, 255 - page))
    assert inverted < plain + 0.01


def test_a_dark_band_is_made_paper_with_dark_print_and_all_else_stays(
    paper: samples.Document, page: Page
) -> None:
    line = max(paper.truth.pages[0].lines, key=lambda line: line.box.x1 - line.box.x0)
    dark, band = with_band(page, line.box)
    (done,) = positive(dark)
    assert np.mean(dark[band] < 128) > 0.6
    assert np.mean(done[band] < 128) < 0.4
    beside = np.ones(page.shape, bool)
    beside[band[0].start - 8 : band[0].stop + 8] = False
    assert np.array_equal(done[beside], page[beside])


def test_a_plain_page_comes_back_as_the_same_object(page: Page) -> None:
    (done,) = positive(page)
    assert done is page


def test_a_picture_a_black_bar_and_a_ring_are_no_ground_of_print(page: Page) -> None:
    drawn = page.copy()
    side = round(30 * page.shape[1] / 210)
    fade = np.linspace(0, 200, side, dtype=np.uint8)
    drawn[50 : 50 + side, 50 : 50 + side] = fade[:, None]  # as in a photograph
    drawn[50 : 50 + side // 4, 400 : 400 + side] = 10
    cv2.circle(drawn, (800, 800), side // 2, 60, side // 6)
    assert dark_grounds(drawn) == []
