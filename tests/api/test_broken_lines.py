"""Lines that break off, and a service that is told to stop in the middle."""

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api.world import PASSWORD, World, declaration
from tests.conftest import ROOT

PDF = b"%PDF-1.7 " + b"x" * 100_000


def upload_head(world_url: str, key: str, batch: str, data: bytes) -> tuple[socket.socket, bytes]:
    """A connection on which the head of an upload was sent, and the body that should follow."""
    address = urlsplit(world_url)
    line = socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=30)
    head = (
        f"PUT /api/batches/{batch}/files/1 HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Authorization: Bearer {key}\r\nContent-Length: {len(data)}\r\nConnection: close\r\n"
        f"X-Content-SHA256: {hashlib.sha256(data).hexdigest()}\r\n\r\n"
    )
    line.sendall(head.encode())
    return line, data


def rest_of(line: socket.socket) -> str:
    """Everything that still comes, until the other side closes the line."""
    with line, line.makefile("rb") as answer:
        return answer.read().decode()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what will come; fails only when it never does."""
    ends = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.02)


def test_a_client_that_goes_away_leaves_nothing(world: World) -> None:
    batch = world.open(PDF)
    incoming = world.services.settings.data_dir / "incoming"
    line, body = upload_head(str(world.client.base_url), world.tokens["station"], batch, PDF)
    line.sendall(body[: len(body) // 2])
    until(lambda: incoming.is_dir() and any(incoming.iterdir()))
    line.close()
    until(lambda: not any(incoming.iterdir()))
    shown = world.get("station", f"/api/batches/{batch}").json()
    assert shown["reconciliation"]["missing"] == [1]
    assert world.asked == []
    assert world.put(batch, 1, PDF).status_code == 201


def test_a_body_of_another_length_than_declared_is_refused_before_it_is_read(world: World) -> None:
    batch = world.open(PDF)
    line, _ = upload_head(str(world.client.base_url), world.tokens["station"], batch, b"x" * 3_000_000)
    assert rest_of(line).startswith("HTTP/1.1 409")  # another file was declared


@dataclass
class Serving:
    """`./sohoa serve` as a process of its own, with an administrator."""

    process: subprocess.Popen[str]
    url: str
    token: str
    folder: Path
    client: httpx.Client

    def call(self, method: str, path: str, token: str = "", **options: object) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.client.request(method, path, headers=headers, **options)  # type: ignore[arg-type]


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    environment = os.environ | {
        "SOHOA_DATA_DIR": str(tmp_path / "data"), "SOHOA_PORT": "0", "SOHOA_WORKERS": "1",
        "SOHOA_OCR_ENGINE": "tesseract", "PYTHONUNBUFFERED": "1", "OMP_THREAD_LIMIT": "1",
    }  # fmt: skip
    log = (tmp_path / "serve.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "serve"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
    )  # fmt: skip
    try:
        url, setup = first_link(process)
        with httpx.Client(base_url=url, timeout=60) as client:
            body = {"name": "chief", "password": PASSWORD}
            assert client.post(f"/api/setup/{setup}", json=body).status_code == 201
            token = client.post("/api/session", json=body).json()["token"]
            client.cookies.clear()
            yield Serving(process, url, token, tmp_path, client)
    finally:
        process.kill()
        process.communicate()
        log.close()


def first_link(process: subprocess.Popen[str]) -> tuple[str, str]:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"(http://\S+)/setup/(\S+)", line):
            return found[1], found[2]
    raise AssertionError("the service said no set-up link")


@pytest.mark.slow
def test_a_service_that_is_told_to_stop_finishes_what_it_has_in_hand(serving: Serving) -> None:
    station = serving.call("POST", "/api/stations", json={"name": "Quầy 1", "unit": "P1"}).json()["key"]
    batch = str(uuid.uuid4())
    serving.call("POST", "/api/batches", station, json=declaration(batch, [PDF]))
    line, body = upload_head(serving.url, station, batch, PDF)
    line.sendall(body[:50_000])
    until(lambda: any((serving.folder / "data" / "incoming").glob("*")))

    watched: list[str] = []
    watcher = threading.Thread(target=lambda: watched.extend(watch(serving, batch)))
    watcher.start()
    until(lambda: "event: progress" in watched)

    serving.process.send_signal(signal.SIGTERM)
    until(lambda: is_refused(serving.url))
    line.sendall(body[50_000:])
    answer = rest_of(line)
    assert answer.startswith("HTTP/1.1 201")
    assert json.loads(answer.partition("\r\n\r\n")[2])["sequence"] == 1
    watcher.join(timeout=60)
    assert "event: end" in watched
    assert serving.process.wait(timeout=60) == 0


def watch(serving: Serving, batch: str) -> Iterator[str]:
    headers = {"Authorization": f"Bearer {serving.token}"}
    path = f"{serving.url}/api/batches/{batch}/events"
    with suppress(httpx.TransportError), httpx.stream("GET", path, headers=headers, timeout=60) as answer:
        yield from answer.iter_lines()


def is_refused(url: str) -> bool:
    address = urlsplit(url)
    try:
        socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False
