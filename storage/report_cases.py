"""The dossiers behind a figure of a statutory form: as many as the figure says, for they are counted by the same query.

A form adds dossiers up, each as 0 or 1. So the form made of one dossier alone says whether it stands behind a figure,
and dossiers that are alike in all that a form asks need to be asked about once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    RowMapping,
    and_,
    cast,
    false,
    func,
    or_,
    select,
)

from records.coverage import Period
from records.dossier import Dossier
from records.tallies import Tally
from storage.areas import Area
from storage.cursors import Cursor, Keyset, Slice
from storage.dossiers import read_dossier
from storage.facts import facts
from storage.form_tallies import Cuts
from storage.report_rows import alike, grouped, members_of, one_of
from storage.stated import valid_at
from storage.tables import dossier_history, dossiers

Wanted = Callable[[Tally], bool]  # of a single dossier: does it stand behind the figure?


@dataclass(frozen=True)
class Asked:
    """What a form is made of: its period, whose dossiers, what is overdue, and what was known when (None: now)."""

    period: Period
    areas: Sequence[Area]
    now: datetime
    as_of: datetime | None


class ReportCases:
    """Lists what storage.report_rows counts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def behind(
        self, asked: Asked, wanted: Wanted, *, after: Cursor | None = None, limit: int = 50
    ) -> Slice[Dossier]:
        """The dossiers that are wanted, in the order of reception."""
        counts, table = facts(asked.as_of).counts, dossiers if asked.as_of is None else dossier_history
        which = [self._which(counts, asked, area, wanted) for area in asked.areas]
        keyset = Keyset((table.c.received_at, table.c.code))
        same = table.c.code == counts.c.code
        source = counts.join(table, same if asked.as_of is None else and_(same, valid_at(table, asked.as_of)))
        query = select(table).select_from(source).where(or_(false(), *which))
        rows, following = keyset.cut(
            self._connection.execute(keyset.apply(query, after, limit)).mappings().all(), limit
        )
        return Slice(tuple(read_dossier(row) for row in rows), following)

    def _which(self, counts: FromClause, asked: Asked, area: Area, wanted: Wanted) -> ColumnElement[bool]:
        cuts = Cuts.of(asked.period, asked.now)
        found = self._connection.execute(grouped(counts, cuts, area)).mappings()
        standing = [row for row in found if wanted(one_of(row, area))]
        return and_(members_of(counts, cuts, area), _like(counts, standing, _number(alike(counts, cuts))))


def _like(counts: FromClause, found: Sequence[RowMapping], number: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a dossier is like one of these. What a line says of unit and domain, no column of a form asks again."""
    return and_(
        counts.c.unit.in_(sorted({row["unit"] for row in found})),
        counts.c.domain.in_(sorted({row["domain"] for row in found})),
        number.in_(sorted({_number_of(row) for row in found})),
    )


# --- what dossiers have in common, as one number ---

_TIMINGS = {None: 0, -1: 1, 0: 2, 1: 3}


def _number_of(row: RowMapping) -> int:
    return sum(
        (_TIMINGS[row[name]] if name == "timing" else row[name]) * 4**place
        for place, name in enumerate(_NAMES)
    )


def _number(values: dict[str, ColumnElement[Any]]) -> ColumnElement[int]:
    parts = [_digit(name, values[name]) * 4**place for place, name in enumerate(_NAMES)]
    return reduce(add, parts)


def _digit(name: str, value: ColumnElement[Any]) -> ColumnElement[int]:
    wide = cast(value, Integer)
    return func.coalesce(wide + 2, 0) if name == "timing" else wide


_NAMES = (
    "standing", "certification", "is_new", "is_done", "is_past_due", "has_due_date", "needs", "online", "timing",
    "papers", "has", "reused", "shared",
)  # fmt: skip
