"""The small copy of a page for screens: 1-bit masks of the ink over coarse layers of colour.

Print is sharp in black and white and smooth in colour, so the shape of the ink keeps the scan's full resolution
(CCITT G4: no pattern is ever replaced by a similar one) and its colour needs little (mixed raster content, ITU-T
T.44). Black and coloured ink have a layer each, so that a signature stays black where it crosses a red seal. A page
that this model does not fit, a photograph above all, becomes a moderate JPEG.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.ink import InkMasks, find_ink, grown, shrunk
from ocr.lossless import PdfImage, Pixels, bilevel_pixels, colour_pixels, fax, is_bilevel, opened_image
from ocr.rendering import similarity_map

Plane = NDArray[Any]  # like Pixels, but of 32-bit floats

_SHEET_INCHES = 11.69  # the long side of A4, for a page whose resolution is not known
_PAPER_DPI, _INK_DPI = 100, 50  # of the coarse layers
_PAPER_QUALITY, _INK_QUALITY = 55, 60
_PHOTO_QUALITY, _PHOTO_DPI = 60, 200
_JUDGED_DPI = 150  # at which layers and page are compared
_LEAST_LIKENESS = 0.5  # of a tile; below, it is a picture and not print
_MOST_PICTURE = 0.15  # of the page
_STROKES = (3, 3)  # coarse pixels over which the colour of ink is taken
_AROUND_INK = np.ones((5, 5), np.uint8)  # pixels that an edge of ink has darkened


@dataclass(frozen=True, slots=True)
class Layers:
    """A page taken apart: masks of its full size, and coarse colours (gray or RGB) under and of the ink."""

    masks: InkMasks
    paper: Pixels
    black: Pixels
    colour: Pixels | None  # of the coloured ink; None when there is none


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
    if picture_share(layers, pixels, dpi) > _MOST_PICTURE:
        return [moderate_jpeg(pixels, dpi)]
    return _drawn(layers)


def moderate_jpeg(pixels: Pixels, dpi: int) -> PdfImage:
    """The page as one JPEG of at most 200 dpi."""
    return jpeg(shrunk(pixels, _PHOTO_DPI / dpi), _PHOTO_QUALITY)


def jpeg(pixels: Pixels, quality: int, mask: Pixels | None = None) -> PdfImage:
    """Gray or RGB pixels as a JPEG stream, shown only where the mask (any size, 255 = ink) lets them through."""
    ordered = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    if mask is not None:  # colour next to colour is what an ink layer is for
        options += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
    done, data = cv2.imencode(".jpg", ordered, options)
    assert done, "an image in memory can be encoded"
    height, width = pixels.shape[:2]
    colour = "DeviceGray" if pixels.ndim == 2 else "DeviceRGB"
    stencil = fax(mask > 0, stencil=True) if mask is not None else None
    return PdfImage(data.tobytes(), width, height, "DCTDecode", colour, mask=stencil)


def take_apart(pixels: Pixels, dpi: int) -> Layers:
    """Finds the ink and gives each layer the colours with which all of them together have the page's own means."""
    masks = find_ink(pixels, dpi)
    page = shrunk(pixels, _PAPER_DPI / dpi).astype(np.float32)
    near_ink = _share(cv2.dilate(masks.both, _AROUND_INK), _PAPER_DPI / dpi)
    clear = (near_ink == 0).astype(np.float32)
    paper = _filled(page * _like(clear, page), clear)
    black, colour = _ink_colours(masks, page - paper, paper, min(1.0, _INK_DPI / dpi))
    return Layers(masks, _bytes(paper), black, colour)


def _ink_colours(masks: InkMasks, added: Plane, paper: Plane, factor: float) -> tuple[Pixels, Pixels | None]:
    """The colours of both inks from what they add to the paper's: ink on a share of an area adds that share of its own.

    Where both meet, black takes its colour from around, and coloured ink accounts for what is left.
    """
    black = _share(masks.black, factor)
    added, paper = (
        cv2.resize(plane, black.shape[::-1], interpolation=cv2.INTER_AREA) for plane in (added, paper)
    )
    if masks.colour is None:
        return _bytes(paper + _smooth_ratio(added, black)), None
    coloured = _share(masks.colour, factor)
    alone = (coloured == 0).astype(np.float32)
    black_adds = _smooth_ratio(added * _like(alone, added), black * alone)
    colour_adds = _smooth_ratio(added - black_adds * _like(black, added), coloured)
    return _bytes(paper + black_adds), _bytes(paper + colour_adds)


def picture_share(layers: Layers, pixels: Pixels, dpi: int) -> float:
    """The share of the page where the layers put together do not have its structure, 0 … 1."""
    page = _gray(shrunk(pixels, _JUDGED_DPI / dpi))
    together = put_together(layers, page)
    similar = shrunk(similarity_map(page, together), 1 / 16)
    return float(np.mean(similar < _LEAST_LIKENESS))


def put_together(layers: Layers, like: Pixels) -> Pixels:
    """What the layers show, in gray, at the size of another picture."""
    shown = grown(_gray(layers.paper), like).astype(np.float32)
    inks = [(layers.masks.black, layers.black), (layers.masks.colour, layers.colour)]
    for mask, colour in inks:
        if mask is not None and colour is not None:
            share = cv2.resize(
                mask, (like.shape[1], like.shape[0]), interpolation=cv2.INTER_AREA
            ) / np.float32(255)
            shown += (grown(_gray(colour), like) - shown) * share
    return shown


def _drawn(layers: Layers) -> list[PdfImage]:
    images = [jpeg(layers.paper, _PAPER_QUALITY)]
    if layers.masks.black.any():
        images.append(jpeg(layers.black, _INK_QUALITY, layers.masks.black))
    if layers.colour is not None:
        images.append(jpeg(layers.colour, _INK_QUALITY, layers.masks.colour))
    return images


def _share(mask: Pixels, factor: float) -> Plane:
    """How much of each coarse pixel the mask covers, 0 … 1."""
    covered: Plane = shrunk(mask, factor).astype(np.float32) / 255
    return covered


def _smooth_ratio(total: Plane, weight: Plane) -> Plane:
    """total ÷ weight over a few coarse pixels: one alone may hold the blurred edge of ink and none of its mask."""
    return _filled(cv2.blur(total, _STROKES), cv2.blur(weight, _STROKES))


def _filled(total: Plane, weight: Plane) -> Plane:
    """total ÷ weight where there is weight; elsewhere the mean of the surroundings, wider until there is one."""
    if min(weight.shape) <= 2:
        own: Plane = total / np.maximum(_like(weight, total), 1e-3)
        return own
    size = (max(1, weight.shape[1] // 2), max(1, weight.shape[0] // 2))
    coarse = _filled(*(cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in (total, weight)))
    trust = _like(np.minimum(weight * 4, 1), total)
    own = total / np.maximum(_like(weight, total), 1e-3)
    filled: Plane = own * trust + grown(coarse, total) * (1 - trust)
    return filled


def _like(weight: Plane, plane: Plane) -> Plane:
    return weight if plane.ndim == 2 else weight[..., np.newaxis]


def _gray(pixels: Pixels) -> Pixels:
    return pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)


def _bytes(plane: Plane) -> Pixels:
    return np.clip(np.rint(plane), 0, 255).astype(np.uint8)
