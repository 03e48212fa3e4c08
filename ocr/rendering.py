"""Looks at a written PDF as a reader would and says how like the scan each page is.

Validators of PDF/A do not decode images: a file can be valid and show nothing. So what is filed is drawn first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocr.lossless import Pixels, colour_pixels, opened_image
from records.errors import FilingFailed

_LONG_SIDE = 1200  # pixels at which pages are compared: 100 dpi on A4, where lines of print are still lines
_WINDOW = 11  # pixels of the comparison's local means (Wang et al. 2004)
_LEAST_CONTRAST = 8.0  # of 255; the grain of paper stays below at the size of the comparison
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def check_rendering(pdf: bytes | Path, images: Iterable[bytes], rotations: Iterable[int]) -> list[float]:
    """For each page its likeness to its scan, turned clockwise by its rotation: 1 for the same, towards 0.

    Raises FilingFailed when the PDF cannot be drawn or has another number of pages.
    """
    try:
        with pdfium.PdfDocument(pdf) as document:
            expected = [
                _likeness(document[number], image, rotation)
                for number, (image, rotation) in enumerate(zip(images, rotations, strict=True))
            ]
            if len(expected) != len(document):
                raise FilingFailed("the written PDF has more pages than were asked for")
            return expected
    except (pdfium.PdfiumError, IndexError) as why:
        raise FilingFailed("the written PDF cannot be drawn") from why


def likeness(one: Pixels, other: Pixels, *, tiled: bool = False) -> float:
    """How like two pictures of one size are, RGB or gray: 1 for the same, about 0 for strangers.

    The mean of their structural similarity (after Wang et al., Image quality assessment, 2004, with a flat window)
    where at least one of them shows something: white paper is like white paper on any page. `tiled` looks at
    windows side by side only, which is as good for a whole page and costs a quarter.
    """
    moments = _Moments.of(one, other, _tile_mean if tiled else _mean)
    similar = moments.similarity()
    shows = moments.variance > _LEAST_CONTRAST * _LEAST_CONTRAST
    return float(np.mean(similar[shows])) if shows.any() else float(np.mean(similar))


def similarity_map(one: Pixels, other: Pixels, grain: float = 0.0) -> Pixels:
    """The structural similarity around each pixel, -1 … 1, as 32-bit floats in the shape of the pictures.

    Contrast of less than `grain` (a standard deviation, of 255) counts for little: so much is noise.
    """
    return _Moments.of(one, other, _mean).similarity(grain)


@dataclass(frozen=True, slots=True)
class _Moments:
    """Local means of two pictures, from which all that is asked follows."""

    product: Pixels  # of the two means
    squares: Pixels  # of both means, added
    spread: Pixels  # the two variances, added
    variance: Pixels  # the larger of the two
    together: Pixels  # the covariance

    @classmethod
    def of(cls, one: Pixels, other: Pixels, mean: Callable[[Pixels], Pixels]) -> _Moments:
        a, b = one.astype(np.float32), other.astype(np.float32)
        mean_a, mean_b = mean(a), mean(b)
        square_a, square_b, product = mean_a * mean_a, mean_b * mean_b, mean_a * mean_b
        variance_a, variance_b = mean(a * a) - square_a, mean(b * b) - square_b
        return cls(
            product,
            square_a + square_b,
            variance_a + variance_b,
            np.maximum(variance_a, variance_b),
            mean(a * b) - product,
        )

    def similarity(self, grain: float = 0.0) -> Pixels:
        least = _C2 + grain * grain
        similar: Pixels = ((2 * self.product + _C1) * (2 * self.together + least)) / (
            (self.squares + _C1) * (self.spread + least)
        )
        return similar


def _mean(plane: Pixels) -> Pixels:
    """Around each pixel."""
    mean: Pixels = cv2.blur(plane, (_WINDOW, _WINDOW))
    return mean


def _tile_mean(plane: Pixels) -> Pixels:
    """Of windows side by side; those at the right and lower edge may share a column or row of pixels."""
    height, width = plane.shape[:2]
    size = (max(1, round(width / _WINDOW)), max(1, round(height / _WINDOW)))
    mean: Pixels = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    return mean


def _likeness(page: pdfium.PdfPage, image: bytes, rotation: int) -> float:
    scan = np.ascontiguousarray(np.rot90(colour_pixels(opened_image(image)), -rotation // 90))
    factor = min(1.0, _LONG_SIDE / max(scan.shape[:2]))
    size = (max(1, round(scan.shape[1] * factor)), max(1, round(scan.shape[0] * factor)))
    shown = drawn(page, size)
    if scan.ndim == 2 and _is_gray(shown):
        return likeness(_fitted(scan, size), shown[..., 0], tiled=True)
    return likeness(_fitted(_rgb(scan), size), shown, tiled=True)


def _is_gray(pixels: Pixels) -> bool:
    """Whether all channels say the same, so that one of them says all."""
    red, green, blue = cv2.split(pixels)
    return np.array_equal(red, green) and np.array_equal(green, blue)


def drawn(page: pdfium.PdfPage, size: tuple[int, int]) -> Pixels:
    """The page in RGB, fitted to exactly this width and height: a rounded scale would shift it by half a pixel."""
    bitmap = pdfium.PdfBitmap.new_native(*size, pdfium_c.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
    pdfium_c.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, pdfium_c.FPDF_ANNOT)
    return np.ascontiguousarray(bitmap.to_numpy()[..., 2::-1])


def _fitted(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def _rgb(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(pixels if pixels.ndim == 3 else np.stack([pixels] * 3, axis=-1))
