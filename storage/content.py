"""Content addressing: an object lies under the key of its SHA-256 and is believed only when it hashes to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from records.errors import FixityMismatch, ObjectMissing
from records.fixity import Fixity, Sha256, parse_sha256

CHUNK = 1024 * 1024  # bytes


def object_key(sha256: Sha256) -> str:
    """Where an object lies, in a directory and in a bucket alike; raises InvalidValue for what is no SHA-256.

    >>> object_key(Sha256("ab12" + 60 * "0"))[:12]
    'ab/12/ab1200'
    """
    digest = parse_sha256(sha256)
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def is_sha256(name: str) -> bool:
    """Whether this is the name of an object, and not of something else that somebody put there.

    >>> is_sha256("ab12" + 60 * "0"), is_sha256(".incoming-x")
    (True, False)
    """
    return len(name) == 64 and not set(name) - set("0123456789abcdef")


def chunks_of(data: bytes | Path) -> Iterator[bytes]:
    """The bytes, or those of a file, in portions."""
    if isinstance(data, bytes):
        for start in range(0, len(data), CHUNK):
            yield data[start : start + CHUNK]
        return
    with data.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def expected(chunks: Iterable[bytes], fixity: Fixity) -> Iterator[bytes]:
    """The same chunks; raises FixityMismatch at their end if they are not what was announced."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        yield chunk
    if (digest.hexdigest(), size) != (fixity.sha256, fixity.size):
        raise FixityMismatch("the bytes to be stored are not those that were announced")


def intact(chunks: Iterable[bytes], sha256: Sha256) -> Iterator[bytes]:
    """The same chunks as they are read; raises ObjectMissing at their end if the object was damaged."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != sha256:
        raise ObjectMissing("an object is damaged in the store", sha256=sha256)


def lost(sha256: Sha256) -> ObjectMissing:
    """The error for an object that is not there."""
    return ObjectMissing("an object is not in the store", sha256=sha256)
