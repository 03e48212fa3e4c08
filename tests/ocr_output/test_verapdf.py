"""The reference validator of PDF/A accepts every kind of file that is written, and notices one that is not right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from bench.verapdf import why_not
from ocr.pdfa import PdfPage, write_pdfa
from records.page import Box, Line, PageText, Word
from tests.ocr_output.papers import STAMP, encoded, metadata, paper
from tests.ocr_output.test_compress import photograph, stamped

pytestmark = pytest.mark.slow


def documents() -> Iterator[tuple[str, bytes]]:
    """Every kind of page in both profiles."""
    for profile in ("master", "access"):
        for name, pages in kinds().items():
            yield f"{name}-{profile}", write_pdfa(pages, metadata(), profile)


def kinds() -> dict[str, list[PdfPage]]:
    image, text = paper()
    upright = PdfPage(encoded(image, "JPEG"), text, 150)
    odd = Word("ffi\ue000𠮷\u200b", Box(100, 100, 300, 140), 1.0)
    odd_text = PageText(1240, 1754, (Line((odd,), odd.box),), STAMP)
    return {
        "jpeg": [upright],
        "progressive gray jpeg": [PdfPage(encoded(image.convert("L"), "JPEG", progressive=True), text, 150)],
        "cmyk jpeg": [PdfPage(encoded(image.convert("CMYK"), "JPEG"), text, 150)],
        "png": [PdfPage(encoded(image), text, 150)],
        "palette png": [PdfPage(encoded(image.quantize(32)), text, 150)],
        "transparent png": [PdfPage(encoded(image.convert("RGBA")), text, 150)],
        "16-bit png": [PdfPage(encoded(image.convert("I;16")), None, 150)],
        "bilevel tiff": [PdfPage(encoded(image.convert("1"), "TIFF"), text, 150)],
        "stamped": [PdfPage(encoded(stamped(), "JPEG"), None, 150)],
        "photograph": [PdfPage(encoded(photograph((620, 877)), "JPEG"), None, 75)],
        "no words": [PdfPage(encoded(Image.new("L", (300, 400), 255)), None, 0)],
        "rare characters": [PdfPage(encoded(image), odd_text, 150)],
        "huge": [PdfPage(encoded(Image.new("1", (20000, 300), 1)), None, 72)],
        "many": [upright, *(PdfPage(encoded(turned), words, 150) for turned, words in turns())],
    }


def turns() -> Iterator[tuple[Image.Image, PageText]]:
    yield from (paper(rotation=rotation) for rotation in (90, 180, 270))


def spoilt() -> bytes:
    """A file that claims to be PDF/A-2b and has no output intent."""
    with pikepdf.open(BytesIO(write_pdfa([PdfPage(encoded(paper()[0]))], metadata()))) as pdf:
        del pdf.Root.OutputIntents
        file = BytesIO()
        pdf.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """File name → clauses that veraPDF finds broken; one Java machine looks at all files."""
    if (missing := why_not()) is not None:
        if os.environ.get("CI"):
            pytest.fail(f"veraPDF must run in CI: {missing}")
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("pdfa")
    for name, pdf in (*documents(), ("spoilt", spoilt())):
        (folder / f"{name}.pdf").write_bytes(pdf)
    command = [sys.executable, "-m", "bench.verapdf", str(folder)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    return {Path(file).stem: broken for file, broken in json.loads(done.stdout).items()}


def test_verapdf_accepts_every_kind_of_page_in_both_profiles(verdicts: dict[str, list[str]]) -> None:
    broken = {name: clauses for name, clauses in verdicts.items() if clauses and name != "spoilt"}
    assert broken == {}
    assert len(verdicts) == 2 * len(kinds()) + 1


def test_verapdf_notices_a_file_that_only_claims_to_be_pdfa(verdicts: dict[str, list[str]]) -> None:
    assert verdicts["spoilt"] != []
