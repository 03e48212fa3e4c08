"""A long day of an office whose service is killed again and again: two stations scan, a clerk confirms."""

from __future__ import annotations

import random
import shutil
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rich.progress import Progress

from bench.office import Office
from bench.service import Service
from samples import make_batch, make_dossiers
from samples.batch import SampleBatch
from samples.dossiers import as_csv
from station.client import Client, ServiceUnreachable, send_batch

CASES = 400  # dossiers that the office knows; the stations scan them in turn
CONFIRMED = 3  # of so many papers the clerk confirms one
FIRST_KILL, LAST_KILL = 0.05, 0.9  # of the way


@dataclass
class Scanned:
    """What the stations have scanned by now."""

    pages: int = 0
    files: int = 0
    batches: list[str] = field(default_factory=list)  # that the service has acknowledged
    repeats: int = 0  # how often a batch had to be sent again


class LongDay:
    """The day ends when `pages` pages were sent, everything is read, and the service was killed `kills` times.

    The same `seed` gives the same papers and the same moments, as shares of the way; what a kill hits is chance.
    """

    def __init__(self, service: Service, office: Office, *, pages: int, kills: int, seed: int) -> None:
        self.scanned = Scanned()
        self._service, self._office = service, office
        self._pages, self._seed = pages, seed
        self._cases = make_dossiers(seed, CASES)
        self._chance = random.Random(f"endurance/{seed}")
        self._moments = sorted(self._chance.uniform(FIRST_KILL, LAST_KILL) for _ in range(kills))
        self._lock = threading.Lock()
        self._over = threading.Event()

    def live(self, progress: Progress) -> None:
        """Let it pass. Raises what a station, the clerk or the service died of."""
        self._office.administrator.import_dossiers(as_csv(self._cases))
        with ThreadPoolExecutor(len(self._office.keys) + 1) as pool:
            clerk = pool.submit(self._confirm_now_and_then)
            stations = [pool.submit(self._scan, station) for station in range(len(self._office.keys))]
            try:
                self._watch(stations, progress)
            finally:
                self._over.set()
            for one in (*stations, clerk):
                one.result()

    # --- a station scans one dossier after the other, each as a batch ---

    def _scan(self, station: int) -> None:
        with Client(self._service.url, self._office.keys[station], tries=4) as client:
            for number in range(station, 10 * self._pages, len(self._office.keys)):
                with self._lock:
                    if self._over.is_set() or self.scanned.pages >= self._pages:
                        return
                made = make_batch(self._seed + number, [self._cases[number % CASES]])
                with self._lock:
                    self.scanned.pages += sum(len(file.pages) for file in made.files)
                    self.scanned.files += len(made.files)
                self._send(client, made)

    def _send(self, client: Client, made: SampleBatch) -> None:
        """Send the same batch again until the service says that it has everything, as a station does."""
        batch = str(uuid.uuid4())
        folder = Path(tempfile.mkdtemp(prefix="scan-", dir=self._service.folder))
        paths = [folder / file.name for file in made.files]
        for path, file in zip(paths, made.files, strict=True):
            path.write_bytes(file.data)
        while not self._over.is_set():
            try:
                sent = send_batch(client, paths, "hoa", batch=batch)
            except ServiceUnreachable:
                self.scanned.repeats += 1
                continue
            if sent.receipt is None or not sent.receipt["balanced"]:
                raise RuntimeError(f"a made paper was refused: {[error.code for _, error in sent.refused]}")
            self.scanned.batches.append(batch)
            break
        shutil.rmtree(folder)

    # --- a clerk confirms some of what waits ---

    def _confirm_now_and_then(self) -> None:
        while not self._over.wait(5):
            try:
                for record in self._office.clerk.waiting():
                    if int(record["id"][:4], 16) % CONFIRMED == 0:
                        self._office.clerk.confirm(record)
            except httpx.HTTPError:
                continue  # the service is away: a clerk tries again later

    # --- somebody pulls the plug ---

    def _watch(self, stations: list[Future[None]], progress: Progress) -> None:
        sending, reading = (
            progress.add_task(f"pages {what}", total=self._pages) for what in ("sent", "read")
        )
        while True:
            time.sleep(2)
            all_sent = all(station.done() for station in stations)
            read, unfinished = self._read()
            total = max(self._pages, self.scanned.pages)
            progress.update(sending, completed=self.scanned.pages, total=total)
            progress.update(reading, completed=read, total=total)
            if self._moments and (self.scanned.pages + read) / (2 * total) >= self._moments[0]:
                self._moments.pop(0)
                self._crash()
                progress.console.print(f"killed after {self.scanned.pages} pages sent and {read} read")
            elif all_sent and not unfinished and not self._moments:
                return

    def _crash(self) -> None:
        time.sleep(self._chance.uniform(0, 3))
        self._service.kill()
        time.sleep(self._chance.uniform(0, 5))
        self._service.start()

    def _read(self) -> tuple[int, int]:
        """How many pages are read, and how much is left for the pipeline."""
        counts, unfinished = Counter[str](), 0
        for batch in self._office.administrator.items("/api/batches"):
            counts.update(batch["progress"]["pages"])
            unfinished += batch["progress"]["unfinished"]
        return counts["recognised"] + counts["unreadable"], unfinished
