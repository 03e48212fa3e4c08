"""Reconciliation counted from the facts: nothing of it is stored but the closing of a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from records.coverage import Period
from records.errors import NotFound
from records.fixity import Sha256
from records.ids import BatchId, StationId, UnitCode
from records.reconciliation import BatchReconciled, Difference, DifferenceKind, Reconciled
from records.staff import Scope
from records.states import FileState, PageState, RecordState
from storage.cursors import Cursor, Keyset, Slice
from storage.inserts import insert_if_new
from storage.scopes import within
from storage.tables import batches, declared_files, files, pages, records
from storage.tables_intake import withdrawals
from storage.tables_work import difference_closings

_CHUNK = 200  # batches
_VERIFIED = (RecordState.CONFIRMED.value, RecordState.FILED.value)
_SET_ASIDE = (RecordState.COVER.value, RecordState.DISCARDED.value)

Chosen = Select[tuple[str]]


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
        found = _differences(_chosen(scope, day, station, batch)).subquery("found")
        query: Select[Any] = _with_closings(found)
        if is_open is not None:
            closed = difference_closings.c.closed_at.is_not(None)
            query = query.where(~closed if is_open else closed)
        keyset = Keyset((found.c.batch, found.c.kind, found.c.subject))
        rows = self._connection.execute(keyset.apply(query, after, limit)).mappings().all()
        kept, following = keyset.cut(rows, limit)
        return Slice(tuple(_difference(row) for row in kept), following)

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
        found = (
            _files(chosen, DifferenceKind.NOT_STORED, true()).add_columns(files.c.sha256).subquery("found")
        )
        rows = self._connection.execute(
            _with_closings(found).order_by(found.c.batch, found.c.file)
        ).mappings()
        return tuple((_difference(row), Sha256(row["sha256"])) for row in rows)

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
        found = _differences(_chosen(scope, None, None, batch)).subquery("found")
        query = _with_closings(found).where(found.c.kind == kind.value, found.c.subject == subject)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("there is no such difference, or it has been made good")
        return _difference(row)

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
        found = _differences(select(batches.c.id).where(batches.c.id.in_(ids))).subquery("found")
        closed = func.count(difference_closings.c.closed_at)
        query = _joined(select(found.c.batch, func.count(), closed), found).group_by(found.c.batch)
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
        "read": _is_read(),
        "classified": state != RecordState.ASSEMBLED.value,
        "tagged": and_(state.in_(_VERIFIED), tagged),
        "verified": state.in_(_VERIFIED),
        "filed": state == RecordState.FILED.value,
        "set_aside": state.in_(_SET_ASIDE),
    }
    counted = [func.sum(_number(condition)).label(name) for name, condition in sums.items()]
    return (
        select(pages.c.batch, func.count().label("pages"), *counted)
        .join(records, records.c.id == pages.c.record)
        .where(pages.c.batch.in_(ids))
        .group_by(pages.c.batch)
    )


def _is_read() -> ColumnElement[bool]:
    """The machine has read the page, or a person has who confirmed its paper or took it out."""
    return or_(pages.c.state == PageState.RECOGNISED.value, records.c.state.in_((*_VERIFIED, *_SET_ASIDE)))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


# --- differences ---


def _differences(chosen: Chosen) -> Any:
    """batch, kind, subject, file, page of every difference of the chosen batches."""
    return union_all(
        _not_received(chosen),
        _files(chosen, DifferenceKind.REFUSED, files.c.state == FileState.REFUSED.value),
        _files(chosen, DifferenceKind.NOT_OPENED, files.c.state == FileState.RECEIVED.value),
        _pages_differ(chosen),
        _not_read(chosen),
        _records(chosen, DifferenceKind.NOT_CLASSIFIED, RecordState.ASSEMBLED),
        _records(chosen, DifferenceKind.NOT_VERIFIED, RecordState.CLASSIFIED),
        _records(chosen, DifferenceKind.NOT_FILED, RecordState.CONFIRMED),
    )


def _not_received(chosen: Chosen) -> Select[Any]:
    columns = declared_files.c
    here = and_(files.c.batch == columns.batch, files.c.sequence == columns.sequence)
    gone = and_(withdrawals.c.batch == columns.batch, withdrawals.c.sequence == columns.sequence)
    source = declared_files.outerjoin(files, here).outerjoin(withdrawals, gone)
    return (
        _row(columns.batch, DifferenceKind.NOT_RECEIVED, cast(columns.sequence, String), columns.sequence)
        .select_from(source)
        .where(columns.batch.in_(chosen), files.c.id.is_(None), withdrawals.c.batch.is_(None))
    )


def _files(chosen: Chosen, kind: DifferenceKind, condition: ColumnElement[bool]) -> Select[Any]:
    columns = files.c
    query = _row(columns.batch, kind, cast(columns.sequence, String), columns.sequence)
    return query.where(columns.batch.in_(chosen), condition)


def _pages_differ(chosen: Chosen) -> Select[Any]:
    columns = declared_files.c
    same = and_(files.c.batch == columns.batch, files.c.sequence == columns.sequence)
    return (
        _row(columns.batch, DifferenceKind.PAGES_DIFFER, cast(columns.sequence, String), columns.sequence)
        .select_from(declared_files.join(files, same))
        .where(columns.batch.in_(chosen), columns.pages != files.c.pages)
    )


def _not_read(chosen: Chosen) -> Select[Any]:
    source = pages.join(records, records.c.id == pages.c.record).join(files, files.c.id == pages.c.file)
    query = _row(pages.c.batch, DifferenceKind.NOT_READ, pages.c.id, files.c.sequence, pages.c.number)
    return query.select_from(source).where(pages.c.batch.in_(chosen), ~_is_read())


def _records(chosen: Chosen, kind: DifferenceKind, state: RecordState) -> Select[Any]:
    columns = records.c
    query = _row(columns.batch, kind, columns.id, columns.file_sequence, columns.first_page)
    return query.where(columns.batch.in_(chosen), columns.state == state.value)


def _row(
    batch: ColumnElement[Any],
    kind: DifferenceKind,
    subject: ColumnElement[Any],
    file: ColumnElement[Any],
    page: ColumnElement[Any] | None = None,
) -> Select[Any]:
    return select(
        batch.label("batch"),
        literal(kind.value).label("kind"),
        subject.label("subject"),
        file.label("file"),
        (cast(null(), Integer) if page is None else page).label("page"),
    )


def _joined(query: Select[Any], found: Any) -> Select[Any]:
    closing = difference_closings.c
    same = and_(
        closing.batch == found.c.batch, closing.kind == found.c.kind, closing.subject == found.c.subject
    )
    return query.select_from(found.outerjoin(difference_closings, same))


def _with_closings(found: Any) -> Select[Any]:
    closing = difference_closings.c
    return _joined(select(found, closing.reason, closing.closed_by, closing.closed_at), found)


def _difference(row: RowMapping | Mapping[str, Any]) -> Difference:
    return Difference(
        BatchId(row["batch"]),
        DifferenceKind(row["kind"]),
        row["subject"],
        row["file"],
        row["page"],
        row["reason"],
        row["closed_by"],
        row["closed_at"],
    )
