"""Sets running text on sheets: paragraphs, columns, forms with dotted lines, tables; opens a new sheet when one is full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from samples.handwriting import Pen
from samples.markup import Token, tokens
from samples.sheet import Look, Sheet

PageNumbers = Literal["top", "bottom", "none"]
Align = Literal["left", "center", "right", "justify"]
MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Margins:
    """White edges in millimetres (Decree 30/2020: top and bottom 20–25, left 30–35, right 15–20)."""

    left: float = 30.0
    right: float = 17.0
    top: float = 20.0
    bottom: float = 20.0


class Book:
    """The sheets of one paper; `y` is where the next block starts on the last sheet (millimetres)."""

    def __init__(
        self,
        size_mm: tuple[float, float],
        dpi: int,
        look: Look,
        margins: Margins,
        rng: Random,
        pen: Pen,
        number_pages: PageNumbers = "top",
        leading: float = 1.25,
    ) -> None:
        self.size_mm, self.dpi, self.look, self.margins = size_mm, dpi, look, margins
        self.rng, self.pen, self.number_pages, self.leading = rng, pen, number_pages, leading
        self.sheets: list[Sheet] = []
        self.turn()

    @property
    def sheet(self) -> Sheet:
        """The sheet being printed."""
        return self.sheets[-1]

    @property
    def left(self) -> float:
        """The x of the left margin."""
        return self.margins.left

    @property
    def right(self) -> float:
        """The x of the right margin."""
        return self.size_mm[0] - self.margins.right

    @property
    def bottom(self) -> float:
        """The y of the bottom margin."""
        return self.size_mm[1] - self.margins.bottom

    def turn(self, size_mm: tuple[float, float] | None = None) -> None:
        """Start a new sheet (of another size when given), with its page number from the second on."""
        self.size_mm = size_mm or self.size_mm
        self.sheets.append(Sheet(self.size_mm, self.dpi, self.rng, self.pen))
        self.y = self.margins.top
        if len(self.sheets) > 1 and self.number_pages != "none":
            self._page_number()

    def _page_number(self) -> None:
        word = tokens(str(len(self.sheets)))
        if self.number_pages == "top":
            self.line(word, self.left, self.right, 14.0, "center")
        else:
            self.line(word, self.left, self.right, self.size_mm[1] - 11.0, "right")

    def room(self, mm: float) -> bool:
        """Whether a block of this height still fits on the sheet."""
        return self.y + mm <= self.bottom

    def need(self, mm: float) -> None:
        """Turn the page unless a block of this height fits."""
        if not self.room(mm):
            self.turn()

    def skip(self, mm: float) -> None:
        """Leave white space."""
        self.y += mm

    def pitch(self, look: Look | None = None, leading: float | None = None) -> float:
        """The distance of two base lines in millimetres."""
        return (look or self.look).size * MM_PER_POINT * (leading or self.leading)

    def line(
        self,
        words: Sequence[Token],
        x0: float,
        x1: float,
        y: float,
        align: Align = "left",
        look: Look | None = None,
    ) -> float:
        """Print words on one base line between x0 and x1; returns the x after the last word."""
        look = look or self.look
        blank = self.sheet.blank(look)
        widths = [self.sheet.width(word, look) for word in words]
        spare = x1 - x0 - sum(widths) - blank * max(0, len(words) - 1)
        x, gap = x0, blank
        if align == "center":
            x += spare / 2
        elif align == "right":
            x += spare
        elif align == "justify" and len(words) > 1:
            gap += max(-blank * 0.3, spare / (len(words) - 1))
        placed = []
        for word, length in zip(words, widths, strict=True):
            placed.append((word, x))
            x += length + gap
        self.sheet.words(placed, y, look)
        return x - gap

    def wrap(self, words: Sequence[Token], room: float, indent: float, look: Look) -> list[list[Token]]:
        """Break words into lines of at most `room` millimetres, the first one shorter by `indent`."""
        lines: list[list[Token]] = [[]]
        used = indent
        for word in words:
            length = self.sheet.width(word, look)
            if lines[-1] and used + length > room:
                lines.append([])
                used = 0.0
            lines[-1].append(word)
            used += length + self._gap(word, look)
        return lines

    def balanced(self, words: Sequence[Token], room: float, look: Look) -> list[list[Token]]:
        """Like `wrap`, but the lines are about equally long, as titles are broken by hand."""
        lines = self.wrap(words, room, 0.0, look)
        while room > 20:
            tighter = self.wrap(words, room * 0.96, 0.0, look)
            if len(tighter) > len(lines):
                break
            lines, room = tighter, room * 0.96
        return lines

    def paragraph(
        self,
        text: str,
        align: Align = "justify",
        indent: float = 10.0,
        after: float = 1.6,
        look: Look | None = None,
        x0: float | None = None,
        x1: float | None = None,
        bold: bool = False,
        italic: bool = False,
        leading: float | None = None,
    ) -> None:
        """Set a paragraph of marked-up text at `y`, over as many sheets as it takes."""
        look = look or self.look
        x0, x1 = self.left if x0 is None else x0, self.right if x1 is None else x1
        indent = indent if align in ("justify", "left") else 0.0
        pitch = self.pitch(look, leading)
        lines = self.wrap(tokens(text, bold, italic), x1 - x0, indent, look)
        for number, words in enumerate(lines):
            self.need(pitch)
            last = number == len(lines) - 1
            start = x0 + (indent if number == 0 else 0.0)
            how: Align = "left" if last and align == "justify" else align
            self.line(words, start, x1, self.y + pitch * 0.78, how, look)
            self.y += pitch
        self.y += after

    def centred(
        self, lines: Sequence[str], x0: float, x1: float, look: Look | None = None, bold: bool = False
    ) -> None:
        """Set lines centred between x0 and x1, each as it is given (no wrapping)."""
        pitch = self.pitch(look, 1.18)
        for text in lines:
            self.need(pitch)
            self.line(tokens(text, bold), x0, x1, self.y + pitch * 0.8, "center", look)
            self.y += pitch

    def form_row(
        self, parts: Sequence[tuple[str, str, float]], x0: float | None = None, after: float = 0.6
    ) -> None:
        """One row of a form: (label, value, share of the row) each; the value stands on a dotted leader.

        An empty value leaves the leader blank; a value longer than its leader runs on over a second one.
        """
        pitch = self.pitch(None, 1.42)
        self.need(pitch)
        start = self.left if x0 is None else x0
        room = self.right - start
        left_over: list[Token] = []
        for label, value, share in parts:
            end = start + room * share
            left_over += self._blank_to_fill(label, value, start, end, pitch)
            start = end + 0.8
        self.y += pitch
        for line in self.wrap(left_over, self.right - self.left - 2.0, 0.0, self.look) if left_over else []:
            self._dotted_line(line, self.left, self.left + 2.0, self.right, pitch)
            self.y += pitch
        self.y += after

    def _blank_to_fill(self, label: str, value: str, x0: float, x1: float, pitch: float) -> list[Token]:
        """A label and what is written behind it; returns the words for which the leader is too short."""
        words = tokens(label)
        after_label = x0 + sum(self.sheet.width(w, self.look) + self.sheet.blank(self.look) for w in words)
        first, *rest = self.wrap(tokens(value), x1 - after_label - 2.0, 0.0, self.look)
        self._dotted_line(first, after_label, after_label + 2.0, x1, pitch, self._in_a_row(words, x0))
        return [word for line in rest for word in line]

    def _dotted_line(
        self,
        words: Sequence[Token],
        dots_from: float,
        words_from: float,
        x1: float,
        pitch: float,
        label: Sequence[tuple[Token, float]] = (),
    ) -> None:
        base = self.y + pitch * 0.72
        self.sheet.dots(dots_from, x1, base, self.look)
        self.sheet.words([*label, *self._in_a_row(words, words_from)], base - 0.5, self.look)

    def _in_a_row(self, words: Sequence[Token], x: float) -> list[tuple[Token, float]]:
        placed = []
        for word in words:
            placed.append((word, x))
            x += self.sheet.width(word, self.look) + self._gap(word, self.look)
        return placed

    def _gap(self, word: Token, look: Look) -> float:
        """The blank after a word; a pen leaves more of it than a printer."""
        return self.sheet.blank(look) * (1.9 if word.pen else 1.0)
