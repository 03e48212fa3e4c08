"""The day on which 100 % is reached: a day with an interval, or an honest no."""

from datetime import date, timedelta

from records.forecast import Forecast, Outlook, TrendPoint, forecast

SUNDAY = date(2022, 3, 6)


def after(*gaps: int, required: int = 1000) -> Forecast:
    return forecast(
        [TrendPoint(SUNDAY + timedelta(weeks=n), required, required - gap) for n, gap in enumerate(gaps)]
    )


def test_an_even_pace_leads_to_one_day() -> None:
    found = after(80, 60, 40, 30, 20, 20)
    assert found.outlook is Outlook.EXPECTED
    assert (found.pace, found.day) == (15.0, SUNDAY + timedelta(weeks=5, days=10))
    assert after(50, 40, 30, 20, 10, 10).earliest == after(50, 40, 30, 20, 10, 10).latest


def test_an_uneven_pace_widens_the_interval_to_both_sides() -> None:
    found = after(100, 88, 80, 68, 60, 60)
    assert found.earliest and found.day and found.latest
    assert found.earliest < found.day < found.latest


def test_a_pace_that_may_as_well_be_none_has_no_latest_day() -> None:
    found = after(100, 100, 60, 60, 50, 50)
    assert found.outlook is Outlook.EXPECTED
    assert found.latest is None


def test_a_gap_that_does_not_shrink_is_never_closed() -> None:
    for gaps in (
        (10, 10, 10, 10, 10, 10),
        (10, 20, 30, 40, 50, 60),
        (90_000, 90_000, 90_000, 90_000, 89_999, 89_999),
    ):
        assert after(*gaps, required=100_000).outlook is Outlook.NOT_AT_THIS_PACE


def test_the_week_that_has_begun_counts_for_the_gap_and_not_for_the_pace() -> None:
    assert after(50, 40, 30, 20, 10, 8).pace == 10.0


def test_nothing_missing_is_reached_and_too_few_weeks_say_nothing() -> None:
    assert after(5, 4, 3, 2, 1, 0).outlook is Outlook.REACHED
    assert after(5, 4, 3, 2, 1).outlook is Outlook.TOO_EARLY
    assert after(0, 0, 0, 0, 0, 0, required=0).outlook is Outlook.TOO_EARLY
