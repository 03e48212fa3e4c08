"""Puts the words of a text layer into lines, and the lines into the order in which a person reads them.

A file holds its words as its program wrote them: some write column by column, some straight across the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from ocr.engine import Image
from ocr.layout import reading_order
from ocr.reading import LineBox
from ocr.rules import find_rules
from ocr.upright import grays
from records.page import Line, Word, union

_GUTTER = 2.5  # line heights between two words of one height: they stand in two columns


def lines_of(words: Sequence[Word], image: Image) -> tuple[Line, ...]:
    """The lines with their block numbers, in reading order; `image` is the upright page that shows the words."""
    pieces = list(rows(words))
    boxes = [union([word.box for word in piece]) for piece in pieces]
    placed = [LineBox(box.x0, box.y0, box.x1, box.y1) for box in boxes]
    rules = find_rules(grays(image)[0], median(box.height for box in boxes))
    said = [" ".join(word.text for word in piece) for piece in pieces]
    found = []
    for number, block in enumerate(reading_order(placed, rules, said)):
        for row in block:
            line = tuple(word for index in row for word in pieces[index])
            found.append(Line(line, union([boxes[index] for index in row]), number))
    return tuple(found)


def rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words that follow each other on one height, in the order in which the file holds them."""
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
