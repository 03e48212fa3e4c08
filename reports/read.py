"""Reads a report's file back: the statement that travels with it, and every figure that a reader of it sees."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from openpyxl import load_workbook

from records.errors import InvalidReport
from reports import words
from reports.csv_text import STATEMENT
from reports.formats import ReportFormat
from reports.pdf import ATTACHMENT
from reports.xlsx import STATEMENT_SHEET

LARGEST = 4 * 1024 * 1024  # bytes, also of a spreadsheet once unpacked
_MOST_ROWS, _MOST_COLUMNS = 5000, 50  # of a sheet: a cell far out must not make millions of empty ones
_MOST_PAGES = 200
_BODY = ("columns", "rows", "notes", "rates")  # what a report says besides its statement


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file says. Places are as people name them there: `cell C7`, `line 3, received`, `page 1, line 9`."""

    form: ReportFormat
    statement: dict[str, Any]
    cells: dict[str, str]


def read_back(untrusted: bytes) -> ReadBack:
    """What a JSON, CSV, XLSX or PDF file of a report says, told apart by content; raises InvalidReport."""
    if len(untrusted) > LARGEST:
        raise InvalidReport("the file is larger than any report")
    try:
        if untrusted.startswith(b"%PDF-"):
            return _pdf(untrusted)
        if untrusted.startswith(b"PK\x03\x04"):
            return _xlsx(untrusted)
        text = untrusted.decode("utf-8-sig")
        return _json(text) if text.lstrip().startswith("{") else _csv(text)
    except InvalidReport:
        raise
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        OSError,
        zipfile.BadZipFile,
        pdfium.PdfiumError,
        csv.Error,
    ):
        raise InvalidReport() from None


def _checked(statement: object) -> dict[str, Any]:
    if not isinstance(statement, dict) or "sohoa_report" not in statement:
        raise InvalidReport()
    return statement


def _json(text: str) -> ReadBack:
    content = _checked(json.loads(text))
    statement = {name: value for name, value in content.items() if name not in _BODY}
    parts = {name: content[name] for name in ("rows", "notes", "rates")}
    return ReadBack(ReportFormat.JSON, statement, dict(_leaves(parts, "")))


def _leaves(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every value below, under the path that leads to it: `rows[2].received`."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{place}[{number}]")
    else:
        yield place, json.dumps(value, ensure_ascii=False)


def _csv(text: str) -> ReadBack:
    rows = list(csv.reader(io.StringIO(text)))
    if len(rows) < 2 or rows[-1][:1] != [STATEMENT]:
        raise InvalidReport()
    header = rows[0]
    cells = {
        f"line {number}, {name}": value
        for number, row in enumerate(rows[1:-1], 2)
        for name, value in zip(header, row, strict=True)
    }
    return ReadBack(ReportFormat.CSV, _checked(json.loads(rows[-1][1])), cells)


def _xlsx(untrusted: bytes) -> ReadBack:
    with zipfile.ZipFile(io.BytesIO(untrusted)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise InvalidReport("the file unpacks to more than any report")
    book = load_workbook(io.BytesIO(untrusted), read_only=True)
    statement = _statement(book[STATEMENT_SHEET])
    return ReadBack(ReportFormat.XLSX, statement, dict(_shown_cells(book.worksheets[0])))


def _statement(sheet: Any) -> dict[str, Any]:
    rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=2, values_only=True)
    named = {str(row[0]): row[1] for row in rows if len(row) == 2}
    return _checked(json.loads(str(named["statement"])))


def _shown_cells(sheet: Any) -> Iterator[tuple[str, str]]:
    """Cells down to the line with the fingerprint; what people write under it is theirs."""
    for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS):
        for cell in row:
            if cell.value is not None:
                yield f"cell {cell.coordinate}", _number_or_text(cell.value)
        if row and str(row[0].value or "").startswith(words.FINGERPRINT):
            return


def _number_or_text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def _pdf(untrusted: bytes) -> ReadBack:
    with pdfium.PdfDocument(untrusted) as document:
        if len(document) > _MOST_PAGES:
            raise InvalidReport("the file has more pages than any report")
        cells = {
            f"page {number}, line {place}": line.strip()
            for number, page in enumerate(document, 1)
            for place, line in enumerate(page.get_textpage().get_text_range().splitlines(), 1)
        }
        return ReadBack(ReportFormat.PDF, _attached(document), cells)


def _attached(document: pdfium.PdfDocument) -> dict[str, Any]:
    for place in range(min(document.count_attachments(), 20)):
        attachment = document.get_attachment(place)
        if attachment.get_name() == ATTACHMENT:
            content = _checked(json.loads(bytes(attachment.get_data())))
            return {name: content[name] for name in content if name not in _BODY}
    raise InvalidReport()
