"""Tables on a book's sheets: cells set row by row, cell by cell, with rules or without, over as many sheets as needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samples.book import Align, Book
from samples.markup import tokens
from samples.sheet import Look


@dataclass(frozen=True)
class Column:
    """A table's column: width in millimetres and how its cells are set."""

    width: float
    align: Align = "left"


def table(
    book: Book,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    header: int = 1,
    rules: bool = True,
    look: Look | None = None,
    x0: float | None = None,
    padding: float = 1.3,
) -> None:
    """A table of marked-up cells, set row by row, cell by cell; the first `header` rows are bold and centred."""
    look = look or Look(book.look.family, book.look.size - 1.5, book.look.ink)
    while look.size > 6 and not _fits(book, columns, rows, header, look, padding):
        look = Look(look.family, look.size - 0.5, look.ink)
    start = book.left if x0 is None else x0
    for number, row in enumerate(rows):
        _row(book, columns, row, number < header, rules, look, start, padding, first=number == 0)
    book.y += 2.0


def _fits(
    book: Book,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    header: int,
    look: Look,
    padding: float,
) -> bool:
    """Whether no single word is wider than its column."""
    return all(
        book.sheet.width(word, look) <= column.width - 2 * padding
        for number, row in enumerate(rows)
        for cell, column in zip(row, columns, strict=True)
        for word in tokens(cell, bold=number < header)
    )


def _row(
    book: Book,
    columns: Sequence[Column],
    row: Sequence[str],
    head: bool,
    rules: bool,
    look: Look,
    x0: float,
    padding: float,
    first: bool,
) -> None:
    pitch = book.pitch(look, 1.2)
    cells = [
        book.wrap(tokens(cell, bold=head), column.width - 2 * padding, 0.0, look)
        for cell, column in zip(row, columns, strict=True)
    ]
    height = max(len(cell) for cell in cells) * pitch + 2 * padding * 0.6
    fresh = not book.room(height)
    if fresh:
        book.turn()
    x = x0
    for cell, column in zip(cells, columns, strict=True):
        inner = height - len(cell) * pitch
        y = book.y + (inner / 2 if head or column.align == "center" else padding * 0.6)
        for words in cell:
            if words:
                how: Align = "center" if head else column.align
                book.line(words, x + padding, x + column.width - padding, y + pitch * 0.78, how, look)
            y += pitch
        x += column.width
    if rules:
        _grid(book, columns, x0, height, first or fresh)
    book.y += height


def _grid(book: Book, columns: Sequence[Column], x0: float, height: float, top: bool) -> None:
    x1 = x0 + sum(column.width for column in columns)
    if top:
        book.sheet.rule(x0, book.y, x1, book.y)
    book.sheet.rule(x0, book.y + height, x1, book.y + height)
    x = x0
    book.sheet.rule(x, book.y, x, book.y + height)
    for column in columns:
        x += column.width
        book.sheet.rule(x, book.y, x, book.y + height)
