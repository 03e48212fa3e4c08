"""Batches: opened with a declaration, completed with a reconciliation, and shown with all that became of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import BatchReader, BatchSender, Caller, SignedIn, StationCaller
from api.paging import After, BatchKey, Limit, UnitFilter
from api.problems import problems
from api.schemas.batch import (
    BatchDetail,
    BatchList,
    BatchOpening,
    BatchSummary,
    FileDetail,
    Reconciliation,
    WithdrawnFile,
    summary_of,
)
from api.schemas.record import RecordSummary
from api.state import State
from records.batch import ScanBatch
from records.errors import BatchIncomplete, InvalidManifest, InvalidValue, NotFound
from records.ids import BatchId, FileId, StationId, UnitCode
from records.page import Page
from records.staff import Station
from records.states import BatchState
from storage.database import Transaction

router = APIRouter(tags=["Batches"])


def visible_batch(tx: Transaction, key: BatchKey, caller: Caller) -> ScanBatch:
    """A batch that the caller may see: of own units, and for a station its own; raises NotFound."""
    batch = tx.batches.get(BatchId(str(key)), caller.scope)
    if isinstance(caller, StationCaller) and batch.station != caller.station.id:
        raise NotFound("no batch with this id")
    return batch


@router.post(
    "/api/batches",
    operation_id="open_batch",
    summary="Open a batch",
    status_code=201,
    response_model=BatchSummary,
    responses={
        200: {"model": BatchSummary, "description": "The same declaration again: the batch as it stands."},
        **problems(InvalidManifest, NotFound),
    },
)
def open_batch(opening: BatchOpening, state: State, caller: BatchSender, response: Response) -> BatchSummary:
    """Announce the files of a batch. Repeating the declaration is safe; another one under the same id is refused."""
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        station = _station(tx, opening, caller)
        batch = tx.batches.open(
            ScanBatch(
                id=BatchId(str(opening.id)),
                station=station.id,
                unit=station.unit,
                operator=opening.operator,
                opened_at=now,
                declared=tuple(file.declared() for file in opening.files),
            )
        )
        progress = tx.batches.progress(batch.id)
    response.status_code = 201 if batch.opened_at == now else 200
    return BatchSummary.of(batch, progress)


def _station(tx: Transaction, opening: BatchOpening, caller: Caller) -> Station:
    if isinstance(caller, StationCaller):
        if opening.station not in (None, caller.station.id):
            raise InvalidValue("a station opens batches in its own name", field="station")
        return caller.station
    if opening.station is None:
        raise InvalidValue("name the station that the files come from", field="station")
    station = tx.stations.get(StationId(opening.station))
    if not station.active or not caller.scope.covers(station.unit):
        raise NotFound("no station with this id")
    return station


@router.post(
    "/api/batches/{batch}/complete",
    operation_id="complete_batch",
    summary="Complete a batch",
    responses=problems(NotFound, BatchIncomplete),
)
def complete_batch(batch: BatchKey, state: State, caller: BatchSender) -> Reconciliation:
    """Close a batch: each declared file is stored or was withdrawn. While one is missing it is refused and named."""
    with state.services.database.transaction() as tx:
        found = visible_batch(tx, batch, caller)
        missing = tx.batches.receipt(found.id).missing
        if missing:
            raise BatchIncomplete(f"{len(missing)} declared files have not arrived", missing=missing)
        receipt = tx.batches.complete(found.id, datetime.now(UTC))
    return Reconciliation.of(receipt)


@router.get("/api/batches", operation_id="list_batches", summary="List batches")
def list_batches(
    state: State,
    caller: SignedIn,
    states: Annotated[list[BatchState] | None, Query(alias="state", description="Only these states.")] = None,
    unit: UnitFilter = None,
    after: After = None,
    limit: Limit = 50,
) -> BatchList:
    """Batches of the own org units, newest first."""
    with state.services.database.snapshot() as tx:
        found = tx.batches.list(
            caller.scope,
            after=after,
            limit=limit,
            states=states or (),
            unit=UnitCode(unit) if unit else None,
        )
        progress = tx.batches.progress_many(batch.id for batch in found.items)
    items = [BatchSummary.of(batch, progress[batch.id]) for batch in found.items]
    return BatchList(items=items, next=found.next)


@router.get(
    "/api/batches/{batch}",
    operation_id="get_batch",
    summary="Show a batch",
    responses=problems(NotFound),
)
def get_batch(batch: BatchKey, state: State, caller: BatchReader) -> BatchDetail:
    """A batch with its files, pages, quality flags in plain words, records, progress and reconciliation."""
    with state.services.database.snapshot() as tx:
        found = visible_batch(tx, batch, caller)
        files, pages = tx.batches.files(found.id), tx.pages.of_batch(found.id)
        records = tx.records.of_batch(found.id)
        receipt, progress = tx.batches.receipt(found.id), tx.batches.progress(found.id)
    by_file: dict[FileId, list[Page]] = defaultdict(list)
    for page in pages:
        by_file[page.file].append(page)
    return BatchDetail(
        **summary_of(found, progress),
        reconciliation=Reconciliation.of(receipt),
        files=[FileDetail.with_pages(file, by_file[file.id]) for file in files],
        withdrawn=[WithdrawnFile.of(withdrawal) for withdrawal in receipt.withdrawn],
        records=[RecordSummary.of(record) for record in records],
    )
