"""Sizes as image headers claim them, read in plain Python before any decoder sees the file."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from records.errors import DamagedFile, ImageTooLarge

_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset([0x01, *range(0xD0, 0xD9)])  # markers without a length
_SOS, _EOI, _APP0, _APP14 = 0xDA, 0xD9, 0xE0, 0xEE
_CM_TO_INCH = 2.54
_MOST_SCANS = 100  # a progressive JPEG has about ten


@dataclass(frozen=True, slots=True)
class JpegHeader:
    width: int
    height: int
    components: int
    precision: int  # bits a sample
    process: int  # n of SOFn: 0 baseline, 1 extended, 2 progressive
    dpi: float  # by the JFIF header; 0 = it does not say
    adobe_transform: int | None  # ITU-T T.872: 0 = none, 1 = YCbCr, 2 = YCCK
    complete: bool  # the end-of-image marker is there

    @property
    def is_common(self) -> bool:
        """Whether every browser and PDF reader shows it: 8 bits, gray or YCbCr, Huffman coded."""
        plain = self.adobe_transform in (None, 1) or self.components == 1
        return self.process <= 2 and self.precision == 8 and self.components in (1, 3) and plain


def jpeg_header(untrusted: bytes) -> JpegHeader:
    """What the markers of a JPEG say (ITU-T T.81, Annex B); raises DamagedFile when there is no frame in it.

    Raises DamagedFile also for hundreds of passes over the image, each of which costs as much as decoding it once.
    """
    dpi, transform, frame, at = 0.0, None, None, 2
    while True:
        marker, start, end = _segment(untrusted, at)
        body = untrusted[start:end]
        if marker == _APP0 and body[:5] == b"JFIF\0" and len(body) >= 12:
            dpi = _jfif_dpi(body)
        elif marker == _APP14 and body[:5] == b"Adobe" and len(body) >= 12:
            transform = body[11]
        elif marker in _SOF and len(body) >= 6:
            frame = (marker - 0xC0, *struct.unpack(">BHHB", body[:6]))
        elif marker in (_SOS, _EOI):
            break
        at = end
    if frame is None:
        raise DamagedFile("the JPEG has no frame header")
    if untrusted.count(b"\xff\xda") > _MOST_SCANS:
        raise DamagedFile("the JPEG has more passes than any encoder makes")
    process, precision, height, width, components = frame
    complete = untrusted.rfind(b"\xff\xd9") > at
    return JpegHeader(width, height, components, precision, process, dpi, transform, complete)


def _segment(untrusted: bytes, at: int) -> tuple[int, int, int]:
    """The marker at or after this offset, and where its body starts and ends."""
    at = untrusted.find(b"\xff", at)
    while 0 <= at < len(untrusted) - 1 and untrusted[at + 1] in (0x00, 0xFF):
        at = untrusted.find(b"\xff", at + 1)
    if at < 0 or at + 4 > len(untrusted):
        return _EOI, len(untrusted), len(untrusted)
    marker = untrusted[at + 1]
    if marker in _ALONE or marker == _EOI:
        return marker, at + 2, at + 2
    length = max(2, int.from_bytes(untrusted[at + 2 : at + 4], "big"))
    return marker, at + 4, at + 2 + length


def _jfif_dpi(body: bytes) -> float:
    unit, across, down = struct.unpack(">BHH", body[7:12])
    if across != down or unit not in (1, 2):
        return 0.0
    return float(across) if unit == 1 else across * _CM_TO_INCH


def png_size(untrusted: bytes) -> tuple[int, int]:
    """Width and height by the IHDR chunk; raises DamagedFile when the file does not start with one."""
    if len(untrusted) < 24 or untrusted[12:16] != b"IHDR":
        raise DamagedFile("the PNG does not start with its header")
    width, height = struct.unpack(">II", untrusted[16:24])
    return width, height


def check_size(width: int, height: int, allowed: int) -> None:
    """Raises DamagedFile for an image without area, ImageTooLarge for one beyond `allowed` pixels."""
    if width <= 0 or height <= 0:
        raise DamagedFile("the image has no area")
    if width * height > allowed:
        raise ImageTooLarge(width=width, height=height, limit=allowed)
