"""When each station was last noted as seen, so that a busy one does not write a row for every request."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from records.ids import StationId

EVERY = timedelta(seconds=30)


class Sightings:
    """Remembers in memory; every process notes for itself. Safe to share between threads."""

    def __init__(self, every: timedelta = EVERY) -> None:
        self._every = every
        self._noted: dict[StationId, datetime] = {}
        self._lock = threading.Lock()

    def is_due(self, station: StationId, now: datetime) -> bool:
        """Whether to note the station now; says yes once in a while."""
        with self._lock:
            last = self._noted.get(station)
            if last is not None and now - last < self._every:
                return False
            self._noted[station] = now
            return True
