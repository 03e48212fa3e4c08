"""pdf.js, which Firefox and many web pages show PDFs with: what a reader selects and copies is in reading order."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from ocr.document import build_pdf
from ocr.pdfa import PdfPage, write_pdfa
from records.page import Box, Line, PageText, Word
from tests.ocr_output.papers import ROWS, STAMP, encoded, metadata, paper

LIBRARY = Path("/usr/share/javascript/pdf/build")  # Debian's libjs-pdf

COPIED = """async ([pdf, worker]) => {
  const lib = window["pdfjs-dist/build/pdf"] ?? window.pdfjsLib;
  lib.GlobalWorkerOptions.workerSrc = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  const data = Uint8Array.from(atob(pdf), (letter) => letter.charCodeAt(0));
  const page = await (await lib.getDocument({ data }).promise).getPage(1);
  const viewport = page.getViewport({ scale: 1 });
  const layer = document.body.appendChild(document.createElement("div"));
  const textContent = await page.getTextContent();
  await lib.renderTextLayer({ textContent, container: layer, viewport, textDivs: [] }).promise;
  getSelection().selectAllChildren(layer);
  return getSelection().toString();
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    if not (LIBRARY / "pdf.js").exists():
        pytest.skip("pdf.js (Debian: libjs-pdf) is not installed")
    opened = browser.new_page()
    opened.add_script_tag(path=LIBRARY / "pdf.js")
    yield opened
    opened.close()


def copied(page: Page, pdf: bytes) -> list[str]:
    """The words that come with the clipboard when all of the first page's text is selected."""
    worker = (LIBRARY / "pdf.worker.js").read_text("utf-8")
    text: str = page.evaluate(COPIED, [base64.b64encode(pdf).decode(), worker])
    return unicodedata.normalize("NFC", text).split()


@pytest.mark.parametrize("profile", ["master", "access"])
@pytest.mark.parametrize(("rotation", "skew"), [(0, 0.0), (90, 0.0), (180, 2.0), (270, -2.0)])
def test_the_words_are_copied_in_reading_order(page: Page, rotation: int, skew: float, profile: str) -> None:
    image, text = paper(rotation=rotation, skew=skew)
    pdf = build_pdf([PdfPage(encoded(image), text, 150)], metadata(), profile)
    assert copied(page, pdf) == " ".join(ROWS).split()


def test_columns_are_copied_one_after_the_other_not_across(page: Page) -> None:
    left = ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ MỸ THO")
    right = ("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do")
    lines = (
        row(left[0], 100, 0, 0),
        row(left[1], 100, 1, 0),
        row(right[0], 700, 0, 1),
        row(right[1], 700, 1, 1),
    )
    text = PageText(1240, 1754, lines, STAMP, 0, 150)
    pdf = write_pdfa([PdfPage(encoded(Image.new("L", (1240, 1754), 255)), text, 150)], metadata())
    assert copied(page, pdf) == " ".join(left + right).split()


def row(words: str, x: int, number: int, block: int) -> Line:
    boxes = [Box(x + 70 * n, 100 + 40 * number, x + 70 * n + 58, 128 + 40 * number) for n in range(9)]
    found = tuple(Word(word, box, 1.0) for word, box in zip(words.split(), boxes, strict=False))
    return Line(found, Box(x, boxes[0].y0, x + 600, boxes[0].y1), block)
