"""How many values and papers need nobody's eye when the rate of wrong accepted values has to stay under a bound."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from records.limits import smallest_sample, upper_limit

BOUND = 0.005  # one-sided, 95 %: the default of the acceptance policy
STEPS = [1 - step / 100 for step in range(51)]
RISK_STEPS = (0.99, 0.97, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6)
COLUMNS = ("document_type", "field", "confidence", "right")


@dataclass(frozen=True, slots=True)
class Observation:
    """One answered value: of which paper, how sure, and whether it was right."""

    paper: str
    document_type: str
    field: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Straight:
    """What is accepted at the lowest confidence that keeps the bound; nothing where none does."""

    threshold: float | None
    values: float  # share of the answered values that are accepted
    papers: float  # share of the papers of which every value that stands there is accepted


def straight(
    seen: Sequence[Observation], missed: Iterable[str], papers: Sequence[str], bound: float = BOUND
) -> Straight:
    """All fields taken together, thresholds tried from the strictest down as the policy does.

    `missed` names the papers of which a value that stands there was not answered: a person has to type it.
    """
    best: float | None = None
    for threshold in STEPS:
        accepted = [one for one in seen if one.confidence >= threshold]
        if not accepted:
            continue
        if upper_limit(sum(not one.right for one in accepted), len(accepted)) > bound:
            if len(accepted) >= smallest_sample(bound):
                break
            continue
        best = threshold
    if best is None:
        return Straight(None, 0.0, 0.0)
    asked = {one.paper for one in seen if one.confidence < best} | set(missed)
    accepted_values = sum(one.confidence >= best for one in seen) / max(1, len(seen))
    return Straight(best, accepted_values, sum(name not in asked for name in papers) / max(1, len(papers)))


@dataclass(frozen=True, slots=True)
class Risk:
    """What is risked by believing every value from a confidence on."""

    confidence: float
    values: int
    wrong: int
    covered: float  # share of all answered values
    limit: float  # the rate of wrong ones lies under this (one-sided, 95 %)


def risk_coverage(seen: Sequence[Observation], steps: Sequence[float] = RISK_STEPS) -> list[Risk]:
    """The risk-coverage curve of answered values, the strictest confidence first."""
    curve = []
    for confidence in steps:
        taken = [one for one in seen if one.confidence >= confidence]
        wrong = sum(not one.right for one in taken)
        limit = upper_limit(wrong, len(taken)) if taken else 1.0
        curve.append(Risk(confidence, len(taken), wrong, len(taken) / max(1, len(seen)), limit))
    return curve


def write_observations(seen: Iterable[Observation], path: Path) -> None:
    """As CSV, for `sohoa policy fit --prior`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for one in seen:
            rows.writerow((one.document_type, one.field, f"{one.confidence:.4f}", int(one.right)))
