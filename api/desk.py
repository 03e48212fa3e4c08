"""What the clerk's desk asks for: a paper with all that helps to check it, and a part of a page read now."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Response

from api.auth import Clerk, RecordReader
from api.etags import etag
from api.paging import PageKey, RecordKey
from api.problems import problems
from api.schemas.desk import DeskView, Region, RegionText
from api.state import State
from records.coverage import VIETNAM
from records.errors import (
    EngineUnavailable,
    InvalidValue,
    NotFound,
    ObjectMissing,
    RecognitionFailed,
    TooManyRequests,
)
from records.ids import PageId, RecordId
from records.page import Box
from records.staff import StaffRole
from workers.desk import lay_out, read_part
from workers.reuse import known_before

router = APIRouter(tags=["Review"])

_CONFIRM = (StaffRole.CLERK, StaffRole.ADMINISTRATOR)


@router.get(
    "/api/records/{record}/desk",
    operation_id="get_desk",
    summary="Lay a record on the desk",
    responses=problems(NotFound, ObjectMissing),
)
def get_desk(record: RecordKey, state: State, caller: RecordReader, response: Response) -> DeskView:
    """A record with its pages, the doubtful syllables of its values and other values that they may have. Clerks are
    told of filed papers that it may be another scan of: same owner, by id number, and same type.

    The ETag is that of the record.
    """
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        pages = tx.pages.of_record(found.id)
        rescans = tx.rescans.of_record(found.id)
        known = known_before(tx, found, datetime.now(VIETNAM).date()) if caller.staff.role in _CONFIRM else ()
    sheets, aids = lay_out(state.services, found, pages)
    response.headers["ETag"] = etag(found.version)
    return DeskView.of(found, sheets, aids, known, rescans)


@router.post(
    "/api/pages/{page}/region",
    operation_id="read_region",
    summary="Read a part of a page",
    responses=problems(
        NotFound, InvalidValue, TooManyRequests, RecognitionFailed, EngineUnavailable, ObjectMissing
    ),
)
def read_region(page: PageKey, body: Region, state: State, caller: Clerk) -> RegionText:
    """The words inside a rectangle of a page, read now; nothing is stored. One at a time is read."""
    x0, y0, x1, y1 = body.box
    with state.services.database.snapshot() as tx:
        found = tx.pages.get(PageId(str(page)), caller.scope)
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return RegionText.of(read_part(state.services, found, box, body.rotation))
