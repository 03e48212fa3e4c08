"""Lines of particulars ("Họ, chữ đệm, tên: …") as registers and forms carry them: typed, or by hand on dotted lines."""

from __future__ import annotations

import re
from datetime import date

from samples import codes
from samples.markup import tokens
from samples.papers.desk import Desk

# A row that only announces those below: no blank to fill
HEADING = "\u2060"

Row = tuple[tuple[str, str, str], ...]  # (label, value, field or "") side by side


def particulars(desk: Desk, rows: list[Row], dotted: bool, by_hand: bool, after: float = 1.0) -> None:
    """Print rows of label and value; sets the fields that are named. Empty values leave the blank open."""
    for row in rows:
        for _, value, name in row:
            if name:
                desk.fields[name] = normalised(value)
        if dotted and row[0][1] != HEADING:
            _dotted(desk, row, by_hand)
        else:
            _typed(desk, row, after)


def normalised(value: str) -> str | None:
    """What a field's truth says for a printed value: ISO days, bare id numbers, None for an open blank.

    >>> normalised("05/03/2022"), normalised("CCCD số 082095000123"), normalised("")
    ('2022-03-05', '082095000123', None)
    """
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", value)
    if day:
        return f"{day[3]}-{day[2]}-{day[1]}"
    return value.removeprefix("CCCD số ") or None


def _marked(value: str, name: str, by_hand: bool) -> str:
    if not value or value == HEADING:
        return ""
    written = f"<<{value}>>" if by_hand else value
    return f"[[{name}|{written}]]" if name else written


def _dotted(desk: Desk, row: Row, by_hand: bool) -> None:
    weights = [len(label) + max(len(value), 8) * (1.25 if by_hand else 1.0) for label, value, _ in row]
    parts = [
        (label, _marked(value, name, by_hand), weight / sum(weights))
        for (label, value, name), weight in zip(row, weights, strict=True)
    ]
    desk.book.form_row(parts)


def _typed(desk: Desk, row: Row, after: float) -> None:
    text = "    ".join(f"{label} {_marked(value, name, False)}" for label, value, name in row)
    if len(row) == 1:
        desk.book.paragraph(text, "left", 0.0, after)
        return
    book = desk.book
    step = (book.right - book.left) / len(row)
    pitch = book.pitch()
    book.need(pitch)
    for index, (label, value, name) in enumerate(row):
        words = tokens(f"{label} {_marked(value, name, False)}")
        start = book.left + step * index
        book.line(words, start, start + step, book.y + pitch * 0.78)
    book.y += pitch + after


def day_in_words(day: date) -> str:
    """A date of birth in words, as registers repeat it ("ngày mười lăm, tháng tám, năm hai nghìn không trăm hai mươi")."""
    return (
        f"Ngày {codes.in_words(day.day)}, tháng {codes.in_words(day.month)}, năm {codes.in_words(day.year)}"
    )


def figures(day: date) -> str:
    """`05/03/2022`, as forms are filled."""
    return f"{day:%d/%m/%Y}"
