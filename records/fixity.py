"""Fixity: the SHA-256 and size that prove a file is still the file that was scanned."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import NewType

from records.errors import InvalidValue

Sha256 = NewType("Sha256", str)  # 64 lower-case hexadecimal digits

_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Fixity:
    sha256: Sha256
    size: int  # bytes

    @classmethod
    def of(cls, data: bytes) -> Fixity:
        """The fixity of these bytes.

        >>> Fixity.of(b"").sha256[:8]
        'e3b0c442'
        """
        return cls(Sha256(hashlib.sha256(data).hexdigest()), len(data))


def parse_sha256(untrusted: str) -> Sha256:
    """A SHA-256 in hexadecimal, whatever its case; raises InvalidValue."""
    text = untrusted.strip().lower()
    if not _HEX.fullmatch(text):
        raise InvalidValue("a SHA-256 is 64 hexadecimal digits")
    return Sha256(text)
