"""Page images as arrays: only images that the sandbox has decoded once already come here."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import Image
from records.errors import RecognitionFailed
from records.orientation import orientation_of

_FLAGS = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION


def load_image(data: bytes, media_type: str) -> Image:
    """A stored page image (JPEG or PNG) as it is shown, H×W×3 RGB or H×W gray, 8 bits; raises RecognitionFailed."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), _FLAGS)
    if pixels is None or pixels.dtype != np.uint8:
        raise RecognitionFailed("the page's image cannot be decoded", media_type=media_type)
    pixels = as_shown(pixels, orientation_of(data))
    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    if pixels.shape[2] == 1:
        return np.ascontiguousarray(pixels[:, :, 0])
    return np.ascontiguousarray(pixels[:, :, 2::-1])  # BGR or BGRA, as OpenCV has it


def as_shown(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Pixels as a JPEG stores them, turned and mirrored as its EXIF header says (1 … 8)."""
    mirrored = pixels[:, ::-1] if orientation in (2, 4, 5, 7) else pixels
    return np.ascontiguousarray(np.rot90(mirrored, {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)))
