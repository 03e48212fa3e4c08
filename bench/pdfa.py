"""What the lasting PDFs cost and keep: `python -m bench.pdfa [--seeds A:B] [--dpi N] [--ocr ENGINE] [--ocrmypdf]`.

Generated papers as a scanner sends them (JPEG, or TIFF G4 for 1-bit) are written in both profiles. Per kind of scan:
KiB and CPU seconds a page, likeness to the scan (structural similarity where the page shows something, drawn at 100
dpi; of zones at 150 dpi) over the whole page, seals, signatures and pale words, and how many files veraPDF accepts.
`--ocr` reads master and access copy with an engine and compares the error rates; `--ocrmypdf` adds that program.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from rich.console import Console
from rich.table import Table

from bench import verapdf
from bench.text_distance import Distance, distance
from ocr.engines import ENGINE_NAMES, make_engine
from ocr.lossless import Pixels
from ocr.pdfa import PdfMetadata, PdfPage, Profile, write_pdfa
from ocr.rendering import check_rendering, drawn, likeness
from records.page import Box, EngineStamp, Line, PageText, Word
from samples import make_document
from samples.truth import PageTruth

ZONE_DPI = 150
_WIDTH = 120  # characters of the printed tables
_STAMP = EngineStamp("truth", "1")
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
_OCRMYPDF = (
    "--output-type",
    "pdfa",
    "--pdfa-backend",
    "internal",
    "--skip-text",
    "--tesseract-timeout",
    "0",
    "--jobs",
    "1",
)
_LEAST_ZONE = 11  # pixels; smaller ones have no structure to compare
DEFAULT_SEEDS = "6000:6020"


@dataclass(frozen=True, slots=True)
class Scan:
    """A generated page as a scanner sends it, the words on it, and the zones that must survive."""

    kind: str  # color, gray or 1bit
    data: bytes
    text: PageText
    zones: dict[str, list[Box]]
    truth: str


Write = Callable[[Scan, Path], None]


@dataclass
class Tally:
    """What was measured for one way of writing one kind of scan."""

    sizes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    zones: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Distance = field(default_factory=Distance)
    files: list[Path] = field(default_factory=list)


def scans(first: int, last: int, dpi: int | None) -> Iterator[Scan]:
    for seed in range(first, last):
        document = make_document(seed, dpi=dpi)
        for image, truth in zip(document.pages, document.truth.pages, strict=True):
            yield Scan(truth.mode, _sent(image), _words(truth), _zones(truth), truth.text)


def _sent(image: Image.Image) -> bytes:
    """The file that a scanner makes of a page: 1-bit as TIFF G4, others as JPEG."""
    file = BytesIO()
    if image.mode == "1":
        image.save(file, "TIFF", compression="group4")
    else:
        image.save(file, "JPEG", quality=90)
    return file.getvalue()


def _words(truth: PageTruth) -> PageText:
    lines = []
    for number, line in enumerate(truth.lines):
        words = [Word(w.text, Box(*w.box.as_list()), 1.0) for w in line.words]
        if words:
            lines.append(Line(tuple(words), Box(*line.box.as_list()), number))
    return PageText(truth.width, truth.height, tuple(lines), _STAMP, (-truth.rotation) % 360, truth.dpi)


def _zones(truth: PageTruth) -> dict[str, list[Box]]:
    zones: dict[str, list[Box]] = defaultdict(list)
    for overlay in truth.overlays:
        zones[overlay.kind].append(Box(*overlay.box.as_list()))
    if "faded" in truth.damages:
        zones["pale print"] = [Box(*line.box.as_list()) for line in truth.lines]
    return zones


# --- ways of writing ---


def _written(profile: Profile) -> Write:
    def write(scan: Scan, target: Path) -> None:
        metadata = PdfMetadata("measured", _CREATED, _STAMP)
        target.write_bytes(write_pdfa([PdfPage(scan.data, scan.text, scan.text.dpi)], metadata, profile))

    return write


def _by_ocrmypdf(level: str) -> Write:
    """OCRmyPDF without its OCR: only what its optimiser makes of the image."""

    def write(scan: Scan, target: Path) -> None:
        source = target.with_suffix(".tiff" if scan.kind == "1bit" else ".jpg")
        source.write_bytes(scan.data)
        options = [*_OCRMYPDF, "-O", level, "--image-dpi", str(scan.text.dpi)]
        subprocess.run(["ocrmypdf", *options, str(source), str(target)], check=True, capture_output=True)

    return write


def ways(ocrmypdf: bool) -> dict[str, Write]:
    chosen = {profile.value: _written(profile) for profile in Profile}
    if ocrmypdf:
        chosen |= {f"ocrmypdf -O{level}": _by_ocrmypdf(level) for level in "13"}
    return chosen


# --- measuring ---


def measure(scan: Scan, write: Write, target: Path, tally: Tally) -> None:
    """Write one scan, look at the result, and add both to the tally."""
    before = _cpu_seconds()
    write(scan, target)
    tally.seconds.append(_cpu_seconds() - before)
    tally.sizes.append(target.stat().st_size)
    tally.files.append(target)
    if "ocrmypdf" in target.name:
        return  # it rounds its pages in another way, and half a pixel would count as a loss
    tally.pages += check_rendering(target, [scan.data], [scan.text.rotation])
    for kind, found in _zone_likeness(scan, target):
        tally.zones[kind].append(found)


def _zone_likeness(scan: Scan, target: Path) -> Iterator[tuple[str, float]]:
    shown = _drawn(target, scan, ZONE_DPI)
    with Image.open(BytesIO(scan.data)) as sent:
        small = sent.convert("RGB").resize(shown.shape[1::-1], Image.Resampling.BOX)
    original, scale = np.asarray(small), shown.shape[0] / scan.text.height
    for kind, boxes in scan.zones.items():
        for box in boxes:
            x0, y0, x1, y1 = (max(0, round(side * scale)) for side in box.as_list())
            if min(shown[y0:y1, x0:x1].shape[:2]) > _LEAST_ZONE:
                yield kind, likeness(original[y0:y1, x0:x1], shown[y0:y1, x0:x1])


def _drawn(target: Path, scan: Scan, dpi: int) -> Pixels:
    """The page in RGB as its image is stored, not turned upright, at a resolution no finer than the scan's."""
    scale = min(1.0, dpi / scan.text.dpi)
    with pdfium.PdfDocument(target) as document:
        page = document[0]
        page.set_rotation(0)
        return drawn(page, (round(scan.text.width * scale), round(scan.text.height * scale)))


