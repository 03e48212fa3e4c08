"""Seals on gray pages are faded, the print under them stays, and nothing else is touched."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.engine import Image
from ocr.seals import without_seals

PER_MM = 8  # 200 dpi
SEAL, PRINT = 105, 20


def _page() -> Image:
    sheet = np.full((297 * PER_MM, 210 * PER_MM), 255, np.uint8)
    for row in range(12):
        at = (20 * PER_MM, (30 + 12 * row) * PER_MM)
        cv2.putText(sheet, "QUYET DINH phe duyet danh sach", at, cv2.FONT_HERSHEY_DUPLEX, 2.0, PRINT, 4)
    return sheet


def _stamped(sheet: Image, middle: tuple[int, int]) -> Image:
    """A ring with a star's worth of tone inside, darker pixels of the print kept."""
    seal = np.full_like(sheet, 255)
    for radius in (17, 15, 8):
        cv2.circle(seal, middle, radius * PER_MM, SEAL, 6)
    cv2.circle(seal, middle, 4 * PER_MM, SEAL, -1)
    return np.asarray(cv2.min(sheet, seal), np.uint8)


def test_a_gray_seal_becomes_paper_and_the_print_under_it_stays() -> None:
    clean = _page()
    middle = (120 * PER_MM, 100 * PER_MM)
    done = without_seals(_stamped(clean, middle))
    around = (
        slice(middle[1] - 18 * PER_MM, middle[1] + 18 * PER_MM),
        slice(middle[0] - 18 * PER_MM, middle[0] + 18 * PER_MM),
    )
    assert np.mean(done[around] != 255) < 1.05 * np.mean(clean[around] != 255)
    assert (done[clean == PRINT] <= PRINT).all()


def test_a_page_without_a_seal_is_left_as_it_is() -> None:
    clean = _page()
    assert without_seals(clean) is clean


def test_a_shaded_panel_and_a_picture_are_no_seals() -> None:
    sheet = _page()
    sheet[200 * PER_MM : 215 * PER_MM, 20 * PER_MM : 190 * PER_MM] = SEAL  # the head of a table
    sheet[230 * PER_MM : 270 * PER_MM, 20 * PER_MM : 50 * PER_MM] = SEAL  # a portrait
    assert without_seals(sheet) is sheet


def test_a_seal_as_dark_as_the_print_cannot_be_told_from_it() -> None:
    sheet = _page()
    cv2.circle(sheet, (120 * PER_MM, 100 * PER_MM), 17 * PER_MM, PRINT, 6)
    assert without_seals(sheet) is sheet
