"""A page: its image, what is wrong with the scan, and the words that were read on it.

All boxes are in pixels of the page's master image as stored, origin top left, x to the right, y down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from records.fixity import Fixity
from records.ids import FileId, PageId, RecordId
from records.states import PAGE_TRANSITIONS, PageState, moved


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with x0 <= x1 and y0 <= y1, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        return ((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)

    def as_list(self) -> list[int]:
        return [self.x0, self.y0, self.x1, self.y1]


def union(boxes: list[Box]) -> Box:
    """The smallest box around all of these (at least one)."""
    return Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )


class QualityFlag(StrEnum):
    """What a person beside the scanner should know while the paper is still in the hand."""

    LOW_RESOLUTION = "low_resolution"  # under 200 dpi effective (Decree 30/2020, Annex I)
    BLANK = "blank"  # flagged, never deleted
    SKEWED = "skewed"
    BLURRED = "blurred"
    CUT_OFF = "cut_off"  # ink runs over an edge of the image
    NOT_COLOUR = "not_colour"  # Decree 30/2020 asks for colour
    TOO_DARK = "too_dark"
    TOO_PALE = "too_pale"
    TRUNCATED = "truncated"  # the file broke off: part of the page is missing
    REPAIRED = "repaired"  # the file was damaged and could be repaired


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What the scan itself shows, before anybody reads it."""

    dpi: int  # effective: pixels against the size of the sheet; 0 = not known
    dpi_source: str  # "pdf", "header", or "assumed_a4"
    colour: str  # "colour", "gray" or "bilevel"
    skew: float  # degrees, clockwise positive
    sharpness: float  # 0 (blurred) … 1 (sharp)
    ink: float  # share of dark pixels, 0 … 1
    cut_edges: tuple[str, ...] = ()  # of "top", "right", "bottom", "left"
    flags: tuple[QualityFlag, ...] = ()


class BarcodeKind(StrEnum):
    QR = "qr"
    CODE_39 = "code_39"
    CODE_128 = "code_128"


@dataclass(frozen=True, slots=True)
class Barcode:
    kind: BarcodeKind
    text: str  # as read; not trusted
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One side of a sheet."""

    id: PageId
    file: FileId
    number: int  # in its file, from 1
    width: int  # pixels
    height: int  # pixels
    image: Fixity  # the object that holds the page's image
    media_type: str  # of that object: image/jpeg, image/png or image/tiff
    quality: QualityReport
    barcodes: tuple[Barcode, ...] = ()
    state: PageState = PageState.RECEIVED
    record: RecordId | None = None
    text: Fixity | None = None  # the object that holds its PageText, once recognised
    confidence: float | None = None  # the mean over its words, once recognised
    engine: str | None = None  # who read it: an engine's name, or text-layer
    error_code: str | None = None
    turned: int | None = None  # degrees clockwise that stand it upright, by a person's word
    rotation: int | None = None  # the same as it was read; None: not read, or before this was kept

    def recognised(self, text: Fixity, confidence: float, engine: str, rotation: int = 0) -> Page:
        """The page with what was read on it; raises IllegalTransition."""
        state = moved(PAGE_TRANSITIONS, self.state, PageState.RECOGNISED)
        return replace(self, state=state, text=text, confidence=confidence, engine=engine, rotation=rotation)


SURE_WORD = 0.9  # words of less chance are the ones that a clerk is shown


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # NFC, no blanks inside
    box: Box
    confidence: float  # 0 … 1: the chance that it is right (calibrated, see `bench calibrate`)


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    box: Box
    block: int = 0  # lines of one block (paragraph, cell row, column) share a number

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean over its words; 0 for a line without words."""
        return sum(word.confidence for word in self.words) / len(self.words) if self.words else 0.0


TEXT_LAYER = (
    "text-layer"  # stands for an engine where a born-digital page's own text was taken: nobody read it
)


@dataclass(frozen=True, slots=True)
class EngineStamp:
    """Which engine read a page: enough to read it again in the same way."""

    name: str
    version: str
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read on a page: lines in reading order, boxes in pixels of the page's image as stored.

    `rotation` is how many degrees clockwise the image must be turned to stand upright (0, 90, 180, 270); the
    boxes are given in the image as stored, before that turn.
    """

    width: int
    height: int
    lines: tuple[Line, ...]
    engine: EngineStamp
    rotation: int = 0
    dpi: int = 0

    @property
    def text(self) -> str:
        """The text of the page: one line of print a line, a blank line between blocks."""
        parts: list[str] = []
        last: int | None = None
        for line in self.lines:
            if last is not None and line.block != last:
                parts.append("")
            parts.append(line.text)
            last = line.block
        return "\n".join(parts)

    def words(self) -> Iterator[Word]:
        for line in self.lines:
            yield from line.words


def upright(page: PageText) -> PageText:
    """The same page with all boxes turned as the page is read, so that rules can speak of top and left.

    >>> stamp = EngineStamp("none", "0")
    >>> word = Word("x", Box(0, 90, 10, 100), 1.0)
    >>> page = PageText(50, 100, (Line((word,), word.box),), stamp, rotation=90)
    >>> upright(page).lines[0].box
    Box(x0=0, y0=0, x1=10, y1=10)
    """
    if page.rotation == 0:
        return page
    turned = tuple(
        Line(
            tuple(Word(w.text, turn(w.box, page), w.confidence) for w in line.words),
            turn(line.box, page),
            line.block,
        )
        for line in page.lines
    )
    sideways = page.rotation in (90, 270)
    width, height = (page.height, page.width) if sideways else (page.width, page.height)
    return PageText(width, height, turned, page.engine, 0, page.dpi)


def turn(box: Box, page: PageText) -> Box:
    """A box of the stored image as it lies in the image turned clockwise by the page's rotation."""
    if page.rotation == 90:
        return Box(page.height - box.y1, box.x0, page.height - box.y0, box.x1)
    if page.rotation == 180:
        return Box(page.width - box.x1, page.height - box.y1, page.width - box.x0, page.height - box.y0)
    if page.rotation == 270:
        return Box(box.y0, page.width - box.x1, box.y1, page.width - box.x0)
    return box


def turn_back(box: Box, page: PageText) -> Box:
    """The inverse of `turn`: a box of the upright page in pixels of the image as stored.

    >>> stamp = EngineStamp("none", "0")
    >>> for rotation in (0, 90, 180, 270):
    ...     page = PageText(50, 100, (), stamp, rotation=rotation)
    ...     assert turn_back(turn(Box(1, 2, 3, 4), page), page) == Box(1, 2, 3, 4)
    """
    if page.rotation == 90:
        return Box(box.y0, page.height - box.x1, box.y1, page.height - box.x0)
    if page.rotation == 180:
        return turn(box, page)
    if page.rotation == 270:
        return Box(page.width - box.y1, box.x0, page.width - box.y0, box.x1)
    return box


def mean_confidence(page: PageText) -> float:
    """The mean over the words of a page; 1 for a page without words, about which there is no doubt."""
    words = list(page.words())
    return sum(word.confidence for word in words) / len(words) if words else 1.0
