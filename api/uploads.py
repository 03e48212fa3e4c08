"""Files on their way in. A 2xx means: object and row are durable, and the station may forget the file."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from api.auth import BatchSender, Caller
from api.batches import visible_batch
from api.paging import BatchKey, FileNumber
from api.problems import problems
from api.schemas.batch import StoredFile
from api.spool import Spooled, spooled
from api.state import ApiState, State
from config.logging import log_ids
from records.batch import DeclaredFile, ScanBatch
from records.errors import (
    BatchClosed,
    EmptyFile,
    FileTooLarge,
    FileWithdrawn,
    FixityMismatch,
    InvalidManifest,
    InvalidValue,
    NotFound,
    ObjectStoreUnavailable,
    UnsupportedMediaType,
)
from records.fixity import Sha256, parse_sha256
from workers import pipeline

router = APIRouter(tags=["Batches"])

_SHA256_ENTRY = re.compile(r"(?:^|[,\s])sha-256=:([A-Za-z0-9+/=]{1,64}):")

FILE_BODY = {
    "requestBody": {
        "required": True,
        "description": "The bytes of the file as they are: PDF, TIFF, JPEG or PNG, told apart by content.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def declared_digest(content_digest: str | None, x_content_sha256: str | None) -> Sha256:
    """The SHA-256 that the sender declares, from either header; raises InvalidValue.

    `Content-Digest: sha-256=:base64:` is RFC 9530; `X-Content-SHA256` takes hexadecimal digits.
    """
    if x_content_sha256 is not None:
        return parse_sha256(x_content_sha256)
    found = _SHA256_ENTRY.search(content_digest or "")
    try:
        return parse_sha256(base64.b64decode(found[1], validate=True).hex() if found else "")
    except (binascii.Error, ValueError, InvalidValue):
        raise InvalidValue("send the file's SHA-256 as Content-Digest or X-Content-SHA256") from None


@router.put(
    "/api/batches/{batch}/files/{sequence}",
    operation_id="put_file",
    summary="Send a file",
    status_code=201,
    response_model=StoredFile,
    openapi_extra=FILE_BODY,
    responses={
        200: {"model": StoredFile, "description": "The same bytes again: nothing changed."},
        **problems(
            NotFound, InvalidManifest, BatchClosed, FileWithdrawn, EmptyFile, FixityMismatch, InvalidValue,
            FileTooLarge, UnsupportedMediaType, ObjectStoreUnavailable,
        ),
    },
)  # fmt: skip
async def put_file(
    batch: BatchKey,
    sequence: FileNumber,
    request: Request,
    response: Response,
    state: State,
    caller: BatchSender,
    content_digest: Annotated[
        str | None, Header(description="sha-256=:base64: (RFC 9530); this or X-Content-SHA256.")
    ] = None,
    x_content_sha256: Annotated[str | None, Header(description="SHA-256 in hexadecimal.")] = None,
) -> StoredFile:
    """Send one declared file.

    The answer comes once its object and its row are durable; `duplicate_of` tells where the same bytes were
    received earlier. A file whose SHA-256 differs from the declared one is refused and nothing is kept.
    """
    declared = declared_digest(content_digest, x_content_sha256)
    found, known = await run_in_threadpool(_expected, state, caller, batch, sequence, declared)
    settings = state.services.settings
    async with spooled(request, settings.incoming_dir, settings.max_file_mb * 1024 * 1024) as body:
        if body.fixity.sha256 != declared:
            raise FixityMismatch(declared=declared, received=body.fixity.sha256)
        stored = await run_in_threadpool(_received, state, found, sequence, body)
    response.status_code = 200 if known else 201
    return stored


def _expected(
    state: ApiState, caller: Caller, key: BatchKey, sequence: int, declared: Sha256
) -> tuple[ScanBatch, bool]:
    """The batch, and whether it has this file already; refuses early what would be refused after the upload."""
    with state.services.database.snapshot() as tx:
        batch = visible_batch(tx, key, caller)
        known = any(file.sequence == sequence for file in tx.batches.files(batch.id))
        withdrawn = any(one.sequence == sequence for one in tx.batches.withdrawals(batch.id))
    announced: DeclaredFile | None = next((f for f in batch.declared if f.sequence == sequence), None)
    if announced is None or announced.sha256 != declared:
        raise InvalidManifest("the batch does not declare this file under this number")
    if withdrawn:
        raise FileWithdrawn()
    if batch.completed_at is not None and not known:
        raise BatchClosed()
    return batch, known


def _received(state: ApiState, batch: ScanBatch, sequence: int, body: Spooled) -> StoredFile:
    with log_ids(batch=batch.id, station=batch.station):
        stored, todos = pipeline.receive(state.services, batch, sequence, body.path, body.fixity)
    state.enqueue(todos)
    return StoredFile.of(stored)
