"""The port behind which every OCR engine stands."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from records.page import PageText

Image = NDArray[np.uint8]


class OcrEngine(Protocol):
    """Reads one page. Safe to share between threads; one call uses one core."""

    name: str

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        """The words of a page in reading order.

        `image` is H×W×3 (RGB) or H×W (gray), 8 bits, as stored; `dpi` is its resolution, 0 when unknown.
        All boxes of the result are in pixels of this image; `rotation` tells how many degrees clockwise it has
        to be turned to stand upright. A page without text gives no lines. Raises `RecognitionFailed` when the
        engine gives up on this page, `EngineUnavailable` when it or its models cannot be loaded.
        """
        ...


@runtime_checkable
class HasQuickTwin(Protocol):
    """An engine that can also read quickly and less well, with the same models."""

    def quick(self) -> OcrEngine | None:
        """The quick engine; None when this one is as quick as it gets."""
        ...
