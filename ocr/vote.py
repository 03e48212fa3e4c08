"""Lays the readings of one line side by side and chooses, stretch by stretch, whom to believe.

Readers are compared by place, not by text: a stretch ends where all readers see a blank at the same place of the
line. So a word that one reader splits, joins or misses is compared with what the others saw on the same paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.reading import Reading, ReadWord

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


def chosen(stretch: Stretch) -> tuple[ReadWord, ...]:
    """The words of a stretch read by (Tesseract, trueocr[, AsterOCR]).

    Tesseract's stands unless it is unsure and alone, or the other two agree on something else.
    """
    first = stretch.readings[0]
    others = stretch.readings[1:]
    texts = [stretch.text(reader) for reader in range(len(stretch.readings))]
    if len(others) == 2 and texts[1] == texts[2] and texts[1] != texts[0]:
        return others[0]
    if len(others) == 2 and texts[0] not in texts[1:] and mean(first) < UNSURE:
        return others[1] or others[0] or first
    if len(others) == 1 and (not first or mean(first) < UNSURE):
        return others[0] or first
    return first


UNSURE = 0.60


def mean(words: Sequence[ReadWord]) -> float:
    return sum(word.confidence for word in words) / len(words) if words else 0.0
