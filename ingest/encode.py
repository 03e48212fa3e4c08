"""Page images as they are stored: the scanner's own JPEG stream where it can stand, else a PNG without loss."""

from __future__ import annotations

import cv2
import numpy as np

from ingest.raster import Pixels, Raster
from records.errors import DamagedFile

# Filter "up" with run-length coding: measured at half the time of the default on a scanned A4 page, 4 % larger.
_PNG = [
    cv2.IMWRITE_PNG_COMPRESSION,
    1,
    cv2.IMWRITE_PNG_FILTER,
    cv2.IMWRITE_PNG_FILTER_UP,
    cv2.IMWRITE_PNG_STRATEGY,
    cv2.IMWRITE_PNG_STRATEGY_RLE,
]
_PNG_BILEVEL = [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 6]


def encoded(raster: Raster) -> tuple[bytes, str]:
    """The bytes to store and their media type (image/jpeg or image/png)."""
    if raster.jpeg is not None:
        return raster.jpeg, "image/jpeg"
    how = _PNG_BILEVEL if is_bilevel(raster.pixels) else _PNG
    done, png = cv2.imencode(".png", raster.pixels, how)
    if not done:
        raise DamagedFile("the page image cannot be written")
    return png.tobytes(), "image/png"


def is_bilevel(pixels: Pixels) -> bool:
    """Whether there is nothing but black and white in it."""
    if pixels.ndim != 2:
        return False
    return not bool(np.any((pixels != 0) & (pixels != 255)))
