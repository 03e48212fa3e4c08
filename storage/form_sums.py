"""Sums of what the statutory forms count, so that they are quick at any size. They follow, and are never what is true.

They are written with the sums of coverage, from the same notes, each exactly once. Every change is added up by day,
and the days by blocks (storage.blocks): ever, for questions about now, and by when it became known, for the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    String,
    Table,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.blocks import SIZES, place_on
from storage.changes import waiting_changes
from storage.engines import be_patient
from storage.form_changes import changes_taken_in, counted, dated, sealed, together
from storage.tables_forms import FORM_MEASURES, SEALED, form_seals, form_sums

BY_RULE, BY_DOMAIN = "rule", "domain"  # what the key of a sum is
THEN = "_then"  # at the end of a name: by when it became known
_VALUES: dict[Table, tuple[str, ...]] = {form_sums: FORM_MEASURES, form_seals: SEALED}


class FormSums:
    """The tables form_sums and form_seals."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def are_made(self) -> bool:
        """Whether there are sums: an office that was there before them has none until they are made."""
        return self._connection.execute(select(form_seals.c.place).limit(1)).first() is not None

    def add(self, batch: str) -> None:
        """Add the changes that are marked for this summing, and, the first time, all that came before them."""
        if not self.are_made():
            self.rebuild()
        self._add([waiting_changes(batch)])

    def rebuild(self) -> None:
        """Make all sums anew, of the changes that do not wait to be taken in."""
        be_patient(self._connection)
        for table in _VALUES:
            self._connection.execute(delete(table))
        self._add(changes_taken_in())

    def differences(self) -> int:
        """How many sums differ from what the facts come to: 0 when all is well, or when there are none yet."""
        return sum(self._differing(table) for table in _VALUES) if self.are_made() else 0

    def _differing(self, table: Table) -> int:
        values, keys = _VALUES[table], [column.name for column in table.primary_key]
        kept = select(*(table.c[key] for key in keys), *(-table.c[value] for value in values))
        expected = _additions(changes_taken_in())[table].subquery("expected")
        every = union_all(select(expected), kept).subquery("every")
        same = [every.c[key] for key in keys]
        wrong = select(*same).group_by(*same).having(or_(*(func.sum(every.c[name]) != 0 for name in values)))
        return self._connection.execute(
            select(func.count()).select_from(wrong.subquery("wrong"))
        ).scalar_one()

    def _add(self, changes: Sequence[Select[Any]]) -> None:
        for table, rows in _additions(changes).items():
            columns = [column.name for column in table.columns]
            dialect: Any = postgresql if self._connection.dialect.name == "postgresql" else sqlite
            statement = dialect.insert(table).from_select(columns, rows)
            total = {name: table.c[name] + statement.excluded[name] for name in _VALUES[table]}
            keys = list(table.primary_key)
            self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=total))


def _additions(changes: Sequence[Select[Any]]) -> dict[Table, CompoundSelect[Any]]:
    """What the changes add to each of the sums: rows of the columns of the tables."""
    every = dated(changes)
    by_day = together(counted(every), "by_day", ("unit", "domain", "rule", "day", "known"), FORM_MEASURES)
    seals = together(sealed(every), "seals_by_day", ("axis", "unit", "day", "known"), SEALED)
    return {form_sums: union_all(*_sums(by_day)), form_seals: union_all(*_seals(seals))}


def _sums(rows: FromClause) -> Iterator[Select[Any]]:
    keys = {BY_RULE: cast(rows.c.rule, String), BY_DOMAIN: rows.c.domain}
    for cube, key in keys.items():
        for level, _ in enumerate(SIZES):
            yield _summed(rows, _word(cube), level, None, key)
            yield _summed(rows, _word(cube + THEN), level, rows.c.known, key)


def _seals(rows: FromClause) -> Iterator[Select[Any]]:
    for level, _ in enumerate(SIZES):
        yield _summed(rows, rows.c.axis, level, None)
        yield _summed(rows, rows.c.axis + _word(THEN), level, rows.c.known)


def _summed(
    rows: FromClause, first: ColumnElement[str], level: int, known: ColumnElement[int] | None, *keys: Any
) -> Select[Any]:
    values = SEALED if "axis" in rows.c else FORM_MEASURES
    place = place_on(level, rows.c.day)
    ever = literal(0, literal_execute=True)
    sums = (func.sum(rows.c[name]).label(name) for name in values)
    chosen = (first, place, ever if known is None else known, rows.c.unit, *keys)
    labels = ("axis" if "axis" in rows.c else "cube", "place", "known", "unit", "key")
    named = (value.label(label) for value, label in zip(chosen, labels, strict=False))
    axis = [rows.c.axis] if "axis" in rows.c else []
    grouped = [*axis, place, *([] if known is None else [known]), rows.c.unit, *keys]
    return select(*named, *sums).group_by(*grouped)


def _word(text: str) -> ColumnElement[str]:
    return literal(text, literal_execute=True)
