"""A body of any size on its way to the local disk: hashed and bounded while it streams, gone when it is done with."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from records.errors import FileTooLarge, FixityMismatch, ObjectStoreUnavailable
from records.fixity import Fixity, Sha256

_WRITE_BYTES = 1024 * 1024  # one hop to a thread for so much
IDLE_SECONDS = 60.0  # a client that sends nothing for so long is gone
LEFT_OVER_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Spooled:
    """A body that has arrived whole."""

    path: Path
    fixity: Fixity


@asynccontextmanager
async def spooled(request: Request, folder: Path, most_bytes: int) -> AsyncIterator[Spooled]:
    """The body of a request as a file in this folder, while the context lasts.

    Raises FileTooLarge, before a byte is read where the length is declared; FixityMismatch when the body breaks
    off; ObjectStoreUnavailable when the disk does not take it. Nothing is left in any case.
    """
    _check_declared_length(request, most_bytes)
    path, file = await run_in_threadpool(_made, folder)
    try:
        try:
            fixity = await _written(request, file, most_bytes)
        finally:
            await run_in_threadpool(file.close)
        yield Spooled(path, fixity)
    finally:
        await run_in_threadpool(path.unlink, missing_ok=True)


def _check_declared_length(request: Request, most_bytes: int) -> None:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most_bytes:
        raise FileTooLarge(limit=most_bytes, declared=int(declared))


def _made(folder: Path) -> tuple[Path, BinaryIO]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=folder, prefix="incoming-")
    except OSError:
        raise ObjectStoreUnavailable("the disk takes no files at this moment") from None
    return Path(name), open(number, "wb")  # noqa: PTH123  (a number, no path)


async def _written(request: Request, file: BinaryIO, most_bytes: int) -> Fixity:
    digest, size, waiting = hashlib.sha256(), 0, bytearray()

    async def drain() -> None:
        await run_in_threadpool(_append, file, digest, bytes(waiting))
        waiting.clear()

    async for chunk in _chunks(request):
        size += len(chunk)
        if size > most_bytes:
            raise FileTooLarge(limit=most_bytes)
        waiting += chunk
        if len(waiting) >= _WRITE_BYTES:
            await drain()
    await drain()
    return Fixity(Sha256(digest.hexdigest()), size)


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                chunk = await anext(stream, None)
        except (TimeoutError, ClientDisconnect):
            raise FixityMismatch("the file broke off before its end") from None
        if chunk is None:
            return
        yield chunk


def _append(file: BinaryIO, digest: hashlib._Hash, data: bytes) -> None:
    digest.update(data)
    try:
        file.write(data)
    except OSError:
        raise ObjectStoreUnavailable("the disk takes no more bytes at this moment") from None


def remove_left_overs(folder: Path) -> int:
    """Delete what a killed process has left in the folder; returns how many files that were."""
    old = time.time() - LEFT_OVER_SECONDS
    found = [path for path in folder.glob("incoming-*") if path.stat().st_mtime < old]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
