"""A report as a spreadsheet in the form's own layout: merged heads, numbering row, body, sums, signatures."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from records.coverage import Rate
from records.report import Cell, Line, LineKind, Report
from reports import words
from reports.heads import depth, heads

STATEMENT_SHEET = "Dấu vân tay"
FACE = "Times New Roman"
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
_NARROW, _WIDE = 11.5, 38.0  # characters


def write_xlsx(report: Report) -> bytes:
    """The report as the bytes of an XLSX file; its second sheet holds the statement that `read_back` needs."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = report.request.kind.value
    _Form(sheet, report).write()
    _statement(book.create_sheet(STATEMENT_SHEET), report)
    book.properties.creator = "sohoa"
    book.properties.created = book.properties.modified = report.request.as_of.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put_text(cell: SheetCell, text: str) -> None:
    """Text as text: what begins like a formula is none."""
    cell.value = text
    cell.data_type = "s"


class _Form:
    """One sheet, written from top to bottom."""

    def __init__(self, sheet: Worksheet, report: Report) -> None:
        self._sheet, self._report = sheet, report
        self._width = len(report.columns)
        self._row = 1

    def write(self) -> None:
        self._set_up()
        self._top()
        self._heads()
        for line, cells in words.body(self._report):
            self._line(line, cells)
        self._row += 1
        for note in words.note_lines(self._report):
            self._across(note, italic=True, where=_LEFT)
        self._across(words.as_of_line(self._report), italic=True, where=_LEFT)
        self._across(words.fingerprint_line(self._report), size=9, where=_LEFT)
        self._signatures()

    def _set_up(self) -> None:
        sheet = self._sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        for place, column in enumerate(self._report.columns, 1):
            width = {"number": 9.0, "key": 16.0, "name": _WIDE}.get(column.key, _NARROW)
            sheet.column_dimensions[get_column_letter(place)].width = width

    def _top(self) -> None:
        kind = self._report.request.kind
        self._across(words.SYMBOLS[kind], bold=True, where=_LEFT)
        self._across(words.issuer_line(self._report), where=_LEFT)
        self._across(words.TITLES[kind], bold=True, size=14)
        self._across(words.period_line(self._report), italic=True)
        if by := words.broken_down_line(self._report):
            self._across(by, italic=True)
        self._across(words.UNIT_OF_COUNT, italic=True, where=Alignment(horizontal="right"))

    def _across(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: int = 12,
        where: Alignment = _CENTRE,
    ) -> None:
        cell = self._cell(self._row, 1, text, bold=bold, italic=italic, size=size, where=where)
        self._sheet.merge_cells(start_row=cell.row, end_row=cell.row, start_column=1, end_column=self._width)
        self._row += 1

    def _cell(
        self,
        row: int,
        column: int,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: int = 12,
        where: Alignment = _CENTRE,
    ) -> SheetCell:
        cell = self._sheet.cell(row, column)
        assert isinstance(cell, SheetCell)
        put_text(cell, text)
        cell.font, cell.alignment = Font(name=FACE, bold=bold, italic=italic, size=size), where
        return cell

    def _heads(self) -> None:
        columns, first = self._report.columns, self._row
        for head in heads(columns):
            row, column = first + head.row, 1 + head.column
            self._cell(row, column, head.text, bold=True)
            if head.rows > 1 or head.columns > 1:
                self._sheet.merge_cells(
                    start_row=row,
                    end_row=row + head.rows - 1,
                    start_column=column,
                    end_column=column + head.columns - 1,
                )
        last = first + depth(columns)
        for place, column_ in enumerate(columns, 1):
            self._cell(last, place, column_.number, italic=True, size=10)
        for row in range(first, last + 1):
            for place in range(1, self._width + 1):
                self._sheet.cell(row, place).border = _BOX
        self._sheet.row_dimensions[last - 1].height = 48
        self._sheet.print_title_rows = f"{first}:{last}"
        self._sheet.freeze_panes = f"A{last + 1}"
        self._row = last + 1

    def _line(self, line: Line, cells: Sequence[Cell]) -> None:
        bold = line.kind is not LineKind.ROW
        for place, (column, value) in enumerate(zip(self._report.columns, cells, strict=True), 1):
            cell = self._sheet.cell(self._row, place)
            assert isinstance(cell, SheetCell)
            _fill(cell, value)
            cell.font = Font(name=FACE, bold=bold, size=12)
            cell.alignment = {"number": _CENTRE, "key": _LEFT, "name": _LEFT}.get(column.key, _RIGHT)
            cell.border = _BOX
        self._row += 1

    def _signatures(self) -> None:
        half = self._width // 2
        self._row += 1
        for text, left in (
            (words.PLACE_AND_DATE, ""),
            *zip(words.RIGHT_SIGNATURE, words.LEFT_SIGNATURE, strict=True),
        ):
            bold = text == words.RIGHT_SIGNATURE[0]
            for column, end, part in ((1, half, left), (half + 1, self._width, text)):
                self._cell(self._row, column, part, bold=bold, italic=not bold)
                self._sheet.merge_cells(
                    start_row=self._row, end_row=self._row, start_column=column, end_column=end
                )
            self._row += 1


def _fill(cell: SheetCell, value: Cell) -> None:
    """A number as a number that can be added up; everything else as text."""
    if isinstance(value, int):
        cell.value, cell.number_format = value, "#,##0"
    elif isinstance(value, Decimal):
        cell.value, cell.number_format = float(value), "0.00"
    elif isinstance(value, Rate) and (percent := value.percent()) is not None:
        cell.value, cell.number_format = percent, '0.00" %"'
    else:
        put_text(cell, words.shown(value))


def _statement(sheet: Worksheet, report: Report) -> None:
    """The request, the inputs and the fingerprint, for people in rows and for the program in the last cell."""
    statement = report.statement()
    inputs = statement.pop("inputs")
    for name, value in (*statement.items(), *inputs.items()):
        sheet.append((name, json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value))
    sheet.append(("statement", json.dumps(report.statement(), ensure_ascii=False)))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 80
