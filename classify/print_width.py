"""Whether a word is as wide as its letters would print: handwriting between printed words is not.

A number that was written by hand into "Số:      /UBND" is often read as one word with what follows. The word is
then wider than its letters, for the blank that the form left is still there.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from classify.dates import same_length_key
from records.page import Word

# Advance widths in units of the font size; between Times and Arial, whose proportions are alike.
_NARROW, _WIDE = set("fijlrt"), {"m": 0.78, "w": 0.72, "M": 0.88, "W": 0.95, "I": 0.34, "J": 0.42}
_DIGIT, _SMALL, _CAPITAL, _MARK, _HYPHEN = 0.5, 0.48, 0.68, 0.28, 0.33


def units(text: str) -> float:
    """The width of a text in units of its font size.

    >>> round(units("575/UBND-KTTH"), 2)
    7.55
    """
    return sum(_unit(char) for char in text)


def _unit(char: str) -> float:
    plain = same_length_key(char)
    if char in _WIDE:
        return _WIDE[char]
    if char.isdigit():
        return _DIGIT
    if not char.isalpha():
        return _HYPHEN if char in "-–" else _MARK
    if char.isupper():
        return _CAPITAL
    return 0.3 if plain in _NARROW else _WIDE.get(plain, _SMALL)


def font_size(words: Iterable[Word]) -> float | None:
    """The font size in pixels that these words were printed in, from their widths; None with too few words."""
    sizes = [
        w.box.width / units(w.text)
        for w in words
        if sum(c.isalpha() for c in w.text) >= 3 and w.confidence > 0.85
    ]
    return float(median(sizes)) if len(sizes) >= 3 else None


def stretch(word: Word, size: float) -> float:
    """How many times wider the word is than its letters in this font size."""
    return word.box.width / (units(word.text) * size)
