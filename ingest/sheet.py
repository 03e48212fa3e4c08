"""How many dots an inch a page really has: what the file claims is believed only when it gives a likely sheet."""

from __future__ import annotations

_A4_INCHES = (8.27, 11.69)
_LIKELY_LONG_SIDE = (2.5, 24.0)  # inches: from an identity card to A2
_LEAST_CLAIM = 97.0  # 72 and 96 are what programs write that do not know


def effective_dpi(width: int, height: int, claimed: float, source: str) -> tuple[int, str]:
    """Dots an inch and how they are known: the source of a believable claim, else "assumed_a4".

    An image that is assumed to be A4 is taken to hold the whole sheet, so its longer side bounds the number.

    >>> effective_dpi(2480, 3508, 300.0, "header")
    (300, 'header')
    >>> effective_dpi(2480, 3508, 72.0, "header")
    (300, 'assumed_a4')
    """
    if _is_believable(max(width, height), claimed, source):
        return round(claimed), source
    short, long = sorted((width, height))
    return max(1, round(min(short / _A4_INCHES[0], long / _A4_INCHES[1]))), "assumed_a4"


def _is_believable(long_side: int, claimed: float, source: str) -> bool:
    if claimed <= 0 or (source == "header" and claimed < _LEAST_CLAIM):
        return False
    return _LIKELY_LONG_SIDE[0] <= long_side / claimed <= _LIKELY_LONG_SIDE[1]
