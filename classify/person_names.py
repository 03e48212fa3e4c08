"""Whether words are the name of a person: a family name, then syllables, each with a capital."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.fuzzy import distance
from classify.syllables import is_syllable
from records.vietnamese import folded

_RANK = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|Ths|CN|KS|BS|BSCK\s?I{1,2}|BSCKI{1,2}|CK\s?I{1,2}|LS|NSND|NSƯT|DS|CVC)[.,]?\s*)+|"
    r"^(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)\s+|^(?:Ông|Bà|Luật sư|Bác sĩ)\s+",
)


class NameChecker:
    """Knows family names; the frequent ones first."""

    def __init__(self, surnames: Iterable[str]) -> None:
        self._surnames = {name.lower(): name for name in surnames}
        self._keys = {folded(name) for name in self._surnames}

    def plain(self, text: str) -> str:
        """The name without degree or rank before it."""
        return _RANK.sub("", text).strip()

    def score(self, words: list[str]) -> float:
        """How much these words look like a name: 0 (not at all) … 1.

        >>> checker = NameChecker(["Nguyễn", "Trần"])
        >>> checker.score("Trần Hoàng Tuấn".split()), checker.score("Như trên".split())
        (1.0, 0.0)
        """
        if not 2 <= len(words) <= 6 or not all(word.isalpha() for word in words):
            return 0.0
        if not all(word.istitle() for word in words) and not all(word.isupper() for word in words):
            return 0.0
        syllables = sum(is_syllable(word) for word in words) / len(words)
        known = words[0].lower() in self._surnames
        near = folded(words[0]) in self._keys
        return syllables * (1.0 if known else 0.7 if near else 0.4)

    def mended(self, words: list[str]) -> list[str]:
        """The words with a misread family name set right where only one frequent name is near.

        >>> NameChecker(["Nguyễn", "Trần"]).mended(["X6uyễn", "Hoàng", "Giang"])
        ['Nguyễn', 'Hoàng', 'Giang']
        """
        if not words or words[0].lower() in self._surnames:
            return words
        best = sorted((self._edits(words[0], name), name) for name in self._surnames)[:2]
        clear = best and best[0][0] <= 2 * len(best[0][1]) // 5 and (len(best) < 2 or best[1][0] > best[0][0])
        return [self._surnames[best[0][1]], *words[1:]] if clear else words

    def _edits(self, read: str, name: str) -> int:
        return distance(read.lower(), name)
