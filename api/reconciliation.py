"""Reconciliation by batch, station and day: does each step have what the one before it had?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.auth import Clerk, CoverageReader
from api.coverage import narrowed
from api.paging import After, BatchKey, Limit, UnitFilter
from api.problems import problems
from api.schemas.common import Code
from api.schemas.reconciliation import (
    BatchLine,
    Closing,
    Counts,
    DayReconciled,
    DifferenceList,
    DifferenceView,
    StationLine,
)
from api.state import State
from records.coverage import VIETNAM
from records.errors import NotFound
from records.ids import BatchId, StationId
from records.reconciliation import DifferenceKind, Reconciled, by_station
from workers.reconciling import close_difference, reconcile

router = APIRouter(tags=["Reconciliation"])

Day = Annotated[
    date | None, Query(description="The day on which batches were opened, in Viet Nam; by default today.")
]
CheckObjects = Annotated[
    bool, Query(description="Ask the object store for every master; what is gone counts as not stored.")
]


@router.get("/api/reconciliation", operation_id="get_reconciliation", summary="Reconcile a day")
def get_reconciliation(
    state: State,
    caller: CoverageReader,
    day: Day = None,
    station: Annotated[Code | None, Query(description="Only this station.")] = None,
    unit: UnitFilter = None,
    check_objects: CheckObjects = False,
) -> DayReconciled:
    """What each step has of a day's batches, by station, by batch and in all: declared = received = stored = read =
    classified = tagged = verified = filed. Where steps differ, `GET /api/differences` says what is missing."""
    on = day or datetime.now(VIETNAM).date()
    with state.services.database.snapshot() as tx:
        scope = narrowed(tx, caller, unit)
    batches, _ = reconcile(
        state.services,
        scope,
        day=on,
        station=StationId(station) if station else None,
        check_objects=check_objects,
    )
    stations = by_station(batches)
    return DayReconciled(
        day=on,
        total=Counts.of(sum((one.counts for one in batches), Reconciled())),
        open_differences=sum(one.open_differences for one in batches),
        stations=[StationLine.of(one) for one in stations],
        batches=[BatchLine.of(one) for one in batches],
    )


@router.get(
    "/api/batches/{batch}/reconciliation",
    operation_id="get_batch_reconciliation",
    summary="Reconcile a batch",
    responses=problems(NotFound),
)
def get_batch_reconciliation(
    batch: BatchKey, state: State, caller: CoverageReader, check_objects: CheckObjects = False
) -> BatchLine:
    """What each step has of one batch."""
    found, _ = reconcile(state.services, caller.scope, batch=BatchId(str(batch)), check_objects=check_objects)
    if not found:
        raise NotFound("no batch with this id")
    return BatchLine.of(found[0])


@router.get("/api/differences", operation_id="list_differences", summary="What differs")
def list_differences(
    state: State,
    caller: CoverageReader,
    day: Annotated[date | None, Query(description="Only of batches opened on this day, in Viet Nam.")] = None,
    station: Annotated[Code | None, Query(description="Only of this station.")] = None,
    batch: Annotated[Code | None, Query(description="Only of this batch.")] = None,
    unit: UnitFilter = None,
    is_open: Annotated[
        bool | None, Query(alias="open", description="Only open ones, or only closed ones.")
    ] = None,
    after: After = None,
    limit: Limit = 50,
) -> DifferenceList:
    """What one step has and the next one lacks. It goes away once it is made good; else close it with a reason.

    Objects that are gone from the store are found by `GET /api/batches/{batch}/reconciliation?check_objects=true`.
    """
    with state.services.database.snapshot() as tx:
        found = tx.reconciliation.differences(
            narrowed(tx, caller, unit),
            day=day,
            station=StationId(station) if station else None,
            batch=BatchId(batch) if batch else None,
            is_open=is_open,
            after=after,
            limit=limit,
        )
    return DifferenceList(items=[DifferenceView.of(one) for one in found.items], next=found.next)


@router.put(
    "/api/batches/{batch}/differences/{kind}/{subject}",
    operation_id="close_difference",
    summary="Close a difference",
    responses=problems(NotFound),
)
def put_closing(
    batch: BatchKey,
    kind: Annotated[DifferenceKind, Path(description="What differs.")],
    subject: Annotated[Code, Path(description="The file's number, or the page's or record's id.")],
    closing: Closing,
    state: State,
    caller: Clerk,
) -> DifferenceView:
    """Say why nothing more is to be done about a difference; who, when and why is kept. The first closing stays."""
    closed = close_difference(
        state.services,
        caller.scope,
        BatchId(str(batch)),
        kind,
        subject,
        reason=closing.reason,
        actor=caller.actor,
    )
    return DifferenceView.of(closed)
