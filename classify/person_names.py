"""Whether words are the name of a person: a family name, then syllables, each with a capital."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from math import prod

from classify.fuzzy import distance
from classify.syllables import is_syllable
from records.vietnamese import folded

_RANK = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|Ths|CN|KS|BS|BSCK\s?I{1,2}|BSCKI{1,2}|CK\s?I{1,2}|LS|NSND|NSƯT|DS|CVC)[.,]?\s*)+|"
    r"^(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)\s+|^(?:Ông|Bà|Luật sư|Bác sĩ)\s+",
)


# Family names that stand in the middle of a name far more often: alone before a given name they are a remnant.
_MIDDLE = {"văn", "thị", "kim", "thành", "sơn", "giang", "phương", "trang", "ngân", "trung"}


UNUSUAL = 0.54  # a syllable that hardly any name has is more often a misread mark (Phị for Thị)
RARE = 0.8  # … unless no name has these letters with other marks: parents may call a child as they like
FREQUENT = 64  # so many family names are that far more often than anything else
# How likely a family name is right that a reader hardly believed: one of the list, as it stands or with a mark set
# right. Of 290 signers' names (seeds 8000-8299) all 66 of the former and 12 of 14 of the latter were; both mistakes had
# three letters, read with a chance under 0.2.
# Of 27 more (seeds 8300-8399) of the former all were right.
LISTED, SET_RIGHT, SHORT, GUESSED = 0.97, 0.8, 3, 0.2
# … and a syllable of the list behind it that was read with HALF and more: of 28 that were read with less than 0.95 one
# was wrong, THĂNG for THẮNG.
LISTED_GIVEN, HALF = 0.92, 0.5
# The second syllable of half of all names, and what hardly any name has there: its misread marks.
_SECOND = {
    "thi": ("Thị", {"thi", "thí", "thì", "thỉ", "thĩ"}),
    "van": ("Văn", {"vấn", "vần", "vẫn", "vặn", "vắn"}),
}
DOUBTED = 0.6  # a given name's syllable read with less becomes the only one of the list with its letters


class NameChecker:
    """Knows family names, the frequent ones first, and the syllables of given names where these are told."""

    def __init__(self, surnames: Iterable[str], given: Iterable[str] = ()) -> None:
        self._given = {name.lower() for name in given}
        self._spellings: dict[str, list[str]] = {}
        for name in sorted(self._given):
            self._spellings.setdefault(folded(name), []).append(name)
        self._surnames = {name.lower(): name for name in surnames}
        self._keys = {folded(name) for name in self._surnames}
        self._frequent = tuple(self._surnames)[:FREQUENT]
        self._remnants = _MIDDLE | {n for n in self._surnames if n in self._given and n not in self._frequent}

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
        syllables *= min((self._usual(word) for word in words[1:]), default=1.0)
        if words[0].lower() in self._surnames:
            return syllables * (0.54 if len(words) == 2 and words[0].lower() in self._remnants else 1.0)
        if (
            folded(words[0]) in self._keys
        ):  # the right letters with other marks: more likely misread than rare
            return 0.54 * syllables
        return (0.65 if len(words) >= 3 else 0.5) * syllables

    def _usual(self, word: str) -> float:
        """How much a syllable after the family name looks like one of a name."""
        if not self._given or word.lower() in self._given:
            return 1.0
        return UNUSUAL if folded(word) in self._spellings else RARE

    def believed(self, read: str, mended: str, chance: float) -> float:
        """The chance that a family name is right, given its reader's own chance for what was read."""
        if mended.lower() not in self._surnames:
            return chance
        if read == mended:
            return max(chance, LISTED)
        # a small letter where a name begins: what stood before it is hidden (đẳng for Hoàng)
        guessed = (len(read) <= SHORT and chance < GUESSED) or (
            read[:1].islower() and len(read) == len(mended)
        )
        return chance if guessed else max(chance, SET_RIGHT)

    def chance(self, read: Sequence[str], mended: Sequence[str], chances: Sequence[float]) -> float:
        """The chance that a whole name is right, given its reader's own chances for what was read.

        A family name that was set right is vouched for by the list.

        >>> checker = NameChecker(["Trần"], ["Văn", "Tuấn"])
        >>> checker.chance(["Trần", "Văn", "Tuấn"], ["Trần", "Văn", "Tuấn"], [0.6, 0.99, 0.7]) > 0.88
        True
        """
        first = self.believed(read[0], mended[0], chances[0]) if read[0] == mended[0] else 1.0
        return first * prod(map(self.given_chance, read[1:], mended[1:], chances[1:]))

    def given_chance(self, read: str, mended: str, chance: float) -> float:
        """The chance that a syllable behind the family name is right."""
        listed = mended.lower() in self._given and chance >= HALF and folded(read) == folded(mended)
        return max(chance, LISTED_GIVEN) if listed else chance

    def given_mended(self, word: str, chance: float) -> str:
        """A syllable of a given name that was read badly, with the marks of the only one with its letters.

        >>> checker = NameChecker([], ["Xuân", "Tân", "Tấn"])
        >>> checker.given_mended("Xuẩn", 0.5), checker.given_mended("Tản", 0.5), checker.given_mended("Xuẩn", 0.9)
        ('Xuân', 'Tản', 'Xuẩn')
        """
        known = self._spellings.get(folded(word), [])
        if chance >= DOUBTED or word.lower() in self._given or len(known) != 1:
            return word
        return known[0].upper() if word.isupper() else known[0].capitalize()

    def mended(self, words: list[str]) -> list[str]:
        """The words with a misread family name set right where only one frequent name is near.

        >>> checker = NameChecker(["Nguyễn", "Trần", "Hồ", "Hà"])
        >>> [checker.mended([name, "Hoàng"])[0] for name in ("X6uyễn", "Trân", "Hỗ")]
        ['Nguyễn', 'Trần', 'Hỗ']
        """
        if len(words) >= 3:
            words = [words[0], _second(words[1]), *words[2:]]
        if not words or words[0].lower() in self._surnames:
            return words
        if words[0][:1].islower() and len(words) == 2:
            return words  # what is left of a given name whose beginning is hidden
        lost = [name for name in self._surnames if _lost_a_mark(words[0].lower(), name)]
        rivals = [name for name in self._frequent if folded(name) == folded(words[0])]
        if lost and lost[0] not in rivals and rivals:
            return words  # Đương may be Đường, but Dương is far more frequent
        if lost:
            return [self._surnames[lost[0]], *words[1:]]
        if folded(words[0]) in self._keys:
            alike = [name for name in self._surnames if folded(name) == folded(words[0])]
            usual = [name for name in alike if name in self._frequent]
            meant = usual if len(words) >= 3 and len(words[0]) >= 3 else alike if len(words[0]) >= 4 else []
            return [self._surnames[meant[0]], *words[1:]] if len(meant) == 1 else words
        if len(words[0]) < 3 or words[0].lower() in self._given:
            return words  # a whole syllable of a name whose beginning is hidden
        best = sorted((distance(words[0].lower(), name), name) for name in self._frequent)[:2]
        clear = best[0][0] <= 2 * len(best[0][1]) // 5 and (len(best) < 2 or best[1][0] > best[0][0])
        return [self._surnames[best[0][1]], *words[1:]] if clear else words


def _second(word: str) -> str:
    """The second of three syllables with the marks that it has in names: Thị for Thi, Văn for Vấn.

    >>> _second("Vấn"), _second("THI"), _second("Vân")
    ('Văn', 'THỊ', 'Vân')
    """
    meant, misread = _SECOND.get(folded(word), (word, set[str]()))
    if word.lower() not in misread:
        return word
    return meant.upper() if word.isupper() else meant


def _lost_a_mark(read: str, name: str) -> bool:
    """Whether the reading is the name without one of its marks: Trân for Trần."""
    left, right = unicodedata.normalize("NFD", read), unicodedata.normalize("NFD", name)
    letters = iter(right)
    return folded(read) == folded(name) and len(left) < len(right) and all(char in letters for char in left)
