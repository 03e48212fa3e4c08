"""OCR engines that behave as engines sometimes do: always right, always crashing, always late."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from ocr.engine import Image
from records.errors import RecognitionFailed
from records.page import Box, EngineStamp, Line, PageText, Word

STAMP = EngineStamp("fixed", "1")


def fixed_page(image: Image, text: str, *, dpi: int = 0) -> PageText:
    """The text laid over the image, a line of print a line, words side by side."""
    height, width = image.shape[:2]
    rows = [row.split() for row in text.splitlines() if row.split()]
    step = max(1, height // max(1, len(rows)))
    lines = []
    for number, row in enumerate(rows):
        wide = max(1, width // len(row))
        words = tuple(
            Word(word, Box(i * wide, number * step, (i + 1) * wide, (number + 1) * step), 0.99)
            for i, word in enumerate(row)
        )
        lines.append(Line(words, Box(0, number * step, len(row) * wide, (number + 1) * step), 0))
    return PageText(width, height, tuple(lines), STAMP, 0, dpi)


@dataclass
class FixedEngine:
    """Reads the same text on every page, at once; counts its pages."""

    text: str = "Số: 12/QĐ-UBND"
    name: str = "fixed"
    pages: int = 0

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        self.pages += 1
        return fixed_page(image, self.text, dpi=dpi)


@dataclass
class CrashingEngine:
    """Raises on every page, or on the first `times` pages only."""

    error: Exception = field(default_factory=RecognitionFailed)
    times: int | None = None
    name: str = "crashing"
    pages: int = 0

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        self.pages += 1
        if self.times is None or self.pages <= self.times:
            raise self.error
        return fixed_page(image, "xong", dpi=dpi)


@dataclass
class SlowEngine:
    """Takes its time with every page."""

    seconds: float = 0.5
    text: str = "Số: 12/QĐ-UBND"
    name: str = "slow"

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        time.sleep(self.seconds)
        return fixed_page(image, self.text, dpi=dpi)
