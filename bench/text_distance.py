"""How far a reading is from the truth: edits by letter and by word, and words missed whatever their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from records.vietnamese import single_spaced


def edits(truth: Sequence[str], reading: Sequence[str]) -> int:
    """Levenshtein distance of two sequences.

    >>> edits("Nguyễn", "Nguyên"), edits("Số 12".split(), "Số l2".split()), edits("", "abc")
    (1, 1, 3)
    """
    ids: dict[str, int] = {}
    wanted = [ids.setdefault(item, len(ids)) for item in truth]
    found = np.array([ids.setdefault(item, len(ids)) for item in reading], np.int64)
    places = np.arange(len(found) + 1)
    row = places.copy()
    for line, item in enumerate(wanted, start=1):
        kept = np.empty_like(row)
        kept[0] = line
        kept[1:] = np.minimum(row[1:] + 1, row[:-1] + (found != item))
        row = np.minimum.accumulate(kept - places) + places
    return int(row[-1])


@dataclass(frozen=True, slots=True)
class Distance:
    """Counts that add up over pages; the rates are shares of the truth (NFC, blanks folded, case and marks count)."""

    letters: int = 0
    letter_edits: int = 0
    words: int = 0
    word_edits: int = 0
    words_missed: int = 0

    def __add__(self, other: Distance) -> Distance:
        return Distance(
            self.letters + other.letters,
            self.letter_edits + other.letter_edits,
            self.words + other.words,
            self.word_edits + other.word_edits,
            self.words_missed + other.words_missed,
        )

    @property
    def cer(self) -> float:
        return self.letter_edits / max(1, self.letters)

    @property
    def wer(self) -> float:
        return self.word_edits / max(1, self.words)

    @property
    def missed(self) -> float:
        return self.words_missed / max(1, self.words)


def distance(truth: str, reading: str) -> Distance:
    """The distance of one page's reading from its truth."""
    wanted, found = single_spaced(truth), single_spaced(reading)
    wanted_words, found_words = wanted.split(), found.split()
    missed = Counter(wanted_words) - Counter(found_words)
    return Distance(
        len(wanted),
        edits(wanted, found),
        len(wanted_words),
        edits(wanted_words, found_words),
        sum(missed.values()),
    )
