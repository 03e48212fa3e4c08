"""Pages that are scanned again: asked for by a clerk, replaced by the operator, with every earlier image kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi import Path as PathParameter
from starlette.concurrency import run_in_threadpool

from api.auth import Caller, PageScanner, SignedIn, StationCaller
from api.downloads import object_answer
from api.paging import PageKey
from api.problems import problems
from api.schemas.page import PageDetail
from api.schemas.rescan import EarlierImages, EarlierView, RescanAsking, RescanList, RescanView
from api.spool import spooled
from api.state import ApiState, State
from api.uploads import FILE_BODY, declared_digest
from records.errors import (
    DamagedFile,
    FileTooLarge,
    FixityMismatch,
    IllegalTransition,
    InvalidValue,
    NotFound,
    ObjectMissing,
    ObjectStoreUnavailable,
    ScratchFull,
    StaleVersion,
    UnsupportedMediaType,
)
from records.fixity import Fixity
from records.ids import BatchId, PageId
from records.page import Page
from storage.database import Transaction
from workers.rescan import replace_image

router = APIRouter(tags=["Pages and files"])


@router.post(
    "/api/pages/{page}/rescan",
    operation_id="ask_rescan",
    summary="Ask for a re-scan",
    status_code=204,
    responses=problems(NotFound),
)
def ask(page: PageKey, body: RescanAsking, state: State, caller: SignedIn) -> None:
    """Tell the operator that a page must be scanned again, and why. Asking again changes the reason."""
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        found = tx.pages.get(PageId(str(page)), caller.scope)
        tx.rescans.ask(found.id, body.reason, caller.actor, now)
        tx.audit.append(caller.actor, "page.rescan_asked", found.id, {"reason": body.reason.value}, now)


@router.delete(
    "/api/pages/{page}/rescan",
    operation_id="withdraw_rescan",
    summary="Withdraw a request",
    status_code=204,
    responses=problems(NotFound),
)
def withdraw(page: PageKey, state: State, caller: SignedIn) -> None:
    """The page is good enough after all. Repeating it is safe."""
    with state.services.database.transaction() as tx:
        found = tx.pages.get(PageId(str(page)), caller.scope)
        if tx.rescans.withdraw(found.id):
            tx.audit.append(caller.actor, "page.rescan_withdrawn", found.id, {}, datetime.now(UTC))


@router.get("/api/rescans", operation_id="list_rescans", summary="Pages to scan again")
def list_rescans(
    state: State,
    caller: SignedIn,
    batch: Annotated[UUID | None, Query(description="Only this batch.")] = None,
) -> RescanList:
    """Requests of the own org units that are open, oldest first; at most 200."""
    with state.services.database.snapshot() as tx:
        found = tx.rescans.open(caller.scope, batch=BatchId(str(batch)) if batch else None)
    return RescanList(items=[RescanView.of(one) for one in found])


@router.put(
    "/api/pages/{page}/image",
    operation_id="replace_page_image",
    summary="Replace a page",
    openapi_extra=FILE_BODY,
    responses=problems(
        NotFound, IllegalTransition, StaleVersion, FixityMismatch, InvalidValue, FileTooLarge, DamagedFile,
        UnsupportedMediaType, ObjectStoreUnavailable, ScratchFull,
    ),
)  # fmt: skip
async def replace(
    page: PageKey,
    request: Request,
    state: State,
    caller: PageScanner,
    content_digest: Annotated[
        str | None, Header(description="sha-256=:base64: (RFC 9530); this or X-Content-SHA256.")
    ] = None,
    x_content_sha256: Annotated[str | None, Header(description="SHA-256 in hexadecimal.")] = None,
) -> PageDetail:
    """Put a new scan of one page into its place: a file with exactly one page.

    The paper is read and classified again; the earlier image stays in the page's history. Once the paper is confirmed,
    it must be re-opened first.
    """
    declared = declared_digest(content_digest, x_content_sha256)
    before = await run_in_threadpool(_page, state, page, caller)
    settings = state.services.settings
    async with spooled(request, settings.incoming_dir, settings.max_file_mb * 1024 * 1024) as body:
        if body.fixity.sha256 != declared:
            raise FixityMismatch(declared=declared, received=body.fixity.sha256)
        after = await run_in_threadpool(_replaced, state, before, body.path, body.fixity, caller)
    return PageDetail.with_rotation(after, 0)


def _replaced(state: ApiState, before: Page, untrusted_file: Path, source: Fixity, caller: Caller) -> Page:
    after, todos = replace_image(state.services, before, untrusted_file, source, actor=caller.actor)
    state.enqueue(todos)
    return after


def _page(state: ApiState, key: PageKey, caller: Caller) -> Page:
    with state.services.database.snapshot() as tx:
        found = tx.pages.get(PageId(str(key)), caller.scope)
        _check_station(tx, found, caller)
    return found


def _check_station(tx: Transaction, page: Page, caller: Caller) -> None:
    """A station replaces pages of its own batches only."""
    if isinstance(caller, StationCaller):
        batch = tx.batches.get(tx.batches.file(page.file).batch, caller.scope)
        if batch.station != caller.station.id:
            raise NotFound("no page with this id")


@router.get(
    "/api/pages/{page}/earlier",
    operation_id="list_earlier_images",
    summary="A page's earlier images",
    responses=problems(NotFound),
)
def list_earlier(page: PageKey, state: State, caller: SignedIn) -> EarlierImages:
    """What the page was before it was scanned again, the first image first."""
    with state.services.database.snapshot() as tx:
        found = tx.pages.get(PageId(str(page)), caller.scope)
        return EarlierImages(items=[EarlierView.of(one) for one in tx.rescans.history(found.id)])


@router.get(
    "/api/pages/{page}/earlier/{number}",
    operation_id="get_earlier_image",
    summary="An earlier image",
    response_class=Response,
    responses={
        200: {
            "description": "The image as it was stored.",
            "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(NotFound, ObjectMissing, ObjectStoreUnavailable),
    },
)
def get_earlier(
    page: PageKey,
    number: Annotated[int, PathParameter(ge=1, description="From 1, the first image.")],
    state: State,
    caller: SignedIn,
) -> Response:
    """An image that was replaced, pixel for pixel."""
    with state.services.database.snapshot() as tx:
        found = tx.pages.get(PageId(str(page)), caller.scope)
        earlier = next((one for one in tx.rescans.history(found.id) if one.number == number), None)
    if earlier is None:
        raise NotFound("the page had no such image")
    name = f"page-{found.id}-{number}"
    return object_answer(state.services.objects, earlier.image, earlier.media_type, name, None)
