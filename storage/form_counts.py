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
    cast,
    func,
    literal,
    select,
    union_all,
)

from records.coverage import VIETNAM
from records.staff import Scope
from storage.blocks import SINCE_EVER, places_between
from storage.changes import net_changes, waiting_changes
from storage.columns import UtcTime
from storage.form_changes import KNOWN_DAYS, alike, counted, dated, sealed_of_period
from storage.form_sums import BY_RULE, THEN
from storage.scopes import within
from storage.tables_coverage import facts_pending
from storage.tables_forms import FORM_MEASURES, SEALED, form_seals, form_sums

FEW_UNITS = 8
Stretch = tuple[int, int]  # days as numbers: the first, and the one after the last
Sums = dict[tuple[str, str], Counter[str]]  # by unit and by what the cube parts the dossiers


@dataclass(frozen=True)
class FormCounts:
    """Sums of some units, of what is known now (`as_of` None) or was at a moment."""

    connection: Connection
    scope: Scope
    as_of: datetime | None

    def measures(self, cube: str, stretches: Sequence[Stretch]) -> list[Sums]:
        """FORM_MEASURES for each of the stretches, which follow each other."""
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

    def seals(self, begin: int, end: int) -> Counter[str]:
        """SEALED of the dossiers received before the end, less those resolved before the begin."""
        found = self._sealed(self._kept_seals("received", end))
        found.subtract(self._sealed(self._kept_seals("resolved", begin)))
        if self._changes is not None:
            which = within(self.scope, self._changes.c.unit)
            found.update(self._sealed(sealed_of_period(self._changes, begin, end, which)))
        return found

    def _kept_seals(self, axis: str, end: int) -> Select[Any]:
        kept = self._kept(form_seals, form_seals.c.axis, axis, (SINCE_EVER, end))
        return kept.add_columns(*_added(form_seals, SEALED))

    def _sealed(self, query: Executable) -> Counter[str]:
        row = self.connection.execute(query).one()
        return Counter({name: int(value or 0) for name, value in zip(SEALED, row, strict=True)})

    def _kept(self, table: Table, cube: ColumnElement[str], name: str, stretch: Stretch) -> Select[Any]:
        query = select().where(table.c.place.in_(places_between(*stretch)), self._of_units(table.c.unit))
        if self.as_of is None:
            return query.where(cube == name)
        return query.where(cube == name + THEN, table.c.known < _known(self.as_of))

    def _of_units(self, unit: ColumnElement[str]) -> ColumnElement[bool]:
        """Few units are looked up; of many, all are read and the others left out."""
        few = self.scope.units is not None and len(self.scope.units) <= FEW_UNITS
        return within(self.scope, unit if few else unit + literal("", literal_execute=True))

    @cached_property
    def _changes(self) -> CTE | None:
        """The changes that are in none of the sums that are asked; None when there are none."""
        waits = self.connection.execute(select(facts_pending.c.code).limit(1)).first() is not None
        if self.as_of is None:
            return dated([waiting_changes()]) if waits else None
        begin = literal(_begin(self.as_of), UtcTime)
        recent = net_changes(begin, literal(self.as_of, UtcTime))
        if not waits:
            return dated(recent)
        waiting = waiting_changes().subquery("waiting")
        return dated([*recent, select(waiting).where(waiting.c.at < begin)])

    def _changed(self, changes: CTE, cube: str, stretches: Sequence[Stretch]) -> Select[Any]:
        """By the place of the stretch."""
        begins = [*(begin for begin, _ in stretches), stretches[-1][1]]
        rows = union_all(*counted(alike(changes, begins))).subquery("rows")
        key = cast(rows.c.rule, String) if cube == BY_RULE else rows.c.domain
        query = select(rows.c.day, rows.c.unit, key.label("key"), *_added(rows, FORM_MEASURES))
        query = query.where(within(self.scope, rows.c.unit), rows.c.day.between(0, len(stretches) - 1))
        return query.group_by(rows.c.day, rows.c.unit, "key")


def _added(rows: FromClause, names: Sequence[str]) -> list[ColumnElement[int]]:
    return [func.sum(rows.c[name]).label(name) for name in names]


def _put(sums: Sums, row: Sequence[Any]) -> None:
    values = zip(FORM_MEASURES, row[2:], strict=True)
    sums.setdefault((row[0], row[1]), Counter()).update({name: int(value) for name, value in values})


def _known(moment: datetime) -> int:
    return moment.astimezone(VIETNAM).date().toordinal() // KNOWN_DAYS


def _begin(moment: datetime) -> datetime:
    """When the days began that are kept together with that of the moment."""
    first = datetime.fromordinal(_known(moment) * KNOWN_DAYS)
    return first.replace(tzinfo=VIETNAM)
