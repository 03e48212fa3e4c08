"""Lays the readings of one line side by side and chooses, stretch by stretch, whom to believe.

Readers are compared by place, not by text: a stretch ends where all readers see a blank at the same place of the
line. So a word that one reader splits, joins or misses is compared with what the others saw on the same paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ocr.lexicon import go_together, usual
from ocr.reading import Reading, ReadWord, Support
from ocr.spelling import Spelling, parted, spelling

OVERLAP = 0.3  # of the narrower word's width: words of two readers that share more are about the same ink


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line between two blanks on which all readers agree; one tuple of words a reader."""

    readings: tuple[tuple[ReadWord, ...], ...]

    @property
    def x0(self) -> float:
        return min(word.x0 for words in self.readings for word in words)

    @property
    def x1(self) -> float:
        return max(word.x1 for words in self.readings for word in words)

    def text(self, reader: int) -> str:
        return " ".join(word.text for word in self.readings[reader])

    @property
    def agreed(self) -> bool:
        return len({self.text(reader) for reader in range(len(self.readings))}) == 1


def stretches(readings: Sequence[Reading]) -> list[Stretch]:
    """The common stretches of readings of the same line, from left to right."""
    tagged = sorted(
        ((word, reader) for reader, reading in enumerate(readings) for word in reading.words),
        key=lambda tag: (tag[0].x0 + tag[0].x1) / 2,
    )
    groups: list[list[tuple[ReadWord, int]]] = []
    for word, reader in tagged:
        group = [(word, reader)]
        while groups and any(_same_ink(word, other) for other, by in groups[-1] if by != reader):
            group = groups.pop() + group
        groups.append(group)
    return [_stretch(group, len(readings)) for group in groups]


def _same_ink(one: ReadWord, other: ReadWord) -> bool:
    common = min(one.x1, other.x1) - max(one.x0, other.x0)
    return common > OVERLAP * min(one.x1 - one.x0, other.x1 - other.x0)


