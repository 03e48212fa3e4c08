"""How fast the clerk's desk is, in a headless Chromium: `./sohoa bench web [--papers N] [--records N] [--pause S]`.

Starts a service of its own, brings made-up papers in through the API, has them read by the engine, fills the queue with
further records, and lets a scripted clerk confirm the papers by keyboard. He knows what stands on them and works only
where the desk stops; values that he is not led to stay as the machine read them. Says: milliseconds from Ctrl+Enter
until the next paper's fields and image are seen; key presses (a chord is one) of papers by number of doubts; bytes and
milliseconds of first pages, with nothing kept; and how many values were wrong at the end, and how many were left empty
because nothing was read and the type does not ask for them. Needs Playwright
(requirements-dev.txt) and Chromium.
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import mean, median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from rich.console import Console
from rich.table import Table

from bench.bulk import Row, fill, settled
from bench.office import Office, furnished
from bench.scripted_clerk import Paper, ScriptedClerk, Work, empty_values, wrong_values
from bench.service import Service
from cli.demo_office import Account
from samples import make_batch, make_dossiers
from samples.batch import SampleBatch
from samples.dossiers import as_csv
from station.client import Client, send_batch
from storage.engines import make_engine

SEED = 2200
FIRST, LAST = date(2021, 12, 16), date(2022, 11, 30)
PER_DOSSIER = 2.4  # papers, about
PER_CHUNK = 5000
QUALITY = {"dpi": 200, "dpi_source": "header", "colour": "colour", "skew": 0.0, "sharpness": 1.0, "ink": 0.05}
KEY_SECONDS, THINK_SECONDS = 0.28, 1.35  # Card, Moran and Newell: an average typist's key; a decision
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
VIEW: ViewportSize = {"width": 1366, "height": 768}


@dataclass(frozen=True, slots=True)
class FirstPage:
    """A page of which nothing is kept: bytes over the line without papers' images, milliseconds until it is filled."""

    bytes: int
    milliseconds: float


def sample(papers: int) -> SampleBatch:
    """So many papers, about, in dossiers of one ward with their receipts."""
    rows = make_dossiers(SEED, max(2, round(papers / PER_DOSSIER)), first=FIRST, last=LAST)
    return make_batch(SEED, rows, layout="pdf")


def send(service: Service, office: Office, batch: SampleBatch, folder: Path) -> str:
    """Bring the papers in as a station does and wait until all are read; returns the batch's id."""
    office.administrator.import_dossiers(as_csv(batch.dossiers))
    folder.mkdir()
    paths = []
    for file in batch.files:
        (folder / file.name).write_bytes(file.data)
        paths.append(folder / file.name)
    with Client(service.url, office.keys[0]) as client:
        sent = send_batch(client, paths, "do.operator").batch
    while office.administrator.call("GET", f"/api/batches/{sent}")["state"] in ("open", "processing"):
        time.sleep(1)
    return sent


def truths(office: Office, batch: str, made: SampleBatch) -> dict[str, Paper]:
    """What stands on the paper of each record that waits."""
    seen = office.administrator.call("GET", f"/api/batches/{batch}")
    where = {
        page["id"]: (file["sequence"], page["number"]) for file in seen["files"] for page in file["page_list"]
    }
    documents = {
        (sequence, page.number): page.document
        for sequence, file in enumerate(made.files, 1)
        for page in file.pages
    }
    found = {}
    for summary in seen["records"]:
        if summary["state"] != "classified":
            continue
        record = office.administrator.call("GET", f"/api/records/{summary['id']}")
        filed = made.documents[documents[where[record["pages"][0]]]]
        values = {name: one.value for name, one in filed.truth.fields.items()}
        found[record["id"]] = Paper(filed.truth.document_type, filed.dossier_code, values)
    return found


# --- a long queue ---


