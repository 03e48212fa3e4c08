"""The order in which a person reads the lines of a page, found from where they stand and, in doubt, what they say.

Lines side by side form a block. A block is read column by column (the two halves of a letter's head, receivers and
signature) or, in a form, row by row; a ruled table is read row by row and cell by cell. All else goes from top to
bottom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ocr.reading import LineBox
from ocr.rules import Rules
from ocr.tables import Table, cells, find_tables
from records.vietnamese import folded

# All in heights of a line.
MIN_GUTTER = 0.2  # boxes that are closer than this are parts of one line
NEAR = 4.0  # what stands further below is no part of a block
SIGNING_SPACE = 10.0  # the same for what stands in the right column: room for a seal and a signature
PARAGRAPH = 0.8  # lines closer than this go on in the same paragraph
LIST_SPACE = 2.2  # the lines of one list or head are closer than this
PAGE_WIDE = 0.66  # of the width of all print on the page: a wider line stands beside nothing

Block = list[list[int]]  # lines of output, each of the indices of its boxes from left to right

_HEAD = re.compile(r"cong hoa xa|hoi chu nghia|nghia viet nam|doc lap|hanh phuc|noi nhan|, ngay .{0,8}thang")
_RECEIVERS = re.compile(r"noi nhan|^ ?-")


def reading_order(boxes: Sequence[LineBox], rules: Rules, texts: Sequence[str] = ()) -> list[Block]:
    """Blocks of lines of box indices, in reading order; the boxes of one line are to be joined by a blank.

    `texts` says what each box holds, if that is known: it helps to tell a letter's head from a form.
    """
    tables = find_tables(boxes, rules)
    inside = {i for table in tables for i in table.members}
    nodes = [Node((i,), box) for i, box in enumerate(boxes) if i not in inside]
    nodes += [Node(tuple(table.members), table.box, table) for table in tables]
    said = [folded(text) for text in texts] or [""] * len(boxes)
    return _Layout(list(boxes), rules, said, list(texts)).ordered(nodes)


@dataclass(frozen=True, slots=True)
class Node:
    """What is placed as one: a line box, or a whole table."""

    members: tuple[int, ...]
    box: LineBox
    table: Table | None = None


@dataclass(slots=True)
class _Run:
    """Nodes that are read together."""

    nodes: list[Node] = field(default_factory=list)
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    boxes: list[LineBox]
    rules: Rules
    said: list[str]  # folded
    texts: list[str]

    def ordered(self, nodes: list[Node]) -> list[Block]:
        found: list[Block] = []
        for run in paragraphs(self._runs(nodes)):
            if run.side_by_side:
                found.extend(self._inside(run.nodes))
            else:
                found.append(self._lines([[node] for node in run.nodes]))
        return found

    def _runs(self, nodes: list[Node]) -> list[_Run]:
        """The page cut from top to bottom into single nodes and groups that stand side by side.

        The list of receivers always has a signature beside it, even if no two of their lines are level.
        """
        groups = side_by_side(nodes)
        runs: list[_Run] = []
        at = 0
        while at < len(groups):
            if len(groups[at]) > 1 or self._names_receivers(groups[at]):
                run, at = self._grown(groups, at, runs)
                runs.append(run)
            else:
                runs.append(_Run(list(groups[at])))
                at += 1
        return runs

    def _names_receivers(self, nodes: Sequence[Node]) -> bool:
        return any(
            _RECEIVERS.search(self.said[i]) for node in nodes if not node.table for i in node.members[:1]
        )

    def _grown(self, groups: list[list[Node]], at: int, before: list[_Run]) -> tuple[_Run, int]:
        """The run that starts at a group: groups below join as long as one gutter runs through all of them.

        A line right above receivers joins as well: it is the title of the signature beside them.
        """
        nodes = list(groups[at])
        at += 1
        if self._names_receivers(nodes):
            while before and not before[-1].side_by_side and self._title_of(before[-1].nodes, nodes):
                nodes = before.pop().nodes + nodes
        while at < len(groups):
            below = groups[at]
            reach = SIGNING_SPACE if len(below) > 1 or _right_of_gutter(below, nodes) else NEAR
            if not gutters(nodes + below) or _space(nodes, below) > reach:
                break
            if self._page_wide(below) or _leaves_columns(nodes, below):
                break
            nodes += below
            at += 1
        return _trimmed(nodes, groups, at)

    def _page_wide(self, group: list[Node]) -> bool:
        """A single line of running text: what stood side by side above it ends there."""
        left, right = min(box.x0 for box in self.boxes), max(box.x1 for box in self.boxes)
        return len(group) == 1 and group[0].box.width > PAGE_WIDE * (right - left)

    def _title_of(self, above: list[Node], nodes: list[Node]) -> bool:
        found = gutters(above + nodes)
        page_number = all(self.said[i].isdigit() for node in above for i in node.members)
        return bool(found) and not page_number and _space(above, nodes) <= NEAR

    def _inside(self, nodes: list[Node]) -> list[Block]:
        """A run that stands side by side, as blocks in order."""
        columns = _columns(nodes)
        rows = _rows(nodes)
        if len(columns) < 2 or len(rows) == 1 or self._level(columns, rows):
            return [self._lines(rows)]
        return [block for column in columns for block in self._column(column)]

    def _column(self, nodes: list[Node]) -> list[Block]:
        """One column; parts of it may stand side by side again, where a stamp in the margin made the other column."""
        rows = _rows(nodes)
        return self.ordered(nodes) if sum(len(row) > 1 for row in rows) > 1 else [self._lines(rows)]

    def _lines(self, rows: Sequence[Sequence[Node]]) -> Block:
        """Rows of nodes as lines of boxes: tables are opened."""
        lines: Block = []
        for row in rows:
            plain = [i for node in row if not node.table for i in node.members]
            if plain:
                lines.append(plain)
            for node in row:
                if node.table:
                    for cell in cells(node.table, self.boxes, self.rules):
                        lines.extend(_level_rows(cell, self.boxes))
        return lines

    def _level(self, columns: list[list[Node]], rows: list[list[Node]]) -> bool:
        """Whether the run is read row by row: a form or a table without rules, no head and no signatures."""
        said = [self.said[i] for row in rows for node in row for i in node.members]
        if any(_HEAD.search(text) for text in said) or sum(text.startswith("-") for text in said) >= 2:
            return False
        if self._on_top(rows) and any(text.startswith("so") for text in said):
            return False
        pairs = [number for number, row in enumerate(rows) if len(row) > 1]
        full = len(pairs)
        if not pairs or full < 0.6 * (pairs[-1] - pairs[0] + 1):
            return False
        if any(":" in self.texts[i] for row in rows for node in row for i in node.members if self.texts):
            return True
        return full >= 3 or (len(columns) > 2 and full >= 2)

    def _on_top(self, rows: list[list[Node]]) -> bool:
        """The run is the first thing on the page."""
        first = min(box.y0 for box in self.boxes)
        height = rows[0][0].box.height
        return min(node.box.y0 for node in rows[0]) - first < 2 * height


def paragraphs(runs: Sequence[_Run]) -> list[_Run]:
    """Single lines that follow each other closely, joined into one run."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        flows = last and not any(r.side_by_side or r.nodes[-1].table for r in (last, run))
        if last and flows and _space(last.nodes[-1:], run.nodes) < PARAGRAPH:
            last.nodes.extend(run.nodes)
        else:
            joined.append(run)
    return joined


