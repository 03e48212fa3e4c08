"""Erases the dotted leaders of forms from a line, so that what is written on them can be read."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import Image
from ocr.reading import LineBox

# All in heights of the line.
DOT = 0.16  # a leader's dot is no larger
MERGED = 6  # dots may have run into a dash of this many
LETTER = 0.3  # a letter is no lower
LEVEL = 0.09  # dots of one leader stand this level; the dot under a vowel (ạ) hangs lower
JUMP = 1.5  # letters may hide a few dots of a leader, but no more than this
STEP = 0.8  # the usual step from one visible dot to the next
PAIR = 0.5  # two dots that are this close begin a leader
DOTS = 5  # fewer are full stops

Table = NDArray[np.int32]


def without_leaders(crop: Image, line_height: float) -> Image:
    """The crop of a line with its dotted leaders painted over; the same crop when it has none."""
    ink, paper = (float(v) for v in np.percentile(crop[::2, ::2], (2, 70)))
    if paper - ink < 20:
        return crop
    mask = (crop < paper - 0.4 * (paper - ink)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    marks = np.arange(1, count)
    leader = marks[leader_dots(np.asarray(stats[1:], np.int32), line_height)]
    if not len(leader):
        return crop
    chosen = np.zeros(count, np.uint8)
    chosen[leader] = 1
    erase = cv2.dilate(chosen[labels], np.ones((3, 3), np.uint8))
    cleaned = crop.copy()
    cleaned[erase > 0] = np.uint8(paper)
    return cleaned


def has_leader(page: Image, box: LineBox) -> bool:
    """Whether a line of a page stands on a dotted leader."""
    crop = page[max(0, int(box.y0)) : int(np.ceil(box.y1)), max(0, int(box.x0)) : int(np.ceil(box.x1))]
    return bool(crop.size) and without_leaders(crop, box.height) is not crop


def leader_dots(stats: Table, line_height: float) -> NDArray[np.int64]:
    """Which connected marks (rows of x, y, width, height, area) are dots of a leader.

    A leader shows as a run of dots at the foot of the letters; then all dots at its level that have a neighbour,
    and all after the first of these, are its own: also those that show between the letters written on it.
    """
    widths, heights = stats[:, 2], stats[:, 3]
    bottoms = (stats[:, 1] + heights).astype(np.float64)
    limit = max(2.0, DOT * line_height)
    small = np.flatnonzero((widths <= MERGED * limit) & (heights <= limit))
    letters = np.flatnonzero(heights > LETTER * line_height)
    nothing = np.empty(0, np.int64)
    if len(small) < DOTS:
        return nothing
    level = float(np.median(bottoms[letters if len(letters) >= 3 else small]))
    level = _nearest_crowd(bottoms[small], level, line_height)
    dots = _at_level(small, stats, bottoms, level, line_height)
    steps = np.diff(stats[dots, 0])
    runs = np.split(dots, np.flatnonzero(steps > JUMP * line_height) + 1)
    if not any(len(run) >= DOTS and np.median(np.diff(stats[run, 0])) <= STEP * line_height for run in runs):
        return nothing
    close = np.flatnonzero(steps <= PAIR * line_height)
    kept = (
        [dot for dot in dots[close[0] :] if not _under_twin(dot, small, stats, line_height)]
        if len(close)
        else []
    )
    return np.array(kept, np.int64)


def _at_level(
    small: NDArray[np.int64], stats: Table, bottoms: NDArray[np.float64], level: float, line_height: float
) -> NDArray[np.int64]:
    """Small marks that stand on the leader's level, from left to right; the level may tilt a little."""
    slack = max(1.5, LEVEL * line_height)
    near = small[np.abs(bottoms[small] - level) <= slack]
    if len(near) >= 8:
        slope, start = np.polyfit(stats[near, 0], bottoms[near], 1)
        near = small[np.abs(bottoms[small] - (start + slope * stats[small, 0])) <= slack]
    return np.asarray(near[np.argsort(stats[near, 0])])


def _nearest_crowd(bottoms: NDArray[np.float64], baseline: float, line_height: float) -> float:
    """The level near the baseline at which most dots stand."""
    near = bottoms[np.abs(bottoms - baseline) <= 0.14 * line_height]
    if not len(near):
        return baseline
    crowd = (np.abs(near[:, None] - near[None]) <= max(1.0, 0.05 * line_height)).sum(axis=1)
    return float(near[crowd.argmax()])


def _under_twin(dot: int, small: NDArray[np.int64], stats: Table, line_height: float) -> bool:
    """A second dot stands right above: a colon."""
    across = np.abs(stats[small, 0] - stats[dot, 0])
    up = stats[dot, 1] - stats[small, 1]
    return bool(((across < 0.12 * line_height) & (up > 0.15 * line_height) & (up < 0.6 * line_height)).any())
