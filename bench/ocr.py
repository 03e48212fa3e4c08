"""How well and at what cost the engines read: `bench ocr --set DIR` or `--seeds A:B`, `--half tune` or `--half grade`.

For each engine: CER, WER and words missed whatever their order (case and marks count, NFC, blanks folded), CPU
seconds a page (user + system, child processes included), wall seconds, the peak of memory of its process, and its
worst pages. Every engine runs in a process of its own on one core, all of them page by page on the same pages.
`ocrmypdf` stands for the program of that name when it is installed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.table import Table

from bench.papers import GRADED_FROM, HALVES, Paper, samples, scans
from bench.text_distance import Distance, distance
from ocr.engines import make_engine

Read = Callable[[Paper], str]


@dataclass(frozen=True, slots=True)
class PageResult:
    name: str
    kind: str
    distance: Distance
    cpu: float  # seconds
    wall: float  # seconds


@dataclass(frozen=True, slots=True)
class EngineResult:
    engine: str
    pages: list[PageResult]
    peak_rss_mb: int

    def total(self, kind: str | None = None) -> Distance:
        return sum((p.distance for p in self.pages if kind in (None, p.kind)), Distance())


def reader(engine: str) -> Read:
    """A function from a page to its text."""
    if engine == "ocrmypdf":
        return _ocrmypdf
    made = make_engine(engine)
    return lambda paper: made.read(paper.image, dpi=paper.dpi).text


def _ocrmypdf(paper: Paper) -> str:
    with tempfile.TemporaryDirectory() as folder:
        page, text = Path(folder) / "page.png", Path(folder) / "page.txt"
        Image.fromarray(paper.image).save(page, dpi=(paper.dpi or 200, paper.dpi or 200))
        options = (
            "-l vie --jobs 1 --rotate-pages --rotate-pages-threshold 3 --deskew --output-type pdfa "
            "--pdfa-backend internal --quiet"
        )
        made = ["--image-dpi", str(paper.dpi or 200), "--sidecar", str(text), str(page), f"{folder}/page.pdf"]
        subprocess.run(["ocrmypdf", *options.split(), *made], check=True, capture_output=True)
        return text.read_text(encoding="utf-8")


def cpu_seconds() -> float:
    """User and system time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


_readers: dict[str, Read] = {}  # of the process that reads: one engine each


def read_page(engine: str, paper: Paper) -> tuple[PageResult, int]:
    """Reads one page in this process; also its peak of memory in MB. The engine's first page is read twice, so that
    loading models is not counted."""
    if engine not in _readers:
        _readers[engine] = reader(engine)
        _readers[engine](paper)
    cpu, wall = cpu_seconds(), time.perf_counter()
    text = _readers[engine](paper)
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    return PageResult(paper.name, paper.kind, distance(paper.text, text), cpu, wall), peak_mb()


def peak_mb() -> int:
    """The peak of this process's resident memory; unlike ru_maxrss, a new program does not inherit its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def measure(engines: Sequence[str], pages: Iterable[Paper]) -> list[EngineResult]:
    """Every page by every engine, each in a process of its own; pages are made in this one."""
    spawning = multiprocessing.get_context("spawn")
    found: dict[str, list[tuple[PageResult, int]]] = {engine: [] for engine in engines}
    with ExitStack() as stack:
        alone = {
            engine: stack.enter_context(ProcessPoolExecutor(1, mp_context=spawning)) for engine in engines
        }
        for paper in pages:
            for engine in engines:
                found[engine].append(alone[engine].submit(read_page, engine, paper).result())
    return [
        EngineResult(engine, [page for page, _ in read], max((peak for _, peak in read), default=0))
        for engine, read in found.items()
    ]


def papers(folder: str | None, seeds: str | None, half: str | None) -> Iterator[Paper]:
    """Scans of a folder, generated papers, or both; with neither, the generated papers of `half`.

    Raises `ValueError` for seeds of the other half than is asked for.
    """
    if folder:
        yield from scans(Path(folder), half)
    if seeds or not folder:
        first, last = (int(part) for part in seeds.split(":")) if seeds else HALVES[half or "grade"]
        if (half == "tune" and last > GRADED_FROM) or (half == "grade" and first < GRADED_FROM):
            raise ValueError(f"seeds {first}:{last} are not of the half {half}: it parts at {GRADED_FROM}")
        yield from samples(first, last)


def show(results: list[EngineResult]) -> None:
    table = Table(
        "engine", "pages", "CER %", "WER %", "missed %", "worst page CER %", "CPU s", "wall s", "RSS MB"
    )
    for result in results:
        total, count = result.total(), max(1, len(result.pages))
        table.add_row(
            result.engine,
            str(len(result.pages)),
            *(f"{100 * rate:.2f}" for rate in (total.cer, total.wer, total.missed)),
            f"{100 * max((p.distance.cer for p in result.pages if p.distance.letters), default=0):.1f}",
            f"{sum(p.cpu for p in result.pages) / count:.2f}",
            f"{sum(p.wall for p in result.pages) / count:.2f}",
            str(result.peak_rss_mb),
        )
    console = Console()
    console.print(table)
    kinds = Table("class of page", "pages", *(f"{r.engine} CER / WER %" for r in results))
    for kind in sorted({page.kind for page in results[0].pages}):
        totals = [result.total(kind) for result in results]
        count = sum(page.kind == kind for page in results[0].pages)
        kinds.add_row(kind, str(count), *(f"{100 * t.cer:.2f} / {100 * t.wer:.2f}" for t in totals))
    console.print(kinds)
    for result in results:
        console.print(f"worst pages of {result.engine}:")
        for page in worst(result):
            rates = page.distance
            console.print(
                f"  {page.name} ({page.kind}): CER {100 * rates.cer:.2f} %, WER {100 * rates.wer:.2f} %"
            )


def worst(result: EngineResult, count: int = 5) -> list[PageResult]:
    """The pages with the most letters to mend, the worst first."""
    ranked = sorted(result.pages, key=lambda page: -page.distance.letter_edits)
    return [page for page in ranked[:count] if page.distance.letter_edits]


def as_json(results: list[EngineResult]) -> str:
    rows = []
    for result in results:
        total = result.total()
        rates = {"cer": total.cer, "wer": total.wer, "missed": total.missed}
        rows.append({**asdict(result), **{key: round(rate, 5) for key, rate in rates.items()}})
    return json.dumps(rows, ensure_ascii=False, indent=1)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.ocr", description=__doc__)
    parser.add_argument("--set", dest="folder", help="folder of scans with sidecars that hold pages_text")
    parser.add_argument("--seeds", help=f"generated papers A:B; default without --set: {HALVES}")
    parser.add_argument("--half", choices=("tune", "grade"), help="only what is tuned on, or only graded on")
    parser.add_argument(
        "--engines", default="hybrid,fast,tesseract", help="with commas; ocrmypdf if installed"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    engines = given.engines.split(",")
    if "ocrmypdf" in engines and shutil.which("ocrmypdf") is None:
        print("ocrmypdf is not installed: left out", file=sys.stderr)
        engines.remove("ocrmypdf")
    results = measure(engines, papers(given.folder, given.seeds, given.half))
    if given.json:
        print(as_json(results))
    else:
        show(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
