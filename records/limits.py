"""How sure a count makes one: exact limits of a rate (Clopper and Pearson, Biometrika 1934)."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, exp, lgamma, log, log1p

_STEPS = 60  # halvings: far below any rate that matters
_TINY = 1e-300


def upper_limit(wrong: int, checked: int, certainty: float = 0.95) -> float:
    """The rate under which the true one lies with this certainty, after `wrong` of `checked`; 1 without evidence.

    >>> round(upper_limit(0, 598), 5), round(upper_limit(1, 598), 5), upper_limit(0, 0)
    (0.005, 0.00791, 1.0)
    """
    if wrong >= checked:
        return 1.0
    return _root(lambda rate: _at_most(wrong, checked, rate) > 1 - certainty)


def lower_limit(wrong: int, checked: int, certainty: float = 0.95) -> float:
    """The rate above which the true one lies with this certainty.

    >>> lower_limit(0, 10), round(lower_limit(5, 10), 4)
    (0.0, 0.2224)
    """
    if wrong == 0:
        return 0.0
    return _root(lambda rate: 1 - _at_most(wrong - 1, checked, rate) < 1 - certainty)


def smallest_sample(bound: float, certainty: float = 0.95) -> int:
    """How many values must be checked, all of them right, before the rate is known to be under the bound.

    >>> smallest_sample(0.005), smallest_sample(0.01)
    (598, 299)
    """
    return ceil(log(1 - certainty) / log1p(-bound))


def _root(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return high


def _at_most(wrong: int, checked: int, rate: float) -> float:
    """The probability of at most so many wrong ones: the regularised incomplete beta I(1-rate; n-k, k+1)."""
    if rate <= 0 or rate >= 1:
        return 1.0 if rate <= 0 else 0.0
    return _incomplete_beta(checked - wrong, wrong + 1, 1 - rate)


def _incomplete_beta(a: float, b: float, x: float) -> float:
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22)."""
    c, d = 1.0, 1 / _nonzero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _nonzero(1 + term * d)
            c = _nonzero(1 + term / c)
            result *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return result


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
