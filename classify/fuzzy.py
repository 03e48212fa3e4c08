"""Comparing what was read with what ought to stand there, a few misread letters allowed.

Bit-parallel edit distance (Myers, "A fast bit-vector algorithm for approximate string matching", 1999): one pass
over the text, whatever the length of the pattern, because Python's integers are as wide as needed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in text[start:end] with so many edits."""

    start: int
    end: int
    edits: int


def _columns(pattern: str, text: str, anchored: bool) -> list[int]:
    """Edits of the pattern against the best text ending at each position (0 … len(text)).

    `anchored`: that text has to begin where `text` begins; otherwise it may begin anywhere.
    """
    size = len(pattern)
    mask, last = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for index, char in enumerate(pattern):
        places[char] = places.get(char, 0) | (1 << index)
    plus, minus, score = mask, 0, size
    scores = [score]
    for char in text:
        equal = places.get(char, 0)
        diagonal = (((equal & plus) + plus) ^ plus) | equal | minus
        up = minus | (~(diagonal | plus) & mask)
        down = plus & diagonal
        score += bool(up & last) - bool(down & last)
        up = ((up << 1) | anchored) & mask
        down = (down << 1) & mask
        plus = down | (~(diagonal | up) & mask)
        minus = up & diagonal
        scores.append(score)
    return scores


def distance(left: str, right: str) -> int:
    """Edits (insert, delete, replace) between two strings.

    >>> distance("kitten", "sitting"), distance("", "abc")
    (3, 3)
    """
    if not left:
        return len(right)
    return _columns(left, right, anchored=True)[-1]


def similarity(left: str, right: str) -> float:
    """1 for equal strings, 0 for strings that share nothing."""
    longest = max(len(left), len(right))
    return 1.0 if longest == 0 else 1.0 - distance(left, right) / longest


def prefix(pattern: str, text: str) -> Match:
    """The pattern at the very beginning of the text; among equally good ends the one at a word's end.

    >>> prefix("to trinh", "to tinh ve viec")
    Match(start=0, end=7, edits=1)
    """
    scores = _columns(pattern, text, anchored=True)
    best = min(scores)
    ends = [end for end, score in enumerate(scores) if score == best]
    whole = [end for end in ends if end == len(text) or text[end] == " "]
    return Match(0, (whole or ends)[0], best)


def find(pattern: str, text: str) -> Match:
    """The pattern's best place anywhere in the text (the last of equals).

    >>> find("viet nam", "cong hoa xa hoi chu nghia viet nan")
    Match(start=26, end=34, edits=1)
    """
    scores = _columns(pattern, text, anchored=False)
    edits = min(scores)
    end = len(scores) - 1 - scores[::-1].index(edits)
    backwards = _columns(pattern[::-1], text[:end][::-1], anchored=True)
    return Match(end - backwards.index(min(backwards)), end, edits)


def allowed(pattern: str, share: float = 0.18) -> int:
    """How many misread letters may pass in a pattern of this length; none in very short ones.

    >>> allowed("to"), allowed("chi thi"), allowed("doc lap tu do hanh phuc")
    (0, 1, 4)
    """
    return int(len(pattern) * share)
