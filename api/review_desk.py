"""The clerk's queue: the next paper, leased to one person at a time; renewed, given back, or free when time is up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Clerk, RecordReader
from api.etags import etag
from api.paging import RecordKey
from api.problems import problems
from api.schemas.record import RecordDetail
from api.schemas.review import (
    MOST_COUNTED,
    MOST_SHOWN,
    LeaseView,
    NextReview,
    Queue,
    QueueEntry,
    QueueRequest,
    Wish,
)
from api.state import ApiState, State
from records.errors import NotFound, RecordLeased, ReviewLeaseLost
from records.ids import RecordId

router = APIRouter(tags=["Review"])


@router.post("/api/reviews/next", operation_id="next_review", summary="Take the next paper")
def take_next(body: Wish, state: State, caller: Clerk, response: Response) -> NextReview:
    """The next paper that waits for a person, leased to you; nothing else is leased.

    Two clerks who ask at once get two papers. The ETag is that of the record.
    """
    now, wanted, person = datetime.now(UTC), body.wanted(), caller.staff.id
    database = state.services.database
    with database.transaction() as tx:
        found = tx.review_queue.take_next(person, wanted, caller.scope, now, _until(state, now))
    with database.snapshot() as tx:  # counting holds up nobody who confirms
        waiting = tx.review_queue.waiting(person, wanted, caller.scope, now, at_most=MOST_COUNTED + 1)
        if found is None:
            return NextReview(record=None, lease=None, following=None, waiting=waiting)
        record, lease = found
        following = tx.review_queue.following(record.id, person, wanted, caller.scope, now)
    response.headers["ETag"] = etag(record.version)
    return NextReview(
        record=RecordDetail.of(record),
        lease=LeaseView.of(lease, record),
        following=following,
        waiting=max(waiting - 1, 0),
    )


@router.get("/api/reviews", operation_id="list_queue", summary="Show the queue")
def list_queue(asked: Annotated[QueueRequest, Query()], state: State, caller: RecordReader) -> Queue:
    """What waits for a person, in the order in which it would be handed out to you; nothing is leased."""
    now, wanted, person = datetime.now(UTC), asked.wanted(), caller.staff.id
    with state.services.database.snapshot() as tx:
        found = tx.review_queue.first(person, wanted, caller.scope, now, asked.limit)
        waiting = tx.review_queue.waiting(person, wanted, caller.scope, now, at_most=MOST_SHOWN)
    return Queue(items=[QueueEntry.waiting(one) for one in found], waiting=waiting)


@router.get(
    "/api/records/{record}/lease",
    operation_id="get_lease",
    summary="Who works on a record",
    responses=problems(NotFound),
)
def get_lease(record: RecordKey, state: State, caller: RecordReader) -> LeaseView:
    """The lease that holds now; 404 when nobody works on the record."""
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        lease = tx.review_leases.holder(found.id, datetime.now(UTC))
    if lease is None:
        raise NotFound("nobody works on this record")
    return LeaseView.of(lease, found)


@router.post(
    "/api/records/{record}/lease",
    operation_id="take_lease",
    summary="Lease a record",
    responses=problems(NotFound, RecordLeased),
)
def take_lease(record: RecordKey, state: State, caller: Clerk) -> LeaseView:
    """Work on this very record: nobody else can change it until the lease is given back or runs out."""
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        lease = tx.review_leases.take(found.id, caller.staff.id, now, _until(state, now))
        return LeaseView.of(lease, found)


@router.put(
    "/api/records/{record}/lease",
    operation_id="renew_lease",
    summary="Renew a lease",
    responses=problems(NotFound, ReviewLeaseLost),
)
def renew_lease(record: RecordKey, state: State, caller: Clerk) -> LeaseView:
    """Hold the record longer, and learn its version now. A lease that is lost is said, and is not taken back.

    One that ran out is renewed all the same as long as nobody else has taken the record.
    """
    with state.services.database.transaction() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        lease = tx.review_leases.renew(found.id, caller.staff.id, _until(state, datetime.now(UTC)))
        return LeaseView.of(lease, found)


@router.delete(
    "/api/records/{record}/lease",
    operation_id="release_lease",
    summary="Give a record back",
    status_code=204,
    responses=problems(NotFound),
)
def release_lease(record: RecordKey, state: State, caller: Clerk) -> None:
    """Let others have the record at once. Repeating it is safe; somebody else's lease stays as it is."""
    with state.services.database.transaction() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        tx.review_leases.release(found.id, caller.staff.id)


def _until(state: ApiState, now: datetime) -> datetime:
    return now + timedelta(seconds=state.services.settings.review_lease_seconds)
