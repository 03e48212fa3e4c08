"""The small copy of a page for screens: a 1-bit mask of the ink over two coarse layers of colour.

Print is sharp in black and white and smooth in colour, so the shape of the ink keeps the scan's full resolution
(CCITT G4, no pattern is ever replaced by a similar one) and its colour needs little (mixed raster content,
ITU-T T.44). A page that this model does not fit, a photograph above all, becomes a moderate JPEG.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.lossless import Ink, PdfImage, Pixels, bilevel_pixels, colour_pixels, fax, is_bilevel, opened_image

Plane = NDArray[Any]  # like Pixels, but of 32-bit floats

_SHEET_INCHES = 11.69  # the long side of A4, for a page whose resolution is not known
_COLOUR_DPI = 100  # of the coarse layers: a seal's ring still has its colour at 75, a thin pen needs more
_PAPER_INCHES = 0.4  # a window that holds some paper wherever there is print
_STROKE_INCHES = 0.08  # a window about as wide as a letter: its darkest point is ink
_LEAST_CONTRAST = 20.0  # of 255: paper's own texture stays below
_INK_SHARE = 0.5  # of the local contrast: half way is where an edge that the scanner blurred stood
_BACKGROUND_QUALITY, _INK_QUALITY = 45, 40
_PHOTO_QUALITY, _PHOTO_DPI = 60, 200
_MOST_MISFIT = 12.0  # of 255: mean error of the tiles that fit worst, above which layers hurt


@dataclass(frozen=True, slots=True)
class Layers:
    """A page taken apart: where the ink is (full size), the colour under it and of it (coarse, RGB or gray)."""

    ink: Ink
    background: Pixels
    foreground: Pixels
    misfit: float  # how far the layers put together are from the page, 0 … 255


def layered(image: bytes, dpi: int = 0) -> list[PdfImage]:
    """The images to draw one over another for the access copy of a page.

    Raises like `lossless`. `dpi` is the scan's resolution, 0 when it is not known.
    """
    opened = opened_image(image)
    if is_bilevel(opened):
        return [fax(bilevel_pixels(opened))]
    pixels = colour_pixels(opened)
    dpi = dpi or max(36, round(max(pixels.shape[:2]) / _SHEET_INCHES))
    layers = take_apart(pixels, dpi)
    if layers.misfit > _MOST_MISFIT:
        return [moderate_jpeg(pixels, dpi)]
    background = jpeg(layers.background, _BACKGROUND_QUALITY)
    if not layers.ink.any():
        return [background]
    foreground = jpeg(layers.foreground, _INK_QUALITY, mask=fax(layers.ink, stencil=True))
    return [background, foreground]


def moderate_jpeg(pixels: Pixels, dpi: int) -> PdfImage:
    """The page as one JPEG of at most 200 dpi."""
    factor = min(1.0, _PHOTO_DPI / dpi)
    return jpeg(_shrunk(pixels, factor), _PHOTO_QUALITY)


def jpeg(pixels: Pixels, quality: int, mask: PdfImage | None = None) -> PdfImage:
    """Gray or RGB pixels as a JPEG stream; the same bytes for the same pixels."""
    ordered = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    done, data = cv2.imencode(".jpg", ordered, options)
    assert done, "an image in memory can be encoded"
    height, width = pixels.shape[:2]
    colour = "DeviceGray" if pixels.ndim == 2 else "DeviceRGB"
    return PdfImage(data.tobytes(), width, height, "DCTDecode", colour, mask=mask)


def take_apart(pixels: Pixels, dpi: int) -> Layers:
    """Finds the ink and fits both colour layers to the page."""
    ink = find_ink(pixels, dpi)
    factor = min(1.0, _COLOUR_DPI / dpi)
    around = cv2.dilate(ink, np.ones((5, 5), np.uint8))
    page = _shrunk(pixels, factor)
    paper = _spread(pixels, cv2.bitwise_not(around), factor)
    colour = _spread(pixels, ink, factor)
    coverage = _shrunk(ink, factor).astype(np.float32) / 255
    together = colour * _as(coverage, colour) + paper * _as(1 - coverage, paper)
    return Layers(ink > 0, _bytes(paper), _bytes(colour), _misfit(together, page))


def find_ink(pixels: Pixels, dpi: int) -> Pixels:
    """255 where a pixel is darker or more coloured than the paper around it, else 0.

    The threshold follows the contrast of the print near by, so that pale print keeps its shape beside dark.
    """
    darkest = pixels if pixels.ndim == 2 else cv2.min(cv2.min(pixels[..., 0], pixels[..., 1]), pixels[..., 2])
    contrast = cv2.subtract(_paper_level(darkest, dpi), darkest)
    step = max(1, dpi // 75)
    peaks = cv2.dilate(contrast, np.ones((step, step), np.uint8))[::step, ::step]
    reach = max(3, round(_STROKE_INCHES * dpi / step)) | 1
    peaks = cv2.blur(cv2.dilate(peaks, np.ones((reach, reach), np.uint8)), (reach, reach))
    threshold = np.maximum(peaks.astype(np.float32) * _INK_SHARE, _LEAST_CONTRAST).astype(np.uint8)
    threshold = cv2.resize(threshold, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    ink = cv2.compare(contrast, threshold, cv2.CMP_GT)
    return _without_specks(ink)


def _paper_level(darkest: Pixels, dpi: int) -> Pixels:
    """How bright the paper is around each pixel: the local maximum of a coarse, and so quiet, copy."""
    small = _shrunk(darkest, min(1.0, 40 / dpi))
    reach = max(3, round(_PAPER_INCHES * 40)) | 1
    level = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), (5, 5))
    return cv2.resize(level, (darkest.shape[1], darkest.shape[0]), interpolation=cv2.INTER_LINEAR)


def _without_specks(ink: Pixels) -> Pixels:
    """One or two dark pixels alone are noise; the dot of an i has more."""
    neighbours = cv2.boxFilter(ink // 255, cv2.CV_8U, (3, 3), normalize=False)
    return cv2.bitwise_and(ink, cv2.threshold(neighbours, 2, 255, cv2.THRESH_BINARY)[1])


def _shrunk(pixels: Pixels, factor: float) -> Pixels:
    if factor >= 1.0:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def _spread(pixels: Pixels, where: Pixels, factor: float) -> Plane:
    """A coarse copy of only the pixels under `where`, spread smoothly over the places that have none."""
    kept = cv2.bitwise_and(pixels, pixels, mask=where)
    total = _shrunk(kept, factor).astype(np.float32)
    weight = _shrunk(where, factor).astype(np.float32) / 255
    return _fill(total, weight)


def _fill(total: Plane, weight: Plane) -> Plane:
    """total ÷ weight where there is weight; elsewhere the mean of the surroundings, wider until there is one."""
    if min(weight.shape) <= 2:
        return total / np.maximum(_as(weight, total), 1e-3)
    size = (max(1, weight.shape[1] // 2), max(1, weight.shape[0] // 2))
    coarse = _fill(*(cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in (total, weight)))
    wide = cv2.resize(coarse, (weight.shape[1], weight.shape[0]), interpolation=cv2.INTER_LINEAR)
    trust = _as(np.clip(weight * 4, 0, 1), total)
    own = total / np.maximum(_as(weight, total), 1e-3)
    filled: Plane = own * trust + wide * (1 - trust)
    return filled


def _as(weight: Plane, like: Plane) -> Plane:
    return weight if like.ndim == 2 else weight[..., np.newaxis]


def _bytes(plane: Plane) -> Pixels:
    return np.clip(np.rint(plane), 0, 255).astype(np.uint8)


def _misfit(together: Plane, page: Pixels) -> float:
    """The mean error of the worst hundredth of the page, by tiles."""
    error = cv2.absdiff(together, page.astype(np.float32))
    tiles = _shrunk(error if error.ndim == 2 else error.max(axis=2), 1 / 16)
    return float(np.percentile(tiles, 99))
