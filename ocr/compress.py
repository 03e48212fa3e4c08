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
from ocr.lossless import (
    Ink,
    PageImage,
    PdfImage,
    Pixels,
    bilevel_pixels,
    colour_pixels,
    fax,
    is_bilevel,
    opened_image,
)
from ocr.rendering import similarity_map

Plane = NDArray[Any]  # like Pixels, but of 32-bit floats

_SHEET_INCHES = 11.69  # the long side of A4, for a page whose resolution is not known
_PAPER_DPI, _INK_DPI = 100, 50  # of the coarse layers
_MASK_DPI, _MOST_ENLARGED = 300, 2.0  # the mask's least resolution, and how far a page is enlarged for it
_PAPER_QUALITY, _INK_QUALITY = 55, 60
_PHOTO_QUALITY, _PHOTO_DPI = 60, 200
_PICTURE_DPI = 150  # of the paper's layer when it holds a picture
_JUDGED_DPI, _TILE = 150, 16  # at which layers and page are compared, and the side of a tile there, in pixels
_GOOD_LIKENESS, _MOST_PICTURE = (
    0.7,
    0.03,
)  # print is above but for 0.3 % of its tiles, a photograph for 6 % and more
_LEAST_LIKENESS = (
    0.5  # of a tile; below, it holds a picture, or pale print on dark, and is left to the paper's layer
)
_PATCH = 1 / 8  # the scale at which print is not solid and a dark ground is
_STROKES = (3, 3)  # coarse pixels over which the colour of ink is taken
_AROUND_INK = np.ones((5, 5), np.uint8)  # pixels that an edge of ink has darkened


@dataclass(frozen=True, slots=True)
class Layers:
    """A page taken apart: masks of its full size, and coarse colours (gray or RGB) under and of the ink."""

    masks: InkMasks
    paper: Pixels
    black: Pixels
    colour: Pixels | None  # of the coloured ink; None when there is none


def layered(image: bytes, dpi: int = 0) -> PageImage:
    """The access copy of a page's image.

    Raises like `lossless`. `dpi` is the scan's resolution, 0 when it is not known.
    """
    opened = opened_image(image)
    if is_bilevel(opened):
        return PageImage([fax(bilevel_pixels(opened))], *opened.size)
    dpi = dpi or max(36, round(max(opened.size) / _SHEET_INCHES))
    return PageImage(_images(colour_pixels(opened), dpi), *opened.size)


def _images(pixels: Pixels, dpi: int) -> list[PdfImage]:
    """Layers, or one JPEG for a page that layers do not fit.

    A scan of few dots an inch holds its shapes in shades of gray: enlarged, they become the shape of the mask.
    """
    factor = min(_MOST_ENLARGED, max(1.0, _MASK_DPI / dpi))
    size = (round(pixels.shape[1] * factor), round(pixels.shape[0] * factor))
    page = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC) if factor > 1 else pixels
    masks = find_ink(page, round(dpi * factor))
    layers = take_apart(page, masks, round(dpi * factor))
    similar = tile_likeness(layers, page, round(dpi * factor))
    if float(np.mean(similar < _GOOD_LIKENESS)) > _MOST_PICTURE:
        return [moderate_jpeg(pixels, dpi)]
    if (similar < _LEAST_LIKENESS).any():
        masks = masks.outside(_pictures(similar < _LEAST_LIKENESS, masks.both))
        layers = take_apart(page, masks, round(dpi * factor), _PICTURE_DPI)
    return _drawn(layers)


def _pictures(tiles: Ink, ink: Pixels) -> Pixels:
    """255 around these tiles and over each solid patch of ink that they touch, at the size of the ink's mask."""
    zone = cv2.dilate(tiles * np.uint8(255), np.ones((3, 3), np.uint8))
    solid = (shrunk(ink, _PATCH) > 127).astype(np.uint8)
    zone = cv2.resize(zone, solid.shape[::-1], interpolation=cv2.INTER_NEAREST)
    _, patches = cv2.connectedComponents(solid)
    touched = np.isin(patches, np.unique(patches[(zone > 0) & (solid > 0)]))
    zone = np.where(touched & (solid > 0), np.uint8(255), zone)
    return grown(cv2.dilate(zone, np.ones((3, 3), np.uint8)), ink)


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


def take_apart(pixels: Pixels, masks: InkMasks, dpi: int, paper_dpi: int = _PAPER_DPI) -> Layers:
    """Gives each layer the colours with which all of them together have the page's own means."""
    factor = paper_dpi / dpi
    page = shrunk(pixels, factor).astype(np.float32)
    near_ink = _share(cv2.dilate(masks.both, _AROUND_INK), factor)
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


def tile_likeness(layers: Layers, pixels: Pixels, dpi: int) -> Plane:
    """How far the layers put together have the page's structure, -1 … 1, for each tile of a few millimetres."""
    page = _gray(shrunk(pixels, _JUDGED_DPI / dpi))
    return shrunk(similarity_map(page, put_together(layers, page)), 1 / _TILE)


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
