"""Marks of running text settled by usage: by the paper's own words elsewhere, and by turns that offices use.

A tone mark that was lost in a summary is often right in the body ("quyêt" there, "quyết" here). Words are compared
with the same words between the same neighbours elsewhere in the record, letters equal, marks not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from classify.fuzzy import similarity
from classify.spelling import Speller
from classify.syllables import is_syllable
from records.page import Word
from records.vietnamese import folded

_NOISE = " .,;:_*'\"“”‘’|~`^=«»()[]{}<>…"
BOTH, ONE = 1.0, 0.6  # weight of an occurrence that shares both neighbours, or one
BADLY, SURELY, ALIKE = 0.75, 0.9, 0.4
OWN = 1.3  # a reading is given up only for clearly more


class Wording:
    """Every spelling of each word of a record, by the folded words beside it; and known turns of phrase."""

    def __init__(self, lines: Iterable[Sequence[Word]], phrases: Speller) -> None:
        self._phrases = phrases
        self._seen: dict[tuple[str, str], set[Word]] = defaultdict(set)
        self._between: dict[tuple[str, str], set[Word]] = defaultdict(set)
        for words in lines:
            keys = [_key(word.text) for word in words]
            for index, word in enumerate(words):
                for place in _places(keys, index):
                    self._seen[place].add(word)
                if 0 < index < len(words) - 1:
                    self._between[(keys[index - 1], keys[index + 1])].add(word)

    def settled(self, words: Sequence[Word]) -> list[str]:
        """The texts of these words, one respelled where the record's other words or usage outvote it.

        What may be a name (a capital inside the line) is never respelled by usage.
        """
        keys = [_key(word.text) for word in words]
        texts = [
            self._read_again(word, keys, index) or self._settled(word, _places(keys, index))
            for index, word in enumerate(words)
        ]
        usual = self._phrases.respelled(texts, [word.confidence for word in words])[0]
        return [
            text if index and text.istitle() else new
            for index, (text, new) in enumerate(zip(texts, usual, strict=True))
        ]

    def _read_again(self, word: Word, keys: Sequence[str], index: int) -> str | None:
        """What stands between the same neighbours elsewhere, read surely, where this word was read badly."""
        if word.confidence >= BADLY or not 0 < index < len(keys) - 1 or not word.text.islower():
            return None
        others = Counter(
            other.text.strip(_NOISE)
            for other in self._between.get((keys[index - 1], keys[index + 1]), ())
            if other.confidence >= SURELY and similarity(_key(other.text), keys[index]) >= ALIKE
        )
        return others.most_common(1)[0][0] if others else None

    def _settled(self, word: Word, places: Sequence[tuple[str, str]]) -> str:
        own = word.text.strip(_NOISE)
        if not own.isalpha():
            return word.text
        votes = self._votes(word, places)
        best = max(votes, key=lambda spelling: votes[spelling], default=own.lower())
        mine = votes.get(own.lower(), 0.0) + OWN * word.confidence * (1.0 if is_syllable(own) else 0.3)
        if best == own.lower() or votes[best] <= mine:
            return word.text
        return word.text.replace(own, _cased(own, best))

    def _votes(self, word: Word, places: Sequence[tuple[str, str]]) -> dict[str, float]:
        """What the same word elsewhere says, one that shares both neighbours more than one that shares one."""
        votes: dict[str, float] = defaultdict(float)
        shared = Counter(other for place in places for other in self._seen.get(place, ()) if other != word)
        for other, sides in shared.items():
            spelling = other.text.strip(_NOISE).lower()
            if is_syllable(spelling):
                votes[spelling] += (BOTH if sides == 2 else ONE) * other.confidence
        return votes


def _places(keys: Sequence[str], index: int) -> list[tuple[str, str]]:
    """The word with its left neighbour and with its right one, as far as it has them."""
    found = []
    if index:
        found.append((f"{keys[index - 1]}+", keys[index]))
    if index + 1 < len(keys):
        found.append((keys[index], f"+{keys[index + 1]}"))
    return found


def _key(text: str) -> str:
    return folded(text).strip(_NOISE)


def _cased(like: str, spelling: str) -> str:
    if like.isupper():
        return spelling.upper()
    return spelling.capitalize() if like[:1].isupper() else spelling
