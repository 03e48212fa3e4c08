"""Where the ink of a page lies, told apart from scanner borders, punch holes, dust and what shines through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.raster import Pixels

_DPI = 150  # at which a page is looked at: a letter of print is some 15 pixels high
_MM_AN_INCH = 25.4
_PAPER_MM = 4.0  # over which the paper's brightness is taken as even
_INK = 0.18  # contrast from which a pixel is ink: what shines through the paper is paler
_STRONG = 0.5  # contrast of a stamp's own ink; one that bleeds through from the other side is paler
_DUST_MM2 = 0.6  # up to which a spot is dust
_LONG_MM = 18.0  # longer than any letter: a rule, a frame or a border
_EDGE_MM = 0.5  # within which a spot touches the edge
_LEAST_TEXT_MM2 = 1.2  # of ink that make a page: a single digit has about as much
_LEAST_STAMP_MM2 = 25.0  # of coloured ink that make one
_CUT_LETTERS = {"top": 5, "right": 3, "bottom": 5, "left": 3}  # a line of print is cut at many letters
_EDGE_CONTRAST = 0.22  # of the paper's brightness, around an edge that is measured
_FLAT, _STEEP = 0.15, 0.45  # slope over contrast of a blurred and of a sharp edge


@dataclass(slots=True, frozen=True)
class Spots:
    """The connected spots of ink: bounding boxes and areas, in pixels of the small page."""

    left: NDArray[Any]
    top: NDArray[Any]
    width: NDArray[Any]
    height: NDArray[Any]
    area: NDArray[Any]


class Ink:
    """One page at 150 dpi or, where it has less, its own resolution."""

    def __init__(self, small: Pixels, dpi: float) -> None:
        self._mm = dpi / _MM_AN_INCH  # pixels a millimetre
        self._gray = small if small.ndim == 2 else _as_pixels(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
        self._bright = small if small.ndim == 2 else _brightest(small)
        self._background = background(self._gray, self._mm)
        self._contrast = contrast(self._gray, self._background)
        mask = np.asarray(self._contrast > _INK, np.uint8)
        _, self._labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        self._spots = Spots(*(stats[1:, column] for column in range(5)))

    @property
    def paper(self) -> float:
        """Brightness of the sheet, 0 … 255."""
        return float(np.median(self._background))

    @property
    def share(self) -> float:
        """Share of the page under ink, borders included, 0 … 1."""
        return float((self._contrast > _INK).mean())

    @cached_property
    def text(self) -> NDArray[np.bool_]:
        """The ink that may be print or writing."""
        keep = np.concatenate([[False], self._is_letter])
        return np.asarray(keep[self._labels], np.bool_)

    @property
    def letters(self) -> int:
        """How many spots may be letters or more."""
        return int(self._is_letter.sum())

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing was printed, written or stamped on this side.

        Red counts as ink only where it is strong: seals bleed through to the back of thin paper. Strong ink is asked
        for first: nearly every page has some, and the paper behind the brightest channel is dear to find.
        """
        square_mm = self._mm**2
        if int((self.text & (self._contrast > _STRONG)).sum()) >= _LEAST_STAMP_MM2 * square_mm:
            return False
        fading_red = contrast(self._bright, background(self._bright, self._mm)) > _INK
        return int((fading_red & self.text).sum()) < _LEAST_TEXT_MM2 * square_mm

    @property
    def depth(self) -> float:
        """How dark the print is against its paper, 0 … 1, by the darker part of its pixels; 1 when there is none."""
        found = self._contrast[self.text]
        return float(np.percentile(found, 75)) if found.size else 1.0

    @cached_property
    def cut_edges(self) -> tuple[str, ...]:
        """Edges that several spots of a letter's size touch: print runs over them. A border is one long spot."""
        spots, (height, width), near = self._spots, self._gray.shape, max(1.0, _EDGE_MM * self._mm / 2)
        letter = self._is_large_enough & (np.maximum(spots.width, spots.height) < _LONG_MM * self._mm)
        touching = {
            "top": spots.top < near,
            "right": spots.left + spots.width > width - near,
            "bottom": spots.top + spots.height > height - near,
            "left": spots.left < near,
        }
        return tuple(
            edge for edge, touches in touching.items() if int((letter & touches).sum()) >= _CUT_LETTERS[edge]
        )

    @cached_property
    def sharpness(self) -> float:
        """How steep the edges of the print are, 0 … 1; 1 when there is none.

        The steepest slope at each edge over the contrast around it, so neither pale print nor little print counts as
        blurred: half of the contrast in one pixel at an ideal edge.
        """
        gray, around = self._gray, np.ones((9, 9), np.uint8)
        swing = cv2.subtract(cv2.dilate(gray, around), cv2.erode(gray, around))
        slope = cv2.max(_slope(gray, 1, 0), _slope(gray, 0, 1))
        steepest = slope == cv2.dilate(slope, np.ones((3, 3), np.uint8))
        edges = steepest & (swing > max(12.0, _EDGE_CONTRAST * self.paper)) & (slope > swing // 16)
        if int(edges.sum()) < _LEAST_TEXT_MM2 * self._mm**2:
            return 1.0
        ratio = float(np.percentile(slope[edges].astype(np.float32) / swing[edges], 75))
        return min(max((ratio - _FLAT) / (_STEEP - _FLAT), 0.0), 1.0)

    @cached_property
    def _is_large_enough(self) -> NDArray[np.bool_]:
        return np.asarray(self._spots.area > _DUST_MM2 * self._mm**2, np.bool_)

    @cached_property
    def _is_letter(self) -> NDArray[np.bool_]:
        spots, (height, width), near = self._spots, self._gray.shape, _EDGE_MM * self._mm
        right, bottom = spots.left + spots.width, spots.top + spots.height
        at_edge = (spots.left < near) | (spots.top < near) | (right > width - near) | (bottom > height - near)
        border = at_edge & (np.maximum(spots.width, spots.height) >= _LONG_MM * self._mm)
        streak = (spots.height > 0.5 * height) & (spots.width <= 1.5 * self._mm)
        return np.asarray(self._is_large_enough & ~border & ~streak & ~self._is_hole, np.bool_)

    @property
    def _is_hole(self) -> NDArray[np.bool_]:
        """Punch holes: solid round spots of some 6 mm within 20 mm of an edge (ISO 838)."""
        spots, (height, width), mm = self._spots, self._gray.shape, self._mm
        short, long = np.minimum(spots.width, spots.height), np.maximum(spots.width, spots.height)
        fits = (short >= 3.5 * mm) & (long <= 10 * mm) & (short >= 0.75 * long)
        solid = spots.area >= 0.68 * spots.width * spots.height
        across = np.minimum(spots.left, width - spots.left - spots.width)
        down = np.minimum(spots.top, height - spots.top - spots.height)
        return np.asarray(fits & solid & (np.minimum(across, down) < 20 * mm), np.bool_)


def ink_of(pixels: Pixels, dpi: int) -> Ink:
    """The ink of a page, gray or in colour, that has so many dots an inch."""
    scale = min(1.0, _DPI / dpi)
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = pixels if scale >= 1.0 else cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return Ink(_as_pixels(small), dpi * scale)


def background(gray: Pixels, mm: float) -> Pixels:
    """The brightness of the paper at each pixel, ink and letters taken away; `mm` is the pixels a millimetre."""
    height, width = gray.shape
    block = max(4, round(_PAPER_MM * mm))
    size = (max(1, width // block), max(1, height // block))
    bright = cv2.dilate(
        cv2.resize(gray, (size[0] * 4, size[1] * 4), interpolation=cv2.INTER_AREA), np.ones((5, 5))
    )
    smooth = cv2.medianBlur(cv2.resize(bright, size, interpolation=cv2.INTER_AREA), 5)
    return _as_pixels(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))


def contrast(gray: Pixels, paper: Pixels) -> NDArray[np.float32]:
    """How much darker each pixel is than its paper, as a share of it: 0 for paper, 1 for black."""
    return np.asarray(1.0 - gray / np.maximum(paper, 1).astype(np.float32), np.float32)


def _brightest(colours: Pixels) -> Pixels:
    """The brightest channel of each pixel, in which red and blue fade."""
    blue, green, red = cv2.split(colours)
    return _as_pixels(cv2.max(cv2.max(blue, green), red))


def _slope(gray: Pixels, across: int, down: int) -> Pixels:
    return _as_pixels(cv2.convertScaleAbs(cv2.Sobel(gray, cv2.CV_16S, across, down, ksize=1), alpha=0.5))


def _as_pixels(image: Any) -> Pixels:
    return np.asarray(image, np.uint8)
