"""What a file is and whether it is whole, told from its bytes alone: what a sender calls it is not trusted."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.limits import Limits
from records.errors import EmptyFile, FileTooLarge, FixityMismatch, UnsupportedMediaType
from records.fixity import Fixity, Sha256, parse_sha256

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


def check(untrusted_bytes: bytes, declared_sha256: str, limits: Limits | None = None) -> tuple[Fixity, str]:
    """The fixity and media type of a whole file in memory.

    Raises EmptyFile, FileTooLarge, UnsupportedMediaType, FixityMismatch, or InvalidValue for a declaration that
    is no SHA-256.
    """
    with received([untrusted_bytes], declared_sha256, limits) as file:
        return file.fixity, file.media_type


def identified(path: Path, limits: Limits | None = None) -> tuple[Fixity, str]:
    """The fixity and media type of a file on the local disk, whose sender nobody doubts.

    Raises EmptyFile, FileTooLarge, UnsupportedMediaType, or OSError.
    """
    allowed = (limits or Limits()).bytes
    if path.stat().st_size > allowed:
        raise FileTooLarge(limit=allowed)
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        found_type = media_type(file.read(HEAD_BYTES))
        file.seek(0)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Fixity(Sha256(digest.hexdigest()), size), found_type


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has arrived whole and lies on the local disk until its context ends."""

    path: Path
    fixity: Fixity
    media_type: str


@contextmanager
def received(
    untrusted_chunks: Iterable[bytes], declared_sha256: str, limits: Limits | None = None
) -> Iterator[Received]:
    """Write a stream of any size to a temporary file, and check it on the way.

    Raises as `check` does. The limit holds while bytes still come in, so a sender without end fills no disk.
    """
    declared = parse_sha256(declared_sha256)
    allowed = (limits or Limits()).bytes
    with tempfile.TemporaryDirectory(prefix="sohoa-intake-") as folder:
        path = Path(folder, "received")
        fixity, head = _written(untrusted_chunks, path, allowed)
        found_type = media_type(head)
        if fixity.sha256 != declared:
            raise FixityMismatch(declared=declared, received=fixity.sha256)
        yield Received(path, fixity, found_type)


def _written(untrusted_chunks: Iterable[bytes], path: Path, allowed: int) -> tuple[Fixity, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("wb") as out:
        for chunk in untrusted_chunks:
            size += len(chunk)
            if size > allowed:
                raise FileTooLarge(limit=allowed)
            digest.update(chunk)
            out.write(chunk)
            if len(head) < HEAD_BYTES:
                head += chunk[: HEAD_BYTES - len(head)]
    return Fixity(Sha256(digest.hexdigest()), size), head
