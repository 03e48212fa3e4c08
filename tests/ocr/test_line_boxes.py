"""Boxes of lines: broken by a seal, stretched over what shines through, or faint because a blue pen wrote them."""

from __future__ import annotations

import numpy as np

from ocr.engine import Image
from ocr.gutters import trimmed
from ocr.joints import joined
from ocr.lines import pen_lines
from ocr.reading import LineBox
from ocr.upright import Upright


def sheet(*ink: tuple[int, int, int]) -> Image:
    """A white page with bars of ink (x from, x to, gray) on the line from y 100 to 140."""
    page = np.full((300, 1000), 255, np.uint8)
    for x0, x1, gray in ink:
        page[105:135, x0:x1:4] = page[105:135, x0 + 1 : x1 : 4] = gray
    return page


def box(x0: float, x1: float, y0: float = 100, y1: float = 140) -> LineBox:
    return LineBox(x0, y0, x1, y1)


def test_two_halves_of_a_line_that_ink_connects_become_one() -> None:
    page = sheet((100, 600, 0))
    assert joined(page, [box(100, 300), box(340, 600)]) == [box(100, 600)]


def test_columns_with_a_blank_between_them_stay_two() -> None:
    page = sheet((100, 300, 0), (360, 600, 0))
    assert len(joined(page, [box(100, 300), box(360, 600)])) == 2


def test_a_stamp_of_another_height_is_not_joined_to_the_line_beside_it() -> None:
    page = sheet((100, 600, 0))
    assert len(joined(page, [box(100, 300), box(320, 600, 80, 160)])) == 2


def test_a_box_ends_where_its_own_print_ends_and_not_what_shines_through() -> None:
    page = sheet((100, 300, 0), (320, 700, 200))
    found = trimmed(page, box(90, 720))
    assert 90 <= found.x0 <= 100 and 300 <= found.x1 <= 310


def written(leader: bool) -> Upright:
    """Blue pen on a line: pale in max(R, G, B), dark in luminance; with the dots of a form's leader or without."""
    ink, plain = sheet((100, 500, 140)), sheet((100, 500, 60))
    if leader:
        for page in (ink, plain):
            page[133:136, 510:900:10] = page[133:136, 511:900:10] = page[133:136, 512:900:10] = 0
    return Upright(ink, plain, 0, 0.0, np.eye(3)[:2], (1000, 300))


def test_a_pen_on_a_leader_is_print_and_one_across_the_page_is_not() -> None:
    line = box(95, 905)
    assert [found.pen for found in pen_lines(written(leader=True), [line])] == [True]
    assert pen_lines(written(leader=False), [line]) == []


def test_a_page_without_colour_has_no_pen() -> None:
    page = sheet((100, 500, 140))
    assert pen_lines(Upright(page, page, 0, 0.0, np.eye(3)[:2], (1000, 300)), [box(95, 905)]) == []
