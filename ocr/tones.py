"""The tones of a gray page from print to paper: where print lies, and how what is paler than print is made paper."""

from __future__ import annotations

import numpy as np

from ocr.engine import Image


def print_level(gray: Image) -> float:
    """How dark the page's print is, 0 … 255."""
    sample = gray[::3, ::3]
    dark = sample[sample < 128]
    return float(np.percentile(dark, 20)) if dark.size else 0.0


def paling(ink: float, mark: float) -> Image:
    """A table of 256 tones that stretches those from print to a mark (seal, stamp) from black to white."""
    top = ink + 0.9 * (mark - ink)
    return np.asarray(np.clip((np.arange(256) - ink) * 255 / (top - ink), 0, 255), np.uint8)
