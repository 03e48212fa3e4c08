"""Answers in JSON and pages leave compressed where the client takes that: a queue of 32 kB is 4 kB on a weak line.

Files are left alone (they are compressed already), and so are streams. What is compressed with a secret of the session
can be guessed only by who makes a browser ask with that session: its cookie is sent by this site's pages alone.
"""

from __future__ import annotations

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES = 1200  # what fits into a packet is not worth it
_KINDS = ("application/json", "application/problem+json", "text/html")
_LEVEL = 4  # 3 ms for a megabyte less than level 6, which saves a fiftieth more


class Compressed:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            send = _Answer(send).send
        await self.app(scope, receive, send)


class _Answer:
    """One answer, whose head waits for its body where the body may become shorter."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _compressible(message):
            self._head = message
            return
        if self._head is not None:
            head, self._head = self._head, None
            body = message.get("body", b"")
            if len(body) >= LEAST_BYTES and not message.get("more_body"):
                message["body"] = await run_in_threadpool(gzip.compress, body, _LEVEL, mtime=0)
                _tell(head, len(message["body"]))
            await self._send(head)
        await self._send(message)


def _compressible(head: Message) -> bool:
    headers = Headers(raw=head["headers"])
    kind = headers.get("content-type", "").partition(";")[0]
    return kind in _KINDS and "content-encoding" not in headers


def _tell(head: Message, size: int) -> None:
    headers = MutableHeaders(raw=head["headers"])
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(size)
    headers.add_vary_header("Accept-Encoding")
    head["headers"] = headers.raw
