"""Papers of which everything is accepted: listed, and many of them confirmed by one person in one action."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.auth import Clerk, StaffCaller
from api.paging import After, Limit, UnitFilter
from api.schemas.record import RecordList, RecordSummary
from api.schemas.review import OneSettled, Settling, SettlingOutcome
from api.state import ApiState, State
from records.errors import BackendUnavailable, SohoaError, StaleVersion
from records.ids import BatchId, RecordId, UnitCode
from workers import pipeline

router = APIRouter(tags=["Review"])


@router.get("/api/reviews/settled", operation_id="list_settled", summary="Papers that need no look")
def list_settled(
    state: State,
    caller: Clerk,
    unit: UnitFilter = None,
    batch: Annotated[UUID | None, Query(description="Only this batch.")] = None,
    after: After = None,
    limit: Limit = 50,
) -> RecordList:
    """Papers that wait and of which the acceptance policy accepts everything: type, dossier and all values."""
    with state.services.database.snapshot() as tx:
        found = tx.records.list(
            caller.scope,
            settled=True,
            unit=UnitCode(unit) if unit else None,
            batch=BatchId(str(batch)) if batch else None,
            after=after,
            limit=limit,
        )
    return RecordList(items=[RecordSummary.of(record) for record in found.items], next=found.next)


@router.post("/api/reviews/settled", operation_id="confirm_settled", summary="Confirm papers without a look")
def confirm_settled(body: Settling, state: State, caller: Clerk) -> SettlingOutcome:
    """Confirm many papers as they were read, in one action, and answer for them. The history says `settled` and by
    which policy. Each paper for itself: one that changed meanwhile, or that a person must look at, is refused with
    its code and holds up no other."""
    return SettlingOutcome(
        items=[_confirmed(state, caller, RecordId(str(one.record)), one.version) for one in body.records]
    )


def _confirmed(state: ApiState, caller: StaffCaller, key: RecordId, version: int) -> OneSettled:
    try:
        with state.services.database.snapshot() as tx:
            record = tx.records.get(key, caller.scope)
        if record.version != version:
            raise StaleVersion(current_version=record.version)
        saved, todos = pipeline.confirm_settled(state.services, record, caller.staff.id, caller.actor)
    except BackendUnavailable:
        raise
    except SohoaError as error:
        return OneSettled(record=key, version=None, refusal=error.code)
    state.enqueue(todos)
    return OneSettled(record=key, version=saved.version, refusal=None)
