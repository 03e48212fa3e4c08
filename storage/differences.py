"""What one step of a batch has and the next one lacks, as rows; and who closed which of them with what reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    String,
    and_,
    cast,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from records.ids import BatchId
from records.reconciliation import Difference, DifferenceKind
from records.states import FileState, PageState, RecordState
from storage.tables import declared_files, files, pages, records
from storage.tables_intake import withdrawals
from storage.tables_work import difference_closings

VERIFIED = (RecordState.CONFIRMED.value, RecordState.FILED.value)
SET_ASIDE = (RecordState.COVER.value, RecordState.DISCARDED.value)

Chosen = Select[tuple[str]]


def is_read() -> ColumnElement[bool]:
    """The machine has read the page, or a person has who confirmed its paper or took it out."""
    return or_(pages.c.state == PageState.RECOGNISED.value, records.c.state.in_((*VERIFIED, *SET_ASIDE)))


def differences_of(chosen: Chosen) -> Any:
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
    return query.select_from(source).where(pages.c.batch.in_(chosen), ~is_read())


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


def beside_closings(query: Select[Any], found: Any) -> Select[Any]:
    closing = difference_closings.c
    same = and_(
        closing.batch == found.c.batch, closing.kind == found.c.kind, closing.subject == found.c.subject
    )
    return query.select_from(found.outerjoin(difference_closings, same))


def with_closings(found: Any) -> Select[Any]:
    closing = difference_closings.c
    return beside_closings(select(found, closing.reason, closing.closed_by, closing.closed_at), found)


def read_difference(row: RowMapping | Mapping[str, Any]) -> Difference:
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


def received_files_of(chosen: Chosen) -> Select[Any]:
    """Every received file as the difference that it would be were its object gone."""
    return _files(chosen, DifferenceKind.NOT_STORED, true())
