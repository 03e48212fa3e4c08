"""Makes the lasting PDF of a document and looks at it before anybody relies on it."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.pdfa import PdfMetadata, PdfPage, Profile, write_pdfa
from ocr.rendering import check_rendering
from records.errors import FilingFailed

# Likeness to the scan below which a page counts as wrongly written. A page that shows nothing, or the image of another
# page, has about 0.03, a master 0.999 (it is only drawn smaller), an access copy of a scanned paper 0.9 and more.
LEAST_LIKENESS = {Profile.MASTER: 0.95, Profile.ACCESS: 0.8}


def build_pdf(
    pages: Sequence[PdfPage], metadata: PdfMetadata, profile: Profile | str = Profile.MASTER
) -> bytes:
    """The pages as a PDF/A-2b whose every page, drawn again, looks like its scan.

    A document whose small copy would not look right is written as a master. Raises FilingFailed when the master is
    not right either, and like `write_pdfa` when an image cannot be used.
    """
    profile = Profile(profile)
    pdf = write_pdfa(pages, metadata, profile)
    likeness = min(check_rendering(pdf, *zip(*map(_shown, pages), strict=True)))
    if likeness >= LEAST_LIKENESS[profile]:
        return pdf
    if profile is Profile.ACCESS:
        return build_pdf(pages, metadata, Profile.MASTER)
    raise FilingFailed("a page of the written PDF does not look like its scan", likeness=round(likeness, 3))


def _shown(page: PdfPage) -> tuple[bytes, int]:
    """A page's image, and how far it is turned when it is shown."""
    return page.image, page.text.rotation if page.text is not None else 0
