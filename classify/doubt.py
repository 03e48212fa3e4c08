"""Which syllables of a value are doubtful: the words that were read in its box, laid beside what was made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from records.page import Box, PageText, Word
from records.vietnamese import folded

SURE_WORD = 0.85  # a word that was read more surely than this is not marked
_SYLLABLE = re.compile(r"\S+")


def words_in(box: Box, text: PageText) -> tuple[Word, ...]:
    """The words of a page whose centre lies in a box, in reading order."""
    return tuple(word for word in text.words() if _holds(box, word.box.centre))


def _holds(box: Box, point: tuple[float, float]) -> bool:
    x, y = point
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def doubtful_spans(value: str, words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """Where in a value (characters, from and to) stand syllables that were not read surely.

    A syllable that no word says (a date in ISO form, a mended spelling) has no confidence of its own and is left out.

    >>> read = [Word("Trân", Box(0, 0, 9, 9), 0.6), Word("Văn", Box(9, 0, 18, 9), 0.99)]
    >>> doubtful_spans("Trần Văn", read)
    ((0, 4),)
    """
    syllables = list(_SYLLABLE.finditer(value))
    mine, theirs = [_key(part[0]) for part in syllables], [_key(word.text) for word in words]
    pairs = [
        (block.a + n, block.b + n)
        for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
        for n in range(block.size)
    ]
    return tuple(syllables[a].span() for a, b in pairs if words[b].confidence < SURE_WORD)


def _key(text: str) -> str:
    return folded(text).strip(".,;:()[]\"'“”-–")
