"""What a file is, told from its bytes alone: what a sender calls it is not trusted."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.limits import Limits
from records.errors import EmptyFile, FileTooLarge, UnsupportedMediaType
from records.fixity import Fixity, Sha256

HEAD_BYTES = 4096  # enough to tell a media type

_PDF_WITHIN = 1024  # readers accept %PDF- anywhere in the first 1024 bytes (PDF 1.7, Annex H.3, note 13)
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")  # classic and BigTIFF, both byte orders
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_CHUNK = 1024 * 1024


def media_type(untrusted_head: bytes) -> str:
    """The media type that the first `HEAD_BYTES` of a file show; raises EmptyFile or UnsupportedMediaType.

    >>> media_type(b"%PDF-1.7")
    'application/pdf'
    """
    if not untrusted_head:
        raise EmptyFile
    if untrusted_head.startswith(_JPEG):
        return "image/jpeg"
    if untrusted_head.startswith(_PNG):
        return "image/png"
    if untrusted_head.startswith(_TIFF):
        return "image/tiff"
    if b"%PDF-" in untrusted_head[: _PDF_WITHIN + len(b"%PDF-")]:
        return "application/pdf"
    raise UnsupportedMediaType


def media_type_of(path: Path) -> str:
    """The media type of a file on the local disk; raises EmptyFile, UnsupportedMediaType or OSError."""
    with path.open("rb") as file:
        return media_type(file.read(HEAD_BYTES))


def identified(path: Path, limits: Limits | None = None) -> tuple[Fixity, str]:
    """The fixity and media type of a file on the local disk, whose sender nobody doubts.

    Raises EmptyFile, FileTooLarge, UnsupportedMediaType, or OSError.
    """
    allowed = (limits or Limits()).bytes
    if path.stat().st_size > allowed:
        raise FileTooLarge(limit=allowed)
    found_type = media_type_of(path)
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Fixity(Sha256(digest.hexdigest()), size), found_type
