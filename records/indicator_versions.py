"""Thresholds and points of an indicator as somebody entered them: dated, never changed, withdrawn before they begin.

Two times matter: the day from which a version is the rule, and the moment at which it was known here. A report of a
period takes the rule of the period's last day; a report as of a moment takes what was known then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from records.errors import InvalidValue, RuleHasBegun, RuleUnchanged
from records.procedure import Indicator

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)  # of what a decision of our days may say
MOST_POINTS = 100.0


class RuleStatus(StrEnum):
    """What has become of a version, on a day."""

    PLANNED = "planned"  # its day has not come
    IN_FORCE = "in_force"
    PAST = "past"  # a later one has followed it
    REPLACED = "replaced"  # another one was entered later for the same day
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class IndicatorVersion:
    """Threshold and points from a day on, with who says so and why."""

    indicator: str
    version: int  # of this indicator, from 1
    valid_from: date
    threshold: float | None  # share for full points, 0 … 1; None: not given
    max_points: float | None
    source: str  # the decision that says so
    at: datetime  # UTC
    actor: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None

    @property
    def figures(self) -> tuple[object, ...]:
        """What it says, as reports seal it."""
        day = self.valid_from.isoformat()
        return (self.indicator, self.version, day, self.threshold, self.max_points, self.source)

    def stood(self, as_of: datetime | None) -> bool:
        """Whether it was known and not withdrawn at a moment (else: now)."""
        if as_of is None:
            return self.withdrawn_at is None
        return self.at <= as_of and (self.withdrawn_at is None or self.withdrawn_at > as_of)

    def withdrawn(self, by: str, at: datetime, today: date) -> IndicatorVersion:
        """It will not begin; raises RuleHasBegun."""
        if self.withdrawn_at is not None:
            return self
        if self.valid_from <= today:
            raise RuleHasBegun()
        return replace(self, withdrawn_at=at, withdrawn_by=by)


def checked(new: IndicatorVersion, before: Indicator | None) -> IndicatorVersion:
    """A version that may be entered, given what counts on its first day so far.

    Raises InvalidValue, or RuleUnchanged when these very figures count from that day already.
    """
    if not FIRST_DAY <= new.valid_from <= LAST_DAY:
        raise InvalidValue(f"a rule begins between {FIRST_DAY} and {LAST_DAY}", field="valid_from")
    if new.threshold is not None and not 0 < new.threshold <= 1:
        raise InvalidValue("a threshold is a share over 0, up to 1", field="threshold")
    if new.max_points is not None and not 0 <= new.max_points <= MOST_POINTS:
        raise InvalidValue(f"points are from 0 to {MOST_POINTS:.0f}", field="max_points")
    if not new.source.strip():
        raise InvalidValue("name the decision that says so", field="source")
    if before is not None and (before.threshold, before.max_points) == (new.threshold, new.max_points):
        raise RuleUnchanged()
    return new


def score_rule(threshold: float | None) -> str:
    """Full points from the threshold on, in proportion below it; without a threshold nothing is scored.

    >>> score_rule(0.8), score_rule(0.555), score_rule(None)
    ('max*min(1,rate/80%)', 'max*min(1,rate/55.5%)', '')
    """
    return "" if threshold is None else f"max*min(1,rate/{round(threshold * 100, 6):g}%)"


def timeline(
    shipped: Iterable[Indicator], versions: Iterable[IndicatorVersion], as_of: datetime | None = None
) -> tuple[Indicator, ...]:
    """Every indicator from day to day: as shipped, and then as versions say. Of one day, the last word counts."""
    standing = sorted((one for one in versions if one.stood(as_of)), key=lambda one: one.version)
    found: list[Indicator] = []
    for rows in _by_id(shipped):
        own = [one for one in standing if one.indicator == rows[0].id]
        found.extend(_days(rows, own))
    return tuple(found)


def _by_id(shipped: Iterable[Indicator]) -> list[list[Indicator]]:
    groups: dict[str, list[Indicator]] = {}
    for one in shipped:
        groups.setdefault(one.id, []).append(one)
    return list(groups.values())


def _days(rows: Sequence[Indicator], own: Sequence[IndicatorVersion]) -> list[Indicator]:
    begins: dict[date, Indicator] = {one.valid_from or date.min: one for one in rows}
    for version in own:
        begins[version.valid_from] = replace(
            rows[-1],
            threshold=version.threshold,
            max_points=version.max_points,
            score_rule=score_rule(version.threshold),
            valid_from=version.valid_from,
            valid_to=None,
        )
    days = sorted(begins)
    return [_until(begins[day], following) for day, following in zip(days, [*days[1:], None], strict=True)]


def _until(one: Indicator, following: date | None) -> Indicator:
    last = None if following is None else following - timedelta(days=1)
    return replace(one, valid_to=min((day for day in (one.valid_to, last) if day), default=None))


def status_of(one: IndicatorVersion, versions: Iterable[IndicatorVersion], today: date) -> RuleStatus:
    """What has become of a version by a day, among all of its indicator."""
    if one.withdrawn_at is not None:
        return RuleStatus.WITHDRAWN
    others = [other for other in versions if other.indicator == one.indicator and other.stood(None)]
    if any(other.valid_from == one.valid_from and other.version > one.version for other in others):
        return RuleStatus.REPLACED
    if one.valid_from > today:
        return RuleStatus.PLANNED
    later = any(one.valid_from < other.valid_from <= today for other in others)
    return RuleStatus.PAST if later else RuleStatus.IN_FORCE
