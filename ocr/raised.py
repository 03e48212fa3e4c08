"""Square and cubic metres: readers see a 2, and only its place above the line's foot tells that it is raised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ocr.engine import Image
from ocr.reading import LineBox, ReadWord

_UNIT = re.compile(r"(?P<unit>(?:.*\d)?[kcdm]?m)(?P<power>[23])(?P<rest>[.,;:]*)")
_RAISED = {"2": "²", "3": "³"}
_LEAST = 0.2  # of the line's height: what is lower is a dot
_COMMA = 0.6  # of the line's height: a shape that begins below is a comma
_FOOT = 0.3  # of the height of the letter before: so far above its foot ends a raised digit


def with_powers(words: Sequence[ReadWord], ink: Image, box: LineBox) -> tuple[ReadWord, ...]:
    """The words of a line with "m2" as "m²" where the digit stands above the foot of its letter."""
    return tuple(_with_power(word, ink, box) for word in words)


def _with_power(word: ReadWord, ink: Image, box: LineBox) -> ReadWord:
    found = _UNIT.fullmatch(word.text)
    if found is None or not _is_raised(_shapes(word, ink, box)):
        return word
    return replace(word, text=found["unit"] + _RAISED[found["power"]] + found["rest"])


def _shapes(word: ReadWord, ink: Image, box: LineBox) -> list[tuple[int, int, int]]:
    """The shapes of a word from left to right: where each begins, its top and its foot, in pixels of its crop."""
    crop = ink[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(word.x0)) : int(word.x1 + 0.25 * box.height)]
    if min(crop.shape) < 6:
        return []
    _, dark = cv2.threshold(np.ascontiguousarray(crop), 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(dark)
    tall = crop.shape[0]
    letters = [found for found in boxes[1:] if found[3] >= _LEAST * tall and found[1] <= _COMMA * tall]
    return sorted((int(x), int(y), int(y + high)) for x, y, _, high, _ in letters)


def _is_raised(shapes: Sequence[tuple[int, int, int]]) -> bool:
    """Whether the last shape, a digit, ends above the foot of the one before it."""
    if len(shapes) < 2:
        return False
    (_, top, foot), (_, _, raised) = shapes[-2:]
    return foot - raised > _FOOT * (foot - top)