def _stretch(group: list[tuple[ReadWord, int]], readers: int) -> Stretch:
    return Stretch(
        tuple(
            tuple(sorted((word for word, by in group if by == reader), key=lambda word: word.x0))
            for reader in range(readers)
        )
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a reader's word weighs: its base, plus its slope times (confidence - 0.9); and what spelling adds.

    Readers are (Tesseract, trueocr, AsterOCR). Fitted on scans and generated pages that are not used to measure.
    """

    base: tuple[float, float, float] = (1.25, 0.9, 1.0)
    slope: tuple[float, float, float] = (2.8, 1.5, 2.8)
    plausible: float = 0.9  # a possible syllable
    odd: float = -0.7  # letters or marks that office print does not hold
    silent: float = 0.8  # of a reader that saw nothing, on top of its base
    usual: float = 1.0  # a word seen often in office papers
    together: float = 1.0  # seen beside the word to its left or right


WEIGHTS = Weights()


def chosen(
    stretch: Stretch, left: str = "", right: str = "", weights: Weights = WEIGHTS
) -> tuple[ReadWord, ...]:
    """The words of a stretch that two or three readers read differently; `left` and `right` are the words beside it.

    Where all who read something see the same number of words, each word is voted by itself, its letters apart
    from the marks around it; else whole readings are voted.
    """
    heard = [reader for reader, words in enumerate(stretch.readings) if words]
    counts = {len(stretch.readings[reader]) for reader in heard}
    if len(counts) == 1 and not _silence_wins(stretch, heard, weights):
        words: list[ReadWord] = []
        columns = list(zip(*(stretch.readings[reader] for reader in heard), strict=True))
        for number, column in enumerate(columns):
            before = words[-1].text if words else left
            after = right if number == len(columns) - 1 else ""
            words.append(_word(column, heard, weights, before, after))
        return tuple(words)
    return _whole(stretch, weights)


def lead(stretch: Stretch, left: str = "", right: str = "", weights: Weights = WEIGHTS) -> float:
    """By how much the first of two readers is ahead of the second; below 0 it is behind, 0 where one saw nothing.

    Where both see as many words it is the closest one that counts: it decides whether a third opinion matters.
    """
    first, second = stretch.readings
    if not first or not second:
        return 0.0
    if len(first) != len(second):
        return _weight(first, 0, weights) - _weight(second, 1, weights)
    leads = []
    for i, (one, two) in enumerate(zip(first, second, strict=True)):
        if one.text != two.text:
            before, after = first[i - 1].text if i else left, right if i == len(first) - 1 else ""
            leads.append(_for(one, 0, before, after, weights) - _for(two, 1, before, after, weights))
    return min(leads, key=abs, default=0.0)


def _for(word: ReadWord, reader: int, left: str, right: str, weights: Weights) -> float:
    """All that speaks for one reader's word."""
    return _weight((word,), reader, weights) + _language(parted(word.text)[1], left, right, weights)


def _silence_wins(stretch: Stretch, heard: list[int], weights: Weights) -> bool:
    silent = [reader for reader in range(len(stretch.readings)) if reader not in heard]
    against = sum(weights.base[reader] + weights.silent for reader in silent)
    return against > max(_weight(stretch.readings[reader], reader, weights) for reader in heard)


def _word(
    column: Sequence[ReadWord], readers: list[int], weights: Weights, left: str, right: str
) -> ReadWord:
    """One word out of one word a reader; its place and its confidence are those of the first who read it so."""
    votes = [_weight((word,), reader, weights) for word, reader in zip(column, readers, strict=True)]
    parts = [parted(word.text) for word in column]
    core = _best([part[1] for part in parts], votes, lambda text: _language(text, left, right, weights))
    before = _best([part[0] for part in parts], votes)
    after = _best([part[2] for part in parts], votes)
    source = next(word for word, part in zip(column, parts, strict=True) if part[1] == core)
    return replace(source, text=before + core + after)


def _whole(stretch: Stretch, weights: Weights) -> tuple[ReadWord, ...]:
    readers = range(len(stretch.readings))
    votes = [_weight(stretch.readings[reader], reader, weights) for reader in readers]
    best = _best([stretch.text(reader) for reader in readers], votes)
    return next(stretch.readings[reader] for reader in readers if stretch.text(reader) == best)


def _best(
    texts: Sequence[str], votes: Sequence[float], prior: Callable[[str], float] = lambda text: 0.0
) -> str:
    totals: dict[str, float] = {}
    for text, vote in zip(texts, votes, strict=True):
        totals[text] = totals.get(text, prior(text)) + vote
    return max(totals, key=lambda text: totals[text])


def _language(text: str, left: str, right: str, weights: Weights) -> float:
    """What office language says for a word: how usual it is, and whether it goes with the words beside it."""
    if not text.isalpha():
        return 0.0
    pairs = go_together(parted(left)[1], text) + go_together(text, parted(right)[1])
    return weights.usual * usual(text) + weights.together * pairs


def _weight(words: Sequence[ReadWord], reader: int, weights: Weights) -> float:
    if not words:
        return weights.base[reader] + weights.silent
    sure = sum(word.confidence for word in words) / len(words)
    spelling = sum(_spelling(word.text, weights) for word in words) / len(words)
    return max(0.05, weights.base[reader] + weights.slope[reader] * (sure - 0.9) + spelling)


def _spelling(text: str, weights: Weights) -> float:
    kind = spelling(text)
    if kind is Spelling.SYLLABLE:
        return weights.plausible
    return {Spelling.ODD: weights.odd, Spelling.DOUBTFUL: weights.odd / 2, Spelling.OTHER: 0.0}[kind]


def supported(stretch: Stretch, words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """The chosen words of a stretch, each with who read it so."""
    return tuple(replace(word, support=_support(stretch, word)) for word in words)


def _support(stretch: Stretch, word: ReadWord) -> Support:
    if stretch.agreed:
        return Support(frozenset({0, 1}), 2, word.confidence)
    core = parted(word.text)[1]
    readers = frozenset(
        reader
        for reader, heard in enumerate(stretch.readings)
        if any(parted(other.text)[1] == core for other in heard)
    )
    return Support(readers, len(stretch.readings), word.confidence)
