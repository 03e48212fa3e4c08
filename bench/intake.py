"""How soon an operator knows what is wrong with a scan: `./sohoa bench intake [--pages N] [--rounds N]`.

Starts a service of its own and sends made-up pages from the browser, as an operator without a station's program does,
one of them shifted so that its right edge is cut off. Says: seconds from the click on "send" until the flaw is named on
the batch's screen, and until every page is read; for one page alone, and for a stack. Needs Playwright
(requirements-dev.txt) and Chromium.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page
from rich.console import Console
from rich.table import Table

from bench.office import Office, furnished
from bench.service import Service
from bench.web import chromium, signed_in, token_of
from samples import make_batch, make_dossiers

SEED = 4300
FIRST, LAST = date(2021, 12, 16), date(2022, 11, 30)
PATIENCE_MS = 600_000
SHIFT = 0.3  # of the width: print runs over the right edge


@dataclass(frozen=True, slots=True)
class Known:
    """Seconds from the click until the flaw stands on the screen (None: no page had one), and until all is read."""

    pages: int
    flaw: float | None
    read: float


def papers(pages: int, seed: int) -> list[bytes]:
    """So many scanned pages, each a JPEG; other ones for every seed."""
    rows = make_dossiers(seed, pages, first=FIRST, last=LAST)
    files = make_batch(seed, rows, layout="jpeg", blank_backs=0).files
    return [file.data for file in files[:pages]]


def cut_off(scan: bytes) -> bytes:
    """The page as it comes when it lies over the edge of the glass."""
    image = Image.open(BytesIO(scan)).convert("RGB")
    moved = Image.new("RGB", image.size, image.getpixel((5, 5)) or "white")
    moved.paste(image, (round(SHIFT * image.width), 0))
    out = BytesIO()
    moved.save(out, "JPEG", quality=85, dpi=image.info.get("dpi", (200, 200)))
    return out.getvalue()


def send(page: Page, scans: list[bytes], *, flawed: bool) -> Known:
    """Send these pages as one batch and watch its screen."""
    files: list[FilePayload] = [
        {"name": f"{number:03}.jpg", "mimeType": "image/jpeg", "buffer": data}
        for number, data in enumerate(scans, 1)
    ]
    page.goto("/batches")
    page.locator("#station option").first.wait_for(state="attached")
    page.locator("#files").set_input_files(files)
    began = time.perf_counter()
    page.locator("#send").click()
    flaw = None
    if flawed:
        page.locator(".sheets li").first.wait_for(timeout=PATIENCE_MS)
        flaw = time.perf_counter() - began
    page.wait_for_function(
        "n => document.querySelectorAll('.each li').length === n && !document.querySelector('.each li.waits')",
        arg=len(scans),
        timeout=PATIENCE_MS,
    )
    return Known(len(scans), flaw, time.perf_counter() - began)


def rounds(browser: Browser, service: Service, office: Office, pages: int, times: int) -> list[Known]:
    page = signed_in(browser, service, token_of("operator", service, office))
    found = []
    for turn in range(times):
        found.append(send(page, papers(1, SEED + 2 * turn), flawed=False))
        first, *others = papers(pages, SEED + 2 * turn + 1)
        found.append(send(page, [*others, cut_off(first)], flawed=True))
    return found


def measured(pages: int, times: int) -> list[Known]:
    with TemporaryDirectory(prefix="sohoa-bench-intake-") as scratch:
        service = Service(Path(scratch))
        service.start()
        try:
            with furnished(service) as office, chromium() as browser:
                return rounds(browser, service, office, pages, times)
        finally:
            service.stop()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench intake", description=__doc__)
    parser.add_argument("--pages", type=int, default=10, help="pages of a stack, the last one cut off")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    found = measured(max(2, options.pages), options.rounds)
    table = Table("sent", "flaw named, s (median, worst)", "all read, s (median, worst)")
    for pages in sorted({one.pages for one in found}):
        those = [one for one in found if one.pages == pages]
        flaws = [one.flaw for one in those if one.flaw is not None]
        table.add_row(f"{pages} pages", _seconds(flaws), _seconds([one.read for one in those]))
    Console().print(table)
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in found], indent=1))
    return 0


def _seconds(values: list[float]) -> str:
    return f"{median(values):.1f}, {max(values):.1f}" if values else ""


if __name__ == "__main__":
    sys.exit(main())
