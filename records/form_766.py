"""Indicators 4.1 to 4.4 of Decision 766/QĐ-TTg, with the thresholds and points of the day.

The populations are those of the published formulas: all dossiers received in the period or carried over into it
for 4.1 and 4.2, those received in the period for 4.3 and 4.4. Certification counts in them, though it is out of scope
of digitization by rule; so every rate is shown without it, too, and 4.1 and 4.2 also for what is resolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from records.coverage import Rate
from records.procedure import Indicator
from records.report import Cell, Line, LineKind, Note
from records.tallies import Group, Tally, summed

KEYS = (
    "number", "name", "numerator", "denominator", "rate", "rate_without_certification", "rate_of_resolved",
    "threshold", "max_points", "points",
)  # fmt: skip
_RULE = re.compile(r"max\s*\*\s*min\(1,\s*rate\s*/\s*[\d.]+\s*%\)")
_CENT = Decimal("0.01")

Select = Callable[[Group], bool]


def rates(tallies: Sequence[Tally], where: Select = lambda group: True) -> dict[str, Rate]:
    """The four rates over the groups that meet the condition.

    A zero denominator gives N/A (records.coverage.Rate).
    """
    everything = summed(tallies, where)
    written = summed(tallies, lambda group: where(group) and group.needs_result)
    return {
        "4.1": Rate(written.with_result, written.received),
        "4.2": Rate(everything.digitised, everything.received),
        "4.3": Rate(everything.reused, everything.new),
        "4.4": Rate(everything.shared, everything.new),
    }


def rates_of_resolved(tallies: Sequence[Tally]) -> dict[str, Rate]:
    """4.1 and 4.2 over the dossiers that are resolved: what is open cannot have a result yet."""
    everything, written = summed(tallies), summed(tallies, lambda group: group.needs_result)
    return {
        "4.1": Rate(written.resolved_with_result, written.resolved),
        "4.2": Rate(everything.resolved_digitised, everything.resolved),
    }


def points(indicator: Indicator, rate: Rate) -> Decimal | None:
    """Full points from the threshold on, else max × rate ÷ threshold; None where rule or rate is not known.

    Two decimals, half up; less than the threshold never rounds up to full points.
    """
    known = _RULE.fullmatch(indicator.score_rule.strip())
    if not (known and indicator.threshold and indicator.max_points) or rate.denominator == 0:
        return None
    most, threshold = Fraction(str(indicator.max_points)), Fraction(str(indicator.threshold))
    share = Fraction(rate.numerator, rate.denominator) / threshold
    if share >= 1:
        return _decimal(most)
    rounded = _decimal(most * share)
    return rounded if rounded < _decimal(most) else (_decimal(most) - _CENT)


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_CENT, ROUND_HALF_UP)


def lines(tallies: Sequence[Tally], indicators: Sequence[Indicator]) -> tuple[Line, ...]:
    """A row for each of the four indicators, and the points of those whose rule is known."""
    nationwide, resolved = rates(tallies), rates_of_resolved(tallies)
    scoped = rates(tallies, lambda group: not group.certification)
    rows, sums = [], [Decimal(0), Decimal(0)]
    for indicator in indicators:
        if indicator.id not in nationwide:
            continue
        rate, score = nationwide[indicator.id], points(indicator, nationwide[indicator.id])
        most = None if indicator.max_points is None else _exact(indicator.max_points)
        sums = [sums[0] + (most or 0), sums[1] + (score or 0)]
        cells: tuple[Cell, ...] = (
            indicator.id, indicator.name, rate.numerator, rate.denominator, rate, scoped[indicator.id],
            resolved.get(indicator.id), _threshold(indicator), most, score,
        )  # fmt: skip
        rows.append(Line(LineKind.ROW, indicator.id, cells))
    total = ("", "", None, None, None, None, None, None, *sums)
    return (*rows, Line(LineKind.TOTAL, "total", total))


def _exact(points: float) -> Decimal:
    return Decimal(str(points)).quantize(_CENT, ROUND_DOWN)


def _threshold(indicator: Indicator) -> Decimal | None:
    """In per cent."""
    return None if indicator.threshold is None else _exact(round(indicator.threshold * 100, 6))


def notes(tallies: Sequence[Tally]) -> tuple[Note, ...]:
    """What is counted though certification is out of scope by rule, and what is not counted."""
    found = (
        Note("certification", summed(tallies, lambda group: group.certification).received),
        Note("not_accepted", summed(tallies).not_accepted),
    )
    return tuple(note for note in found if note.count)
