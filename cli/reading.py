"""`ocr`: read files without the service."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.shared import FAILED, json_line, settings_of

if TYPE_CHECKING:
    from config.settings import Settings
    from config.wiring import Reader

Job = tuple[Path, str]
SUFFIXES = (".txt", ".pdf", ".json", ".alto.xml")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for what was read."
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Files read at the same time; default one a core.")
@click.option(
    "--engine", type=click.Choice(["auto", "hybrid", "fast", "tesseract"]), help="Which engine reads."
)
@click.option("--profile", type=click.Choice(["master", "access"]), help="Every pixel, or a small copy.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file on stdout.")
def ocr(
    files: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    engine: str | None,
    profile: str | None,
    as_json: bool,
) -> None:
    """Read FILES (PDF, TIFF, JPEG, PNG) into OUT: NAME.txt, NAME.pdf (PDF/A), NAME.json and NAME.alto.xml.

    Status 0: all read; 1: some failed, each with its typed error in its NAME.json; 2: wrong usage.
    """
    settings = settings_of(ocr_engine=engine, archival_profile=profile)
    work = list(zip(files, names_for(files), strict=True))
    spare_originals(work, out)
    out.mkdir(parents=True, exist_ok=True)
    failed = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True, quiet=as_json)
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("reading", total=len(work))
        for document in read_all(settings, work, out, min(jobs or os.cpu_count() or 1, len(work))):
            progress.advance(task)
            failed += document["error"] is not None
            if as_json:
                json_line(document)
            elif document["error"] is not None:
                console.print(f"{document['source']}: {document['error']['message']}", markup=False)
    sys.exit(FAILED if failed else 0)


def names_for(files: Sequence[Path]) -> list[str]:
    """The NAME of each file's results: its stem, or its whole name where two stems are the same.

    >>> names_for([Path("a.pdf"), Path("b.pdf"), Path("b.jpg")])
    ['a', 'b.pdf', 'b.jpg']
    """
    stems = Counter(file.stem for file in files)
    seen: Counter[str] = Counter()
    names = []
    for file in files:
        name = file.stem if stems[file.stem] == 1 else file.name
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def spare_originals(work: Sequence[Job], out: Path) -> None:
    """Refuse to write what was read over a file that is to be read; raises click.UsageError."""
    originals = {path.resolve(): path for path, _ in work}
    for _, name in work:
        for suffix in SUFFIXES:
            original = originals.get((out / f"{name}{suffix}").resolve())
            if original is not None:
                raise click.UsageError(f"{original} would be overwritten; choose another folder for --out")


def read_all(settings: Settings, work: Sequence[Job], out: Path, jobs: int) -> Iterator[dict[str, Any]]:
    """Read each file in one of `jobs` processes; a process that dies fails its own file and no other."""
    waiting: SimpleQueue[Job] = SimpleQueue()
    for job in work:
        waiting.put(job)
    done: SimpleQueue[dict[str, Any]] = SimpleQueue()
    for _ in range(jobs):
        Thread(target=_lane, args=(settings, waiting, out, done), daemon=True).start()
    for _ in work:
        yield done.get()


def _lane(
    settings: Settings,
    waiting: SimpleQueue[Job],
    out: Path,
    done: SimpleQueue[dict[str, Any]],
) -> None:
    pool = _one_process(settings)
    while True:
        try:
            path, name = waiting.get_nowait()
        except Empty:
            pool.shutdown()
            return
        future: Future[dict[str, Any]] = pool.submit(_read, path, out, name)
        try:
            done.put(future.result())
        except BrokenProcessPool:
            pool = _one_process(settings)
            done.put(_died(path, out, name))
        except Exception as error:
            done.put(_broke(path, out, name, error))


def _one_process(settings: Settings) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_start, initargs=(settings,))


_reader: Reader | None = None


def _start(settings: Settings) -> None:
    """In the child: what reading needs, once for all its files."""
    global _reader
    os.environ["OMP_THREAD_LIMIT"] = "1"  # before the OCR engine is loaded: parallelism is by file
    from config.logging import set_up_logging
    from config.wiring import build_reader

    set_up_logging("ERROR", "text")
    _reader = build_reader(settings)


def _read(path: Path, out: Path, name: str) -> dict[str, Any]:
    from workers.local import read_file

    assert _reader is not None
    return read_file(_reader, path, out, name).document


def _broke(path: Path, out: Path, name: str, error: Exception) -> dict[str, Any]:
    """A fault of our own costs this file and no other; what it was is told without what the file says."""
    from records.errors import SohoaError
    from workers.local import write_failure

    return write_failure(path, out, name, SohoaError(f"sohoa failed on this file: {type(error).__name__}"))


def _died(path: Path, out: Path, name: str) -> dict[str, Any]:
    from records.errors import RecognitionFailed
    from workers.local import write_failure

    return write_failure(path, out, name, RecognitionFailed("the reader died on this file"))
