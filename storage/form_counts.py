"""What the statutory forms count, from the sums, over stretches of days.

now     the sums, and the changes that wait to be taken in
then    sums of what was known before that moment's 64 days, and every change of those days up to it
A snapshot sees one moment, so it does not matter how far the sums have come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Executable,
    FromClause,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from records.coverage import VIETNAM
from records.staff import Scope
from storage.blocks import SINCE_EVER, places_between
from storage.changes import changes_between, waiting_changes
from storage.columns import UtcTime
from storage.form_changes import KNOWN_DAYS, counted, dated, sealed
from storage.form_sums import BY_RULE, THEN
from storage.scopes import within
from storage.tables_coverage import facts_pending
from storage.tables_forms import FORM_MEASURES, SEALED, form_seals, form_sums

Stretch = tuple[int, int]  # days as numbers: the first, and the one after the last
Sums = dict[tuple[str, str], Counter[str]]  # by unit and by what the cube parts the dossiers


@dataclass(frozen=True)
class FormCounts:
    """Sums of some units, of what is known now (`as_of` None) or was at a moment."""

    connection: Connection
    scope: Scope
    as_of: datetime | None

    def measures(self, cube: str, stretches: Sequence[Stretch]) -> list[Sums]:
        """FORM_MEASURES for each of the stretches, which do not overlap."""
        found: list[Sums] = [{} for _ in stretches]
        for sums, stretch in zip(found, stretches, strict=True):
            columns = form_sums.c
            query = self._kept(form_sums, columns.cube, cube, stretch)
            query = query.add_columns(columns.unit, columns.key, *_added(form_sums, FORM_MEASURES))
            for row in self.connection.execute(query.group_by(columns.unit, columns.key)):
                _put(sums, row)
        if self._changes is not None:
            for row in self.connection.execute(self._changed(self._changes, cube, stretches)):
                _put(found[row[0]], row[1:])
        return found

    def seals(self, axis: str, end: int) -> Counter[str]:
        """SEALED of the dossiers whose day of this axis lies before the end."""
        kept: Select[Any] = self._kept(form_seals, form_seals.c.axis, axis, (SINCE_EVER, end))
        found = self._one(kept.add_columns(*_added(form_seals, SEALED)))
        if self._changes is not None:
            rows = union_all(*sealed(self._changes)).subquery("rows")
            changed = select(*_added(rows, SEALED)).where(rows.c.axis == axis, rows.c.day < end)
            found.update(self._one(changed.where(within(self.scope, rows.c.unit))))
        return found

    def _one(self, query: Executable) -> Counter[str]:
        row = self.connection.execute(query).one()
        return Counter({name: int(value or 0) for name, value in zip(SEALED, row, strict=True)})

    def _kept(self, table: Table, cube: ColumnElement[str], name: str, stretch: Stretch) -> Select[Any]:
        query = select().where(table.c.place.in_(places_between(*stretch)), within(self.scope, table.c.unit))
        if self.as_of is None:
            return query.where(cube == name)
        return query.where(cube == name + THEN, table.c.known < _known(self.as_of))

    @cached_property
    def _changes(self) -> CTE | None:
        """The changes that are in none of the sums that are asked; None when there are none."""
        waits = self.connection.execute(select(facts_pending.c.code).limit(1)).first() is not None
        if self.as_of is None:
            return dated([waiting_changes()]) if waits else None
        begin = literal(_begin(self.as_of), UtcTime)
        recent = changes_between(begin, literal(self.as_of, UtcTime))
        if not waits:
            return dated(recent)
        waiting = waiting_changes().subquery("waiting")
        return dated([*recent, select(waiting).where(waiting.c.at < begin)])

    def _changed(self, changes: CTE, cube: str, stretches: Sequence[Stretch]) -> Select[Any]:
        rows = union_all(*counted(changes)).subquery("rows")
        stretch = case(*((_lies_in(rows, one), number) for number, one in enumerate(stretches)), else_=None)
        key = cast(rows.c.rule, String) if cube == BY_RULE else rows.c.domain
        query = select(stretch.label("stretch"), rows.c.unit, key.label("key"), *_added(rows, FORM_MEASURES))
        begin, end = stretches[0][0], stretches[-1][1]
        query = query.where(within(self.scope, rows.c.unit), _lies_in(rows, (begin, end)))
        return query.group_by("stretch", rows.c.unit, "key")


def _added(rows: FromClause, names: Sequence[str]) -> list[ColumnElement[int]]:
    return [func.sum(rows.c[name]).label(name) for name in names]


def _lies_in(rows: FromClause, stretch: Stretch) -> ColumnElement[bool]:
    return and_(rows.c.day >= stretch[0], rows.c.day < stretch[1])


def _put(sums: Sums, row: Sequence[Any]) -> None:
    values = zip(FORM_MEASURES, row[2:], strict=True)
    sums.setdefault((row[0], row[1]), Counter()).update({name: int(value) for name, value in values})


def _known(moment: datetime) -> int:
    return moment.astimezone(VIETNAM).date().toordinal() // KNOWN_DAYS


def _begin(moment: datetime) -> datetime:
    """When the days began that are kept together with that of the moment."""
    first = datetime.fromordinal(_known(moment) * KNOWN_DAYS)
    return first.replace(tzinfo=VIETNAM)