def _cpu_seconds() -> float:
    """Of this process and of the children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in used)


# --- the report ---


def report(tallies: dict[tuple[str, str], Tally], valid: dict[str, list[str]] | None) -> list[dict[str, Any]]:
    """One row for each kind of scan and way of writing."""
    return [_row(kind, way, tally, valid) for (kind, way), tally in sorted(tallies.items())]


def _row(kind: str, way: str, tally: Tally, valid: dict[str, list[str]] | None) -> dict[str, Any]:
    zones = {
        zone: {"count": len(found), "mean": round(mean(found), 3), "least": round(min(found), 3)}
        for zone, found in sorted(tally.zones.items())
    }
    accepted = None if valid is None else sum(not valid[str(file)] for file in tally.files)
    return {
        "kind": kind,
        "way": way,
        "pages": len(tally.sizes),
        "kib": round(mean(tally.sizes) / 1024, 1),
        "most_kib": round(max(tally.sizes) / 1024, 1),
        "cpu_seconds": round(mean(tally.seconds), 2),
        "likeness": round(mean(tally.pages), 4) if tally.pages else None,
        "least_likeness": round(min(tally.pages), 4) if tally.pages else None,
        "zones": zones,
        "cer": round(tally.errors.cer, 4) if tally.errors.letters else None,
        "valid": accepted,
    }


def _tables(rows: list[dict[str, Any]]) -> Iterator[Table]:
    names = (
        "kind",
        "way",
        "pages",
        "kib",
        "most_kib",
        "cpu_seconds",
        "likeness",
        "least_likeness",
        "cer",
        "valid",
    )
    titles = ("scan", "written as", "pages", "KiB", "most", "CPU s", "likeness", "least", "CER", "valid")
    pages = Table(*titles, title="The lasting PDF, per page")
    zones = Table("scan", "written as", "zone", "how many", "likeness", "least", title="What must survive")
    for row in rows:
        pages.add_row(*("" if row[name] is None else str(row[name]) for name in names))
        for zone, found in row["zones"].items():
            zones.add_row(
                row["kind"], row["way"], zone, *(str(found[name]) for name in ("count", "mean", "least"))
            )
    yield from (pages, zones)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 0 unless a file is not valid PDF/A or a page does not look like its scan."""
    options = _parser().parse_args(arguments)
    first, last = (int(part) for part in options.seeds.split(":"))
    engine = make_engine(options.ocr) if options.ocr else None
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as scratch:
        folder = Path(options.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for number, scan in enumerate(scans(first, last, options.dpi)):
            for way, write in ways(options.ocrmypdf).items():
                target = folder / f"{number:03}-{way.replace(' ', '')}.pdf"
                tally = tallies[scan.kind, way]
                measure(scan, write, target, tally)
                if engine is not None:
                    read = engine.read(_drawn(target, scan, scan.text.dpi), dpi=scan.text.dpi)
                    tally.errors += distance(scan.truth, read.text)
        missing = verapdf.why_not()
        valid = (
            None
            if missing
            else verapdf.violations([file for tally in tallies.values() for file in tally.files])
        )
    rows = report(tallies, valid)
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        Console(width=_WIDTH).print(*_tables(rows), *([f"not validated: {missing}"] if missing else []))
    ours = [row for row in rows if row["least_likeness"] is not None]
    return int(any(row["valid"] not in (None, row["pages"]) or row["least_likeness"] < 0.8 for row in ours))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sohoa bench pdfa", description=__doc__)
    parser.add_argument(
        "--seeds", default=DEFAULT_SEEDS, metavar="A:B", help="papers of these seeds, B left out"
    )
    parser.add_argument("--dpi", type=int, help="resolution of the papers; as offices scan by default")
    parser.add_argument("--ocr", choices=ENGINE_NAMES, help="read what was written with this engine")
    parser.add_argument(
        "--ocrmypdf", action="store_true", help="measure that program too; it must be installed"
    )
    parser.add_argument("--keep", metavar="DIR", help="leave the PDFs there")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
