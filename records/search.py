"""What a person looks for, as words without marks: the one form in which texts are indexed and asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from records.errors import InvalidValue
from records.vietnamese import folded

_WORD = re.compile(r"[a-z0-9]+")
_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')

LONGEST_QUERY = 200  # characters
MOST_PHRASES = 12
LONGEST_WORD = 64  # characters: what is longer is no word, and found by its beginning
MOST_INDEXED = 200_000  # characters of a page: forty full sheets; PostgreSQL indexes at most a mebibyte


def words_of(text: str) -> list[str]:
    """The words of a text as they are indexed: lower case, no marks, letters and digits only.

    >>> words_of("Số: 492/QĐ-UBND, Mỹ Tho")
    ['so', '492', 'qd', 'ubnd', 'my', 'tho']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def pairs_of(words: Sequence[str]) -> list[str]:
    """Each two words that follow one another, as one term.

    Every Vietnamese syllable is common, and two of them rarely are: a phrase that is asked for by its pairs is found
    without holding the places of all its words on all pages against each other (Lucene calls this common grams).

    >>> pairs_of(["my", "tho", "tien"])
    ['my_tho', 'tho_tien']
    """
    return [f"{first}_{second}" for first, second in pairwise(words)]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Phrases that must all be found; the words of a phrase must follow one another."""

    phrases: tuple[tuple[str, ...], ...]

    @classmethod
    def parse(cls, untrusted: str) -> SearchQuery:
        """What a person typed. A code or number (`492/QĐ-UBND`) is a phrase, and so is what stands in quotes.

        Raises InvalidValue when no word is left, or when there are too many.

        >>> SearchQuery.parse('Nguyễn "văn Hùng" 492/QĐ-UBND').phrases
        (('nguyen',), ('van', 'hung'), ('492', 'qd', 'ubnd'))
        """
        if len(untrusted) > LONGEST_QUERY:
            raise InvalidValue(f"a search has at most {LONGEST_QUERY} characters", field="query")
        parts = (quoted or bare for quoted, bare in _PART.findall(untrusted))
        phrases = tuple(dict.fromkeys(tuple(words) for part in parts if (words := words_of(part))))
        if not phrases:
            raise InvalidValue("a search needs at least one letter or digit", field="query")
        if len(phrases) > MOST_PHRASES:
            raise InvalidValue(f"a search has at most {MOST_PHRASES} words", field="query")
        return cls(phrases)

    def terms(self) -> tuple[str, ...]:
        """The terms that all stand on a page with all phrases: single words, and longer phrases by their pairs.

        >>> SearchQuery.parse('nguyễn "văn Hùng"').terms()
        ('nguyen', 'van_hung')
        """
        found = (pairs_of(phrase) if len(phrase) > 1 else list(phrase) for phrase in self.phrases)
        return tuple(dict.fromkeys(term for terms in found for term in terms))

    def long_phrases(self) -> tuple[tuple[str, ...], ...]:
        """Those whose terms may all stand on a page where the phrase does not: of three words and more."""
        return tuple(phrase for phrase in self.phrases if len(phrase) > 2)

    def hits(self, texts: Sequence[str]) -> list[int]:
        """Which of these texts (the words of a page in order) belong to a phrase that is found there.

        >>> SearchQuery.parse('"my tho"').hits(["TP.", "Mỹ", "Tho,", "ngày"])
        [1, 2]
        """
        spread = [(word, index) for index, text in enumerate(texts) for word in words_of(text)]
        found = {index for phrase in self.phrases for index in _places(phrase, spread)}
        return sorted(found)


def _places(phrase: tuple[str, ...], spread: Sequence[tuple[str, int]]) -> Iterator[int]:
    size = len(phrase)
    for start in range(len(spread) - size + 1):
        window = spread[start : start + size]
        if all(word == wanted for (word, _), wanted in zip(window, phrase, strict=True)):
            yield from (index for _, index in window)


def indexed(texts: Iterable[str]) -> str:
    """Texts as the one string of words that an index keeps; what a page has beyond MOST_INDEXED is left out."""
    words = " ".join(word for text in texts for word in words_of(text))
    return words if len(words) <= MOST_INDEXED else words[:MOST_INDEXED].rpartition(" ")[0]
