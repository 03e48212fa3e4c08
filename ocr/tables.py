"""Ruled tables: which lines of print stand in one, and in which of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr.reading import LineBox
from ocr.rules import Rule, Rules

INNER = 2.0  # heights of a line: a rule this far from both sides of a frame parts columns


@dataclass(frozen=True, slots=True)
class Table:
    box: LineBox
    members: list[int]  # indices of line boxes


def find_tables(boxes: Sequence[LineBox], rules: Rules) -> list[Table]:
    """Groups of crossing rules with at least one rule between two columns, and the boxes inside them."""
    if not boxes or len(rules.vertical) < 2:
        return []
    height = float(np.median([box.height for box in boxes]))
    found = []
    for standing, level in _crossing(rules, height):
        places = [rule.at for rule in standing]
        frame = LineBox(
            min([*places, *(rule.low for rule in level)]),
            min(rule.low for rule in standing),
            max([*places, *(rule.high for rule in level)]),
            max(rule.high for rule in standing),
        )
        members = [i for i, box in enumerate(boxes) if _within(box, frame)]
        inner = [rule for rule in standing if frame.x0 + INNER * height < rule.at < frame.x1 - INNER * height]
        if any(_parts_columns(rule, [boxes[i] for i in members]) for rule in inner):
            found.append(Table(frame, members))
    return found


def _parts_columns(rule: Rule, boxes: Sequence[LineBox]) -> bool:
    """Print stands on both sides of a rule and none runs across it: no border of a certificate, no scanner's streak."""
    along = [box for box in boxes if rule.low < box.middle < rule.high]
    if any(box.x0 + 0.5 * box.height < rule.at < box.x1 - 0.5 * box.height for box in along):
        return False
    left = [box for box in along if box.x1 < rule.at + 0.5 * box.height]
    right = [box for box in along if box.x0 > rule.at - 0.5 * box.height]
    return any(one.beside(other) for one in left for other in right)


def _crossing(rules: Rules, slack: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Standing and level rules that touch each other, directly or through others."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for standing in rules.vertical:
        level = [rule for rule in rules.horizontal if _touch(standing, rule, slack)]
        joined: tuple[list[Rule], list[Rule]] = ([standing], level)
        for group in [g for g in groups if any(rule in g[1] for rule in level)]:
            groups.remove(group)
            joined = (group[0] + joined[0], group[1] + [rule for rule in joined[1] if rule not in group[1]])
        groups.append(joined)
    return [group for group in groups if len(group[0]) > 1]


def _touch(standing: Rule, level: Rule, slack: float) -> bool:
    across = level.low - slack <= standing.at <= level.high + slack
    return across and standing.low - slack <= level.at <= standing.high + slack


def _within(box: LineBox, frame: LineBox) -> bool:
    width = min(box.x1, frame.x1) - max(box.x0, frame.x0)
    return width > 0.8 * box.width and box.overlap_y(frame) > 0.6 * box.height


def cells(table: Table, boxes: Sequence[LineBox], rules: Rules) -> list[list[int]]:
    """The boxes of a table's cells, row by row, the cells of a row from left to right."""
    height = float(np.median([boxes[i].height for i in table.members]))
    tops = {i: _rule_above(boxes[i], rules, height) for i in table.members}
    lefts = {i: _rule_before(boxes[i], rules, height) for i in table.members}
    return [
        cell
        for band in _banded(table.members, tops, 0.6 * height)
        for cell in _banded(band, lefts, 0.6 * height)
    ]


def _rule_above(box: LineBox, rules: Rules, height: float) -> float:
    middle = (box.x0 + box.x1) / 2
    above = [
        rule.at
        for rule in rules.horizontal
        if rule.at < box.middle and rule.low - height < middle < rule.high + height
    ]
    return max(above, default=0.0)


def _rule_before(box: LineBox, rules: Rules, height: float) -> float:
    before = [
        rule.at
        for rule in rules.vertical
        if rule.at < box.x0 + 0.5 * height and rule.low < box.middle < rule.high
    ]
    return max(before, default=0.0)


def _banded(members: Sequence[int], keys: dict[int, float], slack: float) -> list[list[int]]:
    """Members grouped by nearly equal keys, in the order of the keys."""
    bands: list[list[int]] = []
    for i in sorted(members, key=lambda i: keys[i]):
        if bands and keys[i] - keys[bands[-1][-1]] <= slack:
            bands[-1].append(i)
        else:
            bands.append([i])
    return bands
