"""The clerks' queue: what waits for a person, in the order asked for, and never the same paper to two at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from records.errors import RecordLeased
from records.ids import RecordId, StaffId
from records.record import Record
from records.review_lease import Doubt, QueueOrder, ReviewLease, Wanted
from records.staff import Scope
from records.states import RecordState
from storage.record_rows import read_records
from storage.records import Records
from storage.review_leases import ReviewLeases, free_for
from storage.scopes import within
from storage.tables import dossiers, records

_AT_A_TIME = 20
_AGE = (records.c.created_at, records.c.batch, records.c.file_sequence, records.c.first_page)
_ORDER: dict[QueueOrder, tuple[ColumnElement[Any], ...]] = {
    QueueOrder.OLDEST: _AGE,
    QueueOrder.DUE_FIRST: (dossiers.c.due_at.asc().nulls_last(), *_AGE),
    QueueOrder.LEAST_DOUBT: (records.c.doubts.asc(), *_AGE),
    QueueOrder.MOST_DOUBT: (records.c.doubts.desc(), *_AGE),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper in the queue, and until when its proposed dossier is due (UTC; None: no known dossier)."""

    record: Record
    due_at: datetime | None


class ReviewQueue:
    """Records that wait for a person. Nothing is stored here: a record is in the queue by its state."""

    def __init__(self, connection: Connection, record_store: Records, leases: ReviewLeases) -> None:
        self._connection = connection
        self._records = record_store
        self._leases = leases

    def take_next(
        self, person: StaffId, wanted: Wanted, scope: Scope, now: datetime, until: datetime
    ) -> tuple[Record, ReviewLease] | None:
        """Lease the first free record that is wanted, or None when there is none; nothing else is leased.

        A record that another clerk was faster with is passed over.
        """
        for key in self._candidates(person, wanted, scope, now):
            try:
                lease = self._leases.take(key, person, now, until)
            except RecordLeased:
                continue
            record = self._records.get(key, scope)
            if record.state is RecordState.CLASSIFIED:
                return record, lease
            self._leases.release(key, person)
        return None

    def following(
        self, record: RecordId, person: StaffId, wanted: Wanted, scope: Scope, now: datetime
    ) -> RecordId | None:
        """The record that would come next after this one, as things stand; it is not leased."""
        query = self._query(person, wanted, scope, now).where(records.c.id != record).limit(1)
        found = self._connection.execute(query).scalar()
        return None if found is None else RecordId(found)

    def waiting(
        self, person: StaffId, wanted: Wanted, scope: Scope, now: datetime, *, at_most: int | None = None
    ) -> int:
        """How many records this person could be given now; counts no further than `at_most`."""
        query = self._query(person, wanted, scope, now).order_by(None).limit(at_most).subquery()
        return self._connection.execute(select(func.count()).select_from(query)).scalar_one()

    def first(
        self, person: StaffId, wanted: Wanted, scope: Scope, now: datetime, limit: int
    ) -> tuple[Waiting, ...]:
        """The papers that this person would be given, in that order; nothing is leased."""
        keys = self._connection.execute(self._query(person, wanted, scope, now).limit(limit)).scalars().all()
        known = {one.id: one for one in read_records(self._connection, _with_ids(select(records), keys))}
        due = select(records.c.id, dossiers.c.due_at).join(
            dossiers, dossiers.c.code == records.c.proposed_dossier
        )
        dues = {row.id: row.due_at for row in self._connection.execute(_with_ids(due, keys))}
        return tuple(Waiting(known[RecordId(key)], dues.get(key)) for key in keys)

    def _candidates(self, person: StaffId, wanted: Wanted, scope: Scope, now: datetime) -> Iterator[RecordId]:
        """Free records in order. Those that others took meanwhile drop out of the query, so it begins anew."""
        query, seen = self._query(person, wanted, scope, now), set[str]()
        while True:
            found = self._connection.execute(query.limit(_AT_A_TIME + len(seen))).scalars().all()
            fresh = [key for key in found if key not in seen]
            if not fresh:
                return
            for key in fresh:
                seen.add(key)
                yield RecordId(key)

    def _query(self, person: StaffId, wanted: Wanted, scope: Scope, now: datetime) -> Select[Any]:
        query = select(records.c.id).where(
            records.c.state == RecordState.CLASSIFIED.value,
            within(scope, records.c.unit),
            free_for(person, now),
            *_conditions(wanted, now),
        )
        if wanted.order is QueueOrder.DUE_FIRST or wanted.due_within is not None:
            query = query.outerjoin(dossiers, dossiers.c.code == records.c.proposed_dossier)
        return query.order_by(*_ORDER[wanted.order])


def _with_ids(query: Select[Any], keys: Sequence[str]) -> Select[Any]:
    return query.where(records.c.id.in_(keys))


def _conditions(wanted: Wanted, now: datetime) -> Iterator[ColumnElement[bool]]:
    equal = {
        records.c.unit: wanted.unit,
        records.c.batch: wanted.batch,
        records.c.document_type: wanted.document_type,
    }
    yield from (column == value for column, value in equal.items() if value is not None)
    if wanted.doubt is not Doubt.ANY:
        yield records.c.doubts == 0 if wanted.doubt is Doubt.NONE else records.c.doubts > 0
    if wanted.older_than is not None:
        yield records.c.created_at <= now - wanted.older_than
    if wanted.due_within is not None:
        yield dossiers.c.due_at <= now + wanted.due_within
    if wanted.skip:
        yield records.c.id.not_in(wanted.skip)
