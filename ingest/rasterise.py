"""Any of the four media types opened as a document whose pages are images; runs in the child process."""

from __future__ import annotations

from pathlib import Path

from ingest.limits import Limits
from ingest.raster import Document
from records.errors import UnsupportedMediaType


def opened(
    untrusted: Path, media_type: str, scratch: Path, limits: Limits, careful: bool = False
) -> Document:
    """The document in this file.

    `careful` asks for the second reader from the start, after the first one has died on this file. Raises
    UnsupportedMediaType, EncryptedFile, DamagedFile and TooManyPages. The readers are imported here, each only
    for files of its kind, because importing them is most of what a one-page file costs.
    """
    if media_type == "application/pdf":
        from ingest.pdf import open_pdf

        return open_pdf(untrusted, scratch, limits, careful)
    if media_type == "image/tiff":
        from ingest.tiff import open_tiff

        return open_tiff(untrusted, limits, careful)
    if media_type in ("image/jpeg", "image/png"):
        from ingest.images import ImageDocument

        return ImageDocument(untrusted, media_type, limits)
    raise UnsupportedMediaType
