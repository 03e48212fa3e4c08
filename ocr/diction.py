"""Mends marks that office language rules out: "CHỦ TICH", "Quốc tích", "Vụ trường".

At 150–200 dpi all readers lose the same marks, so that a vote does not help. A word that has never been seen beside
its neighbours becomes the one that has, if they differ in nothing but marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocr.confidence import assured
from ocr.lexicon import same_letters, times_together
from ocr.reading import ReadWord, Support
from ocr.spelling import parted
from ocr.syllables import is_syllable

SURE = 0.999  # a word of this chance is left as it was read
TIMES = 2  # that the other word must have been seen here; once is enough where this one is no syllable
NAME_SURE = 0.9  # the same as SURE for a word of a name: names go together in ways that nobody has counted


def well_worded(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """The words of a line, with the marks that office language asks for.

    >>> line = [ReadWord(text, 0, 1, 0.95) for text in "PHÓ CHỦ TICH Trần Văn Tích (tại huyện)".split()]
    >>> " ".join(word.text for word in well_worded(line))
    'PHÓ CHỦ TỊCH Trần Văn Tích (tại huyện)'
    """
    mended: list[ReadWord] = []
    for i, word in enumerate(words):
        before = mended[-1].text if mended else ""
        after = words[i + 1].text if i + 1 < len(words) else ""
        text = _worded(word, before, after)
        if text != word.text:
            support = replace(word.support or Support(), mended=True)
            word = replace(word, text=text, support=support)
        mended.append(word)
    if all(one is other for one, other in zip(mended, words, strict=True)):
        return tuple(words)
    return assured(mended)


def _worded(word: ReadWord, before: str, after: str) -> str:
    opening, core, closing = parted(word.text)
    if not core.isalpha() or word.confidence >= SURE or not same_letters(core):
        return word.text
    left = "" if opening else _unless(before, closed=True)
    right = "" if closing else _unless(after, closed=False)
    if _seen(left, core, right) or (_in_name(core, left, right) and word.confidence >= NAME_SURE):
        return word.text
    times, best = max((_seen(left, other, right), other) for other in same_letters(core))
    enough = TIMES if is_syllable(core) else 1
    return opening + _cased(best, core) + closing if times >= enough else word.text


def _unless(text: str, *, closed: bool) -> str:
    """A neighbour's letters, if no mark stands between it and the word."""
    opening, core, closing = parted(text)
    return "" if (closing if closed else opening) else core


def _seen(left: str, syllable: str, right: str) -> int:
    return (times_together(left, syllable) if left else 0) + (times_together(syllable, right) if right else 0)


def _in_name(core: str, left: str, right: str) -> bool:
    """Whether a possible syllable and a neighbour both begin with a capital, as in a person's or a place's name."""
    return core.istitle() and is_syllable(core) and (left.istitle() or right.istitle())


def _cased(syllable: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return syllable.upper()
    return syllable.title() if like[:1].isupper() else syllable
