"""Thresholds from evidence: the lowest confidence at which the rate of wrong values is known to be under the bound.

Thresholds are tried from the strictest down, each only if the one before held (fixed-sequence testing), so that the
promised certainty is not eaten up by trying many. The order, and which types stand together, depend on how many
values there are and never on which of them were wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from records.acceptance import OTHER_TYPES, EvidenceSource, Threshold
from records.limits import lower_limit, smallest_sample, upper_limit

GRID = (0.995, 0.99, 0.98, 0.97, 0.96, 0.95, 0.93, 0.91, 0.88, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)
LEAST_SHARE, MOST_SHARE = 0.01, 0.10  # of accepted values that are checked blind
DAYS_A_SAMPLE = 30  # in which a whole sample of the accepted values is checked
DAYS_LATELY = 90  # in which a field that is read worse than before must show
CERTAIN_LATELY = 0.99  # of a rate over the bound in that time; it is asked about again and again
WRONG_LATELY = 3  # at least: one or two may be anything
LEAST_IN_STEP = 20  # values of a step of their own, before a threshold goes down to it

Group = tuple[str, str]  # field, document type or OTHER_TYPES


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values of a field and type had a confidence from this step of GRID up to the one above it."""

    field: str
    document_type: str
    step: int  # index in GRID; values under the last step are not counted
    checked: int
    wrong: int
    recent: int = 0  # values of the last DAYS_A_SAMPLE days, checked or not


def step_of(confidence: float) -> int | None:
    """The index of the highest step of GRID that a confidence reaches.

    >>> step_of(1.0), step_of(0.97), step_of(0.1)
    (0, 3, None)
    """
    return next((index for index, least in enumerate(GRID) if confidence >= least), None)


def fitted(
    tallies: Iterable[Tally],
    bound: float,
    certainty: float,
    source: EvidenceSource = EvidenceSource.CONFIRMATIONS,
) -> tuple[Threshold, ...]:
    """The thresholds that the evidence allows; a field and type without one is always asked."""
    groups = _grouped(list(tallies), smallest_sample(bound, certainty))
    found = (_threshold(group, steps, bound, certainty, source) for group, steps in sorted(groups.items()))
    return tuple(threshold for threshold in found if threshold is not None)


def broken_lately(checked: int, wrong: int, bound: float) -> bool:
    """Whether the values of the last while say by themselves that the rate of wrong ones lies over the bound.

    Years of right values outweigh what changed last month; so what came lately is asked for its own.

    >>> broken_lately(1, 1, 0.005), broken_lately(40, 3, 0.005), broken_lately(1000, 6, 0.005)
    (False, True, False)
    """
    return wrong >= WRONG_LATELY and lower_limit(wrong, checked, CERTAIN_LATELY) > bound


def kept_lately(
    thresholds: Iterable[Threshold], lately: Sequence[Tally], bound: float
) -> tuple[Threshold, ...]:
    """The thresholds that the evidence of the last while does not speak against."""
    held = tuple(thresholds)
    own = {(one.field, one.document_type) for one in held}
    return tuple(one for one in held if not broken_lately(*_since(one, own, lately), bound))


def _since(threshold: Threshold, own: Collection[Group], lately: Sequence[Tally]) -> tuple[int, int]:
    mine = [
        tally
        for tally in lately
        if tally.field == threshold.field
        and GRID[tally.step] >= threshold.confidence
        and (
            tally.document_type == threshold.document_type
            or (threshold.document_type == OTHER_TYPES and (tally.field, tally.document_type) not in own)
        )
    ]
    return sum(tally.checked for tally in mine), sum(tally.wrong for tally in mine)


def _grouped(tallies: Sequence[Tally], needed: int) -> Mapping[Group, list[Tally]]:
    """Types that have enough evidence of their own alone, all others of a field together."""
    checked: dict[Group, int] = defaultdict(int)
    for tally in tallies:
        checked[tally.field, tally.document_type] += tally.checked
    groups: dict[Group, list[Tally]] = defaultdict(list)
    for tally in tallies:
        alone = checked[tally.field, tally.document_type] >= needed
        groups[tally.field, tally.document_type if alone else OTHER_TYPES].append(tally)
    return groups


def _threshold(
    group: Group, tallies: Sequence[Tally], bound: float, certainty: float, source: EvidenceSource
) -> Threshold | None:
    needed = smallest_sample(bound, certainty)
    held: Threshold | None = None
    for confidence, own, checked, wrong, recent in _downwards(tallies):
        if checked < needed or own < LEAST_IN_STEP:
            continue  # nothing is said about confidences that were hardly ever seen
        limit = upper_limit(wrong, checked, certainty)
        if limit > bound:
            break
        share = sample_share(recent, needed)
        held = Threshold(*group, confidence, checked, wrong, limit, share, source)
    return held


def _downwards(tallies: Sequence[Tally]) -> Iterator[tuple[float, int, int, int, int]]:
    """Each step of GRID with its own checked values, and all at or above it: checked, wrong, recent."""
    checked = wrong = recent = 0
    for index, confidence in enumerate(GRID):
        here = [tally for tally in tallies if tally.step == index]
        own = sum(tally.checked for tally in here)
        checked += own
        wrong += sum(tally.wrong for tally in here)
        recent += sum(tally.recent for tally in here)
        yield confidence, own, checked, wrong, recent


def sample_share(recent: int, needed: int) -> float:
    """The share of accepted values to be checked, so that a whole sample comes together in DAYS_A_SAMPLE days.

    >>> sample_share(20_000, 598), sample_share(100, 598), sample_share(10**6, 598)
    (0.0299, 0.1, 0.01)
    """
    wanted = needed / recent if recent else MOST_SHARE
    return round(min(MOST_SHARE, max(LEAST_SHARE, wanted)), 4)


def with_prior(
    own: Iterable[Threshold], prior: Iterable[Threshold], decided: Iterable[Group]
) -> tuple[Threshold, ...]:
    """Own thresholds, and those of a prior where the office's own evidence has not decided yet."""
    kept = {(one.field, one.document_type): one for one in own}
    taken = set(decided)
    for one in prior:
        group = (one.field, one.document_type)
        if group not in kept and group not in taken:
            kept[group] = replace(one, source=EvidenceSource.PRIOR, share=MOST_SHARE)
    return tuple(kept[group] for group in sorted(kept))


def decided_groups(tallies: Iterable[Tally], bound: float, certainty: float) -> frozenset[Group]:
    """The fields and types with enough evidence to decide, whatever it says."""
    needed = smallest_sample(bound, certainty)
    groups = _grouped(list(tallies), needed)
    return frozenset(group for group, steps in groups.items() if sum(one.checked for one in steps) >= needed)
