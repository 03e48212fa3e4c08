"""Roman numerals before headings: readers take a bold III for HI, IH, IIl or HL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ocr.reading import ReadWord

_BARS = re.compile(r"[IHLl1|!]{1,3}\.")
_WIDTH = {"H": 2}  # bars that one misread letter stands for


def numbered(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """The words of a line; a first token of bars before a heading in capitals is a Roman numeral.

    >>> line = [ReadWord(text, 0, 1, 1.0) for text in ("HI.", "PHẠM", "VI")]
    >>> [word.text for word in numbered(line)]
    ['III.', 'PHẠM', 'VI']
    """
    if len(words) > 1 and _heading(words[1].text):
        return (replace(words[0], text=roman(words[0].text)), *words[1:])
    return tuple(words)


def roman(token: str) -> str:
    """A token of one to three bars as a Roman numeral; any other token as it is.

    >>> [roman(token) for token in ("HI.", "L.", "IIl.", "H.", "11.", "IV.", "HHL.")]
    ['III.', 'I.', 'III.', 'II.', '11.', 'IV.', 'HHL.']
    """
    if not _BARS.fullmatch(token) or token[:-1].isdigit():
        return token
    bars = sum(_WIDTH.get(letter, 1) for letter in token[:-1])
    return "I" * bars + "." if bars <= 3 else token


def _heading(token: str) -> bool:
    return len(token) > 1 and token.isalpha() and token.isupper()
