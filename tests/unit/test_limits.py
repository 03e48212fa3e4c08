"""Exact limits of a rate, against values that others have computed."""

import pytest

from records.limits import lower_limit, smallest_sample, upper_limit

# One-sided 95 % limits, from tables of the beta distribution (R: qbeta(0.95, k + 1, n - k), qbeta(0.05, k, n - k + 1)).
UPPER = [(0, 10, 0.258866), (1, 20, 0.216106), (0, 598, 0.004997), (3, 1500, 0.005161), (10, 100, 0.163719)]
LOWER = [(1, 20, 0.002561), (5, 10, 0.222441), (10, 100, 0.055263), (9, 10, 0.605836)]


@pytest.mark.parametrize(("wrong", "checked", "limit"), UPPER)
def test_the_upper_limit_is_exact(wrong: int, checked: int, limit: float) -> None:
    assert upper_limit(wrong, checked) == pytest.approx(limit, abs=2e-5)


@pytest.mark.parametrize(("wrong", "checked", "limit"), LOWER)
def test_the_lower_limit_is_exact(wrong: int, checked: int, limit: float) -> None:
    assert lower_limit(wrong, checked) == pytest.approx(limit, abs=2e-5)


def test_without_evidence_nothing_is_known() -> None:
    assert (lower_limit(0, 0), upper_limit(0, 0)) == (0.0, 1.0)
    assert upper_limit(7, 7) == 1.0


def test_limits_stay_in_order_for_large_counts() -> None:
    for wrong in (1, 100, 5_000, 999_999):
        assert lower_limit(wrong, 1_000_000) < wrong / 1_000_000 < upper_limit(wrong, 1_000_000)


def test_the_smallest_sample_is_just_enough() -> None:
    for bound in (0.001, 0.005, 0.02):
        needed = smallest_sample(bound)
        assert upper_limit(0, needed) <= bound < upper_limit(0, needed - 1)
