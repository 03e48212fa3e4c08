"""Fades round seals, so that detector and readers see the print under them.

On a gray page a seal lies as a tone of its own between paper and print; on a colour page max(R, G, B) leaves a pale
shadow of a red one, enough to hide a title from the detector. Where a large round shape of such a tone is found, that
tone is made paper: the print under it stays.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import Image
from ocr.tones import paling, print_level
from records.page import Box

A4_WIDTH = 210.0  # millimetres: the sheet that a page without a known size is taken for
SMALLEST, LARGEST = 15.0, 64.0  # millimetres a side: seals measure 20 to 42, a signature may hang on
ROUND = 1.85  # a shape is no longer than this times its other side
CELL = 1.0  # millimetres: the grid on which shapes are looked for
# Of a cell in a seal's tone; with blurred print around it the higher shares cut it free.
FILLED = (0.10, 0.2, 0.3)
COVERED = (0.16, 0.9)  # of a shape's box: rings and letters, but no shaded panel and no single stroke
CORNERS = 0.15  # of the corners of a shape's box: a block of blurred print begins in one
DARK, PALE = 0.22, 0.86  # from print (0) to paper (1): the tones that are neither
OWN = 0.26  # of what is not paper in such a box: letters that are blurred throughout have cores of print
APART = 0.18  # a seal that is hardly paler than the print cannot be told from it


def without_seals(gray: Image) -> Image:
    """The upright page, its paper white, with the tones of gray seals made white; as it is where there are none."""
    if min(gray.shape) < 400:
        return gray
    ink = print_level(gray)
    tones = _between(gray, ink)
    done = gray
    for seal in _round_shapes(tones, gray.shape[1] / A4_WIDTH):
        inside = slice(seal.y0, seal.y1), slice(seal.x0, seal.x1)
        level = _seal_level(gray[inside], tones[inside] > 0, ink)
        if level is not None:
            done = gray.copy() if done is gray else done
            done[inside] = cv2.LUT(gray[inside], paling(ink, level))
    return done


def _seal_level(gray: Image, tones: NDArray[np.bool_], ink: float) -> float | None:
    """How dark a seal is, 0 … 255; None where it is hardly paler than print, or the tones are print's edges."""
    level = float(np.percentile(gray[tones], 25))
    marked = gray < ink + PALE * (255 - ink)
    own = float(np.mean(tones)) / max(float(np.mean(marked)), 1e-6)
    return level if own >= OWN and level - ink >= APART * (255 - ink) else None


def _between(gray: Image, ink: float) -> Image:
    """255 where a stroke is paler than print throughout, not only at its edges."""
    low, high = ink + DARK * (255 - ink), ink + PALE * (255 - ink)
    tones = cv2.inRange(gray, low, high)
    edge = max(3, round(gray.shape[1] / A4_WIDTH / 3) | 1)  # a third of a millimetre, odd
    return np.asarray(cv2.morphologyEx(tones, cv2.MORPH_OPEN, np.ones((edge, edge), np.uint8)), np.uint8)


def _round_shapes(tones: Image, per_mm: float) -> list[Box]:
    """Boxes, in pixels, of shapes in these tones that are as large and as round as a seal."""
    cell = per_mm * CELL
    size = (max(1, round(tones.shape[1] / cell)), max(1, round(tones.shape[0] / cell)))
    shares = cv2.resize(tones, size, interpolation=cv2.INTER_AREA)
    found: list[Box] = []
    for share in FILLED:
        shapes = (
            _in_pixels(shape, cell, tones.shape) for shape in _shapes((shares > 255 * share).astype(np.uint8))
        )
        found.extend(shape for shape in shapes if not any(_meet(shape, known) for known in found))
    return found


def _shapes(filled: Image) -> Iterator[Box]:
    """Boxes of such shapes, in cells."""
    whole = cv2.morphologyEx(filled, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    for x, y, width, height, _ in cv2.connectedComponentsWithStats(whole)[2][1:].tolist():
        shape = filled[y : y + height, x : x + width]
        covered = np.count_nonzero(shape) / shape.size
        short, long = sorted((width * CELL, height * CELL))
        is_round = short >= SMALLEST and long <= min(LARGEST, ROUND * short) and _corners(shape) <= CORNERS
        if is_round and COVERED[0] <= covered <= COVERED[1]:
            yield Box(x, y, x + width, y + height)


def _corners(shape: Image) -> float:
    """How much of the four corners is filled, which a circle leaves free."""
    reach = max(2, round(0.14 * min(shape.shape)))
    corners = [shape[rows, columns] for rows in _ends(reach) for columns in _ends(reach)]
    return float(np.mean([np.count_nonzero(corner) / corner.size for corner in corners]))


def _ends(reach: int) -> tuple[slice, slice]:
    return slice(None, reach), slice(-reach, None)


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _in_pixels(shape: Box, cell: float, size: tuple[int, ...]) -> Box:
    """The box with a cell of room around it."""
    return Box(
        max(0, int((shape.x0 - 1) * cell)),
        max(0, int((shape.y0 - 1) * cell)),
        min(size[1], int((shape.x1 + 1) * cell)),
        min(size[0], int((shape.y1 + 1) * cell)),
    )
