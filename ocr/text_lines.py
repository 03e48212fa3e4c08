"""Puts the words of a text layer into lines and blocks, keeping the order in which the file holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from records.page import Line, Word, union

_GUTTER = 2.5  # line heights between two words of one height: they stand in two columns
_PARAGRAPH = 0.9  # line heights between two lines: a new block begins


def lines_of(words: Iterable[Word]) -> Iterator[Line]:
    """Lines with their block numbers: words that follow each other on one height make a line."""
    block = 0
    before: Line | None = None
    for row in _rows(words):
        line = Line(tuple(row), union([word.box for word in row]))
        if before is not None and not _goes_on(before, line):
            block += 1
        before = Line(line.words, line.box, block)
        yield before


def _rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    row: list[Word] = []
    for word in words:
        if row and not _same_row(row[-1], word):
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _same_row(before: Word, word: Word) -> bool:
    height = max(before.box.height, word.box.height, 1)
    overlap = min(before.box.y1, word.box.y1) - max(before.box.y0, word.box.y0)
    shares = overlap >= 0.3 * min(before.box.height, word.box.height)
    return shares and -height <= word.box.x0 - before.box.x1 <= _GUTTER * height


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line stands right under the one before and in the same column."""
    height = max(before.box.height, line.box.height, 1)
    gap = line.box.y0 - before.box.y1
    beside = min(before.box.x1, line.box.x1) > max(before.box.x0, line.box.x0)
    return beside and -0.5 * height <= gap <= _PARAGRAPH * height
