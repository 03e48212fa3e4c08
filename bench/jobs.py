"""What `sohoa ocr` does with a batch: `bench jobs --seeds A:B --pages 60 --jobs 1,2 [--one-file]`.

Generated papers become PDFs of JPEG scans, a file each or all in one. For each number of jobs the command runs as a
user runs it, with decoding, quality, fields, ALTO and PDF/A: pages a second, CPU seconds a page, the most memory of
a reader in each quarter of the run (does it grow?) and of all processes together (PSS: shared pages count once).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
from PIL import Image
from rich.console import Console
from rich.table import Table

from bench.memory import proportional
from bench.service import family

MIB = 1024 * 1024
JPEG_QUALITY = 85
WATCH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    jobs: int
    pages: int
    failed: int
    wall: float  # seconds, models loaded and all
    cpu: float  # seconds, of all processes
    readers: tuple[int, ...]  # MB: the most that one process held in each quarter of the run
    together: int  # MB: the most that all held at one time


def files_of(seeds: range, pages: int, folder: Path, *, one_file: bool) -> list[Path]:
    """PDFs of the papers of these seeds, with no more than so many pages in all."""
    import samples

    batch, found, left = pikepdf.new(), [], pages
    for seed in seeds:
        images = samples.make_document(seed).pages[:left]
        left -= len(images)
        paper = pikepdf.new()
        for image in images:
            with pikepdf.open(BytesIO(_scanned(image))) as page:
                (batch if one_file else paper).pages.extend(page.pages)
        if images and not one_file:
            found.append(folder / f"{seed}.pdf")
            paper.save(found[-1])
    if one_file:
        found = [folder / "batch.pdf"]
        batch.save(found[0])
    return found


def _scanned(image: Image.Image) -> bytes:
    file = BytesIO()
    gray = image.convert("L") if image.mode == "1" else image
    gray.save(file, "PDF", resolution=image.info["dpi"][0], quality=JPEG_QUALITY)
    return file.getvalue()


def measured(files: Sequence[Path], jobs: int, options: Sequence[str], out: Path) -> Run:
    """One run of the command over these files."""
    command = [sys.executable, "-m", "cli", "ocr", *map(str, files), "--out", str(out), "--jobs", str(jobs)]
    seen: list[tuple[int, int]] = []  # bytes of the largest process and of all, at each look
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([*command, "--json", *options], stdout=said)
        while True:
            done, status, used = os.wait4(process.pid, os.WNOHANG)
            if done:
                process.returncode = os.waitstatus_to_exitcode(status)
                break
            held = [proportional(pid) for pid in family(process.pid)]
            seen.append((max(held, default=0), sum(held)))
            time.sleep(WATCH_SECONDS)
        wall = time.perf_counter() - began
        said.seek(0)
        told = [json.loads(line) for line in said]
    pages = sum(one["pages"] for one in told)
    return Run(
        jobs,
        pages,
        sum(one["error"] is not None for one in told),
        wall,
        used.ru_utime + used.ru_stime,
        tuple(max(one for one, _ in part) // MIB for part in quarters(seen)),
        max(total for _, total in seen) // MIB,
    )


def quarters(seen: Sequence[tuple[int, int]]) -> list[Sequence[tuple[int, int]]]:
    """What was seen in four parts of about the same length; fewer where there is less.

    >>> quarters([(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)])
    [[(1, 1)], [(2, 2)], [(3, 3)], [(4, 4), (5, 5)]]
    """
    bounds = [len(seen) * part // 4 for part in range(5)]
    return [seen[low:high] for low, high in pairwise(bounds) if low < high]


def shown(runs: Sequence[Run]) -> Table:
    table = Table(
        "jobs",
        "pages",
        "failed",
        "wall s",
        "pages/s",
        "CPU s a page",
        "MB a reader, by quarters",
        "MB in all",
    )
    for run in runs:
        pages = max(1, run.pages)
        figures = (f"{run.wall:.1f}", f"{run.pages / run.wall:.2f}", f"{run.cpu / pages:.2f}")
        held = " ".join(map(str, run.readers))
        table.add_row(str(run.jobs), str(run.pages), str(run.failed), *figures, held, str(run.together))
    return table


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.jobs", description=__doc__)
    parser.add_argument("--seeds", default="9018:9070", help="papers A:B")
    parser.add_argument("--pages", type=int, default=60, help="no more than so many in all")
    parser.add_argument("--jobs", default="1,2", help="with commas")
    parser.add_argument("--one-file", action="store_true", help="all pages in one PDF")
    parser.add_argument("--engine", default="hybrid")
    parser.add_argument("--profile", default="master")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    first, last = (int(part) for part in given.seeds.split(":"))
    options = ["--engine", given.engine, "--profile", given.profile]
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as scratch:
        folder = Path(scratch)
        files = files_of(range(first, last), given.pages, folder, one_file=given.one_file)
        runs = [
            measured(files, int(jobs), options, folder / f"read-{jobs}") for jobs in given.jobs.split(",")
        ]
    if given.json:
        print(json.dumps([asdict(run) for run in runs], indent=1))
    else:
        Console().print(shown(runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
