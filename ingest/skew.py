"""By how much the lines of print on a page lean, by the angle under which their profile is sharpest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_REACH = 8.0  # degrees that are searched on both sides
_COARSE, _FINE = 0.5, 0.1  # degrees
_POINTS = 20_000  # that are enough
_LEAST_POINTS = 300  # under which nothing can be said
_CLEAR = 1.15  # how far the best profile must stand out from the typical one


def skew_of(text: NDArray[np.bool_]) -> float:
    """Degrees by which the lines in a mask of ink lean, clockwise positive, page upright or sideways; 0 = unclear."""
    ys, xs = np.nonzero(text)
    if ys.size < _LEAST_POINTS:
        return 0.0
    if ys.size > _POINTS:
        some = np.random.default_rng(0).choice(ys.size, _POINTS, replace=False)
        ys, xs = ys[some], xs[some]
    standing, lying = _best(ys, xs), _best(-xs + text.shape[1], ys)
    angle, clarity = max(standing, lying, key=lambda found: found[1])
    return angle if clarity >= _CLEAR else 0.0


def _best(down: NDArray[np.int64], along: NDArray[np.int64]) -> tuple[float, float]:
    coarse = np.arange(-_REACH, _REACH + _COARSE / 2, _COARSE)
    scores = [_sharpness(down, along, angle) for angle in coarse]
    centre = float(coarse[int(np.argmax(scores))])
    fine = np.arange(centre - _COARSE, centre + _COARSE + _FINE / 2, _FINE)
    fine_scores = [_sharpness(down, along, angle) for angle in fine]
    best = int(np.argmax(fine_scores))
    return float(fine[best]), fine_scores[best] / max(float(np.median(scores)), 1e-9)


def _sharpness(down: NDArray[np.int64], along: NDArray[np.int64], angle: float) -> float:
    """How uneven the profile is when the page is sheared back by this angle (Postl, 1986)."""
    sheared = down - along * np.tan(np.radians(angle))
    rows = np.bincount((sheared - sheared.min()).astype(np.int64))
    return float(np.square(np.diff(rows.astype(np.float64))).sum())
