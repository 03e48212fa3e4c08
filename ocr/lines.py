"""Finds the lines of an upright page and the ruled lines between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ocr.detect import LineDetector, contrast, without_faint
from ocr.gutters import cut_at_gutters
from ocr.joints import joined
from ocr.leaders import has_leader
from ocr.reading import LineBox
from ocr.rules import Rules, cut_at_rules, find_rules
from ocr.stamps import blanked, reaching_under
from ocr.upright import Upright

PEN = 1.2  # times as dark in luminance as in max(R, G, B): blue ink, not pale print
SEAL_PRINT = 0.8  # of the usual height of a line: coloured print that is smaller belongs to seals and stamps


@dataclass(frozen=True, slots=True)
class Found:
    boxes: list[LineBox]
    rules: Rules


def find_lines(page: Upright, detector: LineDetector) -> Found:
    """Lines of print, each within one column and one table cell."""
    clear = blanked(page.ink, page.stamps)
    found = reaching_under(detector.lines(clear), page.stamps)
    boxes = without_faint(page.ink, found)
    boxes += pen_lines(page, [box for box in found if box not in boxes])
    boxes = joined(page.ink, boxes)
    if not boxes:
        return Found([], Rules())
    rules = find_rules(page.ink, float(np.median([box.height for box in boxes])))
    boxes = cut_at_gutters(page.ink, cut_at_rules(boxes, rules))
    if page.plain is not page.ink:
        boxes += coloured_lines(page, detector, boxes)
    return Found(boxes, rules)


def pen_lines(page: Upright, faint: list[LineBox]) -> list[LineBox]:
    """Of the lines that are faint in `ink` those that a coloured pen wrote: in luminance they are as dark as print."""
    if page.plain is page.ink:
        return []
    return [
        replace(box, pen=True)
        for box in faint
        if contrast(page.plain, box) > PEN * contrast(page.ink, box) and has_leader(page.plain, box)
    ]


def coloured_lines(page: Upright, detector: LineDetector, known: list[LineBox]) -> list[LineBox]:
    """Lines in red or blue print, which fade from `ink` together with the seals."""
    usual = float(np.median([box.height for box in known]))
    return [
        replace(box, coloured=True)
        for box in detector.lines(page.plain)
        if box.height >= SEAL_PRINT * usual
        and contrast(page.ink, box) < 0.5 * contrast(page.plain, box)
        and not any(_covers(other, box) for other in known)
        and not any(stamp.holds(box) for stamp in page.stamps)
    ]


def _covers(one: LineBox, other: LineBox) -> bool:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    return width > 0 and one.overlap_y(other) * width > 0.25 * other.width * other.height
