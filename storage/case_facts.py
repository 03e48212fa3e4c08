"""What each dossier counts for, kept with its history: stated anew in the transaction of whatever changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    and_,
    case,
    func,
    insert,
    literal,
    select,
    union,
    update,
)

from storage.among import among
from storage.columns import UtcTime
from storage.many_rows import insert_rows
from storage.standings import Standings, standings_of
from storage.stated import stated
from storage.tables import dossier_history, dossiers, record_history
from storage.tables_coverage import FACTS, case_facts, facts_pending
from storage.unindexed import unindexed

CHUNK = 1000

Ended = tuple[int, datetime | None]


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
        ended = self._last(codes)
        self._state([code for code in codes if code not in ended], at, as_known_at)
        if ended:
            self._correct(ended, at, as_known_at)

    def _last(self, codes: Sequence[str]) -> dict[str, Ended]:
        """Of dossiers that were counted before: the last version, and when it ended, if it has."""
        query = (
            select(case_facts.c.code, func.max(case_facts.c.version), func.max(case_facts.c.valid_to))
            .where(among(case_facts.c.code, codes))
            .group_by(case_facts.c.code)
        )
        return {code: (version, ended) for code, version, ended in self._connection.execute(query)}

    def _state(self, codes: Sequence[str], at: datetime, as_known_at: datetime | None) -> None:
        """Count dossiers that were never counted before: nothing to compare, so no row leaves the database."""
        if not codes:
            return
        told = stated(self._standings(codes, as_known_at), codes, as_known_at).subquery("told")
        said = [told.c[name] for name in FACTS]
        first = select(told.c.code, literal(1), literal(at, UtcTime), *said)
        names = ["code", "version", "valid_from", *FACTS]
        self._connection.execute(insert(case_facts).from_select(names, first))
        begun = select(case_facts.c.code, case_facts.c.version, literal(1)).where(
            among(case_facts.c.code, codes)
        )
        self._connection.execute(insert(facts_pending).from_select(["code", "version", "sign"], begun))

    def _correct(self, ended: Mapping[str, Ended], at: datetime, as_known_at: datetime | None) -> None:
        """What is so is compared here: joined in the database, a plan for a few dossiers would walk through all."""
        codes = list(ended)
        query = stated(self._standings(codes, as_known_at), codes, as_known_at)
        new = {row["code"]: row for row in self._connection.execute(query).mappings()}
        old = self._open_facts(codes)
        changed = [row for code, row in old.items() if code in new and not _says(row, new[code])]
        self._close(changed, at)
        before = {code: (version, end or at) for code, (version, end) in ended.items() if code not in old}
        before |= {row["code"]: (row["version"], max(row["valid_from"], at)) for row in changed}
        self._open([new[code] for code in before if code in new], before, at)

    def _standings(self, codes: Sequence[str], as_known_at: datetime | None) -> Standings:
        return standings_of(self._connection, codes, as_known_at)

    def _open_facts(self, codes: Sequence[str]) -> dict[str, RowMapping]:
        query = select(case_facts).where(
            among(case_facts.c.code, codes), unindexed(case_facts.c.valid_to).is_(None)
        )
        return {row["code"]: row for row in self._connection.execute(query).mappings()}

    def _close(self, rows: Sequence[RowMapping], at: datetime) -> None:
        if not rows:
            return
        moment = literal(at, UtcTime)
        ended = case((case_facts.c.valid_from > moment, case_facts.c.valid_from), else_=moment)
        which = and_(among(case_facts.c.code, [row["code"] for row in rows]), case_facts.c.valid_to.is_(None))
        self._connection.execute(update(case_facts).where(which).values(valid_to=ended))
        self._pend([(row["code"], row["version"]) for row in rows], -1)

    def _open(
        self, rows: Sequence[RowMapping], before: Mapping[str, tuple[int, datetime]], at: datetime
    ) -> None:
        """A new row each, which begins where the one before ended, should clocks disagree."""
        opened: list[dict[str, object]] = []
        for row in rows:
            version, ended = before[row["code"]]
            said = {name: row[name] for name in FACTS}
            opened.append({"code": row["code"], "version": version + 1, "valid_from": max(ended, at), **said})
        insert_rows(self._connection, case_facts, opened)
        self._pend([(row["code"], row["version"]) for row in opened], 1)

    def _pend(self, versions: Sequence[tuple[object, object]], sign: int) -> None:
        rows = [{"code": code, "version": version, "sign": sign} for code, version in versions]
        insert_rows(self._connection, facts_pending, rows)


def _says(row: RowMapping, told: RowMapping) -> bool:
    return all(row[name] == told[name] for name in FACTS)


def same_facts(new: FromClause) -> ColumnElement[bool]:
    """Whether a row of case_facts says the same as a row of `stated`."""
    return and_(*(case_facts.c[name].is_not_distinct_from(new.c[name]) for name in FACTS))


def _chunks(codes: Iterable[str | None]) -> Iterator[list[str]]:
    known = sorted({code for code in codes if code is not None})
    for begin in range(0, len(known), CHUNK):
        yield known[begin : begin + CHUNK]
