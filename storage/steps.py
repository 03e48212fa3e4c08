"""The heart: which step may be claimed by whom, and what is unfinished. The state column is the outbox."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
    update,
)

from records.ids import RecordId, StationId
from records.states import FileState, PageState, RecordState
from records.steps import Claim, Step, Todo
from storage.drafts import Drafts
from storage.leases import FREE, WORK, Work, give_back, take
from storage.records import Records
from storage.tables import batches, declared_files, files, pages, records
from storage.tables_intake import withdrawals

_FOR_IDLE_HOURS = (Step.READ_AGAIN,)
_PARKED: dict[Step, dict[str, object]] = {
    Step.RASTERISE: {"state": FileState.REFUSED.value},
    Step.RECOGNISE: {"state": PageState.UNREADABLE.value},
    Step.FILE: {"filing_parked": True},
}


class Steps:
    """Claims, and what the sweep asks for. `now` is always given, in UTC."""

    def __init__(self, connection: Connection, record_store: Records) -> None:
        self._connection = connection
        self._records = record_store

    def claim(
        self,
        step: Step,
        key: str,
        *,
        now: datetime,
        lease: timedelta,
        max_attempts: int,
        patience: timedelta,
    ) -> Claim | None:
        """The right to do this step until the lease ends, or None when it is not there to be done.

        CLASSIFY keeps the order of the batch: see `in_turn`. `patience` is how long an open batch may keep the
        papers behind a declared file waiting that has not arrived.
        """
        conditions = [in_turn(now, patience)] if step is Step.CLASSIFY else []
        return take(
            self._connection,
            step,
            key,
            *conditions,
            token=str(uuid.uuid4()),
            now=now,
            lease=lease,
            max_attempts=max_attempts,
        )

    def exhausted(self, step: Step, key: str, *, now: datetime, max_attempts: int) -> bool:
        """Whether the step is still to be done, held by nobody, and was tried as often as it may be."""
        work = WORK[step]
        columns = work.table.c
        found = select(columns.id).where(
            columns.id == key, work.is_open(), work.is_free(now), columns.attempts >= max_attempts
        )
        return self._connection.execute(found).first() is not None

    def park(self, step: Step, key: str, error_code: str, now: datetime) -> bool:
        """End a step that nobody holds, without an answer, where a person sees it; says whether that was done.

        A file is refused, a page is unreadable, a record is classified as unknown, a filing waits to be asked
        for again; a record that was to be read again stays as it is.
        """
        if step is Step.CLASSIFY:
            return self._records.park(key, error_code, now)
        if step is Step.READ_AGAIN:
            return Drafts(self._connection).forget(RecordId(key)) > 0
        work = WORK[step]
        values = {**_PARKED[step], "error_code": error_code, "last_error": None, "attempts": 0, **FREE}
        if "state" in values:
            values["state_at"] = now
        parked = update(work.table).where(work.table.c.id == key, work.is_open(), work.is_free(now))
        return self._connection.execute(parked.values(values)).rowcount == 1

    def release(self, claim: Claim, error_code: str, *, refund: bool = True) -> None:
        """Free the lease and remember why; `refund` gives the attempt back. Nothing happens if the lease is lost."""
        give_back(self._connection, claim, error_code, refund=refund)

    def forget_leases(self) -> int:
        """End every lease, for a service that knows that all its workers are dead; attempts stay counted."""
        return sum(
            self._connection.execute(
                update(table).where(table.c.lease_until.is_not(None)).values(FREE)
            ).rowcount
            for table in (files, pages, records)
        )

    def unfinished(self, *, now: datetime, limit: int, max_attempts: int, patience: timedelta) -> list[Todo]:
        """What can be done now and is held by nobody: the stations in turn, each one's oldest first.

        Steps that were tried `max_attempts` times are among them, last: whoever asks parks them. What can wait for
        idle hours is not: see `for_idle_hours`.
        """
        steps = [step for step in Step if step not in _FOR_IDLE_HOURS]
        due = union_all(*(self._due(step, now, patience) for step in steps)).subquery("due")
        return self._in_turn(due, limit, max_attempts)

    def for_idle_hours(self, *, now: datetime, limit: int, max_attempts: int) -> list[Todo]:
        """What is worth doing once nothing is unfinished: records to be read again, the stations in turn."""
        due = union_all(*(self._due(step, now, timedelta.max) for step in _FOR_IDLE_HOURS)).subquery("due")
        return self._in_turn(due, limit, max_attempts)

    def _in_turn(self, due: FromClause, limit: int, max_attempts: int) -> list[Todo]:
        worn_out = due.c.attempts >= max_attempts
        turn = func.row_number().over(
            partition_by=due.c.station, order_by=(worn_out, due.c.state_at, due.c.key)
        )
        ranked = select(due, turn.label("turn"), worn_out.label("worn_out")).subquery("ranked")
        rows = self._connection.execute(
            select(ranked.c.step, ranked.c.key, ranked.c.station)
            .order_by(ranked.c.worn_out, ranked.c.turn, ranked.c.state_at, ranked.c.key)
            .limit(limit)
        )
        return [Todo(Step(step), key, StationId(station)) for step, key, station in rows]

    def queue(self, now: datetime) -> dict[Step, tuple[int, datetime | None]]:
        """How many of each step wait, and since when the longest of them."""
        waiting = {}
        for step in Step:
            due = self._due(step, now, timedelta.max).subquery()
            found = self._connection.execute(select(func.count(), func.min(due.c.state_at)).select_from(due))
            count, oldest = found.one()
            waiting[step] = (count, oldest)
        return waiting

    def _due(
        self, step: Step, now: datetime, patience: timedelta
    ) -> Select[tuple[str, str, str, datetime, int]]:
        work: Work = WORK[step]
        columns = work.table.c
        query = (
            select(literal(step.value).label("step"), columns.id.label("key"), batches.c.station)
            .add_columns(columns.state_at, columns.attempts)
            .select_from(work.table.join(batches, batches.c.id == columns.batch))
            .where(work.is_open(), work.is_free(now))
        )
        return query.where(in_turn(now, patience)) if step is Step.CLASSIFY else query


def in_turn(now: datetime, patience: timedelta) -> ColumnElement[bool]:
    """Whether a record may be classified: it is read, and all that comes before it in its batch is classified.

    So a cover sheet that was read late still names what follows. Each of these conditions, once true, stays true
    (a record that is split leaves its rest in the same transaction), so reading them in one snapshot is enough,
    also on PostgreSQL under READ COMMITTED. Only `patience` lets a file overtake one that never came.
    """
    earlier_record = records.alias("earlier_record")
    earlier_file = files.alias("earlier_file")
    return and_(
        not_(_any(pages, pages.c.record == records.c.id, pages.c.state == PageState.RECEIVED.value)),
        not_(
            _any(
                earlier_record,
                earlier_record.c.batch == records.c.batch,
                earlier_record.c.state == RecordState.ASSEMBLED.value,
                _before(earlier_record),
            )
        ),
        not_(
            _any(
                earlier_file,
                earlier_file.c.batch == records.c.batch,
                earlier_file.c.state == FileState.RECEIVED.value,
                earlier_file.c.sequence < records.c.file_sequence,
            )
        ),
        not_(_awaits_earlier_file(now, patience)),
    )


def _before(earlier: FromClause) -> ColumnElement[bool]:
    return or_(
        earlier.c.file_sequence < records.c.file_sequence,
        and_(earlier.c.file_sequence == records.c.file_sequence, earlier.c.first_page < records.c.first_page),
    )


def _awaits_earlier_file(now: datetime, patience: timedelta) -> ColumnElement[bool]:
    """Whether a file was declared before this record's and may still come."""
    batch, arrived = batches.alias("its_batch"), files.alias("arrived")
    has_come = _any(
        arrived, arrived.c.batch == declared_files.c.batch, arrived.c.sequence == declared_files.c.sequence
    )
    was_withdrawn = _any(
        withdrawals,
        withdrawals.c.batch == declared_files.c.batch,
        withdrawals.c.sequence == declared_files.c.sequence,
    )
    return (
        exists()
        .where(
            batch.c.id == records.c.batch,
            batch.c.completed_at.is_(None),
            batch.c.opened_at > _ago(now, patience),
            declared_files.c.batch == batch.c.id,
            declared_files.c.sequence < records.c.file_sequence,
            not_(has_come),
            not_(was_withdrawn),
        )
        .correlate(records)
    )


def _any(table: Table | FromClause, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).correlate_except(table)


def _ago(now: datetime, span: timedelta) -> datetime:
    try:
        return now - span
    except OverflowError:
        return datetime.min.replace(tzinfo=now.tzinfo)
