"""Page images as arrays: only images that the sandbox has decoded once already come here."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.engine import Image
from records.errors import RecognitionFailed

_FLAGS = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION


def load_image(data: bytes, media_type: str) -> Image:
    """A stored page image (JPEG or PNG) as H×W×3 RGB or H×W gray, 8 bits; raises RecognitionFailed."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), _FLAGS)
    if pixels is None or pixels.dtype != np.uint8:
        raise RecognitionFailed("the page's image cannot be decoded", media_type=media_type)
    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    if pixels.shape[2] == 1:
        return np.ascontiguousarray(pixels[:, :, 0])
    return np.ascontiguousarray(pixels[:, :, 2::-1])  # BGR or BGRA, as OpenCV has it
