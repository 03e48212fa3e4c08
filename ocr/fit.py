"""Fits detected boxes to their ink: a detector trims the marks above capitals and the dots below letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocr.engine import Image
from ocr.reading import LineBox

REACH = 0.25  # of a line's height: marks reach no further beyond the detector's box


def fitted(gray: Image, boxes: Sequence[LineBox]) -> list[LineBox]:
    """The boxes, each grown up and down to the next row without ink, but not into a neighbour."""
    return [_fitted(gray, box, *_room(box, boxes)) for box in boxes]


def _room(box: LineBox, boxes: Sequence[LineBox]) -> tuple[float, float]:
    """How far up and down a box may grow."""
    up, down = box.y0 - REACH * box.height, box.y1 + REACH * box.height
    for other in boxes:
        if other is box or other.x1 <= box.x0 or other.x0 >= box.x1:
            continue
        if other.middle < box.y0:
            up = max(up, min(box.y0, (other.y1 + box.y0) / 2))
        elif other.middle > box.y1:
            down = min(down, max(box.y1, (other.y0 + box.y1) / 2))
    return max(0.0, up), down


def _fitted(gray: Image, box: LineBox, up: float, down: float) -> LineBox:
    x0, x1 = int(box.x0), int(np.ceil(box.x1))
    y0, y1 = int(box.y0), int(np.ceil(box.y1))
    ink, paper = np.percentile(gray[y0:y1:2, x0:x1:2], (3, 70))
    top, bottom = int(up), min(gray.shape[0], int(np.ceil(down)))
    dark = (gray[top:bottom, x0:x1] < paper - 0.4 * (paper - ink)).sum(axis=1)
    inked = dark > max(0.0, 0.001 * (x1 - x0))
    first, last = y0 - top, min(len(inked), y1 - top) - 1
    while first > 0 and inked[first - 1]:
        first -= 1
    while last < len(inked) - 1 and inked[last + 1]:
        last += 1
    return replace(box, y0=min(box.y0, float(top + first)), y1=max(box.y1, float(top + last + 1)))
