"""Dates as papers print them: `Mỹ Tho, ngày 03 tháng 3 năm 2022`, `ngày 12/8/2021`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from records.page import Word

_LINE = re.compile(
    r"(?P<place>.*?)[\s,.;:]*\b[nhm][gq9][aoe][yvỵ](?P<day>.{0,7}?)[t{+]?[hb]a[nm][gqs](?P<month>.{0,6}?)n[ao]m"
    r"(?P<year>\W{0,4}\d[\doilzsb]{1,3})(?P<rest>.*)"
)
_FIGURES = re.compile(
    r"(?P<place>(?:[^\W\d][^\d:]*?)??)[\s,.;:]*(?P<label>\bngay\b\W*)?(?P<date>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})\W*"
)
_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "z": "2", "s": "5", "b": "8"})
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_NOISE = " .,:;…_-“”\"'‘’`~()"
FIRST_YEAR = 1945  # of a paper of the state
OLDEST = 1900  # year of birth of whoever a paper is about


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date line taken apart. What is blank, handwritten or misread is None."""

    place: tuple[Word, ...]
    value: date | None
    digits: tuple[Word, ...]  # the words that hold day, month and year
    repaired: bool  # a letter had to be taken for a digit
    alone: bool  # nothing follows the year: no part of a sentence


def parse_date_line(words: tuple[Word, ...]) -> DateLine | None:
    """The date line in these words (one line, left to right), or None if it is none."""
    text = " ".join(word.text for word in words)
    found = _LINE.search(same_length_key(text))
    if found is None:
        return None
    spans = _spans(words)
    day, month, year = (_digits(found[name]) for name in ("day", "month", "year"))
    touched = [
        word
        for name in ("day", "month", "year")
        for word, (start, end) in zip(words, spans, strict=True)
        if start < found.end(name) and found.start(name) < end and found[name].strip(_NOISE)
    ]
    place = tuple(w for w, (start, _) in zip(words, spans, strict=True) if start < found.end("place"))
    repaired = any(part[1] for part in (day, month, year))
    alone = not any(char.isalnum() for char in found["rest"])
    return DateLine(place, _valid(day[0], month[0], year[0]), tuple(touched), repaired, alone)


def date_in_figures(words: tuple[Word, ...]) -> DateLine | None:
    """The line where it is a place and a date in figures, or "ngày" and one, and nothing else: Mỹ Tho, 3/2/2022."""
    found = _FIGURES.fullmatch(same_length_key(" ".join(word.text for word in words)))
    if found is None or not (found["place"] or found["label"]):
        return None
    spans = _spans(words)
    start = found.start("label") if found["label"] else found.start("date")
    place = tuple(w for w, (begin, _) in zip(words, spans, strict=True) if begin < start)
    digits = tuple(w for w, (_, end) in zip(words, spans, strict=True) if end > found.start("date"))
    return DateLine(place, numeric_date(found["date"]), digits, repaired=False, alone=True)


def numeric_date(text: str) -> date | None:
    """The first valid date of the form 12/8/2021 in a text.

    >>> numeric_date("Hẹn trả: 16 giờ, 31/02/2022 hoặc 1/3/2022")
    datetime.date(2022, 3, 1)
    """
    for found in _NUMERIC.finditer(text):
        value = _valid(found[1], found[2], found[3], first=OLDEST)
        if value is not None:
            return value
    return None


def same_length_key(text: str) -> str:
    """Lower case without marks, one character for each character of the text.

    >>> same_length_key("Ngày 05")
    'ngay 05'
    """
    return "".join(_bare(char) for char in text)


def _bare(char: str) -> str:
    lower = char.lower()
    if lower == "đ":
        return "d"
    base = unicodedata.normalize("NFD", lower)[:1]
    return base or char


def _spans(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """Where each word stands in the words joined by single blanks."""
    spans: list[tuple[int, int]] = []
    start = 0
    for word in words:
        spans.append((start, start + len(word.text)))
        start += len(word.text) + 1
    return spans


def _digits(raw: str) -> tuple[str | None, bool]:
    """The number in a part of the line and whether letters had to be read as digits; None for anything else."""
    part = raw.strip(_NOISE)
    if part.isascii() and part.isdigit():
        return part, False
    mended = part.translate(_DIGITS)
    some_digit = any(char.isdigit() for char in part)
    return (mended, True) if some_digit and mended.isascii() and mended.isdigit() else (None, True)


def _valid(day: str | None, month: str | None, year: str | None, first: int = FIRST_YEAR) -> date | None:
    if day is None or month is None or year is None or len(year) != 4 or int(year) < first:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
