"""Files that the tests make: scans in PDFs and TIFFs, with known pixels, and broken or hostile ones."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

Gray = NDArray[np.uint8]


def printed_page(width: int = 620, height: int = 877, lines: int = 28, ink: int = 20) -> Gray:
    """A gray page of made-up print at 75 dpi for A4, with margins; larger pages have larger letters."""
    page = np.full((height, width), 255, np.uint8)
    step = height // (lines + 8)
    for line in range(lines):
        text = "".join(chr(97 + (line * 7 + place * 5) % 26) if place % 6 else " " for place in range(44))
        size = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 1)[0][0]
        at = (int(width * 0.14), (line + 4) * step)
        scale = 0.74 * width / size
        cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, ink, max(1, width // 500), cv2.LINE_AA)
    return page


def colour_page(width: int = 620, height: int = 877) -> NDArray[np.uint8]:
    """The same in blue, green, red, with a red seal, and paper that is not quite white."""
    page = cv2.cvtColor(printed_page(width, height), cv2.COLOR_GRAY2BGR)
    page = np.minimum(page, np.array([240, 248, 250], np.uint8))
    cv2.circle(page, (int(width * 0.7), int(height * 0.8)), width // 9, (60, 50, 200), width // 100)
    return np.asarray(page, np.uint8)


def jpeg(pixels: NDArray[np.uint8], quality: int = 90) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def png(pixels: NDArray[np.uint8]) -> bytes:
    return cv2.imencode(".png", pixels)[1].tobytes()


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """A Pillow image as the bytes of a file."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def pdf_of(*pages: Dictionary, pdf: pikepdf.Pdf, **options: Any) -> bytes:
    for page in pages:
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    file = io.BytesIO()
    pdf.save(file, **options)
    return file.getvalue()


def image_object(pdf: pikepdf.Pdf, data: bytes, width: int, height: int, **entries: Any) -> Stream:
    """An image XObject; entries such as Filter, ColorSpace, BitsPerComponent."""
    return Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, **entries)


def jpeg_object(
    pdf: pikepdf.Pdf, data: bytes, width: int, height: int, space: Name = Name.DeviceRGB
) -> Stream:
    return image_object(pdf, data, width, height, Filter=Name.DCTDecode, ColorSpace=space, BitsPerComponent=8)


def page_with(
    pdf: pikepdf.Pdf,
    content: bytes,
    image: Stream | None = None,
    box: Sequence[float] = (0, 0, 595, 842),
    **entries: Any,
) -> Dictionary:
    """A page with an optional image Im0 and the Helvetica F1."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(F1=font))
    if image is not None:
        resources.XObject = Dictionary(Im0=image)
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array(list(box)),
        Resources=resources,
        Contents=Stream(pdf, content),
        **entries,
    )


def scan_pdf(stream: bytes, width: int, height: int, extra: bytes = b"", **entries: Any) -> bytes:
    """A PDF of one page that is one JPEG, with more content drawn after it."""
    pdf = pikepdf.new()
    image = jpeg_object(pdf, stream, width, height)
    return pdf_of(page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q " + extra, image, **entries), pdf=pdf)


def tiff(width: int, height: int, data: bytes, order: str = "<", **tags: int) -> bytes:
    """A TIFF of one strip, uncompressed unless `t259` says otherwise; tags are given as t274=6 and the like."""
    known = {256: width, 257: height, 258: 8, 259: 1, 262: 1, 273: 0, 277: 1, 278: height, 279: len(data)}
    known |= {int(name[1:]): value for name, value in tags.items()}
    start = 8 + 2 + 12 * len(known) + 4
    known[273] = start
    entries = b"".join(struct.pack(order + "HHII", tag, 4, 1, value) for tag, value in sorted(known.items()))
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    return head + struct.pack(order + "H", len(known)) + entries + bytes(4) + data


def png_claiming(width: int, height: int, data: bytes = b"", *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG whose header claims a size, with the compressed `data` as its image and more chunks before it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
