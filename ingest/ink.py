"""Where the ink of a page lies, told apart from scanner borders, punch holes, dust and what shines through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.raster import Pixels

_DPI = 100  # at which ink is looked at: a letter of print is some 10 pixels high
_SHARP_DPI = 150  # at which edges are measured
_BLOCK = 16  # pixels over which the paper's brightness is taken as even
_INK = 0.22  # contrast from which a pixel is ink: what shines through the paper is paler
_DUST = 10  # pixels of area up to which a spot is dust
_LONG = 70  # pixels: longer than any letter, so a rule, a frame or a border
_EDGE = 2  # pixels from the edge that count as touching it
_LEAST_TEXT = 18  # pixels of ink that make a page: a single digit has about 20
_CUT_LETTERS = {"top": 5, "right": 3, "bottom": 5, "left": 3}  # a line of print is cut at many letters
_EDGE_CONTRAST = 60  # of 255 levels
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
    """One page at 100 dpi."""

    def __init__(self, small: Pixels, sharp: Pixels) -> None:
        self._small = small
        self._sharp = sharp
        self._background = background(small)
        paper = np.maximum(self._background, 1).astype(np.float32)
        self._contrast = 1.0 - small.astype(np.float32) / paper
        mask = (self._contrast > _INK).astype(np.uint8)
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
        keep = np.concatenate([[False], self._is_letter()])
        return np.asarray(keep[self._labels], np.bool_)

    @cached_property
    def is_blank(self) -> bool:
        return int(self.text.sum()) < _LEAST_TEXT

    @property
    def contrast(self) -> float:
        """How dark the print is against its paper, 0 … 1, by the darker part of its pixels; 1 when there is none."""
        found = self._contrast[self.text]
        return float(np.percentile(found, 75)) if found.size else 1.0

    @cached_property
    def cut_edges(self) -> tuple[str, ...]:
        """Edges that several spots of a letter's size touch: print runs over them. A border is one long spot."""
        spots, (height, width) = self._spots, self._small.shape
        letter = (spots.area > _DUST) & (spots.width < _LONG) & (spots.height < _LONG)
        touching = {
            "top": spots.top < _EDGE,
            "right": spots.left + spots.width > width - _EDGE,
            "bottom": spots.top + spots.height > height - _EDGE,
            "left": spots.left < _EDGE,
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
        gray = self._sharp
        window = np.ones((9, 9), np.uint8)
        around = cv2.subtract(cv2.dilate(gray, window), cv2.erode(gray, window))
        slope = cv2.max(
            cv2.convertScaleAbs(cv2.Sobel(gray, cv2.CV_16S, 1, 0, ksize=1), alpha=0.5),
            cv2.convertScaleAbs(cv2.Sobel(gray, cv2.CV_16S, 0, 1, ksize=1), alpha=0.5),
        )
        steepest = cv2.dilate(slope, np.ones((3, 3), np.uint8))
        at_edges = (around > _EDGE_CONTRAST) & (slope == steepest) & (slope > around // 16)
        if int(at_edges.sum()) < _LEAST_TEXT:
            return 1.0
        ratio = float(np.percentile(slope[at_edges].astype(np.float32) / around[at_edges], 75))
        return min(max((ratio - _FLAT) / (_STEEP - _FLAT), 0.0), 1.0)

    def _is_letter(self) -> NDArray[np.bool_]:
        spots, (height, width) = self._spots, self._small.shape
        right, bottom = spots.left + spots.width, spots.top + spots.height
        at_edge = (
            (spots.left < _EDGE) | (spots.top < _EDGE) | (right > width - _EDGE) | (bottom > height - _EDGE)
        )
        long = (spots.width >= _LONG) | (spots.height >= _LONG)
        streak = (spots.height > 0.8 * height) & (spots.width <= 4)
        letter = (spots.area > _DUST) & ~(at_edge & long) & ~streak & ~self._is_hole()
        return np.asarray(letter, np.bool_)

    def _is_hole(self) -> NDArray[np.bool_]:
        """Punch holes: solid round spots of some 6 mm within 20 mm of an edge (ISO 838)."""
        spots, (height, width) = self._spots, self._small.shape
        low, high, near = 14, 40, 80
        fits = (np.minimum(spots.width, spots.height) >= low) & (
            np.maximum(spots.width, spots.height) <= high
        )
        round_ = np.abs(spots.width - spots.height) <= 0.25 * np.maximum(spots.width, spots.height)
        solid = spots.area >= 0.68 * spots.width * spots.height
        across = np.minimum(spots.left, width - spots.left - spots.width) < near
        down = np.minimum(spots.top, height - spots.top - spots.height) < near
        return np.asarray(fits & round_ & solid & (across | down), np.bool_)


def ink_of(gray: Pixels, dpi: int) -> Ink:
    """The ink of a page that has so many dots an inch."""
    sharp = _reduced(gray, _SHARP_DPI / dpi)
    return Ink(_reduced(sharp, min(1.0, _DPI / min(dpi, _SHARP_DPI))), sharp)


def background(small: Pixels) -> Pixels:
    """The brightness of the paper at each pixel, ink and letters taken away."""
    height, width = small.shape
    size = (max(1, width // _BLOCK), max(1, height // _BLOCK))
    bright = cv2.dilate(
        cv2.resize(small, (size[0] * 4, size[1] * 4), interpolation=cv2.INTER_AREA), np.ones((5, 5))
    )
    smooth = cv2.medianBlur(cv2.resize(bright, size, interpolation=cv2.INTER_AREA), 5)
    return cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def _reduced(gray: Pixels, scale: float) -> Pixels:
    if scale >= 1.0:
        return gray
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    return cv2.resize(gray, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
