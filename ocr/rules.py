"""Finds the ruled lines of tables and boxes on a page, so that a line of print is not read across them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from cv2.typing import MatLike

from ocr.engine import Image
from ocr.reading import LineBox

OVERHANG = 2.5  # heights of a line by which a table's rule may outrun the last one across it
SIDE = 1400  # pixels of the thumbnail's long side: a hair line is still one pixel there


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line: at `at` (x of a vertical one, y of a horizontal one), from `low` to `high`."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rules:
    vertical: tuple[Rule, ...] = ()
    horizontal: tuple[Rule, ...] = ()


def find_rules(gray: Image, line_height: float) -> Rules:
    """The ruled lines of a level page that are longer than a few lines of print (pixels of the page)."""
    scale = min(1.0, SIDE / max(gray.shape))
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    # A thin rule fades when it is shrunk: ink is what is darker than its surroundings, not what is black.
    ground = cv2.blur(small, (31, 31)).astype(np.int16)
    ink = (ground - small > 24).astype(np.uint8) * 255
    tall = max(12, round(2.2 * line_height * scale))
    wide = max(24, round(5 * line_height * scale))
    vertical = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    horizontal = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, wide), np.uint8))
    level = _rules(horizontal, scale, upright=False)
    standing = [rule for rule in _rules(vertical, scale, upright=True) if framed(rule, level, line_height)]
    return Rules(tuple(standing), tuple(level))


def framed(standing: Rule, level: list[Rule], slack: float) -> bool:
    """Two level rules meet it and it ends with them: else it is a streak of the scanner, a fold, or a pen's stroke."""
    meeting = [
        rule.at
        for rule in level
        if rule.low - slack <= standing.at <= rule.high + slack
        and standing.low - slack <= rule.at <= standing.high + slack
    ]
    if len(meeting) < 2:
        return False
    return min(meeting) - standing.low < OVERHANG * slack and standing.high - max(meeting) < OVERHANG * slack


def _rules(mask: MatLike, scale: float, *, upright: bool) -> list[Rule]:
    count, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for i in range(1, count):
        x, y, width, height = (int(v) for v in stats[i, :4])
        thick, start, length, at = (
            (width, y, height, float(centres[i][0])) if upright else (height, x, width, float(centres[i][1]))
        )
        if thick <= max(4, length // 12):
            found.append(Rule((at + 0.5) / scale, start / scale, (start + length) / scale))
    return found


def cut_at_rules(boxes: list[LineBox], rules: Rules) -> list[LineBox]:
    """The boxes, each cut where a vertical rule that reaches above and below it runs through it."""
    cut: list[LineBox] = []
    for box in boxes:
        slack = 0.3 * box.height
        edges = sorted(
            rule.at
            for rule in rules.vertical
            if box.x0 + slack < rule.at < box.x1 - slack
            and rule.low <= box.y0 + slack
            and rule.high >= box.y1 - slack
            and rule.high - rule.low > 1.8 * box.height
        )
        start = box.x0
        for edge in edges:
            if edge - start > slack:
                cut.append(replace(box, x0=start, x1=edge - 0.08 * box.height))
                start = edge + 0.08 * box.height
        cut.append(replace(box, x0=start, x1=box.x1) if edges else box)
    return cut
