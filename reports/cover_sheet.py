"""Cover sheets to lay between dossiers before scanning: the code as Code 128 and as QR, and words for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import segno
import zxingcpp
from fpdf import FPDF

FACE = "Liberation Serif"
_FONTS = Path(__file__).with_name("fonts")
_TITLE = "TỜ BÌA PHÂN CÁCH HỒ SƠ"
_HINT = "Đặt tờ này trước giấy tờ của hồ sơ khi quét. Mã in trên tờ cho máy biết giấy tờ theo sau thuộc hồ sơ nào."
_BARS = (30.0, 62.0, 150.0, 28.0)  # mm: left, top, width, height; 22 mm wider with quiet zones still fits A4
_QR = (77.0, 112.0, 56.0)  # mm: left, top, side
_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004, 9.1)


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What one sheet says."""

    code: str
    address: str  # of the look-up, with the code in its query: what the QR code holds
    owner: str
    procedure: str
    unit: str
    received_on: date


def write_cover_sheets(sheets: Sequence[CoverSheet], at: datetime) -> bytes:
    """One A4 page a sheet, as the bytes of a PDF; the same sheets at the same moment give the same bytes."""
    paper = FPDF("portrait", "mm", "A4")
    paper.set_creation_date(at)
    paper.set_auto_page_break(False)
    paper.set_lang("vi")
    paper.set_title(_TITLE)
    paper.set_creator("sohoa")
    for style, name in {"": "Regular", "B": "Bold"}.items():
        paper.add_font(FACE, style, _FONTS / f"LiberationSerif-{name}.ttf")
    for sheet in sheets:
        paper.add_page()
        _page(paper, sheet)
    return bytes(paper.output())


def _page(paper: FPDF, sheet: CoverSheet) -> None:
    paper.set_xy(15, 22)
    _say(paper, _TITLE, "B", 22, "C")
    paper.ln(2)
    _say(paper, sheet.code, "B", 28, "C")
    _code_128(paper, sheet.code)
    _qr(paper, sheet.address)
    paper.set_xy(25, 182)
    for label, text in _facts(sheet):
        _say(paper, f"{label}: {text}", "", 15, "L")
        paper.set_x(25)
    paper.set_xy(25, 262)
    _say(paper, _HINT, "", 12, "C")


def _facts(sheet: CoverSheet) -> list[tuple[str, str]]:
    facts = [
        ("Chủ hồ sơ", sheet.owner),
        ("Thủ tục", sheet.procedure),
        ("Đơn vị", sheet.unit),
        ("Ngày tiếp nhận", sheet.received_on.strftime("%d/%m/%Y")),
    ]
    return [(label, text) for label, text in facts if text]


def _say(paper: FPDF, text: str, style: str, size: float, align: str) -> None:
    paper.set_font(FACE, style, size)
    paper.multi_cell(160, size * 0.5, text, align=align, new_x="LEFT", new_y="NEXT", center=align == "C")


def _code_128(paper: FPDF, text: str) -> None:
    """Bars as filled rectangles: they stay sharp at any resolution of the printer."""
    image = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=1)
    modules = np.asarray(image)[0] == 0
    dark = np.flatnonzero(modules)
    modules = modules[dark[0] : dark[-1] + 1]
    left, top, width, height = _BARS
    module = width / len(modules)
    for start, end in _runs(modules.tolist()):
        paper.rect(left + start * module, top, (end - start) * module, height, style="F")


def _qr(paper: FPDF, text: str) -> None:
    left, top, side = _QR
    rows = [[bool(cell) for cell in row] for row in segno.make_qr(text, error="m").matrix_iter(border=_QUIET)]
    module = side / len(rows)
    for number, row in enumerate(rows):
        for start, end in _runs(row):
            paper.rect(
                left + start * module, top + number * module, (end - start) * module, module, style="F"
            )


def _runs(cells: Sequence[bool]) -> list[tuple[int, int]]:
    """Where dark runs begin and end.

    >>> _runs([True, True, False, True])
    [(0, 2), (3, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(cells, dtype=np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
