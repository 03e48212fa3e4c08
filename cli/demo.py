"""`demo`: the whole main job on this machine, with made-up papers, through the real API as two stations."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.coverage import coverage_table
from cli.demo_office import DemoOffice, started_service
from records.coverage import CoverageRow, Period
from samples import make_batch, make_dossiers
from samples.batch import SampleBatch
from samples.dossiers import as_csv
from station.client import Client, send_batch

FIRST, LAST = date(2021, 12, 16), date(2022, 11, 30)  # the statutory year of the first home's figures
SHOWN = Period(
    date(2022, 1, 1), date(2022, 12, 31)
)  # the newest year with dossiers: with it the screen begins
SEED = 2022
CASES = 160
STATIONS = (("Phường 1, quầy 1", "P1"), ("Một cửa thành phố, quầy 2", "MT-BPMC"))
SEES = {
    "clerk": "the papers that wait",
    "auditor": "coverage, reports",
    "operator": "the scanned batches",
    "administrator": "all of it",
}
COLUMNS = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())


@click.command()
@click.option("--once", is_flag=True, help="Stop after the coverage table instead of serving on.")
@click.option(
    "--dossiers", default=3, show_default=True, type=click.IntRange(1, 50), help="Dossiers a station scans."
)
@click.option(
    "--port", default=8766, show_default=True, help="Port of the service; a free one if it is taken."
)
def demo(once: bool, dossiers: int, port: int) -> None:
    """Start the service, bring sample papers in as two stations, confirm most, show coverage and the address."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or the service would outlive us
    console = Console(stderr=True)
    console.print("A demonstration with made-up people and papers.", style="bold")
    try:
        with started_service(port, console) as office:
            _live_a_day(office, dossiers, console)
            _show_coverage(office)
            _say_how_to_look(office)
            if not once:
                console.print("Stop with Ctrl+C.")
                office.wait()
    except KeyboardInterrupt:
        console.print("stopped")


@dataclass(frozen=True)
class Feed:
    """What one station scans."""

    name: str
    key: str
    batch: SampleBatch


def _live_a_day(office: DemoOffice, dossiers: int, console: Console) -> None:
    cases = make_dossiers(SEED, CASES, first=FIRST, last=LAST)
    with Progress(*COLUMNS, console=console) as progress:
        task = progress.add_task("dossiers imported", total=CASES)
        imported = office.admin.import_dossiers(as_csv(cases))
        progress.update(task, completed=imported["new"] + imported["same"])
        scanned = [case for case in cases if case["NgayKetThucXuLy"]][: dossiers * len(STATIONS)]
        task = progress.add_task("sample papers made", total=len(STATIONS))
        feeds = []
        for number, (name, unit) in enumerate(STATIONS):
            mine = scanned[number :: len(STATIONS)]
            feeds.append(Feed(name, office.admin.add_station(name, unit), make_batch(SEED + number, mine)))
            progress.advance(task)
        _scan(office, feeds, progress)
        _confirm(office, progress)


def _scan(office: DemoOffice, feeds: list[Feed], progress: Progress) -> None:
    """Both stations send at once, and the progress of their pages is shown until all are read."""
    with ThreadPoolExecutor(len(feeds)) as pool:
        sending = [pool.submit(_send, office, feed, progress) for feed in feeds]
        batches = [future.result() for future in sending]
    bars = {
        batch: progress.add_task(f"pages read, station {n}", total=None) for n, batch in enumerate(batches, 1)
    }
    for batch, seen in office.follow(batches):
        counts = seen["progress"]
        pages = counts["pages"]
        total = sum(pages.values()) if pages else None
        done = sum(count for state, count in pages.items() if state != "received")
        progress.update(bars[batch], total=total, completed=done)


def _send(office: DemoOffice, feed: Feed, progress: Progress) -> str:
    folder = office.folder / "scans" / feed.name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file in feed.batch.files:
        path = folder / file.name
        path.write_bytes(file.data)
        paths.append(path)
    task = progress.add_task("files sent", total=len(paths))
    with Client(office.url, feed.key) as client:
        sent = send_batch(client, paths, "thu.operator", on_sent=lambda _: progress.advance(task))
    if sent.refused:
        raise click.ClickException("the service refused a sample file")
    return sent.batch


def _confirm(office: DemoOffice, progress: Progress) -> None:
    """The demonstration's clerk confirms what is surest; the rest stays on the desk for whoever looks."""
    sure = surest(office.clerk.waiting())
    task = progress.add_task("papers confirmed", total=len(sure))
    for record in sure:
        office.clerk.confirm(record)
        progress.advance(task)
    filing = progress.add_task("papers filed", total=len(sure))
    for done in office.clerk.filing(len(sure)):
        progress.update(filing, completed=done)


def surest(waiting: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two thirds of the papers that wait, the least doubtful first, and none whose dossier is unknown."""
    placed = sorted((one for one in waiting if one["dossier"]), key=lambda one: len(one["review_reasons"]))
    return placed[: len(waiting) - -(-len(waiting) // 3)]


def _show_coverage(office: DemoOffice) -> None:
    rows = [_row(line) for line in office.auditor.coverage(SHOWN.first, SHOWN.last)]
    Console().print(coverage_table(rows, "unit", SHOWN))


def _row(line: dict[str, Any]) -> CoverageRow:
    return CoverageRow(
        key=line["key"],
        name=line["name"],
        received=line["received"],
        resolved=line["resolved"],
        required=line["rate_without_certification"]["denominator"],
        digitised=line["rate_without_certification"]["numerator"],
        required_with_certification=line["rate"]["denominator"],
        digitised_with_certification=line["rate"]["numerator"],
        components_required=line["components_rate"]["denominator"],
        components_digitised=line["components_rate"]["numerator"],
    )


def _say_how_to_look(office: DemoOffice) -> None:
    out, left = Console(), len(office.clerk.waiting())
    out.print(
        f"\n{left} papers wait at the desk: open {office.url}/ and sign in as the clerk.", highlight=False
    )
    out.print(f"These accounts and this data live only in {office.folder}:", highlight=False)
    for account in office.accounts:
        out.print(
            f"  {account.role:<14} {account.name:<10} {account.password:<13} {SEES[account.role]}",
            highlight=False,
        )
