"""Cuts a line box that a detector has drawn over the gutter between two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocr.engine import Image
from ocr.reading import LineBox

SURE_GAP = 3.5  # heights of a line: no justified text has such a blank
LIKELY_GAP = 0.6  # enough where the line above or below leaves the same gap
PRINT = 0.45  # of the depth of a line's ink: paler marks are no print
EDGE = 0.15  # heights of a line that are left on either side of its ink
NEIGHBOURS = 3.0  # heights of a line: how far those lines may be


def cut_at_gutters(gray: Image, boxes: Sequence[LineBox]) -> list[LineBox]:
    """The boxes, each cut at the widest blanks that a neighbouring pair of boxes or their width proves."""
    cut: list[LineBox] = []
    for box in boxes:
        start = box.x0
        for left, right in blanks(gray, box):
            wide = right - left >= SURE_GAP * box.height
            if wide or _shared(left, right, box, boxes):
                cut.append(replace(box, x0=start, x1=left))
                start = right
        cut.append(replace(box, x0=start, x1=box.x1))
    return [trimmed(gray, box) for box in cut]


def trimmed(gray: Image, box: LineBox) -> LineBox:
    """The box without the blank ends that a detector adds where the other side of the sheet shines through."""
    y0, x0 = max(0, int(box.y0)), max(0, int(box.x0))
    crop = gray[y0 : int(np.ceil(box.y1)), x0 : int(np.ceil(box.x1))]
    if not crop.size:
        return box
    ink, paper = np.percentile(crop[::2, ::2], (2, 70))
    inked = np.flatnonzero((crop < paper - PRINT * (paper - ink)).sum(axis=0) >= 2)
    if not len(inked):
        return box
    left, right = x0 + inked[0] - EDGE * box.height, x0 + inked[-1] + 1 + EDGE * box.height
    return replace(box, x0=max(box.x0, float(left)), x1=min(box.x1, float(right)))


def blanks(gray: Image, box: LineBox) -> list[tuple[float, float]]:
    """Stretches inside a box without ink that are wider than `LIKELY_GAP`."""
    y0, y1 = max(0, int(box.y0)), int(np.ceil(box.y1))
    x0, x1 = max(0, int(box.x0)), int(np.ceil(box.x1))
    crop = gray[y0:y1, x0:x1]
    if box.width < 6 * box.height or not crop.size:
        return []
    ink, paper = np.percentile(crop[::2, ::2], (2, 70))
    inked = np.flatnonzero((crop < paper - 0.35 * (paper - ink)).any(axis=0))
    steps = np.diff(inked)
    wide = np.flatnonzero(steps > LIKELY_GAP * box.height)
    return [(float(x0 + inked[i] + 1), float(x0 + inked[i + 1])) for i in wide]


def _shared(left: float, right: float, box: LineBox, boxes: Sequence[LineBox]) -> bool:
    """Near lines end before the gap and begin after it at the same height, and none runs through it."""
    near = [
        other
        for other in boxes
        if other is not box and abs(other.middle - box.middle) < NEIGHBOURS * box.height
    ]
    middle = (left + right) / 2
    pairs = any(
        one.x1 <= middle <= other.x0 and one.beside(other)
        for one in near
        for other in near
        if one is not other
    )
    crossed = any(
        other.x0 < middle < other.x1 for other in near if abs(other.middle - box.middle) < 2 * box.height
    )
    return pairs and not crossed
