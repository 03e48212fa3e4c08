"""What one reader makes of one line: words with their place along the line and how sure the reader is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ocr.engine import Image
from records.vietnamese import normalised


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line of print on the upright page, in its pixels.

    `coloured` print and what a coloured `pen` wrote are read from luminance; of the first only what two readers agree
    on is believed, for it may be a seal.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    coloured: bool = False
    pen: bool = False

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    def overlap_y(self, other: LineBox) -> float:
        """Pixels of common height."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def beside(self, other: LineBox) -> bool:
        """Side by side: a third of the lower one's height in common and no width in common."""
        apart = self.x1 <= other.x0 or other.x1 <= self.x0
        return apart and self.overlap_y(other) > 0.35 * min(self.height, other.height)


@dataclass(frozen=True, slots=True)
class Support:
    """Who read a word as it stands: 0 Tesseract, 1 trueocr, 2 AsterOCR."""

    readers: frozenset[int] = frozenset()
    asked: int = 2  # readers that saw it
    sure: float = 0.0  # 0 … 1, in the scale of the reader whose word it is
    mended: bool = False  # office language changed its marks


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A token without blanks; x0 and x1 in pixels of the upright page."""

    text: str
    x0: float
    x1: float
    confidence: (
        float  # 0 … 1: of one reader, in its own scale; after the vote, the chance that the word is right
    )
    support: Support | None = None  # after the vote


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's line, from left to right."""

    words: tuple[ReadWord, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean over the words, weighted by their length; 0 for an empty reading."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


class LineReader(Protocol):
    """Reads lines of an upright gray page; not meant to be called by two threads at once."""

    name: str
    version: str

    def read(self, page: Image, boxes: Sequence[LineBox]) -> list[Reading]:
        """One reading a box, in the order of the boxes."""
        ...


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter of a CTC decoding: where it peaks along the line, in pixels of the page."""

    char: str
    x: float
    confidence: float


# Marks that readers use for an ASCII one; Vietnamese office print has none of them.
_PLAIN = str.maketrans({"⁄": "/", "∕": "/", "‐": "-", "‑": "-", "−": "-", "´": "'", "‚": ",", "│": "|"})


def clean(text: str) -> str:
    """NFC without look-alikes and with plain slashes and hyphens."""
    return normalised(text).translate(_PLAIN)


def words_of(glyphs: Sequence[Glyph], half: float) -> tuple[ReadWord, ...]:
    """Letters joined into words at blanks; a word reaches `half` a letter beyond its outer peaks."""
    words: list[ReadWord] = []
    run: list[Glyph] = []
    for glyph in [*glyphs, Glyph(" ", 0.0, 0.0)]:
        if not glyph.char.isspace():
            run.append(glyph)
        elif run:
            text = clean("".join(g.char for g in run))
            sure = sum(g.confidence for g in run) / len(run)
            words.append(ReadWord(text, run[0].x - half, run[-1].x + half, sure))
            run = []
    return tuple(words)
