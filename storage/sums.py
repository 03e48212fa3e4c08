"""Sums over the facts, so that coverage is quick at any size. They follow in order and are never what is true.

Whoever changes facts only leaves a note in facts_pending, so that writers never wait for each other. `take_in` adds
those notes to the sums, in one transaction and each exactly once; whoever asks adds what still waits. So no answer
ever depends on whether the sums have caught up.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.changes import all_changes, waiting_changes
from storage.contributions import DIMENSIONS, added, contributed
from storage.form_sums import FormSums
from storage.tables_coverage import MEASURES, coverage_sums, facts_pending

PORTION = 20_000  # changes that are taken in at a time: some seconds
_LOCK = 0x50_48_4F_42  # of PostgreSQL's advisory locks: one takes in at a time


class Sums:
    """The table coverage_sums."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._forms = FormSums(connection)

    def take_in(self, portion: int = PORTION) -> int:
        """Add up to so many waiting changes to the sums; returns how many. 0 also when somebody else is at it."""
        if not self._turn():
            return 0
        batch = str(uuid.uuid4())
        marked = update(facts_pending).where(self._some(portion)).values(batch=batch)
        count = self._connection.execute(marked).rowcount
        if count:
            self._add(waiting_changes(batch).subquery("changes"))
            self._forms.add(batch)
            self._connection.execute(delete(facts_pending).where(facts_pending.c.batch == batch))
        return count

    def catch_up(self) -> None:
        """Make the sums of the statutory forms in an office that was there before them; quick when they are there."""
        if not self._forms.are_made():
            self._turn(wait=True)
            self._forms.rebuild()

    def waiting(self) -> int:
        """How many changes are not in the sums yet."""
        return self._connection.execute(select(func.count()).select_from(facts_pending)).scalar_one()

    def rebuild(self) -> None:
        """Make all sums anew from the facts."""
        self._turn(wait=True)
        self._connection.execute(delete(coverage_sums))
        self._connection.execute(delete(facts_pending))
        self._add(union_all(*all_changes()).subquery("changes"))
        self._forms.rebuild()

    def differences(self) -> int:
        """How many sums differ from what the facts come to, with what waits taken in: 0 when all is well."""
        expected = added(contributed(union_all(*all_changes()).subquery("changes"))).subquery("expected")
        waiting = added(contributed(waiting_changes().subquery("waiting"), "tail")).subquery("to_come")
        less = [
            select(*_dimensions(rows), *(-rows.c[m] for m in MEASURES)) for rows in (waiting, coverage_sums)
        ]
        every = union_all(select(expected), *less).subquery("every")
        wrong = (
            select(*_dimensions(every))
            .group_by(*_dimensions(every))
            .having(or_(*(func.sum(every.c[name]) != 0 for name in MEASURES)))
        )
        return (
            self._connection.execute(select(func.count()).select_from(wrong.subquery("wrong"))).scalar_one()
            + self._forms.differences()
        )

    def _some(self, portion: int) -> ColumnElement[bool]:
        """So many of the waiting changes. PostgreSQL finds them again by their place: with statistics of a moment
        at which none waited, its plan would compare each with each."""
        if self._connection.dialect.name == "postgresql":
            places: Select[Any] = select(literal_column("ctid")).select_from(facts_pending).limit(portion)
            return literal_column("facts_pending.ctid") == func.any(func.array(places.scalar_subquery()))
        key = (facts_pending.c.code, facts_pending.c.version, facts_pending.c.sign)
        return tuple_(*key).in_(select(*key).limit(portion))

    def _add(self, changes: Any) -> None:
        rows = added(contributed(changes))
        columns = [*DIMENSIONS, *MEASURES]
        dialect: Any = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(coverage_sums).from_select(columns, rows)
        total = {name: coverage_sums.c[name] + statement.excluded[name] for name in MEASURES}
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(DIMENSIONS), set_=total))

    def _turn(self, *, wait: bool = False) -> bool:
        """Whether it is ours to write the sums until the transaction ends; SQLite has one writer anyway."""
        if self._connection.dialect.name != "postgresql":
            return True
        lock = func.pg_advisory_xact_lock(_LOCK) if wait else func.pg_try_advisory_xact_lock(_LOCK)
        taken = self._connection.execute(select(lock)).scalar()
        return wait or bool(taken)


def _dimensions(rows: Any) -> list[Any]:
    return [rows.c[name] for name in DIMENSIONS]
