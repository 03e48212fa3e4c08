"""The memory of a process and all that it starts, watched from outside while it lives."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from bench.service import family

KIB = 1024


class MemoryWatch:
    """Notes the largest memory of a family of processes: shared pages are counted once (PSS, not RSS)."""

    def __init__(self, head: Callable[[], int | None], every: float = 1.0) -> None:
        """`head` tells the process id at the moment, or None while there is none."""
        self.peak = 0  # bytes
        self._head, self._every = head, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory", daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            head = self._head()
            if head is not None:
                self.peak = max(self.peak, sum(map(proportional, family(head))))


def proportional(pid: int) -> int:
    """The memory of one process in bytes, its share of what is shared (PSS); 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it is gone
        return 0
    return next((int(line.split()[1]) * KIB for line in lines if line.startswith("Pss:")), 0)
