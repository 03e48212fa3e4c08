"""Reads the bar codes that a receipt carries: QR, Code 39 and Code 128, and no other."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp

from ingest.raster import Pixels
from records.page import Barcode, BarcodeKind, Box

_KINDS = {
    zxingcpp.BarcodeFormat.QRCode: BarcodeKind.QR,
    zxingcpp.BarcodeFormat.Code39: BarcodeKind.CODE_39,
    zxingcpp.BarcodeFormat.Code128: BarcodeKind.CODE_128,
}
_MOST = 16  # codes on a page; a receipt has two
_LONGEST_TEXT = 2048  # characters; a QR code of version 40 holds 4,296, an address of a portal some 200
_PAD = 40  # pixels of white: a code at the very edge has lost its quiet zone
_WIDE = 1200  # pixels: a narrower page is not read at half its size


def read_barcodes(gray: Pixels) -> tuple[Barcode, ...]:
    """The bar codes on a gray page, whichever way up, boxes in its pixels; their texts are not trusted."""
    for picture, scale, shift in _tries(gray):
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(list(_KINDS)))
        if found:
            return _checked(found, scale, shift, gray)
    return ()


def _tries(gray: Pixels) -> Iterator[tuple[Pixels, float, int]]:
    """The page as it is, then at half its size (noise and dither are averaged away), padded with white."""
    yield gray, 1.0, 0
    if gray.shape[1] >= _WIDE:
        half = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        yield _padded(half.astype(np.uint8, copy=False)), 2.0, _PAD
    else:
        yield _padded(gray), 1.0, _PAD


def _padded(gray: Pixels) -> Pixels:
    padded = cv2.copyMakeBorder(gray, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_CONSTANT, value=255)
    return padded.astype(np.uint8, copy=False)


def _checked(found: list[zxingcpp.Barcode], scale: float, shift: int, gray: Pixels) -> tuple[Barcode, ...]:
    height, width = gray.shape[:2]
    codes = []
    for code in found[:_MOST]:
        kind = next((kind for form, kind in _KINDS.items() if code.format == form), None)
        if kind is None or not code.valid or len(code.text) > _LONGEST_TEXT:
            continue
        codes.append(Barcode(kind, code.text, _box(code.position, scale, shift, width, height)))
    return tuple(codes)


def _box(position: zxingcpp.Position, scale: float, shift: int, width: int, height: int) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    xs = [min(max(round((corner.x - shift) * scale), 0), width) for corner in corners]
    ys = [min(max(round((corner.y - shift) * scale), 0), height) for corner in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
