"""A report as PDF/A-3: A4 across, the form's own layout, embedded typefaces, and the report as attached JSON."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, VAlign
from fpdf.fonts import FontFace
from fpdf.table import Table

from records.report import LineKind, Report
from reports import words
from reports.heads import depth, heads

ATTACHMENT = "sohoa-report.json"
FACE = "Liberation Serif"  # the widths of Times New Roman (SIL Open Font License, see fonts/LICENSE)
_FONTS = Path(__file__).with_name("fonts")
_STYLES = {"": "Regular", "B": "Bold", "I": "Italic"}
_MARGIN, _LINE_HEIGHT = 12.0, 5.0  # mm
_SIZE = 9.5  # points, in the table
_SHARES = {"number": 0.55, "key": 1.5, "name": 2.6}  # of a column of figures


def write_pdf(report: Report) -> bytes:
    """The report as the bytes of a PDF/A-3 file; the same report gives the same bytes."""
    page = _Page(report)
    page.add_page()
    _top(page, report)
    _table(page, report)
    _foot(page, report)
    _signatures(page)
    content = json.dumps(report.as_dict(), ensure_ascii=False, sort_keys=True).encode()
    page.embed_file(
        bytes=content,
        basename=ATTACHMENT,
        mime_type="application/json",
        associated_file_relationship="Data",
        creation_date=report.request.as_of,
        modification_date=report.request.as_of,
        desc="The report as data",
    )
    return bytes(page.output())


class _Page(FPDF):
    """The document with its page numbers."""

    def __init__(self, report: Report) -> None:
        super().__init__("landscape", "mm", "A4", enforce_compliance="PDF/A-3U")
        self._mark = f"{words.FINGERPRINT}: {report.fingerprint[:16]}"
        for style, name in _STYLES.items():
            self.add_font(FACE, style, _FONTS / f"LiberationSerif-{name}.ttf")
        self.set_font(FACE, size=12)
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, 15)
        self.set_creation_date(report.request.as_of)
        self.set_lang("vi")
        self.set_title(f"{words.SYMBOLS[report.request.kind]} – {report.unit_name}")
        self.set_creator("sohoa")
        self.set_xmp_metadata(_xmp(str(self.title), report.request.as_of))

    def footer(self) -> None:
        self.set_y(-11)
        self.set_font(FACE, size=8)
        self.cell(self.epw / 2, 5, self._mark)
        self.cell(self.epw / 2, 5, f"Trang {self.page_no()}", align="R")


def _xmp(title: str, moment: datetime) -> str:
    """The metadata that make it PDF/A-3; the library's own would carry the time of writing."""
    when = moment.isoformat(timespec="seconds")
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="U" xmp:CreatorTool="sohoa"
 xmp:CreateDate="{when}" xmp:ModifyDate="{when}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li>
</rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"""


def _say(page: FPDF, text: str, *, style: str = "", size: float = 12, align: str = "L") -> None:
    page.set_font(FACE, style, size)
    page.multi_cell(0, size * 0.48, text, align=align, new_x="LMARGIN", new_y="NEXT")


def _top(page: FPDF, report: Report) -> None:
    kind = report.request.kind
    _say(page, words.SYMBOLS[kind], style="B")
    _say(page, words.issuer_line(report))
    page.ln(2)
    _say(page, words.TITLES[kind], style="B", size=13, align="C")
    _say(page, words.period_line(report), style="I", align="C")
    if by := words.broken_down_line(report):
        _say(page, by, style="I", align="C")
    _say(page, words.UNIT_OF_COUNT, style="I", size=10, align="R")
    page.ln(1)


def _table(page: FPDF, report: Report) -> None:
    columns = report.columns
    shares = [_SHARES.get(column.key, 1.0) for column in columns]
    page.set_font(FACE, size=_SIZE)
    page.set_line_width(0.2)
    with page.table(
        col_widths=tuple(shares),
        width=page.epw,
        line_height=_LINE_HEIGHT,
        num_heading_rows=depth(columns) + 1,
        borders_layout=TableBordersLayout.ALL,
        headings_style=FontFace(emphasis="BOLD"),
        v_align=VAlign.M,
        padding=0.6,
    ) as table:
        _heads(table, report)
        for line, cells in words.body(report):
            style = FontFace(emphasis=None if line.kind is LineKind.ROW else "BOLD")
            row = table.row(style=style)
            for column, cell in zip(columns, cells, strict=True):
                align = {"number": "C", "key": "L", "name": "L"}.get(column.key, "R")
                row.cell(words.shown(cell), align=align)


def _heads(table: Table, report: Report) -> None:
    found = heads(report.columns)
    for level in range(depth(report.columns)):
        row = table.row()
        for head in (one for one in found if one.row == level):
            row.cell(head.text, align="C", rowspan=head.rows, colspan=head.columns)
    numbers = table.row(style=FontFace(emphasis="ITALICS", size_pt=8))
    for column in report.columns:
        numbers.cell(f"({column.number})", align="C")


def _foot(page: FPDF, report: Report) -> None:
    page.ln(2)
    for note in words.note_lines(report):
        _say(page, note, style="I", size=10)
    _say(page, words.as_of_line(report), style="I", size=10)
    _say(page, words.fingerprint_line(report), size=8)


def _signatures(page: FPDF) -> None:
    """Room for two signatures, never torn over two pages."""
    height = 45.0
    if page.will_page_break(height):
        page.add_page()
    page.ln(4)
    left, width, top = page.l_margin, page.epw / 2, page.get_y()
    columns = (
        (left, ("", *words.LEFT_SIGNATURE)),
        (left + width, (words.PLACE_AND_DATE, *words.RIGHT_SIGNATURE)),
    )
    for x, texts in columns:
        page.set_y(top)
        for number, text in enumerate(texts):
            page.set_x(x)
            page.set_font(FACE, "B" if number == 1 else "I", 12)
            page.cell(width, 6, text, align="C", new_y="NEXT")
