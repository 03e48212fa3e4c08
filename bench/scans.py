"""What a service makes of the scans in a folder: `bench scans DIR`, through the API as a station and a clerk see it.

Each file is sent as a batch and waited for; the table tells what was found. Where a sidecar NAME.json states what is on
the paper, what was found otherwise is marked and listed. Without `--url` a service is started for the purpose.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.field_papers import truth_beside
from bench.fields import same
from bench.office import furnished
from bench.service import Service
from cli.demo_office import Account, Caller
from ocr.engines import ENGINE_NAMES
from station.client import Client, send_batch

PATIENCE = 1800.0  # seconds for one file
NOT_SCANS = {".json", ".md", ".txt", ".csv"}
SHOWN = ("number_symbol", "issue_date")  # the fields that have a column


@dataclass(frozen=True)
class Paper:
    """A record that a file became."""

    pages: int
    document_type: str | None
    fields: dict[str, str | None]
    dossier: str | None
    state: str
    doubts: list[str]


@dataclass(frozen=True)
class Found:
    """What became of a file. `wrong` holds what the sidecar states otherwise: name → (found, stated); of it, what was
    not answered at all is `missed`."""

    file: str
    seconds: float
    pages: int = 0
    papers: list[Paper] = field(default_factory=list)
    refused: str | None = None  # the error's code
    wrong: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    @property
    def missed(self) -> list[str]:
        return [name for name, (answer, _) in self.wrong.items() if answer is None]


@dataclass(frozen=True)
class Place:
    """A running service: whom we send as, and whose eyes we look with."""

    station: Client
    reader: Caller


def read_scan(place: Place, path: Path) -> Found:
    """Send one file and wait until the pipeline has nothing left to do with it."""
    began = time.monotonic()
    sent = send_batch(place.station, [path], "bench")
    if sent.refused:
        return Found(path.name, time.monotonic() - began, refused=sent.refused[0][1].code)
    batch = _finished(place.reader, sent.batch)
    seconds = time.monotonic() - began
    refused = next((file["error_code"] for file in batch["files"] if file["state"] == "refused"), None)
    papers = [_paper(place.reader, summary["id"]) for summary in batch["records"]]
    pages = batch["progress"]["total_pages"]
    return Found(path.name, seconds, pages, papers, refused, wrong(path, papers))


def _finished(reader: Caller, batch: str) -> dict[str, Any]:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        seen = reader.call("GET", f"/api/batches/{batch}")
        if seen["state"] not in ("open", "processing"):
            return seen
        time.sleep(0.2)
    raise TimeoutError(f"batch {batch} is still being read")


def _paper(reader: Caller, record: str) -> Paper:
    seen = reader.call("GET", f"/api/records/{record}")
    fields = {one["name"]: one["value"] for one in seen["fields"]}
    return Paper(
        seen["page_count"],
        seen["document_type"],
        fields,
        seen["dossier"],
        seen["state"],
        seen["review_reasons"],
    )


def wrong(path: Path, papers: list[Paper]) -> dict[str, tuple[str | None, str | None]]:
    """What the first paper of a file says otherwise than the sidecar; papers too many are wrong as well."""
    document_type, stated = truth_beside(path)
    if not papers or not (document_type or stated):
        return {}
    first = papers[0]
    pairs = {name: (first.fields.get(name), value) for name, value in stated.items()}
    if document_type:
        pairs["document_type"] = (first.document_type, document_type)
    wrong = {name: pair for name, pair in pairs.items() if not same(*pair)}
    return wrong | ({"papers": (str(len(papers)), "1")} if len(papers) > 1 else {})


@contextmanager
def _place(options: argparse.Namespace) -> Iterator[Place]:
    if options.url:
        password = getpass.getpass(f"password of {options.account}: ")
        reader = Caller(options.url, Account("clerk", options.account, password))
        with Client(options.url, options.key) as station:
            yield Place(station, reader)
        reader.close()
        return
    with tempfile.TemporaryDirectory(prefix="sohoa-scans-") as folder:
        service = Service(Path(folder), {"SOHOA_OCR_ENGINE": options.engine})
        try:
            service.start()
            with furnished(service) as office, Client(service.url, office.keys[0]) as station:
                yield Place(station, office.administrator)
        finally:
            service.stop()


def main(argv: Sequence[str] | None = None) -> int:
    """Read, compare and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="bench scans", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", help="a running service; else one is started and thrown away")
    parser.add_argument(
        "--key", default=os.environ.get("SOHOA_STATION_KEY"), help="a station's key, with --url"
    )
    parser.add_argument("--account", help="who looks at the records, with --url; the password is asked for")
    parser.add_argument("--engine", choices=ENGINE_NAMES, default="auto", help="of a service started here")
    parser.add_argument(
        "--mistakes", action="store_true", help="list what is wrong (prints what stands on papers)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON line a file")
    options = parser.parse_args(argv)
    if options.url and not (options.key and options.account):
        parser.error("--url needs --key and --account")
    scans = sorted(
        path for path in options.folder.iterdir() if path.is_file() and path.suffix not in NOT_SCANS
    )
    with _place(options) as place:
        found = []
        for path in scans:
            found.append(read_scan(place, path))
            if options.json:
                print(json.dumps(asdict(found[-1]), ensure_ascii=False), flush=True)
    if not options.json:
        show(found, mistakes=options.mistakes)
    return 0


def show(found: list[Found], *, mistakes: bool) -> None:
    """The table, and what the sidecars state otherwise."""
    table = Table(
        "file", "pages", "type", "number", "date", "dossier", "state", "doubts", "missed", "wrong", "s"
    )
    for one in found:
        table.add_row(*_cells(one), style="red" if one.refused else None)
    console = Console()
    console.print(table)
    right = sum(not one.wrong for one in found if not one.refused)
    console.print(f"{len(found)} files, {sum(one.pages for one in found)} pages; {right} without a mistake")
    for one in found if mistakes else ():
        for name, (answer, stated) in one.wrong.items():
            console.print(f"{one.file}: {name} {answer!r}, is {stated!r}", highlight=False, markup=False)


def _cells(one: Found) -> list[str]:
    time_taken = f"{one.seconds:.0f}"
    if one.refused or not one.papers:
        return [one.file, str(one.pages), *"––––", one.refused or "nothing", "", "", "", time_taken]
    papers = one.papers
    columns = (
        [paper.document_type or "?" for paper in papers],
        *([paper.fields.get(name) or "–" for paper in papers] for name in SHOWN),
        [paper.dossier or "unknown" for paper in papers],
        [paper.state for paper in papers],
        [", ".join(paper.doubts) or "none" for paper in papers],
    )
    wrong = ", ".join(name for name in one.wrong if name not in one.missed)
    return [
        one.file,
        str(one.pages),
        *map("\n".join, columns),
        ", ".join(one.missed),
        wrong,
        f"{one.seconds:.0f}",
    ]
