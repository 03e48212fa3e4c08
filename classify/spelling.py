"""Setting right the marks of names that are spelled in one way only: agencies, titles, provinces.

Tesseract reads SỞ TƯ PHÁP as SỞ TU PHÁP and TỈNH as TĨNH: the letters are right and a mark is not. A known phrase
with the same letters settles it. What differs only in where the tone stands (UỶ, ỦY) is left as it is printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from classify.fuzzy import distance
from records.vietnamese import folded

_PUNCTUATION = ".,;:-–_*'\"“”‘’|"


class Speller:
    """Known phrases, looked up by their folded words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_key: dict[tuple[str, ...], tuple[str, ...]] = {}
        for phrase in phrases:
            words = tuple(phrase.upper().split())
            self._by_key.setdefault(tuple(map(_bare, words)), words)
        self._longest = max(map(len, self._by_key), default=0)
        self._by_length: dict[int, list[tuple[str, ...]]] = {}
        for key in self._by_key:
            self._by_length.setdefault(len(key), []).append(key)

    def respelled(self, words: Sequence[str]) -> tuple[list[str], int]:
        """The words with known phrases set right, and how many words belong to a known phrase.

        >>> Speller(["VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO"]).respelled("VIỆN KIÊM SÁT NHẬN DÂN TÓI CAO".split())
        (['VIỆN', 'KIỂM', 'SÁT', 'NHÂN', 'DÂN', 'TỐI', 'CAO'], 7)
        """
        done: list[str] = []
        known = 0
        while len(done) < len(words):
            phrase = self._phrase_at(words[len(done) :])
            if phrase is None:
                done.append(words[len(done)])
                continue
            done.extend(_like(old, new) for old, new in zip(words[len(done) :], phrase, strict=False))
            known += len(phrase)
        return done, known

    def _phrase_at(self, words: Sequence[str]) -> tuple[str, ...] | None:
        keys = tuple(map(_bare, words[: self._longest]))
        for size in range(len(keys), 0, -1):
            exact = self._by_key.get(keys[:size])
            if exact is not None:
                return exact
            near = self._near(keys[:size]) if size >= 2 else None
            if near is not None:
                return near
        return None

    def _near(self, keys: tuple[str, ...]) -> tuple[str, ...] | None:
        """A phrase of as many words, of which at most one in three has one wrong letter."""
        for candidate in self._by_length.get(len(keys), []):
            wrong = [(a, b) for a, b in zip(keys, candidate, strict=True) if a != b]
            if 0 < len(wrong) <= max(1, len(keys) // 3) and all(_one_slip(a, b) for a, b in wrong):
                return self._by_key[candidate]
        return None


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return folded(word).strip(_PUNCTUATION)


def _one_slip(read: str, meant: str) -> bool:
    return min(len(read), len(meant)) >= 3 and distance(read, meant) == 1


def _like(read: str, meant: str) -> str:
    """The right spelling in the case of what was read; the reading itself if only its tone stands elsewhere."""
    if tone_free(read.upper()) == tone_free(meant):
        return read
    return meant if read.upper() == read or not read.istitle() else meant.capitalize()


def tone_free(text: str) -> tuple[str, ...]:
    """Letters and marks without their order, word by word: equal for hòa and hoà, not for hoa and hòa.

    >>> tone_free("Ủy ban") == tone_free("Uỷ ban"), tone_free("hoàn") == tone_free("hoan")
    (True, False)
    """
    return tuple("".join(sorted(unicodedata.normalize("NFD", word))) for word in text.split())