def side_by_side(nodes: Sequence[Node]) -> list[list[Node]]:
    """Nodes that stand side by side, directly or through others, as groups from top to bottom."""
    parent = list(range(len(nodes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, one in enumerate(nodes):
        for j in range(i):
            if one.box.beside(nodes[j].box):
                parent[root(i)] = root(j)
    groups: dict[int, list[Node]] = {}
    for i, node in enumerate(nodes):
        groups.setdefault(root(i), []).append(node)
    return sorted(groups.values(), key=lambda group: float(np.mean([node.box.middle for node in group])))


def gutters(nodes: Sequence[Node]) -> list[tuple[float, float]]:
    """White strips (x from, x to) between nodes that none of them crosses."""
    height = _height(nodes)
    spans = sorted((node.box.x0, node.box.x1) for node in nodes)
    found = []
    reach = spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 - reach >= MIN_GUTTER * height:
            found.append((reach, x0))
        reach = max(reach, x1)
    return found


def _leaves_columns(nodes: Sequence[Node], below: Sequence[Node]) -> bool:
    """A single line that runs across one of several gutters: the row of a form ends above it."""
    before, after = (
        sum(x1 - x0 > _height(nodes) for x0, x1 in gutters(part)) for part in (nodes, [*nodes, *below])
    )
    return len(below) == 1 and before > 1 and after < before


def _trimmed(nodes: list[Node], groups: list[list[Node]], at: int) -> tuple[_Run, int]:
    """Without last lines that stand in the left column alone, below a gap: there the text goes on."""
    found = gutters(nodes)
    while found and at > 0 and len(groups[at - 1]) == 1 and groups[at - 1][0] in nodes:
        last = groups[at - 1]
        rest = [node for node in nodes if node is not last[0]]
        if last[0].box.x0 >= found[0][1] or not rest or _space(rest, last) < LIST_SPACE or not gutters(rest):
            break
        nodes, at = rest, at - 1
    return _Run(nodes, side_by_side=len(nodes) > 1), at


def _right_of_gutter(group: Sequence[Node], nodes: Sequence[Node]) -> bool:
    found = gutters(nodes)
    return bool(found) and all(node.box.x0 >= found[0][1] - 0.5 * node.box.height for node in group)


def _space(upper: Sequence[Node], lower: Sequence[Node]) -> float:
    """White between two groups, in heights of a line."""
    white = min(node.box.y0 for node in lower) - max(node.box.y1 for node in upper)
    return white / _height([*upper, *lower])


def _height(nodes: Sequence[Node]) -> float:
    lines = [node.box.height for node in nodes if not node.table]
    return float(np.median(lines or [node.box.height for node in nodes]))


def _columns(nodes: Sequence[Node]) -> list[list[Node]]:
    edges = [(left + right) / 2 for left, right in gutters(nodes)]
    columns: list[list[Node]] = [[] for _ in range(len(edges) + 1)]
    for node in nodes:
        middle = (node.box.x0 + node.box.x1) / 2
        columns[sum(middle > edge for edge in edges)].append(node)
    return [column for column in columns if column]


def _rows(nodes: Sequence[Node]) -> list[list[Node]]:
    by_box = {id(node.box): node for node in nodes}
    boxes = [node.box for node in nodes]
    return [[by_box[id(boxes[i])] for i in row] for row in _level_rows(range(len(boxes)), boxes)]


def _level_rows(members: Sequence[int], boxes: Sequence[LineBox]) -> list[list[int]]:
    """Boxes level with each other as one row, rows from top to bottom, each from left to right."""
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
