"""How a camera or scanner held the page: the turn that a JPEG's EXIF header asks for (CIPA DC-008, 4.6.4).

A stored JPEG is shown turned so, by browsers too; everybody who decodes one has to ask here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

PLAIN = 1  # the first row is the top, the first column the left side
SIDEWAYS = frozenset({5, 6, 7, 8})  # width and height change places
_TAG, _SHORT = 0x0112, 3
_APP1, _SOS, _EOI = 0xE1, 0xDA, 0xD9
_ALONE = frozenset([0x01, *range(0xD0, 0xD9)])  # markers without a length
_OURS = b"sohoa"  # behind what a segment says: a camera's own is never taken for ours
_MOST_ENTRIES = 512  # of a directory; cameras write some thirty


def orientation_of(image: bytes) -> int:
    """1 … 8 as EXIF counts them; 1 where nothing, or nothing sound, is said, and for what is no JPEG."""
    if not image.startswith(b"\xff\xd8"):
        return PLAIN
    for body in _exif_segments(image):
        try:
            return _in_directory(body)
        except struct.error:
            return PLAIN
    return PLAIN


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """A JPEG that says nothing of its orientation, with an EXIF segment that does; its image's bytes stay as they are.

    The segment goes behind the JFIF header, which has to be the first.
    """
    if orientation == PLAIN:
        return jpeg
    at = _behind_jfif(jpeg)
    return jpeg[:at] + _segment(orientation) + jpeg[at:]


def as_scanned(jpeg: bytes) -> bytes:
    """A JPEG without the segment that `with_orientation` has put into it.

    >>> as_scanned(with_orientation(b"\\xff\\xd8\\xff\\xd9", 6))
    b'\\xff\\xd8\\xff\\xd9'
    """
    at = _behind_jfif(jpeg)
    ours = _segment(orientation_of(jpeg))
    return jpeg[:at] + jpeg[at + len(ours) :] if jpeg[at:].startswith(ours) else jpeg


def _behind_jfif(jpeg: bytes) -> int:
    return 4 + int.from_bytes(jpeg[4:6], "big") if jpeg[2:4] == b"\xff\xe0" else 2


def _segment(orientation: int) -> bytes:
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _TAG, _SHORT, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff + _OURS
    return b"\xff" + bytes([_APP1]) + struct.pack(">H", len(body) + 2) + body


def _exif_segments(image: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(image) and image[at] == 0xFF:
        marker = image[at + 1]
        if marker in (_SOS, _EOI):
            return
        if marker == 0xFF or marker in _ALONE:  # filling, or a marker of its own
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(image[at + 2 : at + 4], "big")
        body = image[at + 4 : at + 2 + length]
        if marker == _APP1 and body.startswith(b"Exif\0"):
            yield body[6:]
        at += 2 + max(2, length)


def _in_directory(tiff: bytes) -> int:
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", tiff, 4)
    (entries,) = struct.unpack_from(order + "H", tiff, first)
    for number in range(min(entries, _MOST_ENTRIES)):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * number)
        if tag == _TAG:
            return value if kind == _SHORT and value in range(1, 9) else PLAIN
    return PLAIN
