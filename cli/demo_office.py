"""The demonstration's office: a service of its own on embedded defaults, with accounts that it makes itself."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import httpx
from rich.console import Console

from config.settings import load_settings

MARK = ".sohoa-demo"  # only a folder with this file is ever cleared
PATIENCE = 900.0  # seconds for the pages of a demonstration on a slow machine
_LINK = re.compile(r"(http\S+)/setup/(\S+)")


@dataclass(frozen=True)
class Account:
    role: str
    name: str
    password: str


class Caller:
    """A person of the demonstration, signed in through the API."""

    def __init__(self, url: str, account: Account) -> None:
        self._http = httpx.Client(base_url=url, timeout=60)
        session = self.call("POST", "/api/session", json={"name": account.name, "password": account.password})
        self._http.headers["Authorization"] = f"Bearer {session['token']}"
        self._http.cookies.clear()

    def call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        answer = self._http.request(method, path, **options)
        answer.raise_for_status()
        return dict(answer.json()) if answer.content else {}

    def close(self) -> None:
        self._http.close()

    def download(self, path: str) -> bytes:
        answer = self._http.get(path)
        answer.raise_for_status()
        return answer.content

    def items(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All items of a list, page after page."""
        after: str | None = None
        while True:
            found = self.call(
                "GET", path, params={**query, "limit": 100} | ({"after": after} if after else {})
            )
            yield from found["items"]
            after = found["next"]
            if after is None:
                return


class Administrator(Caller):
    def import_dossiers(self, csv: bytes) -> dict[str, Any]:
        return self.call("POST", "/api/dossiers/import", content=csv)

    def add_station(self, name: str, unit: str) -> str:
        return str(self.call("POST", "/api/stations", json={"name": name, "unit": unit})["key"])

    def add_staff(self, account: Account) -> None:
        body = {"name": account.name, "password": account.password, "role": account.role, "everywhere": True}
        self.call("POST", "/api/staff", json=body)


class Clerk(Caller):
    """Confirms what the machine proposes, as it stands."""

    def __init__(self, url: str, account: Account) -> None:
        super().__init__(url, account)
        kinds = self.call("GET", "/api/document-types")["items"]
        self._roles = {kind["code"]: kind["role"] for kind in kinds}

    def waiting(self) -> list[dict[str, Any]]:
        """Papers that wait for a person."""
        return list(self.items("/api/records", state="classified"))

    def confirm(self, summary: dict[str, Any]) -> None:
        path = f"/api/records/{summary['id']}"
        record = self.call("GET", path)
        role = "result" if self._roles.get(record["document_type"]) == "result" else "component"
        body = {
            "document_type": record["document_type"],
            "fields": {field["name"]: field["value"] for field in record["fields"]},
            "dossier": {"code": record["dossier"], "role": role},
        }
        self.call("PUT", f"{path}/confirmation", json=body, headers={"If-Match": f'"{record["version"]}"'})

    def filing(self, count: int) -> Iterator[int]:
        """How many are filed, until all are."""
        ends = time.monotonic() + PATIENCE
        done = 0
        while done < count and time.monotonic() < ends:
            done = sum(1 for _ in self.items("/api/records", state="filed"))
            yield done
            time.sleep(0.3)


class Auditor(Caller):
    def coverage(self, first: date, last: date) -> list[dict[str, Any]]:
        query = {"from": first.isoformat(), "to": last.isoformat(), "by": "unit"}
        return list(self.call("GET", "/api/coverage", params=query)["rows"])


@dataclass(frozen=True)
class DemoOffice:
    """A running service and the people in it."""

    url: str
    folder: Path
    process: subprocess.Popen[str]
    accounts: tuple[Account, ...]
    admin: Administrator
    clerk: Clerk
    auditor: Auditor

    def follow(self, batches: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each batch's progress, until the pipeline has nothing left to do."""
        ends, open_batches = time.monotonic() + PATIENCE, list(batches)
        while open_batches and time.monotonic() < ends:
            for batch in list(open_batches):
                seen = self.admin.call("GET", f"/api/batches/{batch}")
                yield batch, seen
                if seen["state"] not in ("open", "processing"):
                    open_batches.remove(batch)
            time.sleep(0.5)

    def wait(self) -> None:
        self.process.wait()


@contextmanager
def started_service(port: int, console: Console) -> Iterator[DemoOffice]:
    """Serve a fresh office from a folder of its own; it is stopped, and its data kept, at the end."""
    folder = _fresh_folder()
    port = _free_port(port)
    environment = os.environ | {
        "SOHOA_DATA_DIR": str(folder),
        "SOHOA_DATABASE_URL": "",
        "SOHOA_OBJECTS_URL": "",
        "SOHOA_BROKER_URL": "memory://",
        "SOHOA_PUBLIC_URL": "",
        "SOHOA_PORT": str(port),
        "OMP_THREAD_LIMIT": "1",
        "PYTHONUNBUFFERED": "1",
    }
    log = folder / "serve.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", "serve"],
            env=environment, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
    try:
        console.print(f"service starting on port {port}, its log: {log}", highlight=False)
        yield _furnished(process, folder)
    finally:
        process.terminate()
        process.wait(timeout=40)


def _furnished(process: subprocess.Popen[str], folder: Path) -> DemoOffice:
    url, token = _set_up_link(process)
    chief = Account("administrator", "quan.tri", secrets.token_urlsafe(9))
    people = tuple(
        Account(role, name, secrets.token_urlsafe(9))
        for role, name in (("clerk", "can.bo"), ("auditor", "kiem.tra"), ("operator", "van.hanh"))
    )
    httpx.post(
        f"{url}/api/setup/{token}", json={"name": chief.name, "password": chief.password}, timeout=60
    ).raise_for_status()
    admin = Administrator(url, chief)
    for person in people:
        admin.add_staff(person)
    clerk, auditor = Clerk(url, people[0]), Auditor(url, people[1])
    return DemoOffice(url, folder, process, (*people, chief), admin, clerk, auditor)


def _set_up_link(process: subprocess.Popen[str]) -> tuple[str, str]:
    assert process.stdout is not None
    for line in process.stdout:
        found = _LINK.search(line)
        if found:
            return found[1], found[2]
    raise click.ClickException("the service did not start; see its log")


def _fresh_folder() -> Path:
    """An empty folder for the demonstration; an earlier one's data is cleared, anything else is left alone."""
    folder = load_settings().data_dir / "demo"
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise click.ClickException(f"{folder} holds something else than a demonstration; move it away")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    return folder


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
