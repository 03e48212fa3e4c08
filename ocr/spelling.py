"""What the letters of a token say about it, whoever read it."""

from __future__ import annotations

import re
from enum import Enum, auto

from ocr.syllables import is_syllable


class Spelling(Enum):
    SYLLABLE = auto()  # can be Vietnamese, and its capitals stand where capitals stand
    OTHER = auto()  # a number, a code, an abbreviation
    DOUBTFUL = auto()  # letters that make no syllable
    ODD = auto()  # signs that office print does not hold, or nothing but marks


_USUAL = re.compile(r"[\w\s.,;:!?/()\[\]'\"“”‘’%&+*=\-–—²³°…_]*")
_PARTS = re.compile(r"([^\w]*)(.*?)([^\w]*)", re.DOTALL)


def spelling(token: str) -> Spelling:
    """
    >>> [spelling(token).name for token in ("nghị", "12/QĐ-UBND", "quyêt", "4†")]
    ['SYLLABLE', 'OTHER', 'DOUBTFUL', 'ODD']
    """
    core = parted(token)[1]
    if not core or not _USUAL.fullmatch(token):
        return Spelling.ODD
    if is_syllable(core) and (core.islower() or core.isupper() or core.istitle()):
        return Spelling.SYLLABLE
    if core.isalpha() and not core.isupper():
        return Spelling.DOUBTFUL
    return Spelling.OTHER


def parted(token: str) -> tuple[str, str, str]:
    """Marks before, core, marks after.

    >>> parted("(Thông"), parted("2021;"), parted("-")
    (('(', 'Thông', ''), ('', '2021', ';'), ('', '-', ''))
    """
    match = _PARTS.fullmatch(token)
    assert match is not None  # the pattern takes anything
    before, core, after = match.groups()
    return (before, core, after) if core else ("", before + after, "")
