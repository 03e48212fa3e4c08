"""A small picture of a page for the screen: scaled and turned, as JPEG."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.engine import Image
from ocr.images import as_shown
from records.errors import DamagedFile, InvalidValue
from records.orientation import orientation_of

NARROWEST, WIDEST = 16, 4000  # pixels
_TALLEST = 12_000  # pixels; a strip of paper does not become a tower
_QUALITY = 82  # of the JPEG; letters of 8 points stay clean
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
# A JPEG is decoded at an eighth, a quarter or a half of its size when no more is shown: a fifth of the time.
_PARTS = ((8, cv2.IMREAD_REDUCED_COLOR_8), (4, cv2.IMREAD_REDUCED_COLOR_4), (2, cv2.IMREAD_REDUCED_COLOR_2))


def preview_jpeg(
    data: bytes, media_type: str, width: int, rotation: int = 0, *, stored_width: int = 0
) -> bytes:
    """A stored page image as a JPEG of at most this width (pixels, as shown), turned clockwise by `rotation` degrees.

    Never enlarges. `stored_width`: pixels of the stored image across, as it is shown, where they are known.
    Raises InvalidValue for another width or turn, DamagedFile when the image cannot be opened.
    """
    if not NARROWEST <= width <= WIDEST or rotation not in (0, *_TURNS):
        raise InvalidValue(f"a width is {NARROWEST} to {WIDEST}, a rotation 0, 90, 180 or 270")
    image = _decoded(data, stored_width // width if media_type == "image/jpeg" else 1)
    shown = _scaled(image, width, sideways=rotation in (90, 270))
    turned = cv2.rotate(shown, _TURNS[rotation]) if rotation else shown
    _, encoded = cv2.imencode(".jpg", turned, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return encoded.tobytes()


def _decoded(data: bytes, spare: int) -> Image:
    """The image in OpenCV's order of colours; one that is `spare` times too large may come smaller."""
    flags = next((flag for part, flag in _PARTS if spare >= part), cv2.IMREAD_UNCHANGED)
    image = cv2.imdecode(np.frombuffer(data, np.uint8), flags | cv2.IMREAD_IGNORE_ORIENTATION)
    if image is None or image.dtype != np.uint8:
        raise DamagedFile("the page's image cannot be shown")
    shown = as_shown(image, orientation_of(data))
    return _as_bytes(shown[:, :, :3] if shown.ndim == 3 and shown.shape[2] == 4 else shown)


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