def lengthen_queue(database: Path, records: int) -> None:
    """Further papers that wait, younger than all others: rows only, nobody opens them."""
    engine = make_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        station = connection.exec_driver_sql("SELECT id FROM stations LIMIT 1").scalar_one()
    began = datetime.now(UTC) + timedelta(minutes=5)
    for first in range(0, records, PER_CHUNK):
        fill(engine, _rows(first, min(first + PER_CHUNK, records), station, began))
    settled(engine)
    engine.dispose()


def _rows(first: int, last: int, station: str, began: datetime) -> dict[str, list[Row]]:
    made: dict[str, list[Row]] = {"batches": [], "files": [], "records": [], "pages": []}
    batch = f"00000000-0000-4000-9000-{first:012}"
    made["batches"].append(
        {
            "id": batch,
            "station": station,
            "unit": "P1",
            "operator": "x",
            "opened_at": began,
            "completed_at": began,
        }
    )
    for number in range(first, last):
        key, at = f"00000000-0000-4000-8000-{number:012}", began + timedelta(seconds=number)
        lease = {"state_at": at, "attempts": 0}
        sha256 = f"{number:064x}"
        made["files"].append(
            {
                "id": key, "batch": batch, "sequence": number - first + 1, "name": "x.pdf", "sha256": sha256,
                "size": 1, "media_type": "application/pdf", "received_at": at, "state": "rasterised", "pages": 1,
                **lease,
            }
        )  # fmt: skip
        made["records"].append(
            {
                "id": key, "batch": batch, "file_sequence": number - first + 1, "first_page": 1, "unit": "P1",
                "state": "classified", "created_at": at, "version": 2, "is_cover": False, "document_type": "QD",
                "fields": [], "proposals": [], "review_reasons": [], "filing_parked": False, "arranged": False,
                "doubts": number % 4, **lease,
            }
        )  # fmt: skip
        made["pages"].append(
            {
                "id": key, "file": key, "number": 1, "batch": batch, "record": key, "position": 1, "width": 1654,
                "height": 2339, "image_sha256": sha256, "image_size": 1, "media_type": "image/jpeg",
                "quality": QUALITY, "barcodes": [], "state": "recognised", **lease,
            }
        )  # fmt: skip
    return made


# --- in the browser ---


@contextmanager
def chromium() -> Iterator[Browser]:
    program = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def token_of(role: str, service: Service, office: Office) -> str:
    """The session of an account of its own, as a browser holds it."""
    account = Account(role, "do.ban", secrets.token_urlsafe(12))
    office.administrator.add_staff(account)
    body = {"name": account.name, "password": account.password}
    answer = httpx.post(f"{service.url}/api/session", json=body, timeout=60)
    answer.raise_for_status()
    return str(answer.json()["token"])


def signed_in(browser: Browser, service: Service, token: str) -> Page:
    """A fresh profile with a clerk's session."""
    context = browser.new_context(base_url=service.url, viewport=VIEW)
    context.add_cookies([{"name": "sohoa_session", "value": token, "domain": "127.0.0.1", "path": "/"}])
    return context.new_page()


