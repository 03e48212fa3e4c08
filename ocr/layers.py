"""Takes a page apart into ink masks and coarse layers of colour, and puts them together again to compare.

The layers are those of mixed raster content (ITU-T T.44): the shape of the ink at full resolution, the colours of
paper and inks at a coarse one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.ink import InkMasks, find_ink, grown, shrunk
from ocr.lossless import Ink, Pixels
from ocr.rendering import similarity_map

Plane = NDArray[Any]  # like Pixels, but of 32-bit floats

_PAPER_DPI, _INK_DPI = 100, 50  # of the coarse layers
_PICTURE_DPI = 150  # of the paper's layer when it holds a picture
_JUDGED_DPI, _TILE = 150, 16  # at which layers and page are compared, and the side of a tile there, in pixels
_GRAIN = 15.0  # of 255: the standard deviation that the noise of paper and scanner may have
_LEAST_LIKENESS = 0.6  # of a tile; below, it holds a picture, or pale print on dark
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


def take_apart(pixels: Pixels, dpi: int) -> tuple[Layers, float]:
    """The layers of a page, and the share of it that they do not fit, 0 … 1.

    Where ink over paper does not explain what is there, in a small picture or in white print on a dark row, the ink
    is left to the paper's layer, which is finer then.
    """
    masks = find_ink(pixels, dpi)
    layers = _with_colours(pixels, masks, dpi, _PAPER_DPI)
    misfits = _tile_likeness(layers, pixels, dpi) < _LEAST_LIKENESS
    if misfits.any():
        masks = masks.outside(_pictures(misfits, masks.both))
        layers = _with_colours(pixels, masks, dpi, _PICTURE_DPI)
    return layers, float(np.mean(misfits))


def _pictures(tiles: Ink, ink: Pixels) -> Pixels:
    """255 around these tiles and over each solid patch of ink that they touch, at the size of the ink's mask."""
    zone = cv2.dilate(tiles * np.uint8(255), np.ones((3, 3), np.uint8))
    solid = (shrunk(ink, _PATCH) > 127).astype(np.uint8)
    zone = cv2.resize(zone, solid.shape[::-1], interpolation=cv2.INTER_NEAREST)
    _, patches = cv2.connectedComponents(solid)
    touched = np.isin(patches, np.unique(patches[(zone > 0) & (solid > 0)]))
    zone = np.where(touched & (solid > 0), np.uint8(255), zone)
    return grown(cv2.dilate(zone, np.ones((3, 3), np.uint8)), ink)


def _with_colours(pixels: Pixels, masks: InkMasks, dpi: int, paper_dpi: int) -> Layers:
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


def _tile_likeness(layers: Layers, pixels: Pixels, dpi: int) -> Plane:
    """How far the layers put together have the page's structure, -1 … 1, for each tile of a few millimetres."""
    page = _gray(shrunk(pixels, _JUDGED_DPI / dpi))
    return shrunk(similarity_map(page, _put_together(layers, page), _GRAIN), 1 / _TILE)


def _put_together(layers: Layers, like: Pixels) -> Pixels:
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
