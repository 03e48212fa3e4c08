"""The child process that reads a spreadsheet: the rows of its first sheet as JSON, one a line, then an empty line.

Started by `ingest.case_book` as `python -m ingest.book_rows READER FILE PARENT`. Days and moments are told as ISO 8601.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from ingest.confine import confine
from ingest.limits import Limits

LIMITS: Final = Limits(memory_bytes=1024**3, seconds=600.0)
_ERROR_CELL = re.compile(rb"\st=[\"']e[\"']")
_PART = 1024 * 1024  # bytes


def main(reader: str, path: str, parent: str) -> None:
    """Say all rows. A file that cannot be read ends the process with another status than 0."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=_PART)
    confine(LIMITS, int(parent))
    for row in READERS[reader](Path(path)):
        answers.write(json.dumps([_plain(cell) for cell in row], ensure_ascii=False) + "\n")
    answers.write("\n")
    answers.close()


def _whole_sheet(path: Path) -> Iterator[list[Any]]:
    """By calamine: quick, with the whole sheet in memory as if every cell up to the last said something.

    It says nothing of a formula's error (#N/A), so a sheet that shows one is read by the other reader.
    """
    from python_calamine import SheetTypeEnum, load_workbook

    if _shows_errors(path):
        yield from _row_by_row(path)
        return
    with path.open("rb") as file:  # a path would be judged by its name
        book = load_workbook(file)
        first = next(one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet)
        yield from book.get_sheet_by_name(first.name).iter_rows()


def _row_by_row(path: Path) -> Iterator[list[Any]]:
    """By openpyxl: slow, and in little memory however long the sheet is."""
    from openpyxl import load_workbook

    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield list(row)


READERS: Final[dict[str, Callable[[Path], Iterator[list[Any]]]]] = {
    "whole": _whole_sheet,
    "rows": _row_by_row,
}


def _shows_errors(path: Path) -> bool:
    with ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_has_error_cell(archive, name) for name in sheets)


def _has_error_cell(archive: ZipFile, name: str) -> bool:
    before = b""
    with archive.open(name) as file:
        while part := file.read(_PART):
            if _ERROR_CELL.search(before + part):
                return True
            before = part[-8:]
    return False


def _plain(cell: Any) -> str | int | float | bool | None:
    """A cell as JSON knows it: a whole number is one, whatever the reader makes of it."""
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main(*sys.argv[1:])
