"""The directories of a TIFF, walked in plain Python: how many pages, how large, which way up.

TIFF 6.0 and BigTIFF. Only the main chain counts: sub-directories, thumbnails and masks are no pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from records.errors import DamagedFile, TooManyPages

_SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_FORMATS = {
    1: "B",
    3: "H",
    4: "I",
    6: "b",
    8: "h",
    9: "i",
    11: "f",
    12: "d",
    13: "I",
    16: "Q",
    17: "q",
    18: "Q",
}
_RATIONALS = {5: "II", 10: "ii"}
_MAX_ENTRIES = 4096  # of one directory; real ones have some tens
_MAX_VALUES = 1 << 20  # of one entry: the strips of the largest page

REDUCED, MASK = 1, 4  # bits of NewSubfileType


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of the chain: `index` is its place there, `tags` what could be read of it."""

    index: int
    order: str  # "<" or ">"
    tags: dict[int, tuple[float, ...]] = field(default_factory=dict)

    def value(self, tag: int, default: int = 0) -> int:
        """The first value of a tag."""
        values = self.tags.get(tag)
        return int(values[0]) if values else default

    @property
    def width(self) -> int:
        return self.value(256)

    @property
    def height(self) -> int:
        return self.value(257)

    @property
    def orientation(self) -> int:
        return self.value(274, 1) if 1 <= self.value(274, 1) <= 8 else 1

    @property
    def resolution(self) -> tuple[float, float]:
        """Dots an inch across and down as stored; zeros when it is not said."""
        across, down = (self.tags.get(tag, (0.0,))[0] for tag in (282, 283))
        unit = self.value(296, 2)
        factor = {2: 1.0, 3: 2.54}.get(unit, 0.0)
        return across * factor, down * factor

    @property
    def is_page(self) -> bool:
        kind = self.value(254)
        return not kind & (REDUCED | MASK) and self.value(255) != 2


def pages(untrusted: BinaryIO, allowed: int) -> list[Directory]:
    """The directories that are pages, in order; raises DamagedFile and TooManyPages.

    When all call themselves thumbnails or masks, the first is the page.
    """
    found = list(directories(untrusted, allowed))
    if not found:
        raise DamagedFile("the TIFF has no directory")
    return [directory for directory in found if directory.is_page] or found[:1]


def directories(untrusted: BinaryIO, allowed: int) -> Iterator[Directory]:
    """The main chain until it ends, breaks or turns back on itself; raises TooManyPages beyond `allowed`."""
    head = untrusted.read(16)
    order = "<" if head[:2] == b"II" else ">"
    big = len(head) == 16 and struct.unpack(order + "H", head[2:4])[0] == 43
    at = _unpack(order + ("Q" if big else "I"), head[8:] if big else head[4:8])
    seen: set[int] = set()
    while at and at not in seen:
        if len(seen) >= allowed:
            raise TooManyPages(limit=allowed)
        seen.add(at)
        parsed = _directory(untrusted, at, order, big, len(seen) - 1)
        if parsed is None:
            return
        directory, at = parsed
        yield directory


def _directory(
    untrusted: BinaryIO, at: int, order: str, big: bool, index: int
) -> tuple[Directory, int] | None:
    """The directory at this offset and where the next one lies; None where there is none."""
    untrusted.seek(min(at, 1 << 62))
    count_size, entry_size, offset_size = (8, 20, 8) if big else (2, 12, 4)
    raw = untrusted.read(count_size)
    if len(raw) < count_size:
        return None
    count = _unpack(order + ("Q" if big else "H"), raw)
    body = untrusted.read(min(count, _MAX_ENTRIES) * entry_size)
    following = untrusted.read(offset_size) if count <= _MAX_ENTRIES else b""
    tags: dict[int, tuple[float, ...]] = {}
    for start in range(0, len(body) - entry_size + 1, entry_size):
        tag, values = _entry(untrusted, body[start : start + entry_size], order, big)
        if values and tag not in tags:
            tags[tag] = values
    behind = _unpack(order + ("Q" if big else "I"), following) if len(following) == offset_size else 0
    return Directory(index, order, tags), behind


def _entry(untrusted: BinaryIO, raw: bytes, order: str, big: bool) -> tuple[int, tuple[float, ...]]:
    tag, kind = struct.unpack(order + "HH", raw[:4])
    count = _unpack(order + ("Q" if big else "I"), raw[4 : 12 if big else 8])
    inline = raw[12:] if big else raw[8:]
    size = _SIZES.get(kind, 0) * count
    if (kind not in _FORMATS and kind not in _RATIONALS) or not 0 < count <= _MAX_VALUES:
        return tag, ()
    data = inline[:size]
    if size > len(inline):
        untrusted.seek(min(_unpack(order + ("Q" if big else "I"), inline), 1 << 62))
        data = untrusted.read(size)
    return tag, _values(data, kind, order)


def _values(data: bytes, kind: int, order: str) -> tuple[float, ...]:
    count = len(data) // _SIZES[kind]
    data = data[: count * _SIZES[kind]]
    if kind in _RATIONALS:
        parts = struct.unpack(order + _RATIONALS[kind] * count, data)
        return tuple(a / b if b else 0.0 for a, b in zip(parts[::2], parts[1::2], strict=True))
    return struct.unpack(f"{order}{count}{_FORMATS[kind]}", data)


def _unpack(form: str, raw: bytes) -> int:
    return int(struct.unpack(form, raw)[0]) if len(raw) == struct.calcsize(form) else 0
