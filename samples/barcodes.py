"""Bar codes for receipts and cover sheets: Code 39 and Code 128 (zxing-cpp), QR (segno), as pictures of whole pixels."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import segno
import zxingcpp
from PIL import Image

from samples.sheet import Sheet

LineCode = Literal["Code39", "Code128"]


@lru_cache(maxsize=256)
def _bars(text: str, kind: LineCode) -> bytes:
    """One row of the code: 0 for a bar, 255 for a gap, one byte a module."""
    symbol = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    picture = np.asarray(zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False))
    return bytes(picture[0])


def line_code(
    sheet: Sheet, text: str, x: float, y: float, width: float, height: float, kind: LineCode = "Code39"
) -> float:
    """Print a line code about `width` mm wide, modules of whole pixels and at least two; its width in millimetres."""
    row = np.frombuffer(_bars(text, kind), dtype=np.uint8)
    module = max(2, sheet.px(width) // len(row))
    picture = np.tile(np.repeat(row, module), (sheet.px(height), 1))
    sheet.paste(Image.fromarray(picture).convert("RGB"), x, y, kind.lower(), text)
    return sheet.mm(picture.shape[1])


def qr_code(sheet: Sheet, text: str, x: float, y: float, edge: float) -> float:
    """Print a QR code (level M) at most `edge` mm wide; returns its edge in millimetres."""
    grid = np.array([list(row) for row in segno.make(text, error="m", micro=False).matrix], dtype=np.uint8)
    module = max(1, sheet.px(edge) // len(grid))
    picture = np.kron(255 * (1 - grid), np.ones((module, module), dtype=np.uint8)).astype(np.uint8)
    sheet.paste(Image.fromarray(picture).convert("RGB"), x, y, "qrcode", text)
    return sheet.mm(picture.shape[1])
