"""A page as it is decoded: its pixels, and the stream that can stand for them bit for bit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from records.page import QualityFlag, Word

Pixels = NDArray[np.uint8]  # height × width (gray) or height × width × 3 (blue, green, red)


@dataclass(slots=True)
class Raster:
    """One upright page in the child process."""

    pixels: Pixels
    dpi: float = 0.0  # as claimed by the file; 0 = it does not say
    dpi_source: str = "header"  # "pdf" or "header"
    jpeg: bytes | None = None  # the JPEG stream that shows exactly these pixels
    flags: set[QualityFlag] = field(default_factory=set)
    scanned_as: str = (
        ""  # colour mode of the scan in it, where these pixels show more: "colour", "gray", "bilevel"
    )
    is_born_digital: bool = False  # drawn from text and lines, not from a scan
    words: tuple[Word, ...] = ()  # that a born-digital page shows, in the file's own order

    @property
    def gray(self) -> Pixels:
        """The page as one channel."""
        if self.pixels.ndim == 2:
            return self.pixels
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY), np.uint8)

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


class Document(Protocol):
    """An opened file whose pages are decoded one at a time."""

    @property
    def pages(self) -> int:
        """How many pages it says it has."""

    def page(self, number: int) -> Raster:
        """The page with this number, from 1; raises a SohoaError of InvalidInput."""

    def close(self) -> None: ...
