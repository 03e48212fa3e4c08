"""Versions of indicators: the rule of each day, as it was known at each moment, on either database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from records.errors import InvalidValue, NotFound, RuleHasBegun, RuleUnchanged, StaleVersion
from records.indicator_versions import IndicatorVersion, RuleStatus, status_of
from records.procedure import Indicator
from tests.contract.office import Office
from workers import indicator_rules

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TODAY = date(2026, 3, 10)
SOURCE = "Decision 1/QĐ-TTg"


def enter(
    office: Office, valid_from: date, threshold: float | None = 0.9, **parts: object
) -> IndicatorVersion:
    figures = {"max_points": 6.0, "source": SOURCE, "actor": "admin", "now": NOW} | parts
    with office.database.transaction() as tx:
        return indicator_rules.enter(tx, "4.2", valid_from, threshold=threshold, **figures)  # type: ignore[arg-type]


def withdraw(office: Office, version: int, now: datetime = NOW) -> IndicatorVersion:
    with office.database.transaction() as tx:
        return indicator_rules.withdraw(tx, "4.2", version, actor="chief", now=now)


def rule(office: Office, on: date, as_of: datetime | None = None) -> Indicator:
    with office.database.snapshot() as tx:
        (found,) = (one for one in tx.catalogue.indicators(on, as_of) if one.id == "4.2")
    return found


def test_a_version_counts_from_its_day_and_the_day_before_keeps_its_own(office: Office) -> None:
    enter(office, date(2026, 1, 1))
    before, after = rule(office, date(2025, 12, 31)), rule(office, date(2026, 1, 1))
    assert (before.threshold, before.max_points, before.valid_to) == (0.8, 4.0, date(2025, 12, 31))
    assert (after.threshold, after.max_points, after.valid_to) == (0.9, 6.0, None)
    assert (after.name, after.score_rule) == (before.name, "max*min(1,rate/90%)")


def test_a_version_between_two_others_takes_no_day_of_the_later_one(office: Office) -> None:
    enter(office, date(2026, 7, 1), 0.95)
    enter(office, date(2026, 1, 1), 0.9)
    shown = {
        day: rule(office, day).threshold for day in (date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert list(shown.values()) == [0.8, 0.9, 0.95]
    assert rule(office, date(2026, 1, 1)).valid_to == date(2026, 6, 30)


def test_what_was_known_at_a_moment_stays_known(office: Office) -> None:
    enter(office, date(2026, 1, 1), 0.9)
    enter(office, date(2026, 1, 1), 0.85, now=NOW + timedelta(hours=1))
    seen = [rule(office, date(2026, 2, 1), NOW + timedelta(minutes=60 * n - 1)).threshold for n in range(3)]
    assert seen == [0.8, 0.9, 0.85]


def test_what_was_withdrawn_is_known_only_before(office: Office) -> None:
    enter(office, date(2026, 7, 1))
    withdraw(office, 1, NOW + timedelta(hours=1))
    day = date(2026, 8, 1)
    assert rule(office, day).threshold == 0.8
    assert rule(office, day, NOW).threshold == 0.9
    assert withdraw(office, 1, NOW + timedelta(hours=2)).withdrawn_at == NOW + timedelta(hours=1)


def test_what_has_begun_is_not_withdrawn(office: Office) -> None:
    enter(office, TODAY)
    enter(office, TODAY + timedelta(days=1), 0.95)
    with pytest.raises(RuleHasBegun):
        withdraw(office, 1)
    assert withdraw(office, 2).withdrawn_by == "chief"
    with pytest.raises(NotFound):
        withdraw(office, 3)


def test_a_day_ends_at_midnight_in_viet_nam(office: Office) -> None:
    enter(office, TODAY)
    evening = datetime(2026, 3, 9, 16, 59, tzinfo=UTC)  # 23:59 of the 9th there
    with pytest.raises(RuleHasBegun):
        withdraw(office, 1, evening + timedelta(minutes=1))
    assert withdraw(office, 1, evening).withdrawn_at == evening


@pytest.mark.parametrize(
    ("valid_from", "threshold", "parts"),
    [
        (date(1999, 1, 1), 0.9, {}),
        (TODAY, 0.0, {}),
        (TODAY, 1.1, {}),
        (TODAY, 0.9, {"max_points": -1.0}),
        (TODAY, 0.9, {"source": " "}),
    ],
)
def test_figures_that_no_decision_can_mean_are_refused(
    office: Office, valid_from: date, threshold: float, parts: dict[str, object]
) -> None:
    with pytest.raises(InvalidValue):
        enter(office, valid_from, threshold, **parts)


def test_saying_what_counts_already_is_refused_and_so_is_an_indicator_that_is_none(office: Office) -> None:
    with pytest.raises(RuleUnchanged):
        enter(office, TODAY, 0.8, max_points=4.0)
    for wrong in ("9.9", "GROUP"):
        with pytest.raises(NotFound), office.database.transaction() as tx:
            indicator_rules.enter(
                tx, wrong, TODAY, threshold=0.5, max_points=1, source=SOURCE, actor="admin", now=NOW
            )


def test_two_who_enter_at_once_do_not_overwrite_each_other(office: Office) -> None:
    first = enter(office, TODAY)
    with pytest.raises(StaleVersion), office.database.transaction() as tx:
        tx.indicator_versions.add(first)


def test_each_version_has_a_status_and_the_audit_trail_says_who(office: Office) -> None:
    enter(office, date(2026, 1, 1), 0.9)
    enter(office, date(2026, 2, 1), 0.91)
    enter(office, date(2026, 2, 1), 0.92)
    enter(office, date(2026, 6, 1), 0.93)
    enter(office, date(2026, 7, 1), 0.94)
    withdraw(office, 5)
    with office.database.snapshot() as tx:
        found = tx.indicator_versions.list()
        trail = [entry.action for entry in tx.audit.list(subject="4.2").items]
    assert [status_of(one, found, TODAY) for one in found] == [
        RuleStatus.PAST,
        RuleStatus.REPLACED,
        RuleStatus.IN_FORCE,
        RuleStatus.PLANNED,
        RuleStatus.WITHDRAWN,
    ]
    assert sorted(trail) == ["indicator.entered"] * 5 + ["indicator.withdrawn"]
