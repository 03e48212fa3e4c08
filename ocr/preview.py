"""A small picture of a page for the screen: scaled and turned, as JPEG."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.engine import Image
from ocr.images import load_image
from records.errors import DamagedFile, InvalidValue, RecognitionFailed

NARROWEST, WIDEST = 16, 4000  # pixels
_TALLEST = 12_000  # pixels; a strip of paper does not become a tower
_QUALITY = 82  # of the JPEG; letters of 8 points stay clean
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def preview_jpeg(data: bytes, media_type: str, width: int, rotation: int = 0) -> bytes:
    """A stored page image as a JPEG of at most this width (pixels, as shown), turned clockwise by `rotation` degrees.

    Never enlarges. Raises InvalidValue for another width or turn, DamagedFile when the image cannot be opened.
    """
    if not NARROWEST <= width <= WIDEST or rotation not in (0, *_TURNS):
        raise InvalidValue(f"a width is {NARROWEST} to {WIDEST}, a rotation 0, 90, 180 or 270")
    try:
        image = load_image(data, media_type)
    except RecognitionFailed:
        raise DamagedFile("the page's image cannot be shown") from None
    shown = _scaled(image, width, sideways=rotation in (90, 270))
    return _jpeg(_as_bytes(cv2.rotate(shown, _TURNS[rotation])) if rotation else shown)


def _scaled(image: Image, width: int, *, sideways: bool) -> Image:
    """The image so that it is `width` wide once it is turned."""
    high, wide = image.shape[:2]
    across, along = (high, wide) if sideways else (wide, high)
    factor = min(1.0, width / across, _TALLEST / along)
    if factor == 1.0:
        return image
    size = (max(1, round(wide * factor)), max(1, round(high * factor)))
    return _as_bytes(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def _as_bytes(pixels: cv2.typing.MatLike) -> Image:
    return pixels.astype(np.uint8, copy=False)


def _jpeg(image: Image) -> bytes:
    pixels = image if image.ndim == 2 else image[:, :, ::-1]  # OpenCV writes BGR
    _, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return encoded.tobytes()
