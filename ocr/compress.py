"""The small copy of a page for screens: 1-bit masks of the ink over coarse layers of colour.

Print is sharp in black and white and smooth in colour, so the shape of the ink keeps the scan's full resolution
(CCITT G4: no pattern is ever replaced by a similar one) and its colour needs little (mixed raster content, ITU-T
T.44). Black and coloured ink have a layer each, so that a signature stays black where it crosses a red seal. A page
that this model does not fit, a photograph above all, becomes a moderate JPEG.
"""

from __future__ import annotations

import cv2

from ocr.ink import shrunk
from ocr.layers import Layers, take_apart
from ocr.lossless import (
    PageImage,
    PdfImage,
    Pixels,
    bilevel_pixels,
    colour_pixels,
    fax,
    is_bilevel,
    opened_image,
)

_SHEET_INCHES = 11.69  # the long side of A4, for a page whose resolution is not known
_MASK_DPI, _MOST_ENLARGED = 300, 2.0  # the mask's least resolution, and how far a page is enlarged for it
_PAPER_QUALITY, _INK_QUALITY = 55, 60
_PHOTO_QUALITY, _PHOTO_DPI = 60, 200
_MOST_MISFIT = 0.01  # of the page; a page of print has 0.02 %
_MOST_BYTES = 0.025  # a pixel of the mask, 210 KiB for A4; a page of print takes half of it


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
    layers, misfit = take_apart(page, round(dpi * factor))
    drawn = _drawn(layers)
    if misfit <= _MOST_MISFIT and _stored(drawn) <= _MOST_BYTES * layers.masks.black.size:
        return drawn
    photo = [moderate_jpeg(pixels, dpi)]
    return photo if misfit > _MOST_MISFIT else min(drawn, photo, key=_stored)


def _stored(images: list[PdfImage]) -> int:
    return sum(image.stored for image in images)


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


def _drawn(layers: Layers) -> list[PdfImage]:
    images = [jpeg(layers.paper, _PAPER_QUALITY)]
    if layers.masks.black.any():
        images.append(jpeg(layers.black, _INK_QUALITY, layers.masks.black))
    if layers.colour is not None:
        images.append(jpeg(layers.colour, _INK_QUALITY, layers.masks.colour))
    return images
