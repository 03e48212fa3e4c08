"""Pages in the wrong paper, in the wrong order or on their head: a clerk parts, joins, sorts and turns them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from fastapi import APIRouter, Response

from api.auth import Clerk, StaffCaller
from api.etags import check_version, etag
from api.paging import RecordKey
from api.problems import problems
from api.record_changes import IfMatch
from api.schemas.record import RecordDetail
from api.schemas.review import Arranging, Merging, Rearranged, Sorting, Splitting, Turning
from api.state import ApiState, State
from records.arrangement import arranged, joined, parted, sorted_as
from records.errors import (
    IllegalTransition,
    InvalidValue,
    NotFound,
    RecordLeased,
    StaleVersion,
    VersionRequired,
)
from records.ids import PageId, RecordId
from records.record import Record
from workers.rearranging import rearrange

router = APIRouter(tags=["Review"])

_CHANGE = problems(NotFound, IllegalTransition, RecordLeased, StaleVersion, VersionRequired, InvalidValue)


@router.post(
    "/api/records/{record}/split", operation_id="split_record", summary="Split a record", responses=_CHANGE
)
def split_record(
    record: RecordKey,
    body: Splitting,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> Rearranged:
    """Part a record into papers. All parts are classified again and leased to you; the machine does not part or
    join them any more."""
    found = _current(state, record, caller, if_match)
    return _saved(state, caller, response, "split", (found,), parted(found, body.starts))


@router.post(
    "/api/records/{record}/merge", operation_id="merge_records", summary="Merge records", responses=_CHANGE
)
def merge_records(
    record: RecordKey,
    body: Merging,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> Rearranged:
    """Put the pages of other records of the batch behind this one's. Those become `merged`: without pages, their
    history stays, and parting them again brings them back."""
    found = _current(state, record, caller, if_match)
    others = [_named(state, RecordId(str(one.record)), one.version, caller) for one in body.others]
    return _saved(state, caller, response, "merged", (found, *others), joined(found, others))


@router.put(
    "/api/records/{record}/pages", operation_id="sort_pages", summary="Sort the pages", responses=_CHANGE
)
def sort_pages(
    record: RecordKey,
    body: Sorting,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> Rearranged:
    """Put the pages of a record into another order. It is classified again."""
    found = _current(state, record, caller, if_match)
    changed = sorted_as(found, [PageId(str(page)) for page in body.pages])
    return _saved(state, caller, response, "sorted", (found,), (changed,))


@router.post(
    "/api/records/{record}/rotate", operation_id="rotate_page", summary="Turn a page", responses=_CHANGE
)
def rotate_page(
    record: RecordKey,
    body: Turning,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> Rearranged:
    """Say how a page stands upright. It is read again that way, and the record is classified again.

    Only for a page that was read upside down or sideways; to look at it otherwise, turn it on the screen.
    """
    found = _current(state, record, caller, if_match)
    page = PageId(str(body.page))
    if page not in found.pages:
        raise InvalidValue("the record has no such page", field="page")
    turned = found.rearranged(found.pages)
    return _saved(state, caller, response, "rotated", (found,), (turned,), {page: body.rotation})


@router.put(
    "/api/records/{record}/arrangement",
    operation_id="arrange_records",
    summary="Arrange pages into papers",
    responses=_CHANGE,
)
def arrange_records(
    record: RecordKey,
    body: Arranging,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> Rearranged:
    """Part, join, sort and turn at once: all of it, or nothing. What comes out is read again and leased to you."""
    found = _current(state, record, caller, if_match)
    others = [_named(state, RecordId(str(one.record)), one.version, caller) for one in body.others]
    papers = [[PageId(str(page)) for page in paper] for paper in body.papers]
    after = arranged(found, others, papers)
    turns = {PageId(str(one.page)): one.rotation for one in body.turns}
    if not turns.keys() <= {page for paper in papers for page in paper}:
        raise InvalidValue("the papers have no such page", field="turns")
    return _saved(state, caller, response, "arranged", (found, *others), after, turns)


def _current(state: ApiState, key: RecordKey, caller: StaffCaller, if_match: str | None) -> Record:
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(key)), caller.scope)
    check_version(if_match, found.version)
    return found


def _named(state: ApiState, key: RecordId, version: int, caller: StaffCaller) -> Record:
    with state.services.database.snapshot() as tx:
        found = tx.records.get(key, caller.scope)
    if found.version != version:
        raise StaleVersion(current_version=found.version)
    return found


def _saved(
    state: ApiState,
    caller: StaffCaller,
    response: Response,
    action: str,
    before: Sequence[Record],
    after: Sequence[Record],
    turns: dict[PageId, int] | None = None,
) -> Rearranged:
    saved, todos = rearrange(
        state.services,
        before,
        after,
        person=caller.staff.id,
        actor=caller.actor,
        action=action,
        turns=turns or {},
        now=datetime.now(UTC),
    )
    state.enqueue(todos)
    response.headers["ETag"] = etag(next(one.version for one in saved if one.id == before[0].id))
    return Rearranged(items=[RecordDetail.of(record) for record in saved])
