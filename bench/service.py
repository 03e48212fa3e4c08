"""A service of its own, as the processes that an office runs: for measuring it, and for crashing it on purpose."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx

START_SECONDS = 120.0
_LINK = re.compile(r"http\S+/setup/(\S+)")


class ServiceFailed(RuntimeError):
    """A process ended or stayed silent; the message holds the end of its log."""


class Program:
    """One `sohoa` command as a process group of its own, which writes to a log."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str], log: Path) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cli", *arguments],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL to it and to everything that it started, at once: what a power cut is."""
        for pid in family(self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(timeout=60)

    def stop(self) -> None:
        """Ask it to end, as a supervisor does; raises ServiceFailed when it does not within a minute."""
        if not self.alive:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServiceFailed(f"it did not end when told to\n{self.log_end()}") from None

    def log_end(self) -> str:
        return self._log.read_text(errors="replace")[-3000:]


class Service:
    """A `sohoa serve` on the loopback that can be killed and started again over the same data.

    `settings` are environment variables (SOHOA_…) beside the data folder and the port; no other setting of the
    caller's environment reaches it.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            **_without_settings(),
            "SOHOA_DATA_DIR": str(folder / "data"),
            "SOHOA_PORT": str(port),
            "SOHOA_CONFIG": os.devnull,
            "OMP_THREAD_LIMIT": "1",
            "PYTHONUNBUFFERED": "1",
            **(settings or {}),
        }
        self.log = folder / "serve.log"
        self.program: Program | None = None

    def start(self) -> None:
        """Start it and wait until it is ready; raises ServiceFailed."""
        self.program = Program(("serve",), self.environment, self.log)
        self._wait(lambda: httpx.get(f"{self.url}/ready", timeout=10).is_success, "it is not ready")

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        assert self.program is not None
        self.program.kill()

    def stop(self) -> None:
        """End it in good order."""
        if self.program is not None:
            self.program.stop()

    def set_up_token(self) -> str:
        """What is in the one-time link that it prints while there is no account."""
        found: list[str] = []

        def look() -> bool:
            found[:] = _LINK.findall(self.log.read_text(errors="replace"))
            return bool(found)

        self._wait(look, "it printed no set-up link")
        return found[-1]

    def _wait(self, holds: Callable[[], bool], complaint: str) -> None:
        assert self.program is not None
        ends = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(httpx.TransportError):
                if holds():
                    return
            if not self.program.alive or time.monotonic() > ends:
                raise ServiceFailed(f"{complaint}\n{self.program.log_end()}")
            time.sleep(0.05)


def done_twice(*logs: Path) -> dict[tuple[str, str], int]:
    """Steps that these logs say were done more than once, and how often."""
    done = Counter[tuple[str, str]]()
    for log in logs:
        with log.open(encoding="utf-8") as lines:
            for line in lines:
                if '"event": "step_done"' in line:
                    entry = json.loads(line)
                    done[entry["step"], entry["key"]] += 1
    return {step: times for step, times in done.items() if times > 1}


def family(pid: int) -> list[int]:
    """A process and all that descend from it, parents first."""
    return [pid, *(below for child in _children(pid) for below in family(child))]


def _children(pid: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():  # a child belongs to the thread that started it
            yield from map(int, (task / "children").read_text().split())


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SOHOA_")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
