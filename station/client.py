"""A station's side of the API: open a batch, send its files, close it. Every call may be repeated without harm."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

RETRY_STATUS = {429, 500, 502, 503, 504}
TRANSFERS = 3  # how often a file is sent that arrives damaged
WITHDRAWABLE = {"empty_file", "unsupported_media_type", "file_too_large", "fixity_mismatch"}
CHUNK = 1024 * 1024


class ServiceRefused(Exception):
    """The service said no, for a reason that sending again does not change."""

    def __init__(self, status: int, code: str, detail: str, advice: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.advice = status, code, detail, advice


class ServiceUnreachable(Exception):
    """No answer after several tries; nothing is lost, the same batch can be sent again."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to be sent."""

    sequence: int  # from 1, the order of scanning
    path: Path
    sha256: str
    size: int
    name: str  # for people

    @classmethod
    def of(cls, sequence: int, path: Path, name: str | None = None) -> LocalFile:
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
        return cls(sequence, path, digest.hexdigest(), size, name or path.name)


class Client:
    """Speaks for one station. `tries` bounds how often a call is repeated when the network or the service is ill."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout: float = 60.0,
        tries: int = 8,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(
            base_url=url.rstrip("/"), timeout=timeout, headers={"Authorization": f"Bearer {key}"}
        )
        self._tries, self._wait = tries, wait

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def open_batch(self, batch: str, operator: str, files: Sequence[LocalFile]) -> dict[str, Any]:
        """Declare a batch under an id made here; declaring it again is answered in the same way."""
        declared = [
            {"sequence": f.sequence, "name": f.name, "sha256": f.sha256, "size": f.size} for f in files
        ]
        return self._call("POST", "/api/batches", json={"id": batch, "operator": operator, "files": declared})

    def send(self, batch: str, file: LocalFile) -> dict[str, Any]:
        """Send one file; the answer means that the service has it for good."""
        headers = {"X-Content-SHA256": file.sha256, "Content-Type": "application/octet-stream"}
        path = f"/api/batches/{batch}/files/{file.sequence}"
        return self._call("PUT", path, headers=headers, body=file.path)

    def withdraw(self, batch: str, sequence: int, reason: str) -> dict[str, Any]:
        """Take a declared file back for good, with one of the API's reasons; refused when the service has the file."""
        path = f"/api/batches/{batch}/files/{sequence}/withdrawal"
        return self._call("PUT", path, json={"reason": reason})

    def complete(self, batch: str) -> dict[str, Any]:
        """Close the batch; the answer balances declared with received and withdrawn, and received with stored."""
        return self._call("POST", f"/api/batches/{batch}/complete")

    def hello(self) -> dict[str, Any]:
        """Say that the station is alive: who it is to the service, what the service takes, how far off our clock is."""
        return self._call("GET", "/api/station")

    def batch(self, batch: str) -> dict[str, Any]:
        """How far the batch has come."""
        return self._call("GET", f"/api/batches/{batch}")

    def _call(self, method: str, path: str, *, body: Path | None = None, **options: Any) -> dict[str, Any]:
        for attempt in range(self._tries):
            if attempt:
                self._wait(min(0.25 * 2**attempt, 30.0))
            try:
                answer = self._once(method, path, body, dict(options))
            except httpx.TransportError:
                continue
            if answer.status_code not in RETRY_STATUS:
                return _content(answer)
        raise ServiceUnreachable(f"no answer from the service after {self._tries} tries")

    def _once(self, method: str, path: str, body: Path | None, options: dict[str, Any]) -> httpx.Response:
        headers = {
            **options.pop("headers", {}),
            "Date": formatdate(usegmt=True),
        }  # tells how far off our clock is
        if body is None:
            return self._http.request(method, path, headers=headers, **options)
        with body.open("rb") as content:
            return self._http.request(method, path, headers=headers, content=content, **options)


def _content(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        content = {}
    if answer.is_success:
        return dict(content)
    raise ServiceRefused(
        answer.status_code,
        str(content.get("code", "error")),
        str(content.get("detail", answer.reason_phrase)),
        str(content.get("advice", "")),
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch that was sent."""

    batch: str
    receipt: dict[str, Any]  # the answer to complete
    refused: tuple[tuple[LocalFile, ServiceRefused], ...]
    duplicates: tuple[LocalFile, ...]


def send_batch(
    client: Client,
    paths: Sequence[Path],
    operator: str,
    *,
    batch: str | None = None,
    on_sent: Callable[[LocalFile], None] = lambda _: None,
) -> Sent:
    """Send files as one batch, in this order, and complete it. A refused file does not hold up the others.

    It is withdrawn with the code of its refusal: the paper is scanned again into another batch. Raises
    ServiceUnreachable, or ServiceRefused when the batch itself is refused.
    """
    batch = batch or str(uuid.uuid4())
    files = [LocalFile.of(sequence, path) for sequence, path in enumerate(paths, start=1)]
    client.open_batch(batch, operator, files)
    refused: list[tuple[LocalFile, ServiceRefused]] = []
    duplicates: list[LocalFile] = []
    for file in files:
        try:
            if send_whole(client, batch, file).get("duplicate_of"):
                duplicates.append(file)
        except ServiceRefused as refusal:
            if refusal.code != "file_withdrawn":  # withdrawn by an earlier run
                withdraw_refused(client, batch, file, refusal)
            refused.append((file, refusal))
        on_sent(file)
    return Sent(batch, client.complete(batch), tuple(refused), tuple(duplicates))


def send_whole(client: Client, batch: str, file: LocalFile) -> dict[str, Any]:
    """Send a file, again when it was damaged on the way; raises ServiceRefused, ServiceUnreachable or OSError."""
    for _ in range(TRANSFERS - 1):
        try:
            return client.send(batch, file)
        except ServiceRefused as refusal:
            if refusal.code != "fixity_mismatch":
                raise
    return client.send(batch, file)


def withdraw_refused(client: Client, batch: str, file: LocalFile, refusal: ServiceRefused) -> None:
    """Take back a file for its own sake; raises the refusal when it is about the batch or the station."""
    if refusal.status not in (413, 415, 422):
        raise refusal
    client.withdraw(batch, file.sequence, refusal.code if refusal.code in WITHDRAWABLE else "other_refusal")
