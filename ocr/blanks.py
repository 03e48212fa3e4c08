"""Mends the blanks of a reading: dots of a form's leader become blanks, and blanks lost after marks come back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocr.reading import ReadWord
from ocr.syllables import is_syllable

_LEADER = re.compile(r"\.{2,}|…+|_{2,}")
_LETTER = r"[^\W\d_]"
_LOST = (
    re.compile(rf"(?<=\w[,;])(?={_LETTER}{{2}})"),  # "2025,UBND"
    re.compile(rf"(?<={_LETTER}:)(?=[\w/])"),  # "Số:286", "tính:Nữ", "Số:/GM-UBND"
    re.compile(r"(?<=[\dOQIlSZ])(?=(?:ngày|tháng|năm)\b)", re.IGNORECASE),  # "15tháng", "1Otháng"
    re.compile(r"(?<=\bngày)(?=\d)|(?<=\btháng)(?=\d)|(?<=\bnăm)(?=\d)", re.IGNORECASE),  # "năm2019"
)
_GLUED = re.compile(r"(?<=\d{4})(?=[A-ZĐ][a-zà-ỹđ]{2,}$)")  # "1976Giới"
_NUMBER_GLUED = re.compile(
    r"(\d{5,})([a-zà-ỹđ]{2,})|(\d+)([A-ZÀ-ỸĐ][a-zà-ỹđ]{1,6})"
)  # "389970635cấp", "35Diện"
_LABEL_GLUED = re.compile(r"(?<=\d{9})(?=[A-ZĐ][a-zà-ỹđ]+:)")  # "0912345678Email:"


def mended(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """Words without what is left of a dotted leader and with the blanks that print has after marks.

    >>> [word.text for word in mended([ReadWord("..Phan.Thị", 0, 10, 1.0), ReadWord("12.5", 12, 20, 1.0)])]
    ['Phan', 'Thị', '12.5']
    >>> [word.text for word in mended([ReadWord("TP.HCM", 0, 10, 1.0), ReadWord("......", 12, 20, 1.0)])]
    ['TP.HCM']
    >>> [word.text for word in mended([ReadWord("Số:286", 0, 10, 1.0), ReadWord("15tháng", 12, 20, 1.0)])]
    ['Số:', '286', '15', 'tháng']
    """
    return tuple(part for word in words for part in respaced(word, spaced(word.text)))


def spaced(token: str) -> str:
    """A token with blanks where print has them.

    >>> spaced("10:44"), spaced("VT,NC"), spaced("10.522,6"), spaced("20/10/1976Giới"), spaced("https://a.vn")
    ('10:44', 'VT, NC', '10.522,6', '20/10/1976 Giới', 'https://a.vn')
    """
    text = _without_dots(token) if "." in token or "…" in token or "__" in token else token
    if "://" in text or "@" in text:
        return text
    for lost in (*_LOST, _GLUED, _LABEL_GLUED):
        text = lost.sub(" ", text)
    glued = _NUMBER_GLUED.fullmatch(text)
    number, word = (part for part in glued.groups() if part) if glued else (text, "")
    return f"{number} {word}" if is_syllable(word) else text


def _without_dots(token: str) -> str:
    pieces = _LEADER.sub(" ", token).split(".")
    text = pieces[0]
    for before, after in itertools.pairwise(pieces):
        glued = (
            is_syllable(_letters(before)) and is_syllable(_letters(after)) and len(before) > 1 < len(after)
        )
        text += (" " if glued or not text.strip() else ".") + after
    return text


def _letters(text: str) -> str:
    return "".join(c for c in text.split()[-1] if c.isalpha()) if text.strip() else ""


def respaced(word: ReadWord, text: str) -> Iterator[ReadWord]:
    """A word as it is said to be, in its parts if that holds blanks, each over its share of the word's width."""
    if text.strip() == word.text:
        yield word
        return
    width = (word.x1 - word.x0) / max(1, len(word.text))
    at = 0
    for part in text.split():
        at = max(at, word.text.find(part, at))
        yield replace(word, text=part, x0=word.x0 + at * width, x1=word.x0 + (at + len(part)) * width)
        at += len(part)
