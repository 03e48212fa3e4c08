"""The merged heads of a form's table: where each label stands and how many columns and rows it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from records.report import Column


@dataclass(frozen=True, slots=True)
class Head:
    text: str
    row: int  # from 0
    column: int  # from 0
    rows: int
    columns: int


def heads(columns: Sequence[Column]) -> list[Head]:
    """The heads from top to bottom and left to right; neighbours under one label share it.

    >>> [(h.text, h.rows, h.columns) for h in heads((Column("a", ("A",)), Column("b", ("B", "x"))))]
    [('A', 2, 1), ('B', 1, 1), ('x', 1, 1)]
    """
    found = _placed([column.labels for column in columns], 0, 0, depth(columns))
    return sorted(found, key=lambda head: (head.row, head.column))


def depth(columns: Sequence[Column]) -> int:
    """How many rows the heads take."""
    return max(len(column.labels) for column in columns)


def _placed(paths: Sequence[tuple[str, ...]], row: int, column: int, rows: int) -> Iterator[Head]:
    for label, group in groupby(paths, key=lambda path: path[0]):
        under = [path[1:] for path in group]
        if all(under):
            yield Head(label, row, column, 1, len(under))
            yield from _placed(under, row + 1, column, rows - 1)
        else:
            yield Head(label, row, column, rows, len(under))
        column += len(under)
