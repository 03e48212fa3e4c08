"""PDF: the readers in the order in which they are asked, and what is said when the first could not do it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from ingest.depth import with_white_rest
from ingest.limits import Limits
from ingest.pdf_page import rasterised
from ingest.pdf_structure import Structure, structure
from ingest.pdf_words import visible_words
from ingest.raster import Document, Raster
from records.errors import DamagedFile, EncryptedFile, InvalidInput, TooManyPages
from records.page import QualityFlag, Word


@dataclass(slots=True)
class PdfiumPdf:
    """A PDF as pdfium reads it."""

    opened: pdfium.PdfDocument
    limits: Limits

    @property
    def pages(self) -> int:
        return len(self.opened)

    def page(self, number: int) -> Raster:
        """One page; raises DamagedFile or ImageTooLarge."""
        try:
            page = self.opened[number - 1]
        except (pdfium.PdfiumError, IndexError):
            raise DamagedFile("the page cannot be opened") from None
        try:
            raster = rasterised(page, self.limits)
        except pdfium.PdfiumError:
            raise DamagedFile("the page cannot be drawn") from None
        finally:
            page.close()
        if raster.is_born_digital:
            raster.words = self._words(number, raster)
        return raster

    def _words(self, number: int, raster: Raster) -> tuple[Word, ...]:
        """What the page's own text says; none where it cannot be had, for the image can be read."""
        try:
            return visible_words(self.opened, number, raster.gray)
        except (pdfium.PdfiumError, OverflowError, ValueError):
            return ()

    def close(self) -> None:
        self.opened.close()


@dataclass(slots=True)
class PdfDocument:
    """A PDF with all its readers: a page that one cannot show is asked of the next."""

    readers: Iterator[Document]  # that have not been asked yet
    structure: Structure
    is_mended: bool  # the first reader could not open it
    opened: list[Document] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return self.opened[0].pages

    def page(self, number: int) -> Raster:
        """One page, flagged when the file was mended or its end is missing; raises DamagedFile or ImageTooLarge."""
        for place, reader in enumerate(self._asked()):
            if number > reader.pages:
                continue
            try:
                raster = reader.page(number)
            except DamagedFile:
                continue
            if place or self.is_mended or not self.structure.indexed:
                raster.flags.add(QualityFlag.REPAIRED)
            if self.structure.breaks_off and number == self.pages:
                raster.flags.add(QualityFlag.TRUNCATED)
                raster.pixels = with_white_rest(raster.pixels)
            return raster
        raise DamagedFile("no reader can show the page")

    def close(self) -> None:
        for document in self.opened:
            document.close()

    def _asked(self) -> Iterator[Document]:
        yield from list(self.opened)
        for reader in self.readers:
            self.opened.append(reader)
            yield reader


def open_pdf(untrusted: Path, scratch: Path, limits: Limits, careful: bool = False) -> Document:
    """The PDF at this path; `careful` leaves pdfium out.

    Raises EncryptedFile, DamagedFile and TooManyPages.
    """
    first = None if careful else _with_pdfium(untrusted, limits)
    others = _other_readers(untrusted, scratch, limits, careful)
    opened = first or next(others, None)
    if opened is None:
        raise DamagedFile("no reader can open the PDF")
    return PdfDocument(others, structure(untrusted), first is None, [opened])


def _with_pdfium(untrusted: Path, limits: Limits) -> PdfiumPdf | None:
    """None where pdfium finds no pages or asks for a password; raises TooManyPages."""
    try:
        opened = pdfium.PdfDocument(untrusted)
    except pdfium.PdfiumError:
        return None
    if len(opened) > limits.pages:
        raise TooManyPages(pages=len(opened), limit=limits.pages)
    if len(opened) == 0:
        opened.close()
        return None
    opened.init_forms()  # or filled fields and the stamps of signatures are not drawn
    return PdfiumPdf(opened, limits)


def _other_readers(untrusted: Path, scratch: Path, limits: Limits, careful: bool) -> Iterator[Document]:
    """Copies that qpdf has mended, read by pdfium, then poppler.

    Raises EncryptedFile when qpdf asks for a password and poppler cannot do without one either.
    """
    from ingest.pdf_fallback import mended_copies, open_with_poppler  # rarely needed, and slow to import

    refused: InvalidInput | None = None
    try:
        for copy in () if careful else mended_copies(untrusted, scratch):
            document = _with_pdfium(copy, limits)
            if document is not None:
                yield document
    except EncryptedFile as locked:
        refused = locked
    try:
        yield open_with_poppler(untrusted, limits)
    except DamagedFile:
        if refused is not None:
            raise refused from None
