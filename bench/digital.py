"""How right the words of born-digital pages are: their own text, beside the same pages read from their image."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.text_distance import Distance, distance
from ingest.sandbox import Rasteriser, RasterPage
from ocr.born_digital import text_layer
from ocr.engines import make_engine
from ocr.images import load_image
from samples import make_document
from samples.digital import as_digital, digital_pdf


@dataclass(frozen=True)
class Row:
    """One way to read all pages: how many it took, how far it is from the truth, and what it cost."""

    name: str
    pages: int = 0
    taken: int = 0
    distance: Distance = field(default_factory=Distance)
    seconds: float = 0.0

    def with_page(self, truth: str, read: str | None, seconds: float) -> Row:
        """The row with one more page; one that was not taken (None) costs time only."""
        found = self.distance if read is None else self.distance + distance(truth, read)
        return replace(
            self,
            pages=self.pages + 1,
            taken=self.taken + (read is not None),
            distance=found,
            seconds=self.seconds + seconds,
        )


def main(arguments: list[str]) -> None:
    """Print a table: text layers in the order of writing and across the page, and an engine on the same pages."""
    parser = argparse.ArgumentParser(prog="sohoa bench digital", description=__doc__)
    parser.add_argument("--seeds", default="200:220", help="first:last of the generated papers")
    parser.add_argument("--engine", default="", help="an engine to read the same pages, such as fast")
    asked = parser.parse_args(arguments)
    first, last = map(int, asked.seeds.split(":"))
    print("| read by | pages | taken | words | WER % | words missed | CPU s a page |")
    print("|---|---|---|---|---|---|---|")
    for row in _rows(range(first, last), asked.engine):
        found = row.distance
        rate = 100 * found.word_edits / max(1, found.words)
        cost = row.seconds / max(1, row.pages)
        cells = (
            row.name,
            row.pages,
            row.taken,
            found.words,
            f"{rate:.2f}",
            found.words_missed,
            f"{cost:.2f}",
        )
        print("| " + " | ".join(map(str, cells)) + " |")


def _rows(seeds: range, engine_name: str) -> Iterator[Row]:
    for by_rows in (False, True):
        row = Row("text layer, across the page" if by_rows else "text layer, as written")
        for page, truth in _pages(seeds, by_rows):
            start = time.process_time()
            text = text_layer(page.words, page.image.read_bytes(), page.media_type, page.quality.dpi)
            row = row.with_page(truth, text.text if text else None, time.process_time() - start)
        yield row
    if engine_name:
        engine, row = make_engine(engine_name), Row(f"engine {engine_name}")
        for page, truth in _pages(seeds, False):
            start = time.process_time()
            image = load_image(page.image.read_bytes(), page.media_type)
            row = row.with_page(
                truth, engine.read(image, dpi=page.quality.dpi).text, time.process_time() - start
            )
        yield row


def _pages(seeds: range, by_rows: bool) -> Iterator[tuple[RasterPage, str]]:
    """Undamaged papers as PDFs of text, opened as an upload is."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "paper.pdf")
        for seed in seeds:
            truths = make_document(seed, clean=True, upright=True, dpi=200).truth.pages
            path.write_bytes(digital_pdf([as_digital(truth, by_rows=by_rows) for truth in truths]))
            pages = Rasteriser().rasterise(path, "application/pdf")
            for page, truth in zip(pages, truths, strict=True):
                yield page, truth.text
