"""The program beside a scanner: one thread takes finished scans into the spool, another sends what is sealed."""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station.client import Client, ServiceRefused, ServiceUnreachable
from station.durable import sole
from station.spool import SealedBatch, Spool
from station.status import Status, write_status
from station.upload import send_sealed
from station.watch import Watcher

log = logging.getLogger(__name__)

HELLO_SECONDS = 30.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries while the service does not answer
HELD_SECONDS = 300.0  # until a batch that the service refused is tried again
_NO_LIMIT = 1 << 40


@dataclass(frozen=True, slots=True)
class Setup:
    """How a station is set up. Seconds: `settle`, a file at rest is finished; `idle`, a batch at rest is sealed."""

    watched: Path
    spool: Path
    operator: str
    language: str = "vi"
    settle: float = 3.0
    idle: float = 60.0
    poll: float = 1.0

    @property
    def refused(self) -> Path:
        return self.watched / "refused"


class Program:
    """Runs until it is told to stop. Nothing is lost when it is killed instead."""

    def __init__(
        self, setup: Setup, client: Client, say: Callable[[Status], None] = lambda status: None
    ) -> None:
        self._setup, self._client, self._say = setup, client, say
        self._spool = Spool(setup.spool)
        self._watcher = Watcher(
            setup.watched, settle_seconds=setup.settle, passed_over=(setup.spool, setup.refused)
        )
        self.status = Status()
        self._stop = threading.Event()
        self._something_sealed = threading.Event()
        self._held: dict[str, tuple[float, str]] = {}  # batches that were refused: until when, and why
        self._most_bytes = _NO_LIMIT
        self._next_hello = 0.0

    def stop(self) -> None:
        """Come to an end after the request in hand."""
        self._stop.set()
        self._something_sealed.set()

    def run(self) -> None:
        """Watch and send until told to stop. Raises AlreadyRunning."""
        with sole(self._setup.spool):
            self._spool.recover()
            sender = threading.Thread(target=self._send_all, daemon=True)
            sender.start()
            while not self._stop.is_set():
                self._look(self._setup.idle)
                self._tell()
                self._stop.wait(self._setup.poll)
            sender.join()
            self._tell()

    def run_once(self) -> bool:
        """Take in and send all that is there now; says whether the service has all of it. Raises AlreadyRunning."""
        with sole(self._setup.spool):
            self._spool.recover()
            self._look(self._setup.idle)
            while self._watcher.writing and not self._stop.wait(self._setup.poll):
                self._look(self._setup.idle)
            self._look(0.0)
            self._say_hello()
            self._send_sealed()
            self._tell()
            return not self._spool.waiting()

    # --- the scanner's side ---

    def _look(self, idle: float) -> None:
        try:
            found = self._watcher.finished()
        except OSError:
            self.status.state = "folder_gone"
            return
        try:
            for scan in found:
                self._take(scan.path, scan.group)
            if self._spool.seal(self._setup.operator, idle_seconds=idle):
                self._something_sealed.set()
        except OSError:
            self.status.state = "disk"
        self.status.writing = self._watcher.writing

    def _take(self, path: Path, group: str) -> None:
        try:
            other_disk = path.stat().st_dev != self._setup.spool.stat().st_dev
            if other_disk and self._spool.has_copy_of(path):
                path.unlink()
            else:
                self._spool.take(path, group)
        except FileNotFoundError:
            return  # it was taken away meanwhile
        except PermissionError:
            if os.name == "posix":
                raise  # on Windows it is held by another program: the next look tells

    # --- the service's side ---

    def _send_all(self) -> None:
        wait = FIRST_WAIT
        while not self._stop.is_set():
            try:
                self._say_hello()
                self._send_sealed()
                wait = FIRST_WAIT
                self._something_sealed.wait(HELLO_SECONDS / 10)
                self._something_sealed.clear()
            except ServiceUnreachable:
                self.status.state, self._next_hello = "offline", 0.0
                self._stop.wait(wait * random.uniform(0.7, 1.3))  # noqa: S311  (so that stations do not all come at once)
                wait = min(2 * wait, LONGEST_WAIT)
            except ServiceRefused as refusal:
                self.status.state, self.status.code = "turned_away", refusal.code
                self._stop.wait(LONGEST_WAIT)
            except OSError:
                self.status.state = "disk"
                self._stop.wait(LONGEST_WAIT)
            except Exception:  # a fault of our own must not end the sending unseen
                log.exception("sending_failed")
                self.status.state, self.status.code = "turned_away", "error"
                self._stop.wait(LONGEST_WAIT)

    def _say_hello(self) -> None:
        if time.monotonic() < self._next_hello:
            return
        told = self._client.hello()
        self._most_bytes = told["max_file_bytes"]
        self.status.clock_skew_seconds = told["clock_skew_seconds"]
        self.status.state, self.status.code = "connected", ""
        self._next_hello = time.monotonic() + HELLO_SECONDS

    def _send_sealed(self) -> None:
        for batch in self._spool.sealed():
            if self._stop.is_set():
                return
            if self._held.get(batch.id, (0.0, ""))[0] < time.monotonic():
                self._send(batch)
        now = time.monotonic()
        held = [code for until, code in self._held.values() if until >= now]
        self.status.held, self.status.held_code = len(held), held[0] if held else ""

    def _send(self, batch: SealedBatch) -> None:
        status = self.status
        status.batch, status.batch_done, status.batch_total = batch.id, 0, len(batch.files)
        try:
            sent = send_sealed(
                self._client,
                self._spool,
                batch,
                refused_folder=self._setup.refused,
                language=self._setup.language,
                most_bytes=self._most_bytes,
                on_file=self._note_progress,
            )
        except ServiceRefused as refusal:
            if refusal.status in (401, 403):
                raise  # it is about the station, so all batches wait
            self._held[batch.id] = (time.monotonic() + HELD_SECONDS, refusal.code)
            return
        finally:
            status.batch = ""
        self._held.pop(batch.id, None)
        status.state = "connected"
        status.sent += sent.received
        status.refused += sent.refused
        status.duplicates += sent.duplicates

    def _note_progress(self, done: int) -> None:
        self.status.batch_done = done

    def _tell(self) -> None:
        self.status.waiting = self._spool.waiting()
        write_status(self._setup.spool, self.status)
        self._say(self.status)
