"""Whether a service that is killed again and again loses or doubles a page: `bench endurance [--pages N] [--kills K]`.

Two stations send made papers in many batches to a service on embedded defaults, and repeat what was not answered; a
clerk confirms every third paper. The service and all that it started are killed with SIGKILL at random moments and
started again over the same data. In the end the pages that went in are compared with those that came out, and every
object with its SHA-256. The status is 1 when anything was lost or doubled.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.long_day import LongDay, Scanned
from bench.memory import MemoryWatch
from bench.office import Balance, balance, furnished
from bench.service import Service, done_twice
from ocr.engines import ENGINE_NAMES

COLUMNS = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
AT_REST = {"classified", "cover", "filed"}  # the states of a record that the pipeline has done with


@dataclass(frozen=True)
class Outcome:
    """What a day came to."""

    scanned: Scanned
    balance: Balance
    objects: dict[str, Any]  # as `sohoa audit objects --json` says it
    chain: dict[str, Any]
    done_twice: int  # steps that the log says were done more than once
    kills: int
    seconds: float
    peak_bytes: int

    @property
    def faults(self) -> list[str]:
        """What was lost or doubled, in words."""
        seen = self.balance
        out = seen.pages["recognised"] + seen.pages["unreadable"]
        checks = (
            (out == self.scanned.pages == seen.pages.total(), f"{self.scanned.pages} pages in, {out} out"),
            (seen.files.total() == self.scanned.files, f"{self.scanned.files} files in, {seen.files} out"),
            (not seen.doubled, f"{len(seen.doubled)} pages are in two records"),
            (not seen.homeless, f"{len(seen.homeless)} pages are in no record"),
            (set(seen.records) <= AT_REST, f"records are left undone: {dict(seen.records)}"),
            (self.objects["whole"], "objects are missing or damaged"),
            (self.chain["intact"], "the audit trail is broken"),
            (not self.done_twice, f"{self.done_twice} steps were done twice"),
        )
        return [fault for good, fault in checks if not good]

    def as_dict(self) -> dict[str, Any]:
        return {
            "pages in": self.scanned.pages,
            "pages read": self.balance.pages["recognised"],
            "pages parked": self.balance.pages["unreadable"],
            "pages doubled": len(self.balance.doubled),
            "pages in no record": len(self.balance.homeless),
            "steps done twice": self.done_twice,
            "files": self.scanned.files,
            "batches": len(self.scanned.batches),
            "batches sent again": self.scanned.repeats,
            "records": dict(sorted(self.balance.records.items())),
            "objects": self.objects["objects"],
            "objects missing": self.objects["missing"],
            "objects damaged": self.objects["damaged"],
            "objects that no row names": self.objects["orphans"],
            "audit trail intact": self.chain["intact"],
            "kills": self.kills,
            "seconds": round(self.seconds),
            "pages a minute": round(60 * self.scanned.pages / self.seconds, 1),
            "peak memory, MB": round(self.peak_bytes / 1e6),
            "faults": self.faults,
        }


def measured(folder: Path, *, pages: int, kills: int, seed: int, engine: str, console: Console) -> Outcome:
    """Let an office in this empty folder live through a day with so many kills."""
    service = Service(folder, {"SOHOA_OCR_ENGINE": engine})
    began = time.monotonic()
    try:
        service.start()
        with (
            furnished(service) as office,
            MemoryWatch(lambda: service.program.pid if service.program else None) as memory,
            Progress(*COLUMNS, console=console) as progress,
        ):
            day = LongDay(service, office, pages=pages, kills=kills, seed=seed)
            day.live(progress)
            seconds = time.monotonic() - began
            seen = balance(office, day.scanned.batches)
    finally:
        service.stop()
    chain, objects = _audit(service)
    return Outcome(
        day.scanned, seen, objects, chain, len(done_twice(service.log)), kills, seconds, memory.peak
    )


def _audit(service: Service) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the service's own check of its data says."""
    command = [sys.executable, "-m", "cli", "audit", "--json"]
    done = subprocess.run(command, env=service.environment, capture_output=True, text=True, check=False)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    chain, objects = (next(one for one in said if one.get("check") == name) for name in ("chain", "objects"))
    return chain, objects


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="bench endurance", description=__doc__)
    parser.add_argument("--pages", type=int, default=500, help="pages that are sent (default 500)")
    parser.add_argument("--kills", type=int, default=3, help="how often the service is killed (default 3)")
    parser.add_argument("--seed", type=int, default=1, help="of the papers and of the moments")
    parser.add_argument("--engine", choices=ENGINE_NAMES, default="auto", help="which engine reads")
    parser.add_argument(
        "--folder", type=Path, help="an empty folder to keep data and log in; else none is kept"
    )
    parser.add_argument("--json", action="store_true", help="the outcome as one JSON line")
    options = parser.parse_args(argv)
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="sohoa-endurance-") as passing:
        outcome = measured(
            options.folder or Path(passing),
            pages=options.pages,
            kills=options.kills,
            seed=options.seed,
            engine=options.engine,
            console=console,
        )
    if options.json:
        print(json.dumps(outcome.as_dict(), ensure_ascii=False))
    else:
        Console().print(_table(outcome))
    return 1 if outcome.faults else 0


def _table(outcome: Outcome) -> Table:
    table = Table(title="a service that is killed again and again", show_header=False)
    for name, value in outcome.as_dict().items():
        table.add_row(name, _words(value))
    return table


def _words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{count} {name}" for name, count in value.items())
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "none"
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
