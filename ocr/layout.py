"""The order in which a person reads the lines of a page, found from where they stand.

Lines side by side form a block. A block is read column by column (the two halves of a letter's head, receivers
and signature), a table row by row and cell by cell. Everything else goes from top to bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ocr.reading import LineBox
from ocr.rules import Rules
from records.vietnamese import folded

MIN_GUTTER = 0.6  # of a line's height: narrower gaps are blanks between words
NEAR = 4.0  # heights of a line: what stands further below is no part of a block
SIGNING_SPACE = 10.0  # the same for what stands in the right column: room for a seal and a signature
LIST_SPACE = 2.2  # the lines of one list or header are closer than this

_HEAD = ("cong hoa xa hoi", "doc lap", "hanh phuc", "noi nhan", "chu nghia viet nam")


@dataclass(slots=True)
class Block:
    """Indices of boxes that are read together."""

    members: list[int] = field(default_factory=list)
    side_by_side: bool = False


def reading_order(boxes: Sequence[LineBox], rules: Rules, texts: Sequence[str] = ()) -> list[list[list[int]]]:
    """Blocks of lines of box indices, in reading order: the boxes of one line are to be joined by a blank.

    `texts` (what each box says, if known) helps to tell a letter's head from a table.
    """
    ordered: list[list[list[int]]] = []
    for block in blocks(boxes, texts):
        if block.side_by_side:
            ordered.extend(_inside(block.members, boxes, rules, texts))
        else:
            ordered.append([[i] for i in block.members])
    return ordered


def blocks(boxes: Sequence[LineBox], texts: Sequence[str] = ()) -> list[Block]:
    """The page cut from top to bottom into runs of single lines and groups of lines that stand side by side.

    The list of receivers ("Nơi nhận:") always has a signature beside it, even if no two of their lines are level.
    """
    groups = _groups(boxes)
    found: list[Block] = []
    at = 0
    while at < len(groups):
        receivers = bool(texts) and folded(texts[groups[at][0]]).startswith("noi nhan")
        if len(groups[at]) > 1 or receivers:
            block, at = _grown(groups, at, boxes, found)
            found.append(block)
        else:
            found.append(Block(list(groups[at])))
            at += 1
    return _paragraphs(found, boxes)


def _groups(boxes: Sequence[LineBox]) -> list[list[int]]:
    """Boxes that stand side by side, directly or through others, from top to bottom."""
    parent = list(range(len(boxes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, one in enumerate(boxes):
        for j in range(i):
            if one.beside(boxes[j]):
                parent[root(i)] = root(j)
    members: dict[int, list[int]] = {}
    for i in range(len(boxes)):
        members.setdefault(root(i), []).append(i)
    return sorted(members.values(), key=lambda group: np.mean([boxes[i].middle for i in group]))


def _grown(
    groups: list[list[int]], at: int, boxes: Sequence[LineBox], before: list[Block]
) -> tuple[Block, int]:
    """The block that starts at a group: neighbours join as long as one gutter runs through all of them."""
    members = list(groups[at])
    at += 1
    while before and not before[-1].side_by_side:
        above = before[-1].members
        if not gutters(above + members, boxes) or _space(above, members, boxes) > NEAR:
            break
        members = above + members
        before.pop()
    while at < len(groups):
        reach = SIGNING_SPACE if len(groups[at]) > 1 or _right_of_gutter(groups[at], members, boxes) else NEAR
        if not gutters(members + groups[at], boxes) or _space(members, groups[at], boxes) > reach:
            break
        members += groups[at]
        at += 1
    return _trimmed(members, groups, at, boxes)


def _trimmed(
    members: list[int], groups: list[list[int]], at: int, boxes: Sequence[LineBox]
) -> tuple[Block, int]:
    """Without last lines that stand in the left column alone, below a gap: the text goes on there."""
    found = gutters(members, boxes)
    while found and at > 0 and len(groups[at - 1]) == 1 and groups[at - 1][0] in members:
        last = groups[at - 1]
        rest = [i for i in members if i not in last]
        if boxes[last[0]].x0 >= found[0][1] or not rest or _space(rest, last, boxes) < LIST_SPACE:
            break
        if not gutters(rest, boxes):
            break
        members, at = rest, at - 1
    return Block(members, side_by_side=len(members) > 1), at


def _right_of_gutter(group: list[int], members: list[int], boxes: Sequence[LineBox]) -> bool:
    found = gutters(members, boxes)
    return bool(found) and all(boxes[i].x0 >= found[0][1] - 0.5 * boxes[i].height for i in group)


def _space(upper: list[int], lower: list[int], boxes: Sequence[LineBox]) -> float:
    """White between two groups, in heights of a line."""
    height = float(np.median([boxes[i].height for i in upper + lower]))
    return (min(boxes[i].y0 for i in lower) - max(boxes[i].y1 for i in upper)) / height


def gutters(members: Sequence[int], boxes: Sequence[LineBox]) -> list[tuple[float, float]]:
    """White strips (x from, x to) between members that no member crosses."""
    height = float(np.median([boxes[i].height for i in members]))
    spans = sorted((boxes[i].x0, boxes[i].x1) for i in members)
    found = []
    reach = spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 - reach >= MIN_GUTTER * height:
            found.append((reach, x0))
        reach = max(reach, x1)
    return found


def _inside(
    members: list[int], boxes: Sequence[LineBox], rules: Rules, texts: Sequence[str]
) -> list[list[list[int]]]:
    """A side-by-side block as blocks of lines, in order."""
    columns = _columns(members, boxes)
    if _ruled(members, boxes, rules):
        return [_cells(members, boxes, rules)]
    rows = _rows(members, boxes)
    if len(columns) < 2 or _level(columns, rows, boxes, [texts[i] for i in members] if texts else []):
        return [rows]
    return [_rows(column, boxes) for column in columns]


def _level(
    columns: list[list[int]], rows: list[list[int]], boxes: Sequence[LineBox], texts: Sequence[str]
) -> bool:
    """Whether a block without rules is read row by row: a form or a table, no head and no signatures."""
    said = [folded(text) for text in texts]
    if any(phrase in text for phrase in _HEAD for text in said):
        return False
    pairs = [number for number, row in enumerate(rows) if len(row) > 1]
    full = len(pairs)
    if not pairs or full < 0.6 * (pairs[-1] - pairs[0] + 1):
        return False
    if any(":" in text for text in texts):
        return True
    return full >= 3 or (len(columns) > 2 and full >= 2)


def _columns(members: list[int], boxes: Sequence[LineBox]) -> list[list[int]]:
    edges = [(left + right) / 2 for left, right in gutters(members, boxes)]
    columns: list[list[int]] = [[] for _ in range(len(edges) + 1)]
    for i in members:
        middle = (boxes[i].x0 + boxes[i].x1) / 2
        columns[sum(middle > edge for edge in edges)].append(i)
    return [column for column in columns if column]


def _rows(members: Sequence[int], boxes: Sequence[LineBox]) -> list[list[int]]:
    """Members level with each other as one row, rows from top to bottom, each from left to right."""
    rows: list[list[int]] = []
    for i in sorted(members, key=lambda i: boxes[i].middle):
        box = boxes[i]
        if rows and any(
            box.overlap_y(boxes[j]) > 0.5 * min(box.height, boxes[j].height) and box.beside(boxes[j])
            for j in rows[-1]
        ):
            rows[-1].append(i)
        else:
            rows.append([i])
    return [sorted(row, key=lambda i: boxes[i].x0) for row in rows]


def _ruled(members: Sequence[int], boxes: Sequence[LineBox], rules: Rules) -> bool:
    """Vertical rules stand between the members."""
    x0, x1 = min(boxes[i].x0 for i in members), max(boxes[i].x1 for i in members)
    y0, y1 = min(boxes[i].y0 for i in members), max(boxes[i].y1 for i in members)
    inside = [
        rule
        for rule in rules.vertical
        if x0 < rule.at < x1 and min(rule.high, y1) - max(rule.low, y0) > 0.5 * (y1 - y0)
    ]
    return bool(inside)


def _cells(members: Sequence[int], boxes: Sequence[LineBox], rules: Rules) -> list[list[int]]:
    """Lines of a ruled table: cell by cell, the cells row by row."""
    height = float(np.median([boxes[i].height for i in members]))

    def top(box: LineBox) -> float:
        middle = (box.x0 + box.x1) / 2
        above = [
            r.at for r in rules.horizontal if r.at < box.middle and r.low - height < middle < r.high + height
        ]
        return max(above, default=-1e9)

    def left(box: LineBox) -> float:
        before = [
            r.at for r in rules.vertical if r.at < box.x0 + 0.5 * height and r.low < box.middle < r.high
        ]
        return max(before, default=-1e9)

    tops = {i: top(boxes[i]) for i in members}
    lefts = {i: left(boxes[i]) for i in members}
    ordered: list[list[int]] = []
    for band in _banded(list(members), tops, 0.5 * height):
        for cell in _banded(band, lefts, 0.5 * height):
            ordered.extend(_rows(cell, boxes))
    return ordered


def _banded(members: list[int], keys: dict[int, float], slack: float) -> list[list[int]]:
    """Members grouped by nearly equal keys, in the order of the keys."""
    bands: list[list[int]] = []
    for i in sorted(members, key=lambda i: keys[i]):
        if bands and keys[i] - keys[bands[-1][-1]] <= slack:
            bands[-1].append(i)
        else:
            bands.append([i])
    return bands


def _paragraphs(found: list[Block], boxes: Sequence[LineBox]) -> list[Block]:
    """Single lines that follow each other closely, joined into one block."""
    joined: list[Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if last and not last.side_by_side and not block.side_by_side:
            upper, lower = boxes[last.members[-1]], boxes[block.members[0]]
            if lower.y0 - upper.y1 < 0.8 * min(upper.height, lower.height):
                last.members.extend(block.members)
                continue
        joined.append(block)
    return joined
