"""Photographs of a sheet: laid flat before they are read."""

import cv2
import numpy as np

from ocr.engine import Image
from ocr.engines import make_engine
from ocr.photo import laid_flat
from tests.ocr.pages import printed

SHEET = np.array([[190, 120], [1330, 150], [1410, 1050], [110, 1010]], np.float32)


def photographed(page: Image, corners: np.ndarray = SHEET) -> tuple[Image, np.ndarray]:
    """A page on a dark desk as a phone sees it, in uneven light; and the matrix from the page to the picture."""
    height, width = page.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    there = cv2.getPerspectiveTransform(flat, corners)
    desk = np.full((1160, 1520, 3), (90, 80, 70), np.uint8)
    seen = cv2.warpPerspective(page, there, (1520, 1160), dst=desk, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(1.0, 0.75, 1520)[None, :, None]
    return np.asarray(seen * light, np.uint8), there


def test_a_sheet_seen_at_an_angle_is_read_like_a_scan_and_its_boxes_lie_on_the_picture() -> None:
    page = printed()
    picture, there = photographed(page)
    engine = make_engine("fast")
    seen, scanned = engine.read(picture), engine.read(page)
    assert seen.text == scanned.text
    for in_picture, in_scan in zip(seen.words(), scanned.words(), strict=True):
        middle = np.array([(in_scan.box.x0 + in_scan.box.x1) / 2, (in_scan.box.y0 + in_scan.box.y1) / 2, 1.0])
        x, y, depth = there @ middle
        box = in_picture.box
        assert box.x0 <= x / depth <= box.x1 and box.y0 <= y / depth <= box.y1


def test_a_scan_is_no_photograph() -> None:
    assert laid_flat(printed()) is None


def test_a_crooked_sheet_on_a_scanners_black_lid_is_only_turned() -> None:
    straight = np.array([[160, 140], [1400, 205], [1353, 1105], [113, 1040]], np.float32)
    assert laid_flat(photographed(printed(), straight)[0]) is None


def test_a_bright_shape_without_four_straight_sides_is_no_sheet() -> None:
    picture = np.full((1160, 1520, 3), 70, np.uint8)
    cv2.ellipse(picture, (760, 580), (700, 500), 8, 0, 360, (240, 240, 240), -1)
    assert laid_flat(picture) is None
