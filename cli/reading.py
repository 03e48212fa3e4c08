"""`ocr`: read files without the service."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.lanes import Job, Lanes
from cli.shared import FAILED, json_line, settings_of
from workers.results import LONGEST_NAME, SUFFIXES, shown_name

INTERRUPTED = 128 + signal.SIGINT


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

    What an earlier run left there under the same NAME is replaced. A name that begins with a dash comes after --.

    Status 0: all read; 1: some failed, each with its typed error in its NAME.json; 2: wrong usage; 130: interrupted.
    """
    settings = settings_of(ocr_engine=engine, archival_profile=profile)
    work = list(zip(files, names_for(files), strict=True))
    spare_originals(work, out)
    make_ready(out)
    failed = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True, quiet=as_json, soft_wrap=True)
    lanes = Lanes(settings, work, out, min(jobs or os.cpu_count() or 1, len(work)))
    with interruptible(), lanes as documents, Progress(*columns, console=console) as progress:
        task = progress.add_task("reading", total=len(work))
        for document in documents:
            progress.advance(task)
            failed += document["error"] is not None
            if as_json:
                json_line(document)
            elif document["error"] is not None:
                console.print(f"{document['source']}: {document['error']['message']}", markup=False)
    sys.exit(FAILED if failed else 0)


def names_for(files: Sequence[Path]) -> list[str]:
    """The NAME of each file's results: its stem, or its whole name where two stems are the same.

    >>> names_for([Path("a.pdf"), Path("b.pdf"), Path("b.jpg"), Path("old/b.jpg"), Path("b.jpg-2.png")])
    ['a', 'b.pdf', 'b.jpg', 'b.jpg-2', 'b.jpg-2-2']
    """
    stems = Counter(file.stem for file in files)
    taken: dict[str, None] = {}  # a set that keeps its order
    for file in files:
        name = _short(file.stem if stems[file.stem] == 1 else file.name)
        numbered = (f"{name}-{number}" for number in count(2))
        taken[name if name not in taken else next(other for other in numbered if other not in taken)] = None
    return list(taken)


def _short(name: str) -> str:
    """As much of a name as leaves room for what follows it in the name of a file."""
    if len(os.fsencode(name)) <= LONGEST_NAME:
        return name
    return os.fsencode(name)[:LONGEST_NAME].decode("utf-8", "ignore")


def spare_originals(work: Sequence[Job], out: Path) -> None:
    """Refuse to write what was read over a file that is to be read; raises click.UsageError."""
    originals = {path.resolve(): path for path, _ in work}
    for _, name in work:
        for suffix in SUFFIXES:
            original = originals.get((out / f"{name}{suffix}").resolve())
            if original is not None:
                shown = shown_name(original)
                raise click.UsageError(f"{shown} would be overwritten; choose another folder for --out")


def make_ready(out: Path) -> None:
    """Make the folder of the results, and see that files can be written there; raises click.UsageError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    except OSError as why:
        raise click.UsageError(f"nothing can be written into --out {out}: {why.strerror}") from None


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C, and a polite kill, end the command with status 130 once what is inside has cleaned up."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("sohoa: interrupted; files that were not finished have no results", err=True)
        sys.exit(INTERRUPTED)
    finally:
        signal.signal(signal.SIGTERM, before)
