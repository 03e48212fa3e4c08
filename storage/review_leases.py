"""Leases of records to people, as SQL: one conditional statement each, so that of two clerks one wins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records.errors import RecordLeased, ReviewLeaseLost
from records.ids import RecordId, StaffId
from records.review_lease import ReviewLease
from storage.tables import records, staff
from storage.tables_review import review_leases

_HELD = review_leases.c


class ReviewLeases:
    """The review_leases table. A lease that has run out counts as none; its holder may still take it up again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, record: RecordId, person: StaffId, now: datetime, until: datetime) -> ReviewLease:
        """Lease a record, or go on with one's own lease; raises RecordLeased while another person holds it."""
        if not self._taken(record, person, now, until):
            raise self._refusal(record)
        return self._one(record)

    def _taken(self, record: RecordId, person: StaffId, now: datetime, until: datetime) -> bool:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(review_leases).values(record=record, holder=person, until=until)
        taken = statement.on_conflict_do_update(
            index_elements=[_HELD.record],
            set_={"holder": person, "until": until},
            where=or_(_HELD.holder == person, _HELD.until < now),
        ).returning(_HELD.record)
        return self._connection.execute(taken).first() is not None

    def renew(self, record: RecordId, person: StaffId, until: datetime) -> ReviewLease:
        """Hold a record longer; raises ReviewLeaseLost when it was given back, or taken over after it ran out."""
        mine = and_(_HELD.record == record, _HELD.holder == person)
        if self._connection.execute(update(review_leases).where(mine).values(until=until)).rowcount != 1:
            raise ReviewLeaseLost()
        return self._one(record)

    def release(self, record: RecordId, person: StaffId) -> bool:
        """Give a record back; says whether it was leased to this person."""
        mine = and_(_HELD.record == record, _HELD.holder == person)
        return self._connection.execute(delete(review_leases).where(mine)).rowcount == 1

    def check(self, keys: Iterable[RecordId], person: StaffId, now: datetime) -> None:
        """Let a person's change pass; raises RecordLeased while another one holds any of these records."""
        query = select(_HELD.record).where(_HELD.record.in_(list(keys)), held_by_another(person, now))
        found = self._connection.execute(query.limit(1)).scalar()
        if found is not None:
            raise self._refusal(RecordId(found))

    def holder(self, record: RecordId, now: datetime) -> ReviewLease | None:
        """The lease that holds now."""
        found = self._find(record)
        return found if found is not None and found.until >= now else None

    def _refusal(self, record: RecordId) -> RecordLeased:
        found = self._find(record)
        until = found.until.isoformat(timespec="seconds") if found else None
        return RecordLeased(record=record, leased_until=until)

    def _one(self, record: RecordId) -> ReviewLease:
        found = self._find(record)
        assert found is not None, "written in this very transaction"
        return found

    def _find(self, record: RecordId) -> ReviewLease | None:
        query = (
            select(_HELD.record, _HELD.holder, staff.c.name, _HELD.until)
            .join(staff, staff.c.id == _HELD.holder)
            .where(_HELD.record == record)
        )
        row = self._connection.execute(query).first()
        return None if row is None else ReviewLease(RecordId(row[0]), StaffId(row[1]), row[2], row[3])


def held_by_another(person: StaffId, now: datetime) -> ColumnElement[bool]:
    """Whether a row of review_leases keeps this person out."""
    return and_(_HELD.holder != person, _HELD.until >= now)


def free_for(person: StaffId, now: datetime) -> ColumnElement[bool]:
    """Whether nobody else holds the row of records."""
    return ~exists().where(_HELD.record == records.c.id, held_by_another(person, now)).correlate(records)
