"""Finding the title of a paper: the kind in capitals, centred, in the upper part of its first page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classify.blocks import MOTTO, Head
from classify.fuzzy import allowed, find
from classify.layout import Layout, Segment
from classify.taxonomy import Taxonomy, TitleMatch

LIKELY = 0.65  # below it a line that happens to begin like a title counts for nothing
LINES = 5  # a title has no more
UPPER = 0.62  # share of the page in which a title may begin
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»[]{}<>\\"


@dataclass(frozen=True)
class Title:
    """The lines of a title, what they say and how sure that is."""

    match: TitleMatch
    lines: tuple[Segment, ...]
    score: float  # 0 … 1


def find_title(head: Head, taxonomy: Taxonomy) -> Title | None:
    """The best title on the page; of equally good ones the upper one, then the longer pattern."""
    best: Title | None = None
    for block in title_blocks(head):
        title = _read(head.layout, block, taxonomy)
        if title is not None and title.score >= LIKELY and (best is None or title.score > best.score + 0.1):
            best = title
    return best


def _read(layout: Layout, block: Sequence[Segment], taxonomy: Taxonomy) -> Title | None:
    """The best match at the beginning of any line of the block, the first line preferred."""
    best: Title | None = None
    for start in range(len(block)):
        lines = _in_one_case(block[start:])
        match = taxonomy.best(_key(block[start : start + LINES]), _key(lines[:LINES]))
        if match is None:
            continue
        score = match.similarity * (1.0 if start == 0 else 0.93) * _look(layout, lines[0])
        if best is None or score > best.score:
            best = Title(match, _covered(lines, match.end), score)
    return best


def _key(lines: Sequence[Segment]) -> str:
    return " ".join(line.key.strip(_NOISE) for line in lines)


def _in_one_case(lines: Sequence[Segment]) -> tuple[Segment, ...]:
    """The lines of a title in capitals, without what follows in small letters."""
    if lines[0].capitals < 0.75:
        return (lines[0],)
    small = next((i for i, line in enumerate(lines) if line.capitals < 0.6), len(lines))
    return tuple(lines[:small])


def _covered(lines: Sequence[Segment], end: int) -> tuple[Segment, ...]:
    """The lines that a match up to position `end` of their joined keys runs over."""
    taken: list[Segment] = []
    reached = 0
    for line in lines:
        if taken and reached + 1 >= end:
            break
        taken.append(line)
        reached += len(line.key.strip(_NOISE)) + 1
    return tuple(taken)


def _look(layout: Layout, line: Segment) -> float:
    """How much a line looks like a title: capitals, centred, high on the page."""
    left, right = layout.body
    offset = abs(line.box.centre[0] - (left + right) / 2) / layout.width
    look = 1.0 if line.capitals > 0.75 else 0.72
    look *= 1.0 if offset < 0.09 else 0.85
    return look * (1.0 if line.box.y0 < 0.4 * layout.height else 0.88)


def title_blocks(head: Head) -> Iterator[list[Segment]]:
    """Runs of lines that may be a title, from top to bottom, the motto and the agency left out."""
    layout = head.layout
    block: list[Segment] = []
    for line in layout.segments:
        if line.box.y0 > UPPER * layout.height:
            break
        if not _may_be_title(head, line, continues=bool(block)):
            continue
        if block and line.box.y0 - block[-1].box.y1 > 1.3 * max(line.box.height, layout.line_height):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _may_be_title(head: Head, line: Segment, continues: bool) -> bool:
    if line.letters < 4 or line.box.y0 < head.top:
        return False
    if head.motto is not None and _is_head(head, line):
        return False
    left, right = head.layout.body
    offset = abs(line.box.centre[0] - (left + right) / 2) / head.layout.width
    if continues and offset < 0.03:
        return True
    return offset < 0.12 and (line.capitals > 0.75 or line.box.width < 0.5 * head.layout.width)


def _is_head(head: Head, line: Segment) -> bool:
    """Whether the line belongs to the head itself: motto, or what stands beside it."""
    motto = head.motto
    assert motto is not None
    lower = 1.2 if head.two_columns else 0.0
    if line.box.centre[1] < motto.box.y1 + lower * motto.box.height:
        return True
    return any(find(phrase, line.key).edits <= allowed(phrase) for phrase in MOTTO if line.letters >= 12)
