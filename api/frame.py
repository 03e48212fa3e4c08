"""The frame around every request: an id, safe headers, a bound on the body, and one line in the log."""

from __future__ import annotations

import logging
import re
import time
import uuid

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import answer
from config.logging import log_ids
from records.errors import FileTooLarge, SohoaError

log = logging.getLogger(__name__)

BODY_BYTES = 4 * 1024 * 1024  # of a request in JSON: a batch of 2,000 declared files has 0.5 MB
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_QUIET = {"/health", "/ready", "/metrics"}

SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Frame:
    """ASGI middleware. `streamed` matches the paths whose handlers bound their bodies themselves."""

    def __init__(self, app: ASGIApp, streamed: re.Pattern[str]) -> None:
        self.app = app
        self.streamed = streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = _request_id(Headers(scope=scope))
        with log_ids(request=scope["request_id"]):
            await _Exchange(self, scope, receive, send).run()


class _Exchange:
    """One request and its answer."""

    def __init__(self, frame: Frame, scope: Scope, receive: Receive, send: Send) -> None:
        self.frame, self.scope = frame, scope
        self._receive, self._send = receive, send
        self.status = 0  # until the answer has begun
        self.bounded = not frame.streamed.fullmatch(scope["path"])
        self.came_in = 0

    async def run(self) -> None:
        began = time.monotonic()
        try:
            if self.bounded and _declared_length(self.scope) > BODY_BYTES:
                await self._refuse(FileTooLarge("the body of the request is too large", limit=BODY_BYTES))
            else:
                await self.frame.app(self.scope, self.receive, self.send)
        except Exception as fault:
            log.exception("request_failed", exc_info=fault)
            if not self.status:
                await self._refuse(SohoaError("the request could not be done"))
        finally:
            self._log(time.monotonic() - began)

    async def receive(self) -> Message:
        message = await self._receive()
        self.came_in += len(message.get("body", b""))
        if self.bounded and self.came_in > BODY_BYTES:
            raise HTTPException(413)  # the one kind that FastAPI passes on from the reading of a body
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.scope["request_id"]
            for name, value in SAFE_HEADERS.items():
                headers.setdefault(name, value)
            if not self.scope["path"].startswith("/static/"):
                headers.setdefault("Cache-Control", "no-store")
        await self._send(message)

    async def _refuse(self, error: SohoaError) -> None:
        response = answer(Request(self.scope), error)
        await response(self.scope, self._receive, self.send)

    def _log(self, seconds: float) -> None:
        route = getattr(self.scope.get("route"), "path", "")
        level = logging.DEBUG if self.scope["path"] in _QUIET else logging.INFO
        log.log(
            level,
            "request",
            extra={
                "method": self.scope["method"],
                "route": route,  # the template: a path may hold a code
                "status": self.status,
                "ms": round(seconds * 1000),
                "actor": self.scope.get("actor", ""),
                **_ids(self.scope),
                "bytes_in": self.came_in,
            },
        )


def _ids(scope: Scope) -> dict[str, str]:
    """The ids in the path, as far as they are ids."""
    found = {name: str(value).lower() for name, value in scope.get("path_params", {}).items()}
    return {name: value for name, value in found.items() if _UUID.fullmatch(value)}


def _request_id(headers: Headers) -> str:
    """The id that a proxy in front has given, if it is a UUID, else a fresh one."""
    sent = headers.get("x-request-id", "").lower()
    return sent if _UUID.fullmatch(sent) else str(uuid.uuid4())


def _declared_length(scope: Scope) -> int:
    text = Headers(scope=scope).get("content-length", "0")
    return int(text) if text.isdigit() else 0
