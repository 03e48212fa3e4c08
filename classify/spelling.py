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

SURE = 0.9  # a word read at least so surely is believed against a short phrase
_PUNCTUATION = ".,;:-–_*'\"“”‘’|"


class Speller:
    """Known phrases, looked up by their folded words."""

    def __init__(self, phrases: Iterable[str], *, trusted: bool = False) -> None:
        """`trusted`: the phrases' letters spell nothing else, so they win against whatever marks were read."""
        self._trusted = trusted
        self._by_key: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(phrase.upper().split())
            self._by_key.setdefault(tuple(map(_bare, words)), []).append(words)
        self._longest = max(map(len, self._by_key), default=0)
        self._by_length: dict[int, list[tuple[str, ...]]] = {}
        for key in self._by_key:
            self._by_length.setdefault(len(key), []).append(key)

    def respelled(self, words: Sequence[str], certain: Sequence[float]) -> tuple[list[str], int]:
        """The words with known phrases set right, and how many words belong to a known phrase.

        `certain` is the confidence of each word (0 … 1): a word that was read surely with other marks stays.

        >>> speller = Speller(["VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO"])
        >>> speller.respelled("VIỆN KIÊM SÁT NHẬN DÂN TÓI CAO".split(), [0.9] * 7)
        (['VIỆN', 'KIỂM', 'SÁT', 'NHÂN', 'DÂN', 'TỐI', 'CAO'], 7)
        """
        done: list[str] = []
        known = 0
        while len(done) < len(words):
            at = len(done)
            phrase = self._phrase_at(words[at:])
            if phrase is None:
                done.append(words[at])
                continue
            fixed = [_like(old, new) for old, new in zip(words[at:], phrase, strict=False)]
            doubted = [
                not self._trusted and _keeps(*three, len(phrase))
                for three in zip(words[at:], phrase, certain[at:], strict=False)
            ]
            done.extend(
                old if keep else new for old, new, keep in zip(words[at:], fixed, doubted, strict=False)
            )
            known += len(phrase) - sum(doubted)
        return done, known

    def knows(self, words: Sequence[str]) -> bool:
        """Whether these words are one known phrase, whatever their marks and case."""
        return tuple(map(_bare, words)) in self._by_key

    def holds(self, text: str) -> bool:
        """Whether a text is a remnant of a known phrase: its letters end or begin one.

        >>> Speller(["GIÁM ĐỐC"]).holds("ÁM ĐỐC")
        True
        """
        key = _bare(text)
        phrases = (" ".join(words) for words in self._by_key)
        return any(phrase != key and (phrase.endswith(key) or phrase.startswith(key)) for phrase in phrases)

    def ending(self, text: str) -> str | None:
        """The longest phrase that a text ends with, but for up to four letters of scrap before it.

        >>> Speller(["CHỦ TỊCH", "PHÓ CHỦ TỊCH"]).ending("DÃPHÓ CHỦ TỊCH")
        'PHÓ CHỦ TỊCH'
        """
        key = _bare(text).replace(" ", "")
        fits = [
            phrases[0]
            for words, phrases in self._by_key.items()
            if len(goal := "".join(words)) >= 7 and key.endswith(goal) and len(key) - len(goal) <= 4
        ]
        return " ".join(max(fits, key=lambda words: len("".join(words)))) if fits else None

    def nearest(self, text: str) -> str | None:
        """The one phrase that a whole line must be, up to one letter in seven; None when none or two are near.

        >>> Speller(["NGƯỜI TIẾP NHẬN HỒ SƠ", "GIÁM ĐỐC"]).nearest("NGƯỜTEIẾP NHẬN HỒ SƠ")
        'NGƯỜI TIẾP NHẬN HỒ SƠ'
        >>> Speller(["GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]).nearest("ÁM ĐỐC") is None
        True
        """
        key = _bare(text)
        close = [
            (edits, phrases[0])
            for words, phrases in self._by_key.items()
            if abs(len(goal := " ".join(words)) - len(key)) <= len(goal) // 7 and len(goal) >= 8
            if (edits := distance(key, goal)) <= len(goal) // 7
        ]
        best = sorted(close)[:2]
        if not best or (len(best) == 2 and best[0][0] == best[1][0]):
            return None
        return " ".join(best[0][1])

    def _phrase_at(self, words: Sequence[str]) -> tuple[str, ...] | None:
        keys = tuple(map(_bare, words[: self._longest]))
        for size in range(len(keys), 0, -1):
            exact = self._by_key.get(keys[:size])
            if exact is not None:
                upper = tuple(word.upper() for word in words[:size])
                return upper if upper in exact else exact[0]
            near = self._near(keys[:size]) if size >= 3 and not self._trusted else None
            if near is not None:
                return near
        return None

    def _near(self, keys: tuple[str, ...]) -> tuple[str, ...] | None:
        """A phrase of as many words, of which at most one in three has one wrong letter."""
        for candidate in self._by_length.get(len(keys), []):
            if sum(a == b for a, b in zip(keys, candidate, strict=True)) < len(keys) - max(1, len(keys) // 3):
                continue
            wrong = [(a, b) for a, b in zip(keys, candidate, strict=True) if a != b]
            if all(_one_slip(a, b) for a, b in wrong):
                return self._by_key[candidate][0]
        return None


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return folded(word).strip(_PUNCTUATION)


def _one_slip(read: str, meant: str) -> bool:
    return min(len(read), len(meant)) >= 3 and distance(read, meant) == 1


def _like(read: str, meant: str) -> str:
    """The right spelling in the case of what was read; the reading itself if only its tone stands elsewhere."""
    core = read.strip(_PUNCTUATION)
    if tone_free(core.upper()) == tone_free(meant.strip(_PUNCTUATION)):
        return read
    cased = meant.lower() if core.islower() else meant.capitalize() if core.istitle() else meant
    before, _, after = read.partition(core)
    return before + cased.strip(_PUNCTUATION) + after if core else read


def tone_free(text: str) -> tuple[str, ...]:
    """Letters and marks without their order, word by word: equal for hòa and hoà, not for hoa and hòa.

    >>> tone_free("Ủy ban") == tone_free("Uỷ ban"), tone_free("hoàn") == tone_free("hoan")
    (True, False)
    """
    return tuple("".join(sorted(unicodedata.normalize("NFD", word))) for word in text.split())


def _keeps(read: str, meant: str, certain: float, size: int) -> bool:
    """Whether the reading stands against the phrase: it has a mark that the phrase has not, and was read surely.

    A lost mark is common (KIÊM for KIỂM), a changed one is not (THỦ for THỨ). In long phrases it is still a slip.
    """
    if size >= 3 or certain < SURE or tone_free(read.upper()) == tone_free(meant):
        return False
    return not set(unicodedata.normalize("NFD", read.upper())) <= set(unicodedata.normalize("NFD", meant))
