"""What the learned model sees of a paper: words, those of the upper half and in capitals apart, and the look.

Words are folded, so that a lost mark changes nothing; numbers and names of people tell no kind and are too rare to
count. Each feature is one of `DIMENSIONS` by its CRC-32 (the hashing trick, Weinberger et al. 2009): no dictionary
has to be kept with the weights.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

from classify.blocks import Head
from classify.layout import Layout, Segment

DIMENSIONS = 4096
WORDS = 320  # of the first page; a form's captions stand on it
UPPER = 0.4  # share of the page in which number and summary stand
_NUMBER = re.compile(r"^\W*so\b.*/")
_ABOUT = re.compile(r"^\W*v\s?/\s?v\b")
_WORD = re.compile(r"[a-z]{2,}")


def type_features(head: Head, pages: int) -> tuple[int, ...]:
    """The features of a record by its first page's head; indices below DIMENSIONS, each once, in order."""
    return tuple(sorted({zlib.crc32(name.encode()) % DIMENSIONS for name in _named(head, pages)}))


def _named(head: Head, pages: int) -> Iterator[str]:
    layout = head.layout
    yield from _look(head, pages)
    left = WORDS
    for segment in layout.segments:
        words = _WORD.findall(segment.key)[: max(0, left)]
        left -= len(words)
        upper = segment.box.y0 < 0.5 * layout.height
        for word in words:
            yield f"w {word}"
            if upper:
                yield f"u {word}"
        for first, second in pairwise(words):
            yield f"b {first} {second}"
        if segment.capitals > 0.75:
            yield from _in_capitals(words)
        if segment.box.y0 < UPPER * layout.height:
            yield from _number(segment)


def _number(segment: Segment) -> Iterator[str]:
    """The letters of number and symbol, and the V/v that a letter carries."""
    if _NUMBER.match(segment.key):
        for word in re.findall(r"[a-z]+", segment.key.partition("/")[2]):
            yield f"n {word}"
    if _ABOUT.match(segment.key):
        yield "v/v"


def _in_capitals(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield f"c {word}"
    if len(words) >= 2:
        yield "c " + " ".join(words)


def _look(head: Head, pages: int) -> Iterator[str]:
    layout: Layout = head.layout
    yield f"motto {head.motto is not None} {head.two_columns}"
    yield f"wide {layout.width > layout.height}"
    yield f"lines {min(len(layout.segments) // 10, 8)}"
    yield f"pages {min(pages, 4)}"
    yield f"long {sum(s.box.width > 0.6 * layout.width for s in layout.segments) // 5}"
