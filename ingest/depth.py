"""Samples of any depth and kind brought to eight bits, with paper white and ink black as the file means them."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.raster import Pixels

_WHITE = 255


def eight_bit(samples: NDArray[Any], bits: int = 8) -> Pixels:
    """Samples scaled to 0 … 255.

    Unsigned integers by their `bits` when they have fewer than eight, else by the bits that are in use (scanners
    store 10 to 14 bits in 16). Signed integers and floats, whose range no header gives, as 0 … 1 when they lie
    there, else from their least to their greatest value.
    """
    if samples.dtype == np.bool_:
        return np.where(samples, np.uint8(_WHITE), np.uint8(0))
    if samples.dtype == np.uint8 and bits >= 8:
        return np.asarray(samples, np.uint8)
    if np.issubdtype(samples.dtype, np.unsignedinteger):
        used = int(samples.max()).bit_length() if samples.size else 0
        return _scaled(samples, 0.0, float((1 << max(min(bits, 8), used)) - 1))
    finite = samples[np.isfinite(samples)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if np.issubdtype(samples.dtype, np.floating) and low >= 0.0 and high <= 1.0:
        low, high = 0.0, 1.0
    return _scaled(np.nan_to_num(samples.astype(np.float64)), low, high)


def _scaled(samples: NDArray[Any], low: float, high: float) -> Pixels:
    factor = _WHITE / (high - low) if high > low else 1.0
    levels = np.clip((samples.astype(np.float32) - low) * factor + 0.5, 0, _WHITE)
    return np.asarray(levels, np.uint8)


def from_pillow(image: Image.Image) -> Pixels:
    """A loaded Pillow image of any mode as gray or blue-green-red; what is transparent shows white paper."""
    if image.mode in ("1", "L"):
        return np.array(image.convert("L"))
    if image.mode.startswith("I") or image.mode == "F":
        return eight_bit(_wide(image))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _on_white(image.convert("RGBA"))
    if image.mode == "P" and _is_gray_palette(image):
        return np.array(image.convert("L"))
    return cv2.cvtColor(np.array(image.convert("RGB")), cv2.COLOR_RGB2BGR).astype(np.uint8, copy=False)


def _wide(image: Image.Image) -> NDArray[Any]:
    """The samples of a 16-bit, 32-bit or float image, 16-bit ones as unsigned."""
    samples = np.array(image)
    if image.mode == "I" and samples.size and samples.min() >= 0 and 255 < samples.max() <= 65535:
        return samples.astype(np.uint16)
    return samples


def _is_gray_palette(image: Image.Image) -> bool:
    palette = np.array(image.getpalette("RGB") or [], dtype=np.uint8).reshape(-1, 3)
    return bool((palette[:, 0] == palette[:, 1]).all() and (palette[:, 1] == palette[:, 2]).all())


def _on_white(image: Image.Image) -> Pixels:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    pixels = cv2.cvtColor(np.array(paper), cv2.COLOR_RGB2BGR)
    return without_idle_colour(pixels.astype(np.uint8, copy=False))


def from_opencv(samples: NDArray[Any]) -> Pixels:
    """What `cv2.imread` gave unchanged: one, three or four channels of any depth."""
    pixels = eight_bit(samples)
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        return shown_on_white(pixels[:, :, :3], pixels[:, :, 3:])
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        return np.ascontiguousarray(pixels[:, :, 0])
    return np.ascontiguousarray(pixels)


def shown_on_white(pixels: Pixels, alpha: Pixels, associated: bool = False) -> Pixels:
    """Pixels laid on white paper; `associated` when they are multiplied by their alpha already."""
    paper = _WHITE - alpha.astype(np.uint16)
    ink = pixels.astype(np.uint16) * (1 if associated else alpha) // (1 if associated else _WHITE)
    return np.asarray(np.minimum(ink + paper, _WHITE), np.uint8)


def without_idle_colour(pixels: Pixels) -> Pixels:
    """The same pixels as gray when the three channels are equal everywhere."""
    if pixels.ndim != 3:
        return pixels
    blue, green, red = pixels[:, :, 0], pixels[:, :, 1], pixels[:, :, 2]
    if np.array_equal(blue, green) and np.array_equal(green, red):
        return np.ascontiguousarray(green)
    return pixels


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """Pixels stored with this EXIF or TIFF orientation (1 … 8), as they are to be seen."""
    if orientation in (2, 4, 5, 7):
        pixels = pixels[:, ::-1]
    quarter_turns = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)
    return np.ascontiguousarray(np.rot90(pixels, quarter_turns))


def with_white_rest(pixels: Pixels) -> Pixels:
    """The same pixels with white paper where the file broke off: rows at the end that are all of one level."""
    rows = pixels.reshape(pixels.shape[0], -1)
    even = rows.min(axis=1) == rows.max(axis=1)
    filled = even & (rows[:, 0] == rows[-1, 0])
    last = int(np.nonzero(~filled)[0][-1]) + 1 if not filled.all() else 0
    if 0 < last < pixels.shape[0]:
        pixels = pixels.copy()
        pixels[last:] = _WHITE
    return pixels
