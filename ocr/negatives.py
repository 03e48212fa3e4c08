"""Makes white print on dark ground dark on white: pages from microfilm or an inverted fax, heads of tables, bands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.engine import Image

A4_WIDTH = 210.0  # millimetres: the short side of the sheet that a page is taken for
GRID = 4  # pixels a millimetre: the picture on which dark grounds are looked for
DARK = 128  # of 255: luminance of a ground on which print is white
STROKE = 1.75  # millimetres: no stroke of white print is as thick
NARROWEST, LOWEST = 8.0, 3.0  # millimetres: a ground that holds a word
SHORTEST = 2.5  # millimetres: rules of tables and dark print are thinner
# Of a ground's area: how much is ground. Dark print over white covers less, a black bar or a margin has no print.
GROUND = (0.6, 0.998)
FILLED = 0.7  # of its box: a page, a band or a cell is square, a part of a seal is not
UNEVEN = 24.0  # of 255: the middle half of a ground's levels lies as close; photographs have all tones
CONTRAST = 60.0  # of 255: print is lighter than its ground by so much
MOSTLY = 140  # of 255: the share of dark around each point of a ground; dark print close to it has less
NEAR = 0.3  # millimetres around such points that still are ground
EDGE = 0.4  # millimetres: where ground meets paper


@dataclass(frozen=True, slots=True)
class Ground:
    """A dark ground at full size: where it is, and the edge around it, which is neither ground nor paper."""

    inside: Image
    edge: Image


def positive(plain: Image, *others: Image) -> tuple[Image, ...]:
    """Luminance, and other grays of the same page, with white print made dark; the same objects where there is none."""
    grounds = dark_grounds(plain)
    return tuple(_turned_over(gray, grounds) for gray in (plain, *others)) if grounds else (plain, *others)


def dark_grounds(plain: Image) -> list[Ground]:
    """Dark shapes with light print on them."""
    scale = GRID * A4_WIDTH / min(plain.shape)
    if min(plain.shape) < 400 or scale > 1:
        return []
    small = np.asarray(cv2.resize(plain, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    if np.mean(small < DARK) < NARROWEST * LOWEST * GRID * GRID / small.size:
        return []
    return [_at_full_size(shape, plain.shape, scale) for shape in _shapes(small)]


def _shapes(small: Image) -> Iterator[Image]:
    ground = _grounds(small)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ground)
    for number in range(1, count):
        _, _, width, height, area = boxes[number]
        is_large = width >= NARROWEST * GRID and height >= LOWEST * GRID
        if is_large and area >= FILLED * width * height:
            shape = labels == number
            if _holds_print(small[shape]):
                yield np.where(shape, np.uint8(255), np.uint8(0))


def _grounds(small: Image) -> Image:
    """255 where the page is dark once thin light strokes are gone, and mostly dark at that: blocks of print are not."""
    ground = cv2.inRange(cv2.morphologyEx(small, cv2.MORPH_OPEN, _square(STROKE)), 0, DARK - 1)
    window = round(SHORTEST * GRID)
    share = cv2.blur(cv2.inRange(small, 0, DARK - 1), (window, window))
    core = cv2.bitwise_and(ground, cv2.inRange(share, MOSTLY, 255))
    core = cv2.morphologyEx(core, cv2.MORPH_CLOSE, _square(STROKE))
    core = cv2.morphologyEx(core, cv2.MORPH_OPEN, _square(SHORTEST))
    return np.asarray(cv2.bitwise_and(ground, cv2.dilate(core, _square(2 * NEAR))), np.uint8)


def _holds_print(levels: Image) -> bool:
    dark = levels < DARK
    if not GROUND[0] <= float(dark.mean()) <= GROUND[1]:
        return False
    quarter, middle, three_quarters = np.percentile(levels[dark], (25, 50, 75))
    return bool(three_quarters - quarter <= UNEVEN and np.mean(levels[~dark]) - middle >= CONTRAST)


def _at_full_size(shape: Image, size: tuple[int, ...], scale: float) -> Ground:
    whole = cv2.resize(shape, (size[1], size[0]), interpolation=cv2.INTER_NEAREST)
    around = np.ones((max(3, round(2 * EDGE * GRID / scale)),) * 2, np.uint8)
    inside = cv2.erode(whole, around, borderValue=255)
    return Ground(np.asarray(inside, np.uint8), np.asarray(cv2.dilate(whole, around) - inside, np.uint8))


def _turned_over(gray: Image, grounds: list[Ground]) -> Image:
    done = gray.copy()
    for ground in grounds:
        levels = gray[ground.inside > 0]
        if not levels.size:
            continue
        low, high = (float(level) for level in np.percentile(levels, (20, 99)))
        scale = 255 / max(1.0, high - low)
        table = np.clip((high - np.arange(256)) * scale, 0, 255).astype(np.uint8)
        done[ground.edge > 0] = 255
        done[ground.inside > 0] = table[levels]
    return done


def _square(millimetres: float) -> Image:
    side = round(millimetres * GRID)
    return np.ones((side, side), np.uint8)
