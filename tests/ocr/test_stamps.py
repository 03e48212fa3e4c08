"""A stamp of arrival is found by its frame and its words; what it lies over is read, and frames of forms stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.detect import LineDetector
from ocr.engine import Image
from ocr.lines import find_lines
from ocr.models import once
from ocr.read_trueocr import TrueOcrReader
from ocr.reading import LineBox
from ocr.stamps import Stamp, find_frames, find_stamps, reaching_under, without_stamps
from ocr.upright import Upright
from tests.ocr.pages import printed

PER_MM = 8  # 200 dpi
PRINT, PALE = 20, 130
CORNER = (60, 300)
SIZE = (50 * PER_MM, 24 * PER_MM)
LINE = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"


def _sheet() -> Image:
    lines = (LINE,) * 12
    return np.asarray(cv2.cvtColor(printed(lines, size=(1680, 2376)), cv2.COLOR_RGB2GRAY), np.uint8)


def _stamp(
    words: tuple[str, str] = ("ĐẾN", "Ngày: 12 Chuyển:"), *, tilt: float = 3.0, tone: int = PRINT
) -> Image:
    """A sheet with nothing but a frame of two columns."""
    sheet = np.full((2376, 1680), 255, np.uint8)
    (x, y), (width, height) = CORNER, SIZE
    part = sheet[y : y + height, x : x + width]
    for text, at in zip(words, (0, 130), strict=True):
        drawn = cv2.cvtColor(printed((text,), size=(500, 200), print_size=34), cv2.COLOR_RGB2GRAY)[
            90:150, 90:
        ]
        room = part[60:120, at + 15 : at + 15 + (110 if at == 0 else 250)]
        room[:] = drawn[:, : room.shape[1]]
    cv2.rectangle(sheet, (x, y), (x + width, y + height), 0, 4)
    cv2.line(sheet, (x + 130, y), (x + 130, y + height), 0, 4)
    turn = cv2.getRotationMatrix2D((x + width / 2, y + height / 2), tilt, 1.0)
    turned = cv2.warpAffine(sheet, turn, (1680, 2376), borderValue=255)
    return np.asarray(np.maximum(turned, tone), np.uint8)


def _stamps(sheet: Image) -> tuple[Stamp, ...]:
    return find_stamps(sheet, once(LineDetector), once(TrueOcrReader))


@pytest.mark.parametrize("tilt", [-4.0, 0.0, 3.0])
def test_a_frame_is_found_though_it_is_askew_and_print_runs_across_it(tilt: float) -> None:
    (frame,) = find_frames(np.minimum(_sheet(), _stamp(tilt=tilt)))
    middle = frame.corners.mean(axis=0)
    assert np.allclose(middle, (CORNER[0] + SIZE[0] / 2, CORNER[1] + SIZE[1] / 2), atol=12)
    assert np.isclose(np.degrees(np.arctan(frame.rise)), -tilt, atol=1.0)


def test_a_frame_without_the_words_of_a_stamp_is_the_forms_own() -> None:
    assert _stamps(np.minimum(_sheet(), _stamp())) != ()
    assert _stamps(np.minimum(_sheet(), _stamp(("Ảnh", "4 x 6 cm"), tilt=0.0))) == ()
    assert find_frames(_sheet()) == []


def test_a_pale_stamp_becomes_paper_and_the_print_under_it_stays() -> None:
    clean = _sheet()
    sheet = np.minimum(clean, _stamp(tone=PALE))
    (stamp,) = _stamps(sheet)
    done = without_stamps(sheet, (stamp,))
    box = stamp.box
    inside = slice(int(box.y0), int(box.y1)), slice(int(box.x0), int(box.x1))
    assert stamp.pale is not None
    assert np.mean(done[inside] < 200) < 1.1 * np.mean(clean[inside] < 200)
    assert (done[clean == PRINT] <= PRINT).all()


def test_lines_beside_a_stamp_as_dark_as_print_keep_their_height_and_begin_under_it() -> None:
    clean, sheet = _sheet(), np.minimum(_sheet(), _stamp())
    (stamp,) = _stamps(sheet)
    page = without_stamps(sheet, (stamp,))
    upright = Upright(page, page, 0, 0.0, np.eye(2, 3), (1680, 2376), stamps=(stamp,))
    bare = Upright(clean, clean, 0, 0.0, np.eye(2, 3), (1680, 2376))
    found, wanted = (find_lines(each, once(LineDetector)).boxes for each in (upright, bare))
    assert len(found) == len(wanted)
    for one, other in zip(sorted(found, key=lambda b: b.y0), sorted(wanted, key=lambda b: b.y0), strict=True):
        assert abs(one.x0 - other.x0) < 20 and one.overlap_y(other) > 0.8 * other.height


def test_only_lines_that_begin_at_a_stamp_reach_under_it() -> None:
    stamp = Stamp(np.array([(50, 100), (400, 100), (400, 300), (50, 300)], np.float32))
    running = [LineBox(200, y, 1500, y + 40) for y in (400, 460, 520, 580)]
    beside, beyond = LineBox(420, 150, 1500, 190), LineBox(700, 220, 1500, 260)
    reached = reaching_under([beside, beyond, *running], [stamp])
    assert [box.x0 for box in reached] == [200, 700, 200, 200, 200, 200]