def first_page(page: Page, path: str, filled: str) -> FirstPage:
    """Open an address with nothing kept; `filled` appears once the page can be used."""
    client, came, images = page.context.new_cdp_session(page), Counter[str](), set[str]()
    client.send("Network.enable")
    client.on(
        "Network.responseReceived",
        lambda event: images.add(event["requestId"]) if "/image" in event["response"]["url"] else None,
    )
    client.on(
        "Network.loadingFinished",
        lambda event: came.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto(path, wait_until="commit")
    page.locator(filled).first.wait_for()
    milliseconds = float(page.evaluate("performance.now()"))
    page.wait_for_load_state("networkidle")
    size = sum(length for request, length in came.items() if request not in images)
    page.context.close()
    return FirstPage(size, round(milliseconds))


def measured(papers: int, records: int, pause: float, say: Console) -> dict[str, Any]:
    with TemporaryDirectory(prefix="sohoa-bench-web-") as scratch:
        service = Service(Path(scratch))
        service.start()
        try:
            with furnished(service) as office, chromium() as browser:
                say.print(f"reading {papers} papers …")
                made = sample(papers)
                batch = send(service, office, made, Path(scratch) / "scans")
                known = truths(office, batch, made)
                say.print(f"lengthening the queue by {records} records …")
                lengthen_queue(Path(scratch) / "data" / "sohoa.db", records)
                return _session(service, office, browser, known, pause, say)
        finally:
            service.stop()


def _session(
    service: Service, office: Office, browser: Browser, known: dict[str, Paper], pause: float, say: Console
) -> dict[str, Any]:
    token = token_of("clerk", service, office)
    types = office.administrator.call("GET", "/api/document-types")["items"]
    kinds = {kind["code"]: kind["name_vi"] for kind in types}
    pages = {
        "login": first_page(
            browser.new_context(base_url=service.url, viewport=VIEW).new_page(), "/login", "#name"
        ),
        "verify": first_page(signed_in(browser, service, token), "/verify", "#list table"),
        "desk": first_page(signed_in(browser, service, token), "/desk", "#paper .field"),
    }
    say.print(f"confirming {len(known)} papers …")
    page = signed_in(browser, service, token)
    page.goto("/desk")
    page.locator("#paper .field").first.wait_for()
    clerk = ScriptedClerk(page, known, kinds, pause)
    while clerk.confirm_next():
        pass
    wrong, empty = Counter[str](), Counter[str]()
    for work in clerk.works:
        confirmed = office.administrator.call("GET", f"/api/records/{work.record}")["confirmation"]["fields"]
        wrong += wrong_values(confirmed, known[work.record])
        empty += empty_values(confirmed, known[work.record])
    return {
        **figures(clerk.works, wrong, empty),
        "first_pages": {name: vars_of(one) for name, one in pages.items()},
    }


def vars_of(page: FirstPage) -> dict[str, float]:
    return {"bytes": page.bytes, "milliseconds": page.milliseconds}


def figures(works: list[Work], wrong: Counter[str], empty: Counter[str]) -> dict[str, Any]:
    visible = [work.visible for work in works if work.visible is not None]
    by_doubts: dict[int, list[int]] = {}
    for work in works:
        by_doubts.setdefault(work.doubts, []).append(work.keys)
    return {
        "papers": len(works),
        "next_visible_ms": {
            "p50": round(median(visible)), "p95": round(quantiles(visible, n=20)[-1]), "max": round(max(visible))
        },
        "keys_by_doubts": {
            str(n): {"papers": len(keys), "median": median(keys), "max": max(keys)}
            for n, keys in sorted(by_doubts.items())
        },
        "keys_a_paper": round(mean(work.keys for work in works), 1),
        "typed_a_paper": round(mean(work.typed for work in works), 1),
        "machine_seconds_a_paper": round(mean(work.seconds for work in works), 2),
        "estimated_seconds_a_paper": round(
            mean(work.seconds + KEY_SECONDS * work.keys + THINK_SECONDS * (1 + work.doubts) for work in works), 1
        ),
        "wrong_values_left": wrong.total(),
        "wrong_by_field": dict(wrong.most_common()),
        "left_empty": empty.total(),
        "empty_by_field": dict(empty.most_common()),
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench web", description=__doc__)
    parser.add_argument("--papers", type=int, default=50)
    parser.add_argument("--records", type=int, default=100_000, help="further records that wait")
    parser.add_argument(
        "--pause", type=float, default=0.0, help="seconds that each paper is looked at, as a person does"
    )
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    found = measured(options.papers, options.records, options.pause, console)
    table = Table("what", "figure")
    for name, value in found.items():
        table.add_row(name, json.dumps(value) if isinstance(value, dict) else str(value))
    Console().print(table)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
