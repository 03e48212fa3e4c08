"""How a station stands: kept by the running program in its spool, for its own line and for whoever asks."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from station.durable import is_held
from station.texts import text

LARGEST_SKEW = 30.0  # seconds by which a clock may be off before people are told


@dataclass(slots=True)
class Status:
    """Counts since the program began, and what is so now. `state` is a key of the texts."""

    state: str = "starting"  # connected, offline, turned_away, folder_gone, disk
    code: str = ""  # of the refusal, when turned away
    writing: int = 0
    waiting: int = 0
    batch: str = ""  # that is being sent
    batch_done: int = 0
    batch_total: int = 0
    sent: int = 0
    refused: int = 0
    duplicates: int = 0
    held: int = 0  # batches that the service does not take
    held_code: str = ""
    clock_skew_seconds: float | None = None
    at: float = 0.0  # when this was written, in seconds since 1970
    process: int = 0

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to do anything."""
        return self.state == "connected" and not self.held

    def line(self, language: str) -> str:
        """All of it for a person, in one line."""
        parts = [text(self.state, language, code=self.code)]
        for key in ("writing", "waiting"):
            if count := getattr(self, key):
                parts.append(text(key, language, n=count))
        if self.batch:
            counts = {"done": self.batch_done, "total": self.batch_total}
            parts.append(text("sending", language, batch=self.batch[:8], **counts))
        for key in ("sent", "refused", "duplicates"):
            if count := getattr(self, key):
                parts.append(text(key, language, n=count))
        if self.held:
            parts.append(text("held", language, n=self.held, code=self.held_code))
        if abs(self.clock_skew_seconds or 0.0) > LARGEST_SKEW:
            parts.append(text("skew", language, n=round(self.clock_skew_seconds or 0.0)))
        return " · ".join(parts)


def write_status(spool: Path, status: Status) -> None:
    """Leave the status for others; it need not survive a crash."""
    status.at, status.process = time.time(), os.getpid()
    part = spool / f".status.{status.process}"
    part.write_text(json.dumps(asdict(status)))
    part.replace(spool / "status.json")


def read_status(spool: Path) -> Status | None:
    """The status of the program that runs on this spool; None when none does."""
    if not is_held(spool):
        return None
    try:
        told: dict[str, Any] = json.loads((spool / "status.json").read_text())
        return Status(**told)
    except (OSError, ValueError, TypeError):
        return Status()  # it has just begun
