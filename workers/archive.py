"""The lasting copy of a record: a PDF/A-2b of its pages and words, or the signed PDF exactly as it arrived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.wiring import Services
from ocr.alto import from_alto
from ocr.born_digital import is_signed
from ocr.document import build_pdf
from ocr.pdfa import PdfPage
from ocr.xmp import PdfMetadata
from records.batch import ScanFile
from records.errors import FilingFailed, InvalidInput, SohoaError
from records.fixity import Fixity
from records.page import EngineStamp, Page
from records.record import Record

PDF = "application/pdf"


def archival_copy(services: Services, record: Record, pages: Sequence[Page], scan_file: ScanFile) -> Fixity:
    """Make and store the record's lasting copy; returns its fixity. The same record gives the same bytes.

    A signed PDF that is one record is never re-written: its own bytes are the lasting copy, and what was read on
    it stays in its pages' ALTO (Decree 30/2020). Raises FilingFailed or BackendUnavailable.
    """
    if _is_whole(pages, scan_file) and _arrived_signed(services, scan_file):
        return scan_file.fixity
    metadata = PdfMetadata(
        title=_title(record),
        created=record.confirmation.at if record.confirmation else record.created_at,
        engine=_stamp(services, pages),
        masters=tuple(page.image for page in pages),
        dossier=record.confirmation.tag.code if record.confirmation else None,
    )
    try:
        pdf = build_pdf(list(_pdf_pages(services, pages)), metadata, services.settings.archival_profile)
    except InvalidInput as error:
        raise FilingFailed(cause=error.code) from error
    fixity = Fixity.of(pdf)
    services.objects.put(pdf, fixity, PDF)
    return fixity


def _is_whole(pages: Sequence[Page], scan_file: ScanFile) -> bool:
    """Whether the pages are the file: all of it, in its order, and nothing of another."""
    in_file = [page.number if page.file == scan_file.id else None for page in pages]
    return in_file == list(range(1, (scan_file.pages or 0) + 1))


def _arrived_signed(services: Services, scan_file: ScanFile) -> bool:
    if scan_file.media_type != PDF:
        return False
    try:
        return is_signed(services.objects.get(scan_file.fixity.sha256))
    except SohoaError:
        return False


def _title(record: Record) -> str:
    """Kind and number of the paper, never a person."""
    if record.confirmation is None:
        return record.id
    number = record.confirmation.values.get("number_symbol") or ""
    return f"{record.confirmation.document_type} {number}".strip()


def _stamp(services: Services, pages: Sequence[Page]) -> EngineStamp | None:
    read = next((page for page in pages if page.text is not None), None)
    return from_alto(services.objects.get(read.text.sha256)).engine if read and read.text else None


def _pdf_pages(services: Services, pages: Sequence[Page]) -> Iterator[PdfPage]:
    for page in pages:
        text = from_alto(services.objects.get(page.text.sha256)) if page.text else None
        yield PdfPage(services.objects.get(page.image.sha256), text, page.quality.dpi)
