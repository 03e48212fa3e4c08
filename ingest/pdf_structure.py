"""Whether a PDF's skeleton is whole, seen without a parser: readers mend a broken one in silence, we say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEAD, _TAIL = 1024 + 8, 2048
_START = re.compile(rb"startxref\s+(\d{1,12})")
_SECTION = re.compile(rb"\s*(xref\b|\d{1,10}\s+\d{1,5}\s+obj\b)")


@dataclass(frozen=True, slots=True)
class Structure:
    """`ends`: the end-of-file marker is there; `indexed`: the cross-reference section is where the file says."""

    ends: bool
    indexed: bool

    @property
    def breaks_off(self) -> bool:
        return not self.ends and not self.indexed


def structure(untrusted: Path) -> Structure:
    """Look at the head and the tail of a PDF (ISO 32000-1, 7.5.5); bytes before %PDF- shift its offsets."""
    with untrusted.open("rb") as file:
        head = file.read(_HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
        starts = _START.findall(tail)
        offset = int(starts[-1]) if starts else size
        shift = max(0, head.find(b"%PDF-"))
        indexed = any(_has_section(file, place) for place in {offset, offset + shift} if 0 < place < size)
    return Structure(b"%%EOF" in tail, indexed)


def _has_section(file: BinaryIO, place: int) -> bool:
    file.seek(place)
    return _SECTION.match(file.read(64)) is not None
