"""Second and third readers for PDFs that the first cannot open: qpdf mends them, poppler draws what it can."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

import pdf2image
import pikepdf
from pdf2image import exceptions as poppler

from ingest.depth import from_pillow, without_idle_colour
from ingest.limits import Limits
from ingest.raster import Raster
from records.errors import DamagedFile, EncryptedFile, TooManyPages
from records.page import QualityFlag

_DPI = 300
_PIXELS = 64_000_000
_POINTS_AN_INCH = 72
_SIZE = re.compile(r"size': '([\d.]+) x ([\d.]+) pts")
_POPPLER_ERRORS = (
    poppler.PDFInfoNotInstalledError,
    poppler.PDFPageCountError,
    poppler.PDFSyntaxError,
    poppler.PDFPopplerTimeoutError,
    OSError,
    ValueError,
)


def repaired(untrusted: Path, scratch: Path) -> Path:
    """A copy of the PDF whose structure qpdf has rebuilt; raises EncryptedFile and DamagedFile."""
    mended = scratch / "repaired.pdf"
    try:
        with pikepdf.open(untrusted, suppress_warnings=True) as pdf:
            if len(pdf.pages) == 0:
                raise DamagedFile("the PDF has no pages")
            pdf.save(mended)
    except pikepdf.PasswordError:
        raise EncryptedFile from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        raise DamagedFile("the PDF cannot be repaired") from None
    return mended


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
        return max(1, int(min(_DPI, math.sqrt(min(self.limits.pixels, _PIXELS) / (across * down)))))

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
