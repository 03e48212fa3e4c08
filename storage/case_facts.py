"""What each dossier counts for, kept with its history: stated anew in the transaction of whatever changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    func,
    insert,
    literal,
    select,
    union,
    update,
)

from storage.columns import UtcTime
from storage.stated import stated
from storage.tables import dossier_history, dossiers, record_history
from storage.tables_coverage import FACTS, case_facts, facts_pending

CHUNK = 1000


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
        query = select(dossiers.c.code).where(dossiers.c.code.in_(codes))
        self._connection.execute(query.order_by(dossiers.c.code).with_for_update()).all()

    def _restate(self, codes: Sequence[str], at: datetime, as_known_at: datetime | None) -> None:
        new = stated(codes, as_known_at).subquery("new")
        is_open = and_(case_facts.c.code == new.c.code, case_facts.c.valid_to.is_(None))
        found = self._connection.execute(
            select(new.c.code, case_facts.c.version, same_facts(new).label("same")).select_from(
                new.outerjoin(case_facts, is_open)
            )
        ).all()
        changed = [code for code, version, same in found if version is not None and not same]
        fresh = [code for code, version, _ in found if version is None]
        if changed:
            self._close(changed, at)
        if changed or fresh:
            self._open([*changed, *fresh], at, as_known_at)

    def _close(self, codes: Sequence[str], at: datetime) -> None:
        is_open = and_(case_facts.c.code.in_(codes), case_facts.c.valid_to.is_(None))
        self._pend(is_open, -1)
        moment = literal(at, UtcTime)
        ended = case((case_facts.c.valid_from > moment, case_facts.c.valid_from), else_=moment)
        self._connection.execute(update(case_facts).where(is_open).values(valid_to=ended))

    def _open(self, codes: Sequence[str], at: datetime, as_known_at: datetime | None) -> None:
        """A new row each, which begins where the one before ended, should clocks disagree."""
        before = (
            select(
                case_facts.c.code,
                func.max(case_facts.c.version).label("version"),
                func.max(case_facts.c.valid_to).label("ended"),
            )
            .where(case_facts.c.code.in_(codes))
            .group_by(case_facts.c.code)
            .subquery("before")
        )
        new, moment = stated(codes, as_known_at).subquery("new"), literal(at, UtcTime)
        began = case((before.c.ended > moment, before.c.ended), else_=moment)
        query = select(
            new.c.code, func.coalesce(before.c.version, 0) + 1, began, *(new.c[name] for name in FACTS)
        ).select_from(new.outerjoin(before, before.c.code == new.c.code))
        columns = ["code", "version", "valid_from", *FACTS]
        self._connection.execute(insert(case_facts).from_select(columns, query))
        self._pend(and_(case_facts.c.code.in_(codes), case_facts.c.valid_to.is_(None)), 1)

    def _pend(self, which: ColumnElement[bool], sign: int) -> None:
        query = select(case_facts.c.code, case_facts.c.version, literal(sign, literal_execute=True))
        self._connection.execute(
            insert(facts_pending).from_select(["code", "version", "sign"], query.where(which))
        )


def same_facts(new: FromClause) -> ColumnElement[bool]:
    """Whether a row of case_facts says the same as a row of `stated`."""
    return and_(*(case_facts.c[name].is_not_distinct_from(new.c[name]) for name in FACTS))


def _chunks(codes: Iterable[str | None]) -> Iterator[list[str]]:
    known = sorted({code for code in codes if code is not None})
    for begin in range(0, len(known), CHUNK):
        yield known[begin : begin + CHUNK]
