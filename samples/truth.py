"""What is really on a made page: the words with their boxes, the fields, the type, and what was done to the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Box:
    """Pixels of the finished page image, origin top left; x1 and y1 are exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def moved(self, x: int, y: int) -> Box:
        """The same box, `x` to the right and `y` down."""
        return Box(self.x0 + x, self.y0 + y, self.x1 + x, self.y1 + y)

    def as_list(self) -> list[int]:
        """`[x0, y0, x1, y1]`, the form of a box in every JSON of the project."""
        return [self.x0, self.y0, self.x1, self.y1]


@dataclass(frozen=True)
class Word:
    """One word as it stands on the paper (NFC, no blanks inside); `tags` name the fields that it belongs to."""

    text: str
    box: Box
    handwritten: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """Words that a reader takes in one go; a table cell or a header column has lines of its own."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, one blank between each."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The smallest box around all words."""
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box


@dataclass(frozen=True)
class Overlay:
    """What was put on the paper after printing (seal, signature, stamp, bar code); its text is no page text."""

    kind: str
    box: Box
    text: str = ""


@dataclass(frozen=True)
class Field:
    """A fact that stands on the paper: normalised value, where it stands (page from 1), and whether a pen wrote it."""

    name: str
    value: str | None
    page: int | None = None
    box: Box | None = None
    handwritten: bool = False


@dataclass(frozen=True)
class PageTruth:
    """One page image. `rotation` is the clockwise turn (0, 90, 180, 270) that the paper was scanned with, `skew` the
    clockwise degrees besides; `mode` is `color`, `gray` or `1bit`; `damages` names what was done to it."""

    number: int
    width: int
    height: int
    dpi: int
    mode: str
    rotation: int
    skew: float
    blank: bool
    damages: tuple[str, ...]
    lines: tuple[Line, ...]
    overlays: tuple[Overlay, ...]

    @property
    def text(self) -> str:
        """The page in reading order, one line of the paper a line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class DocumentTruth:
    """One paper: the kind of layout, its code in document_types.csv, its pages, the common fields (always all eight
    names of `COMMON_FIELDS`) and the type's own fields."""

    kind: str
    document_type: str
    seed: int
    separator: bool
    pages: tuple[PageTruth, ...]
    fields: dict[str, Field]
    extras: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All pages, parted by form feeds."""
        return "\f".join(page.text for page in self.pages)


COMMON_FIELDS = (
    "number_symbol",
    "issuing_authority",
    "issue_date",
    "place",
    "subject",
    "signer_name",
    "signer_title",
    "dossier_code",
)
