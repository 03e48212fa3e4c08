"""Finds the ink on a page: which pixels are print, and which of them are colour (seals, pens) rather than black."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.lossless import Pixels

_PAPER_DPI = 40  # at which the paper's brightness is looked for: noise is averaged away
_PAPER_INCHES = 0.4  # a window that holds some paper wherever there is print
_STROKE_INCHES = 0.08  # a window about as wide as a letter: its darkest point is ink
_PEAK_DPI = 75
_LEAST_CONTRAST = 20  # of 255: paper's own texture stays below
_LEAST_CHROMA = 40  # of 255: the fringes that a scanner and JPEG put round black print stay below
_INK_SHARE = (
    0.4  # of the local contrast: a little under half, as thin strokes never reach their own full darkness
)
_PRINT_DEPTH = 90  # percentile of the ink's contrast: that of print
_PALE_SHARE = 0.7  # of it: on a gray page, ink of less contrast is no print, or pale throughout
# Of the variance of the ink's contrast that two tones explain; one tone, cut in two, has 0.64.
_TWO_TONES = 0.75
_LEAST_COLOUR = 2e-4  # of the page: less is noise


@dataclass(frozen=True, slots=True)
class InkMasks:
    """Two masks of the page's size, 255 where there is ink of that kind, else 0; colour is None when there is none.

    On a gray page `colour` is what is paler than print: there a red seal is no more than that.
    """

    black: Pixels
    colour: Pixels | None

    @property
    def both(self) -> Pixels:
        return self.black if self.colour is None else cv2.bitwise_or(self.black, self.colour)

    def outside(self, zone: Pixels) -> InkMasks:
        """The same without the ink where the zone is not 0."""
        kept = cv2.bitwise_not(cv2.threshold(zone, 0, 255, cv2.THRESH_BINARY)[1])
        return InkMasks(
            cv2.bitwise_and(self.black, kept),
            None if self.colour is None else cv2.bitwise_and(self.colour, kept),
        )


def find_ink(pixels: Pixels, dpi: int) -> InkMasks:
    """The ink on gray or RGB pixels.

    The threshold follows the contrast of the print near by, so that pale print keeps its shape beside dark. Black
    ink passes it in every channel; red and blue leave one channel bright, and pass by colour alone where they are
    pale beside black.
    """
    if pixels.ndim == 2:
        return _gray_ink(pixels, dpi)
    red, green, blue = cv2.split(pixels)
    any_channel = _contrast(cv2.min(cv2.min(red, green), blue), dpi)
    every_channel = _contrast(cv2.max(cv2.max(red, green), blue), dpi)
    threshold = _threshold(any_channel, dpi, _LEAST_CONTRAST)
    black = cv2.compare(every_channel, threshold, cv2.CMP_GT)
    chroma = cv2.subtract(any_channel, every_channel)
    vivid = cv2.compare(chroma, _threshold(chroma, dpi, _LEAST_CHROMA), cv2.CMP_GT)
    dark = cv2.compare(any_channel, threshold, cv2.CMP_GT)
    ink = _without_specks(cv2.bitwise_or(dark, _broad(cv2.bitwise_and(vivid, cv2.bitwise_not(black)))))
    return _parted(ink, black)


def _gray_ink(pixels: Pixels, dpi: int) -> InkMasks:
    """The ink on gray pixels: what is paler than print, a seal above all, takes the place of coloured ink."""
    contrast = _contrast(pixels, dpi)
    ink = _without_specks(cv2.compare(contrast, _threshold(contrast, dpi, _LEAST_CONTRAST), cv2.CMP_GT))
    depths = contrast[cv2.erode(ink, np.ones((3, 3), np.uint8)) > 0]
    if not depths.size:
        return InkMasks(ink, None)
    return _parted(ink, cv2.threshold(contrast, _print_from(depths), 255, cv2.THRESH_BINARY)[1])


def _print_from(depths: Pixels) -> float:
    """The contrast from which the ink of a gray page is print: between its two tones where it has two."""
    between, _ = cv2.threshold(depths, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    pale, dark = depths[depths <= between], depths[depths > between]
    if dark.size and pale.size:
        gap = float(dark.mean()) - float(pale.mean())
        if pale.size * dark.size / depths.size**2 * gap**2 >= _TWO_TONES * float(depths.var()):
            return between
    return _PALE_SHARE * float(np.percentile(depths, _PRINT_DEPTH))


def _parted(ink: Pixels, black: Pixels) -> InkMasks:
    """Ink as black and other ink; of the second only broad strokes."""
    other = _broad(cv2.bitwise_and(ink, cv2.bitwise_not(black)))
    if cv2.countNonZero(other) < _LEAST_COLOUR * other.size:
        return InkMasks(ink, None)
    return InkMasks(cv2.bitwise_xor(ink, other), other)


def shrunk(pixels: Pixels, factor: float) -> Pixels:
    """The picture at a smaller scale, each pixel the mean of its area; as it is for a factor of 1 or more."""
    if factor >= 1.0:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def grown(pixels: Pixels, like: Pixels) -> Pixels:
    """The picture enlarged to the size of another."""
    return cv2.resize(pixels, (like.shape[1], like.shape[0]), interpolation=cv2.INTER_LINEAR)


def _contrast(channel: Pixels, dpi: int) -> Pixels:
    """How much darker each pixel is than the paper around it."""
    small = shrunk(channel, _PAPER_DPI / dpi)
    reach = _odd(_PAPER_INCHES * _PAPER_DPI)
    level = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    return cv2.subtract(grown(cv2.blur(level, (5, 5)), channel), channel)


def _threshold(contrast: Pixels, dpi: int, least: int) -> Pixels:
    """A share of the strongest contrast near by, and never under the least."""
    step = max(1, dpi // _PEAK_DPI)
    peaks = cv2.dilate(contrast, np.ones((step, step), np.uint8))[::step, ::step]
    reach = _odd(_STROKE_INCHES * dpi / step)
    peaks = cv2.blur(cv2.dilate(peaks, np.ones((reach, reach), np.uint8)), (reach, reach))
    threshold = cv2.max(cv2.convertScaleAbs(peaks, alpha=_INK_SHARE), np.full_like(peaks, least))
    return grown(threshold, contrast)


def _broad(coloured: Pixels) -> Pixels:
    """Only strokes of three pixels and more: an edge of black print has a coloured fringe that is thinner."""
    cores = cv2.erode(coloured, np.ones((3, 3), np.uint8))
    return cv2.bitwise_and(coloured, cv2.dilate(cores, np.ones((7, 7), np.uint8)))


def _without_specks(ink: Pixels) -> Pixels:
    """One or two dark pixels alone are noise; the dot of an i has more."""
    neighbours = cv2.boxFilter(ink & 1, cv2.CV_8U, (3, 3), normalize=False)
    return cv2.bitwise_and(ink, cv2.threshold(neighbours, 2, 255, cv2.THRESH_BINARY)[1])


def _odd(pixels: float) -> int:
    return max(3, round(pixels)) | 1
