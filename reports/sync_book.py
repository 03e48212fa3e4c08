"""Exports as spreadsheets: written row by row to a file, so that a million dossiers need no more memory than one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from records.sync import DOSSIER_NAMES, RECORD_NAMES, RESULT_NAMES, SUBMITTED_NAMES

MOST_ROWS = 1_048_575  # of a sheet, besides its header


def write_dossiers(dossiers: Iterable[dict[str, Any]], path: Path) -> int:
    """Dossiers in the sheets HoSo, TaiLieuNop and GiayToKetQua, held together by MaHoSo; returns how many."""
    book = _Book(
        {
            "HoSo": DOSSIER_NAMES,
            "TaiLieuNop": ("MaHoSo", *SUBMITTED_NAMES),
            "GiayToKetQua": ("MaHoSo", *RESULT_NAMES),
        }
    )
    for dossier in dossiers:
        book.add("HoSo", dossier)
        for sheet in ("TaiLieuNop", "GiayToKetQua"):
            for paper in dossier[sheet]:
                book.add(sheet, {"MaHoSo": dossier["MaHoSo"]} | paper)
    book.save(path)
    return book.rows["HoSo"]


def write_records(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Papers in the sheet GiayTo, what each says in the sheet ThongTin, a field a row; returns how many."""
    book = _Book({"GiayTo": RECORD_NAMES, "ThongTin": ("GiayToId", "TenTruong", "GiaTri")})
    for record in records:
        book.add("GiayTo", record)
        for name, value in record["ThongTin"].items():
            book.add("ThongTin", {"GiayToId": record["GiayToId"], "TenTruong": name, "GiaTri": value})
    book.save(path)
    return book.rows["GiayTo"]


class _Book:
    """Sheets with a header row each; one that is full goes on in another of its name."""

    def __init__(self, sheets: dict[str, Sequence[str]]) -> None:
        self._book = Workbook(write_only=True)
        self._names = sheets
        self._sheets = {title: self._opened(title, title) for title in sheets}
        self.rows = dict.fromkeys(sheets, 0)

    def add(self, title: str, row: dict[str, Any]) -> None:
        if self.rows[title] and self.rows[title] % MOST_ROWS == 0:
            self._sheets[title] = self._opened(title, f"{title} {self.rows[title] // MOST_ROWS + 1}")
        sheet = self._sheets[title]
        sheet.append([_cell(sheet, row.get(name)) for name in self._names[title]])
        self.rows[title] += 1

    def save(self, path: Path) -> None:
        self._book.save(path)

    def _opened(self, title: str, name: str) -> Any:
        sheet = self._book.create_sheet(name)
        sheet.append(list(self._names[title]))
        return sheet


def _cell(sheet: Any, value: Any) -> Any:
    """Text stays text: what begins like a formula is none."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
