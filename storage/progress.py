"""How far batches have come, counted from the facts: nothing here is stored, so nothing can drift."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, or_, select

from records.batch import Progress
from records.ids import BatchId
from records.states import BatchState, FileState, PageState, RecordState
from storage.tables import batches, declared_files, files, pages, records
from storage.tables_intake import withdrawals

S = TypeVar("S", FileState, PageState, RecordState)


def counted(connection: Connection, ids: list[BatchId]) -> dict[BatchId, Progress]:
    """The progress of these batches, in a fixed number of queries."""
    found_files = _by_state(connection, files, ids, FileState)
    found_pages = _by_state(connection, pages, ids, PageState)
    found_records = _by_state(connection, records, ids, RecordState)
    declared = _declared(connection, ids)
    taken_back = _withdrawn(connection, ids)
    known = connection.execute(select(batches.c.id, batches.c.completed_at).where(batches.c.id.in_(ids)))
    return {
        BatchId(batch): Progress(
            declared_files=declared.get(batch, (0, 0))[0],
            received_files=sum(found_files.get(batch, {}).values()),
            withdrawn_files=taken_back.get(batch, 0),
            declared_pages=declared.get(batch, (0, 0))[1],
            files=found_files.get(batch, {}),
            pages=found_pages.get(batch, {}),
            records=found_records.get(batch, {}),
            complete=completed_at is not None,
        )
        for batch, completed_at in known
    }


def _by_state(
    connection: Connection, table: Table, ids: list[BatchId], states: type[S]
) -> dict[str, dict[S, int]]:
    columns = table.c
    query = (
        select(columns.batch, columns.state, func.count())
        .where(columns.batch.in_(ids))
        .group_by(columns.batch, columns.state)
    )
    found: dict[str, dict[S, int]] = {}
    for batch, state, count in connection.execute(query):
        found.setdefault(batch, {})[states(state)] = count
    return found


def _declared(connection: Connection, ids: list[BatchId]) -> dict[str, tuple[int, int | None]]:
    """Files and pages that were declared; no number of pages when a file came without."""
    columns = declared_files.c
    query = (
        select(columns.batch, func.count(), func.count(columns.pages), func.sum(columns.pages))
        .where(columns.batch.in_(ids))
        .group_by(columns.batch)
    )
    return {
        batch: (count, int(total) if count == with_pages else None)
        for batch, count, with_pages, total in connection.execute(query)
    }


def _withdrawn(connection: Connection, ids: list[BatchId]) -> dict[str, int]:
    columns = withdrawals.c
    query = select(columns.batch, func.count()).where(columns.batch.in_(ids)).group_by(columns.batch)
    return {BatchId(batch): count for batch, count in connection.execute(query)}


def in_state(states: Iterable[BatchState]) -> ColumnElement[bool]:
    """Whether a batch is in one of these states: records.batch.Progress.state as SQL (a test compares them)."""
    complete = batches.c.completed_at.is_not(None)
    unfinished = or_(
        _has(files, FileState.RECEIVED),
        _has(pages, PageState.RECEIVED),
        _has(records, RecordState.ASSEMBLED, RecordState.CONFIRMED),
    )
    waits = _has(records, RecordState.CLASSIFIED)
    empty = ~exists().where(records.c.batch == batches.c.id)
    meaning = {
        BatchState.OPEN: ~complete,
        BatchState.PROCESSING: and_(complete, unfinished),
        BatchState.WAITING: and_(complete, ~unfinished, waits),
        BatchState.DONE: and_(complete, ~unfinished, ~waits, ~empty),
        BatchState.FAILED: and_(complete, ~unfinished, ~waits, empty),
    }
    return or_(*(meaning[state] for state in states))


def _has(table: Table, *states: FileState | PageState | RecordState) -> ColumnElement[bool]:
    columns = table.c
    return exists().where(columns.batch == batches.c.id, columns.state.in_([s.value for s in states]))
