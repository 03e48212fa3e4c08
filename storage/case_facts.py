"""What each dossier counts for, kept with its history: stated anew in the transaction of whatever changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    ScalarSelect,
    Select,
    Table,
    Update,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    update,
)

from storage.among import among
from storage.columns import UtcTime
from storage.many_rows import insert_rows
from storage.standings import standings_of
from storage.stated import stated
from storage.tables import dossier_history, dossiers, record_history
from storage.tables_coverage import FACTS, case_facts, facts_pending
from storage.unindexed import still_open

CHUNK = 1000

Version = tuple[str, int]  # a code, and which version of its facts


class CaseFacts:
    """The case_facts table. A row is closed when something else is true, and never changed otherwise."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def restate(
        self, codes: Iterable[str | None], at: datetime, *, as_known_at: datetime | None = None
    ) -> None:
        """Count these dossiers anew after a change at this moment; those that count for the same stay as they are.

        `as_known_at` takes what the histories say of that moment in place of what stands there now.
        """
        for chunk in _chunks(codes):
            self._lock(chunk)
            self._restate(chunk, at, as_known_at)

    def catch_up(self) -> int:
        """Count the dossiers of a database that kept no facts yet, for every moment of their histories.

        Returns how many there were: none once any facts are kept.
        """
        if self._connection.execute(select(case_facts.c.code).limit(1)).first() is not None:
            return 0
        codes = self._connection.execute(select(dossiers.c.code)).scalars().all()
        for code in codes:
            for moment in self._moments_of(code):
                self.restate([code], moment, as_known_at=moment)
        return len(codes)

    def _moments_of(self, code: str) -> list[datetime]:
        """When something became known of a dossier or of a paper that was ever in it."""
        papers = select(record_history.c.record).where(record_history.c.dossier_code == code)
        changes = union(
            select(dossier_history.c.valid_from).where(dossier_history.c.code == code),
            select(record_history.c.at).where(record_history.c.record.in_(papers)),
        )
        return sorted(self._connection.execute(changes).scalars())

    def _lock(self, codes: Sequence[str]) -> None:
        """Two papers of one dossier that are filed at the same time are counted one after the other."""
        query = select(dossiers.c.code).where(among(dossiers.c.code, codes))
        self._connection.execute(query.order_by(dossiers.c.code).with_for_update()).all()

    def _restate(self, codes: Sequence[str], at: datetime, as_known_at: datetime | None) -> None:
        """All in the database: no row leaves it. What is true now is written before what was true is closed."""
        begun = self._begin(codes, at, as_known_at)
        ended = self._end([code for code, version in begun if version > 1], at)
        signs = [(begun, 1), (ended, -1)]
        rows = [{"code": c, "version": v, "sign": sign} for versions, sign in signs for c, v in versions]
        insert_rows(self._connection, facts_pending, rows)

    def _begin(self, codes: Sequence[str], at: datetime, as_known_at: datetime | None) -> list[Version]:
        """Write a version of those that count for something else than their last version says, or never counted.

        It begins where the one before ended, should clocks disagree.
        """
        standings = standings_of(self._connection, codes, as_known_at)
        told = _apart(stated(standings, codes, as_known_at), "told")
        last = _apart(_last(codes), "last")
        number = func.coalesce(last.c.version, literal(0)) + literal(1)
        begins = _later(at, func.coalesce(last.c.valid_to, last.c.valid_from))
        new = or_(last.c.code.is_(None), last.c.valid_to.is_not(None), ~same_facts(last, told))
        rows = (
            select(told.c.code, number, begins, *(told.c[name] for name in FACTS))
            .select_from(told.outerjoin(last, last.c.code == told.c.code))
            .where(new)
        )
        written = insert(case_facts).from_select(["code", "version", "valid_from", *FACTS], rows)
        return self._versions(written)

    def _end(self, codes: Sequence[str], at: datetime) -> list[Version]:
        """Close the version before the last of these, where it stands open."""
        if not codes:
            return []
        c = case_facts.c
        which = (among(c.code, codes), still_open(c.valid_to), c.version < _newest(case_facts))
        return self._versions(update(case_facts).where(*which).values(valid_to=_later(at, c.valid_from)))

    def _versions(self, statement: Insert | Update) -> list[Version]:
        """The versions that the statement writes."""
        written = self._connection.execute(statement.returning(case_facts.c.code, case_facts.c.version))
        return [(code, version) for code, version in written.all()]


def _last(codes: Sequence[str]) -> Select[Any]:
    """The last version of each of the dossiers that ever counted."""
    return select(case_facts).where(
        among(case_facts.c.code, codes), case_facts.c.version == _newest(case_facts)
    )


def _newest(facts: Table) -> ScalarSelect[int]:
    other = facts.alias("other")
    newest = select(func.max(other.c.version)).where(other.c.code == facts.c.code)
    return newest.correlate(facts).scalar_subquery()


def _apart(query: Select[Any], name: str) -> CTE:
    """Found by itself before it is joined: a plan for all at once would walk through every dossier."""
    return query.cte(name).prefix_with("MATERIALIZED")


def _later(at: datetime, than: ColumnElement[datetime]) -> ColumnElement[datetime]:
    moment = literal(at, UtcTime)
    return case((than > moment, than), else_=moment)


def same_facts(old: FromClause, new: FromClause) -> ColumnElement[bool]:
    """Whether a row of case_facts says the same as a row of `stated`."""
    return and_(*(old.c[name].is_not_distinct_from(new.c[name]) for name in FACTS))


def _chunks(codes: Iterable[str | None]) -> Iterator[list[str]]:
    known = sorted({code for code in codes if code is not None})
    for begin in range(0, len(known), CHUNK):
        yield known[begin : begin + CHUNK]
