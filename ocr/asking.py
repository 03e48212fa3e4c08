"""What the third reader is asked about: it costs as much as the other two, so only where its word can change a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocr.reading import LineBox
from ocr.vote import Stretch, lead

AHEAD, BEHIND = 1.5, 2.5  # leads of Tesseract and of trueocr from which no third reader has overturned a vote
CONTEXT = 1.0  # of the line's height that the third reader sees of what stands beside a doubtful stretch
WHOLE = 0.8  # of a line's width to be shown: then all of it is


def open_stretches(parts: Sequence[Stretch]) -> list[Stretch]:
    """The stretches that two readers read differently and neither is far enough ahead."""
    found = []
    for i, part in enumerate(parts):
        if part.agreed:
            continue
        left = parts[i - 1].text(0).rpartition(" ")[2] if i else ""
        right = parts[i + 1].text(0).partition(" ")[0] if i + 1 < len(parts) else ""
        if -BEHIND < lead(part, left, right) < AHEAD:
            found.append(part)
    return found


def asked_spans(parts: Sequence[Stretch], open_ones: Sequence[Stretch], box: LineBox) -> list[LineBox]:
    """The parts of a line that the third reader is to see: open stretches, up to the middle of the blanks beside them,
    with some of what stands there."""
    edges = [box.x0, *((left.x1 + right.x0) / 2 for left, right in pairwise(parts)), box.x1]
    reach = CONTEXT * box.height
    spans: list[tuple[float, float]] = []
    for part, (x0, x1) in zip(parts, pairwise(edges), strict=True):
        if part not in open_ones:
            continue
        low, high = max(box.x0, x0 - reach), min(box.x1, x1 + reach)
        if spans and low <= spans[-1][1]:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
    if sum(x1 - x0 for x0, x1 in spans) > WHOLE * box.width:
        return [box]
    return [replace(box, x0=x0, x1=x1) for x0, x1 in spans]


def with_third(
    before: Sequence[Stretch], open_ones: Sequence[Stretch], after: Sequence[Stretch]
) -> list[Stretch]:
    """The stretches with the third reading; what was not asked stays as it was before it."""
    settled = [part for part in before if part not in open_ones]
    return [next((old for old in settled if _holds_only(part, old)), part) for part in after]


def _holds_only(part: Stretch, old: Stretch) -> bool:
    """Whether a stretch of three readings holds nothing but an older one of two."""
    return part.readings[:2] == old.readings
