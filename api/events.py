"""Live progress of a batch as server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.auth import BatchReader, Caller
from api.batches import visible_batch
from api.paging import BatchKey
from api.problems import problems
from api.schemas.batch import BatchProgress
from api.state import ApiState, State
from records.errors import NotFound, SohoaError
from records.states import BatchState

router = APIRouter(tags=["Batches"])

EVERY_SECONDS = 1.0
LONGEST_SECONDS = 1800  # then the browser asks again, and shows its session again
HEARTBEAT = 15  # looks without news after which a comment keeps proxies from closing the line
FINAL = {BatchState.WAITING, BatchState.DONE, BatchState.FAILED}


@router.get(
    "/api/batches/{batch}/events",
    operation_id="watch_batch",
    summary="Watch a batch",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "`progress` events with the same JSON as in the batch, whenever it changes; then `end`.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **problems(NotFound),
    },
)
async def watch_batch(batch: BatchKey, state: State, caller: BatchReader) -> StreamingResponse:
    """Progress as it happens.

    The stream ends with an `end` event when the pipeline has nothing more to do (or after half an hour): close the
    EventSource then, else the browser opens it again.
    """
    first = await run_in_threadpool(_progress, state, caller, batch)
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(
        _events(state, caller, batch, first), media_type="text/event-stream", headers=headers
    )


async def _events(
    state: ApiState, caller: Caller, batch: BatchKey, progress: BatchProgress
) -> AsyncIterator[str]:
    shown: BatchProgress | None = None
    quiet = 0
    for _ in range(int(LONGEST_SECONDS / EVERY_SECONDS)):
        if progress != shown:
            yield _event("progress", progress.model_dump(mode="json"))
            shown, quiet = progress, 0
        if progress.state in FINAL or state.stopping.is_set():
            break
        quiet += 1
        if quiet % HEARTBEAT == 0:
            yield ": still here\n\n"
        await asyncio.sleep(EVERY_SECONDS)
        try:
            progress = await run_in_threadpool(_progress, state, caller, batch)
        except SohoaError:
            break  # the answer has begun; the browser asks again and is told then
    yield _event("end", {"state": str(progress.state)})


def _progress(state: ApiState, caller: Caller, batch: BatchKey) -> BatchProgress:
    with state.services.database.snapshot() as tx:
        return BatchProgress.of(tx.batches.progress(visible_batch(tx, batch, caller).id))


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
