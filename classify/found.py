"""A value with its evidence, as the finders hand it on before it becomes a field of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from classify.layout import Layout
from classify.normal_form import normal_form
from records.page import Word
from records.record import Field


@dataclass(frozen=True)
class Found:
    """What a finder read: a value (None: something stands there, but it could not be read), from these words."""

    value: str | None
    confidence: float  # 0 … 1
    words: tuple[Word, ...]
    layout: Layout
    rule: str
    normalised: str | None = None  # where the normal form does not follow from the value
    chance: float | None = None  # that its words are right, where lists know more of them than their reader

    def doubted(self, factor: float) -> Found:
        """The same with its confidence times `factor`."""
        return replace(self, confidence=self.confidence * factor)

    def as_field(self, name: str) -> Field:
        """The field of the record; its box is in pixels of the page's image as stored."""
        box = self.layout.stored(self.words) if self.words else None
        raw = " ".join(word.text for word in self.words) or None
        number, normal = self.layout.number, self.normalised or normal_form(name, self.value)
        return Field(name, self.value, round(self.confidence, 3), number, box, raw, self.rule, normal)


# Engines whose confidence in a word is the chance that it is right.
CALIBRATED = frozenset({"hybrid", "fast"})


def chance_as_read(found: Found) -> float:
    """The chance that every word that stands in the value as it was read is right; 1 where no chances are known.

    Words that a list of names set right are vouched for by that list.
    """
    if found.value is None or found.layout.source.engine.name not in CALIBRATED:
        return 1.0
    if found.chance is not None:
        return found.chance
    kept = set(found.value.split())
    return prod(word.confidence for word in found.words if word.text in kept and word.text.isalpha())


def reading_confidence(words: Sequence[Word]) -> float:
    """How well these words were read: between the mean and the worst of them, marks of punctuation left out.

    Engines give 0.9 … 0.97 to plain print; that is taken as certain.
    """
    scores = [min(1.0, word.confidence / 0.9) for word in words if any(c.isalnum() for c in word.text)]
    if not scores:
        return 0.0
    return 0.5 * (sum(scores) / len(scores) + min(scores))
