"""Joins boxes that a detector has broken apart where a seal or a stroke lies over a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocr.engine import Image
from ocr.reading import LineBox

# All in heights of the lower box.
REACH = 2.0  # a break is no wider
BLANK = 0.5  # a wider blank inside it: the boxes are two lines of print
LEVEL = 0.8  # of common height
ALIKE = 1.25  # of one height to the other


def joined(gray: Image, boxes: Sequence[LineBox]) -> list[LineBox]:
    """The boxes, with those that ink connects along a line made one."""
    kept: list[LineBox] = []
    for box in sorted(boxes, key=lambda box: box.x0):
        before = next((other for other in kept if _broken_apart(gray, other, box)), None)
        if before is None:
            kept.append(box)
        else:
            kept[kept.index(before)] = replace(
                before, y0=min(before.y0, box.y0), x1=max(before.x1, box.x1), y1=max(before.y1, box.y1)
            )
    return kept


def _broken_apart(gray: Image, left: LineBox, right: LineBox) -> bool:
    low, high = sorted((left.height, right.height))
    if not -low < right.x0 - left.x1 < REACH * low or high > ALIKE * low:
        return False
    if left.overlap_y(right) < LEVEL * low or left.pen != right.pen:
        return False
    top, bottom = max(left.y0, right.y0), min(left.y1, right.y1)
    gap = gray[int(top) : int(bottom), int(left.x1) : int(right.x0)]
    if not gap.size:
        return True
    around = gray[int(top) : int(bottom) : 2, int(left.x0) : int(right.x1) : 2]
    ink, paper = np.percentile(around, (2, 70))
    inked = np.flatnonzero((gap < paper - 0.45 * (paper - ink)).any(axis=0))
    edges = np.concatenate(([-1], inked, [gap.shape[1]]))
    return bool(np.diff(edges).max() <= BLANK * low)
