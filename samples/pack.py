"""Packs page images into the files that a scanner delivers: multi-page PDF or TIFF, one JPEG or PNG a page."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Name
from PIL import Image, TiffImagePlugin

JPEG_QUALITY = 88


def jpeg(page: Image.Image) -> bytes:
    """One page as JPEG (a 1-bit page becomes gray), with its resolution."""
    stream = io.BytesIO()
    image = page.convert("L") if page.mode == "1" else page
    image.save(stream, "JPEG", quality=JPEG_QUALITY, dpi=_dpi(page))
    return stream.getvalue()


def png(page: Image.Image) -> bytes:
    """One page as PNG, with its resolution."""
    stream = io.BytesIO()
    page.save(stream, "PNG", dpi=_dpi(page), compress_level=3)
    return stream.getvalue()


def tiff(pages: Sequence[Image.Image]) -> bytes:
    """Pages as one TIFF: CCITT G4 for 1-bit pages, JPEG for the others."""
    stream = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(stream) as writer:
        for page in pages:
            if page.mode == "1":
                page.save(writer, "TIFF", compression="group4", dpi=_dpi(page))
            else:
                page.save(writer, "TIFF", compression="jpeg", quality=JPEG_QUALITY, dpi=_dpi(page))
            writer.newFrame()
    return stream.getvalue()


def pdf(pages: Sequence[Image.Image]) -> bytes:
    """Pages as one PDF, each a single image as scanners write it (DCT or CCITT G4), true to size; no text layer."""
    document = pikepdf.new()
    for page in pages:
        _add_page(document, page)
    stream = io.BytesIO()
    document.save(stream, static_id=True, min_version="1.4")
    return stream.getvalue()


def _add_page(document: pikepdf.Pdf, page: Image.Image) -> None:
    dpi = _dpi(page)[0]
    width, height = page.width * 72 / dpi, page.height * 72 / dpi
    document.add_blank_page(page_size=(width, height))
    added = document.pages[-1]
    image = _g4_image(document, page) if page.mode == "1" else _dct_image(document, page)
    added.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    added.Contents = document.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q".encode())


def _dct_image(document: pikepdf.Pdf, page: Image.Image) -> pikepdf.Stream:
    space = Name.DeviceGray if page.mode == "L" else Name.DeviceRGB
    return _image(document, jpeg(page), page, Filter=Name.DCTDecode, BitsPerComponent=8, ColorSpace=space)


def _g4_image(document: pikepdf.Pdf, page: Image.Image) -> pikepdf.Stream:
    parameters = pikepdf.Dictionary(K=-1, Columns=page.width, Rows=page.height, BlackIs1=False)
    return _image(
        document,
        _g4(page),
        page,
        Filter=Name.CCITTFaxDecode,
        DecodeParms=parameters,
        BitsPerComponent=1,
        ColorSpace=Name.DeviceGray,
    )


def _image(document: pikepdf.Pdf, data: bytes, page: Image.Image, **entries: object) -> pikepdf.Stream:
    return pikepdf.Stream(
        document, data, Type=Name.XObject, Subtype=Name.Image, Width=page.width, Height=page.height, **entries
    )


def _g4(page: Image.Image) -> bytes:
    """The bare CCITT G4 data of a 1-bit page: the single strip of a TIFF, black as 0 bits by BlackIs1 false."""
    stream = io.BytesIO()
    page.save(stream, "TIFF", compression="group4", tiffinfo={278: page.height, 262: 0})
    stream.seek(0)
    with Image.open(stream) as written:
        assert isinstance(written, TiffImagePlugin.TiffImageFile)
        offsets, counts = written.tag_v2[273], written.tag_v2[279]
    assert len(offsets) == 1, "one strip was asked for"
    return stream.getvalue()[offsets[0] : offsets[0] + counts[0]]


def _dpi(page: Image.Image) -> tuple[int, int]:
    x, y = page.info.get("dpi", (200, 200))
    return int(x), int(y)
