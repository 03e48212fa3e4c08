"""Takes out of a page what others stamped on it: mail that arrived, copies that were certified.

A stamp "CÔNG VĂN ĐẾN / Số … / Ngày …" holds the number and day of whoever received the paper; a certification ("CHỨNG
THỰC BẢN SAO …", Decree 23/2015) and a "SAO Y" (Decree 30/2020, article 25) are signed by whoever copied it.
Neither is the paper's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classify.fuzzy import allowed, find
from classify.layout import Layout, Segment
from classify.number_line import is_number_line
from records.page import Box

CERTIFIED = "chung thuc ban sao dung voi ban chinh"
_ARRIVED = re.compile(r"^\W*(?:(?:cong van|van ban|cv|vb|c\.v)\W*)?den\b(?:\W*(?:so|ngay)\b.*)?\W*$")
_ENTRY = re.compile(r"^\W*(?:so|ngay|gio|chuyen|luu|kinh chuyen|den|cv|vb|cong van|van ban)\b\W*")
_COPIED = re.compile(r"^\W*(?:sao y|sao luc|trich sao)(?: ban chinh)?\W*$")
ENTRY_WORDS = 6  # "Ngày: 14/5/2022", "Số: 1834": a line with more is a sentence
LOWER = 0.35  # share of the page above which nobody certifies: there stands "(Bản sao)" under a title


def without_stamps(layout: Layout) -> Layout:
    """The page without the print that stamps of arrival and of certification put on it."""
    foreign = {id(part) for part in (*_arrivals(layout), *_certifications(layout))}
    if not foreign:
        return layout
    return replace(layout, segments=tuple(s for s in layout.segments if id(s) not in foreign))


def _arrivals(layout: Layout) -> Iterator[Segment]:
    for anchor in layout.segments:
        if anchor.capitals < 0.4 or not _ARRIVED.match(anchor.key):
            continue
        near = [s for s in layout.segments if s is not anchor and _inside(_around(anchor, layout), s)]
        entries = [s for s in near if _is_entry(s)]
        if entries or "so" in anchor.key.split() or "ngay" in anchor.key.split():
            yield anchor
            yield from entries
            yield from _owner(anchor, entries, near)


def _around(anchor: Segment, layout: Layout) -> Box:
    """Where the entries of a stamp may stand around its word ĐẾN."""
    unit, box = round(layout.line_height), anchor.box
    return Box(box.x0 - 4 * unit, box.y0 - 4 * unit, box.x1 + 10 * unit, box.y1 + 5 * unit)


def _inside(area: Box, segment: Segment) -> bool:
    x, y = segment.box.centre
    return area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1


def _is_entry(segment: Segment) -> bool:
    """Whether a line is one of a stamp's: a label with little behind it, or what a pen left beside one."""
    if len(segment.words) > ENTRY_WORDS:
        return False
    own_number = is_number_line(segment) and "/" in segment.text and segment.capitals > 0.5
    return (_ENTRY.match(segment.key) is not None and not own_number) or segment.letters < 3


def _owner(anchor: Segment, entries: list[Segment], near: list[Segment]) -> Iterator[Segment]:
    """Whose stamp it is: the line in capitals right above it, where it does not stand in the head."""
    top = min(s.box.y0 for s in (anchor, *entries))
    for line in near:
        gap = top - line.box.y1
        if line.capitals > 0.8 and line.letters >= 6 and -0.3 * line.box.height < gap < line.box.height:
            overlap = min(line.box.x1, anchor.box.x1) - max(line.box.x0, anchor.box.x0)
            if overlap > 0 and line.box.height < 0.9 * max(s.box.height for s in near):
                yield line


def _certifications(layout: Layout) -> Iterator[Segment]:
    """The words of a certification and all that stands below them, as far as they reach to both sides."""
    for anchor in layout.segments:
        if anchor.box.y0 > LOWER * layout.height and is_certification(anchor):
            slack = 0.12 * layout.width
            for part in layout.segments:
                under = part.box.centre[1] >= anchor.box.y0
                if under and anchor.box.x0 - slack < part.box.centre[0] < anchor.box.x1 + slack:
                    yield part


def is_certification(segment: Segment) -> bool:
    """Whether a line says, in capitals, that what stands above is a copy that somebody vouches for."""
    return is_certified(segment) or (segment.capitals >= 0.6 and _COPIED.match(segment.key) is not None)


def is_certified(segment: Segment) -> bool:
    """Whether a line is that of the certification of a copy (Decree 23/2015)."""
    if segment.capitals < 0.6 or segment.letters < 0.7 * len(CERTIFIED):
        return False
    return find(CERTIFIED, segment.key).edits <= allowed(CERTIFIED)
