"""Second and third readers for PDFs that the first cannot open: qpdf mends them, poppler draws what it can."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdf2image
import pikepdf
from pdf2image import exceptions as poppler

from ingest.depth import from_pillow, without_idle_colour
from ingest.limits import DRAWN_PIXELS, Limits
from ingest.raster import Raster
from records.errors import DamagedFile, EncryptedFile, TooManyPages
from records.page import QualityFlag

_DPI = 300
_POINTS_AN_INCH = 72
_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s+\d{1,5}\s+obj\b")
_PAGE_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s+(\d{1,5})\s+obj\s*<<[^>]{0,400}?/Type\s*/Page(?![a-zA-Z])")
_SIZE = re.compile(r"size': '([\d.]+) x ([\d.]+) pts")
_POPPLER_ERRORS = (
    poppler.PDFInfoNotInstalledError,
    poppler.PDFPageCountError,
    poppler.PDFSyntaxError,
    poppler.PDFPopplerTimeoutError,
    OSError,
    ValueError,
)


def mended_copies(untrusted: Path, scratch: Path) -> Iterator[Path]:
    """Copies whose structure qpdf could rebuild: of the file, then of the file with a new page tree at its end.

    The second is for files that broke off: their page objects are there, what lists them is not. Raises
    EncryptedFile.
    """
    mended = scratch / "mended.pdf"
    if _rewritten(untrusted, mended):
        yield mended
    completed = scratch / "completed.pdf"
    if _with_new_tail(untrusted, completed) and _rewritten(completed, mended):
        yield mended


def _rewritten(untrusted: Path, mended: Path) -> bool:
    try:
        with pikepdf.open(untrusted, suppress_warnings=True) as pdf:
            if len(pdf.pages) == 0:
                return False
            pdf.save(mended)
    except pikepdf.PasswordError:
        raise EncryptedFile from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


def _with_new_tail(untrusted: Path, completed: Path) -> bool:
    """Append a page tree of the page objects that lie open in the file, a catalog and a trailer."""
    data = untrusted.read_bytes()
    found = [(int(number), int(generation)) for number, generation in _PAGE_OBJECT.findall(data)]
    if not found:
        return False
    tree = 1 + max(int(number) for number in _OBJECT.findall(data))
    kids = " ".join(f"{number} {generation} R" for number, generation in dict.fromkeys(found))
    tail = (
        f"\nendstream\nendobj\n{tree} 0 obj\n<</Type/Pages/Count {len(found)}/Kids[{kids}]"
        f"/MediaBox[0 0 595 842]>>\nendobj\n{tree + 1} 0 obj\n<</Type/Catalog/Pages {tree} 0 R>>\nendobj\n"
        f"trailer\n<</Size {tree + 2}/Root {tree + 1} 0 R>>\nstartxref\n0\n%%EOF\n"
    )
    completed.write_bytes(data + tail.encode())
    return True


@dataclass(slots=True)
class PopplerPdf:
    """A PDF as poppler reads it, in processes of its own under the same limits."""

    path: Path
    limits: Limits
    pages: int

    def page(self, number: int) -> Raster:
        """One page drawn at up to 300 dpi, flagged as repaired; raises DamagedFile."""
        try:
            dpi = self._dpi(number)
            drawn = pdf2image.convert_from_path(
                self.path,
                dpi=dpi,
                first_page=number,
                last_page=number,
                timeout=int(self.limits.page_seconds),
            )
        except _POPPLER_ERRORS:
            drawn = []
        if not drawn:
            raise DamagedFile("the page cannot be drawn")
        pixels = without_idle_colour(from_pillow(drawn[0]))
        return Raster(pixels, dpi=dpi, dpi_source="pdf", flags={QualityFlag.REPAIRED})

    def _dpi(self, number: int) -> int:
        """300, or as much as the pixel limit leaves to a page of this size."""
        known = pdf2image.pdfinfo_from_path(str(self.path), first_page=number, last_page=number)
        across, down = (float(side) / _POINTS_AN_INCH for side in _SIZE.findall(str(known))[0])
        if across <= 0 or down <= 0:
            raise ValueError("the page has no area")
        return max(1, int(min(_DPI, math.sqrt(min(self.limits.pixels, DRAWN_PIXELS) / (across * down)))))

    def close(self) -> None:
        """Nothing is held open."""


def open_with_poppler(untrusted: Path, limits: Limits) -> PopplerPdf:
    """Ask poppler for the pages; raises DamagedFile and TooManyPages."""
    try:
        pages = int(pdf2image.pdfinfo_from_path(str(untrusted), timeout=int(limits.page_seconds))["Pages"])
    except (*_POPPLER_ERRORS, KeyError):
        raise DamagedFile("no reader can open the PDF") from None
    if pages < 1:
        raise DamagedFile("the PDF has no pages")
    if pages > limits.pages:
        raise TooManyPages(pages=pages, limit=limits.pages)
    return PopplerPdf(untrusted, limits, pages)
