"""Reconciliation counted from the facts: nothing of it is stored but the closing of a difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    select,
)

from records.coverage import Period
from records.errors import NotFound
from records.fixity import Sha256
from records.ids import BatchId, StationId, UnitCode
from records.reconciliation import BatchReconciled, Difference, DifferenceKind, Reconciled
from records.staff import Scope
from records.states import FileState, RecordState
from storage.cursors import Cursor, Keyset, Slice
from storage.differences import (
    SET_ASIDE,
    VERIFIED,
    Chosen,
    beside_closings,
    differences_of,
    is_read,
    read_difference,
    received_files_of,
    with_closings,
)
from storage.inserts import insert_if_new
from storage.scopes import within
from storage.tables import batches, declared_files, files, pages, records
from storage.tables_intake import withdrawals
from storage.tables_work import difference_closings

_CHUNK = 200  # batches


class Reconciliation:
    """What each step has of a batch, a station or a day, and what the next one lacks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def batches(
        self,
        scope: Scope,
        *,
        day: date | None = None,
        station: StationId | None = None,
        batch: BatchId | None = None,
    ) -> tuple[BatchReconciled, ...]:
        """The batches that were opened on a day of Viet Nam, or one batch, in the order of opening."""
        query = _chosen(scope, day, station, batch).add_columns(batches.c.station, batches.c.unit)
        rows = self._connection.execute(query.order_by(batches.c.opened_at, batches.c.id)).all()
        found: list[BatchReconciled] = []
        for start in range(0, len(rows), _CHUNK):
            part = rows[start : start + _CHUNK]
            ids = [row[0] for row in part]
            counts, differences = self._counts(ids), self._numbers(ids)
            found += [
                BatchReconciled(
                    BatchId(key),
                    StationId(at),
                    UnitCode(unit),
                    Reconciled(**counts[key]),
                    *differences.get(key, (0, 0)),
                )
                for key, at, unit in part
            ]
        return tuple(found)

    def differences(
        self,
        scope: Scope,
        *,
        day: date | None = None,
        station: StationId | None = None,
        batch: BatchId | None = None,
        is_open: bool | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Slice[Difference]:
        """The differences of these batches: all, or those that are open or closed."""
        found = differences_of(_chosen(scope, day, station, batch)).subquery("found")
        query: Select[Any] = with_closings(found)
        if is_open is not None:
            closed = difference_closings.c.closed_at.is_not(None)
            query = query.where(~closed if is_open else closed)
        keyset = Keyset((found.c.batch, found.c.kind, found.c.subject))
        rows = self._connection.execute(keyset.apply(query, after, limit)).mappings().all()
        kept, following = keyset.cut(rows, limit)
        return Slice(tuple(read_difference(row) for row in kept), following)

    def received_files(
        self,
        scope: Scope,
        *,
        day: date | None = None,
        station: StationId | None = None,
        batch: BatchId | None = None,
    ) -> tuple[tuple[Difference, Sha256], ...]:
        """Every received file of these batches as the difference that it would be were its object gone, and its
        object."""
        chosen = _chosen(scope, day, station, batch)
        found = received_files_of(chosen).add_columns(files.c.sha256).subquery("found")
        rows = self._connection.execute(with_closings(found).order_by(found.c.batch, found.c.file)).mappings()
        return tuple((read_difference(row), Sha256(row["sha256"])) for row in rows)

    def close(self, difference: Difference, reason: str, by: str, at: datetime) -> Difference:
        """Close a difference with a reason; the first closing stays."""
        row = {
            "batch": difference.batch,
            "kind": difference.kind.value,
            "subject": difference.subject,
            "reason": reason,
            "closed_by": by,
            "closed_at": at,
        }
        insert_if_new(self._connection, difference_closings, row)
        closing = difference_closings.c
        query = select(closing.reason, closing.closed_by, closing.closed_at).where(
            closing.batch == difference.batch,
            closing.kind == difference.kind.value,
            closing.subject == difference.subject,
        )
        stored = self._connection.execute(query).one()
        return Difference(
            difference.batch, difference.kind, difference.subject, difference.file, difference.page, *stored
        )

    def one(self, batch: BatchId, kind: DifferenceKind, subject: str, scope: Scope) -> Difference:
        """A difference that exists now; raises NotFound."""
        found = differences_of(_chosen(scope, None, None, batch)).subquery("found")
        query = with_closings(found).where(found.c.kind == kind.value, found.c.subject == subject)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("there is no such difference, or it has been made good")
        return read_difference(row)

    # --- counts ---

    def _counts(self, ids: Sequence[str]) -> dict[str, dict[str, int]]:
        found = {key: dict.fromkeys(Reconciled.__dataclass_fields__, 0) for key in ids}
        for query in (_declared(ids), _withdrawn(ids), _received(ids), _paged(ids)):
            for row in self._connection.execute(query).mappings():
                numbers = {name: int(value or 0) for name, value in row.items() if name != "batch"}
                found[row["batch"]].update(numbers)
        return found

    def _numbers(self, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        """How many differences of each batch are open, and how many closed."""
        found = differences_of(select(batches.c.id).where(batches.c.id.in_(ids))).subquery("found")
        closed = func.count(difference_closings.c.closed_at)
        query = beside_closings(select(found.c.batch, func.count(), closed), found).group_by(found.c.batch)
        return {batch: (count - done, done) for batch, count, done in self._connection.execute(query)}


def _chosen(scope: Scope, day: date | None, station: StationId | None, batch: BatchId | None) -> Chosen:
    query = select(batches.c.id).where(within(scope, batches.c.unit))
    if day is not None:
        span = Period(day, day)
        query = query.where(batches.c.opened_at >= span.begin, batches.c.opened_at < span.end)
    if station is not None:
        query = query.where(batches.c.station == station)
    return query if batch is None else query.where(batches.c.id == batch)


def _declared(ids: Iterable[str]) -> Select[Any]:
    columns = declared_files.c
    return (
        select(columns.batch, func.count().label("declared"), func.sum(columns.pages).label("declared_pages"))
        .where(columns.batch.in_(ids))
        .group_by(columns.batch)
    )


def _withdrawn(ids: Iterable[str]) -> Select[Any]:
    columns = withdrawals.c
    query = select(columns.batch, func.count().label("withdrawn"))
    return query.where(columns.batch.in_(ids)).group_by(columns.batch)


def _received(ids: Iterable[str]) -> Select[Any]:
    """A row of `files` stands only for an object that is durable: received is stored."""
    columns = files.c
    refused = func.sum(_number(columns.state == FileState.REFUSED.value))
    query = select(
        columns.batch, func.count().label("received"), func.count().label("stored"), refused.label("refused")
    )
    return query.where(columns.batch.in_(ids)).group_by(columns.batch)


def _paged(ids: Iterable[str]) -> Select[Any]:
    state, tagged = records.c.state, records.c.dossier_code.is_not(None)
    sums = {
        "read": is_read(),
        "classified": state != RecordState.ASSEMBLED.value,
        "tagged": and_(state.in_(VERIFIED), tagged),
        "verified": state.in_(VERIFIED),
        "filed": state == RecordState.FILED.value,
        "set_aside": state.in_(SET_ASIDE),
    }
    counted = [func.sum(_number(condition)).label(name) for name, condition in sums.items()]
    return (
        select(pages.c.batch, func.count().label("pages"), *counted)
        .join(records, records.c.id == pages.c.record)
        .where(pages.c.batch.in_(ids))
        .group_by(pages.c.batch)
    )


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
