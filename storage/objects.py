"""The object store: masters, page images, texts and lasting copies, each under the key of its SHA-256.

Nothing here deletes or changes an object. Writing twice is writing once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from records.fixity import Fixity, Sha256
from storage.content import object_key
from storage.files import DirectoryStore
from storage.s3 import S3Store

__all__ = ["ObjectStore", "make_object_store", "object_key"]


class ObjectStore(Protocol):
    """Every method raises ObjectStoreUnavailable when the store does not answer; reads raise ObjectMissing when
    the object is not there or is damaged."""

    def put(self, data: bytes | Path, fixity: Fixity, media_type: str) -> None:
        """Keep these bytes; when it returns they are durable and verified. Raises FixityMismatch."""

    def get(self, sha256: Sha256) -> bytes:
        """All bytes of an object, verified."""

    def open(self, sha256: Sha256) -> Iterator[bytes]:
        """An object in chunks, for streaming: raises ObjectMissing at once, or at the end when it is damaged."""

    def size(self, sha256: Sha256) -> int:
        """The size of an object in bytes."""

    def exists(self, sha256: Sha256) -> bool:
        """Whether the object is there."""

    def listed(self) -> Iterator[Sha256]:
        """Every object that is there, in the order of the SHA-256; what comes meanwhile may be missing."""

    def path_or_copy(self, sha256: Sha256) -> AbstractContextManager[Path]:
        """A local file with the verified object, to be read inside the `with` block and never written to."""

    def ready(self) -> None:
        """Raises ObjectStoreUnavailable unless objects can be written now."""


def make_object_store(url: str) -> ObjectStore:
    """A store at `file:///DIRECTORY` or `s3://KEY:SECRET@HOST:PORT/BUCKET?secure=false&region=…`.

    Connects at first use; raises ValueError. Special characters in the key and the secret are percent-encoded.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path and parts.netloc in ("", "localhost"):
        return DirectoryStore(Path(unquote(parts.path)))
    bucket = parts.path.strip("/")
    if parts.scheme == "s3" and parts.hostname and bucket and "/" not in bucket:
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return S3Store(
            parts.netloc.rpartition("@")[2],
            bucket,
            key=unquote(parts.username or ""),
            secret=unquote(parts.password or ""),
            secure=options.get("secure", "true").lower() not in ("false", "0", "no"),
            region=options.get("region", "us-east-1"),
        )
    raise ValueError("the objects URL is file:///DIRECTORY or s3://KEY:SECRET@HOST:PORT/BUCKET")
