"""Spreadsheets of case data: two readers that say the same, and workbooks that mean harm."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.case_book import IN_MEMORY, book_rows
from ingest.case_data import RefusedRow, read_dossiers, unit_finder
from records.errors import InvalidImport
from records.ids import UnitCode

EITHER = pytest.mark.parametrize("in_memory", [0, IN_MEMORY], ids=["row by row", "in memory"])


def book(path: Path, fill: Callable[[Worksheet], None]) -> Path:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    made.save(path)
    return path


def all_of(sheet: Worksheet, rows: list[list[Any]]) -> None:
    for row in rows:
        sheet.append(row)


def told(path: Path, in_memory: int) -> list[list[object]]:
    """What is said in the cells: "" and None are both nothing, and so is an empty end of a row."""
    rows = [["" if cell is None else cell for cell in row] for row in book_rows(path, in_memory=in_memory)]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    return rows


@EITHER
def test_every_kind_of_cell_is_told_alike(tmp_path: Path, in_memory: int) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["0123", 1, 1.5, 1.001193, True, " x "])
        sheet.append([date(2022, 1, 2), datetime(2022, 1, 2, 8, 30), time(8, 30), timedelta(hours=30)])

    rows = told(book(tmp_path / "a.xlsx", fill), in_memory)
    assert rows[0] == ["0123", 1, 1.5, 1.001193, True, " x "]
    assert str(rows[1][0])[:10] == "2022-01-02"
    assert rows[1][1:] == ["2022-01-02T08:30:00", "08:30:00", "1 day, 6:00:00"]


@EITHER
def test_an_error_of_a_formula_is_seen_and_never_taken_for_nothing(tmp_path: Path, in_memory: int) -> None:
    path = book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["code", "#N/A", 3]))
    assert told(path, in_memory) == [["code", "#N/A", 3]]


def test_a_chart_before_the_sheet_is_passed_over(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["here"])
    made.create_chartsheet("chart", 0)
    made.save(tmp_path / "a.xlsx")
    assert told(tmp_path / "a.xlsx", IN_MEMORY) == [["here"]]


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(-1e6, 1e6),
    st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs")), max_size=20).filter(lambda s: s[:1] != "="),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=6))
def test_both_readers_say_the_same(tmp_path: Path, rows: list[list[Any]]) -> None:
    path = book(tmp_path / "a.xlsx", lambda sheet: all_of(sheet, [*rows, ["the end"]]))
    assert _days(told(path, 0)) == _days(told(path, IN_MEMORY))


def _days(rows: list[list[object]]) -> list[list[object]]:
    """One reader tells midnight as a day, the other as a moment of it."""
    return [
        [cell.removesuffix("T00:00:00") if isinstance(cell, str) else cell for cell in row] for row in rows
    ]


@EITHER
def test_a_refused_row_has_the_number_that_its_sheet_gives_it(tmp_path: Path, in_memory: int) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["MaHoSo", "MaTTHC", "DonViXuLy", "NgayTiepNhan"])
        sheet.append([])
        sheet.append(["no code", "1.001193", "P1", date(2022, 3, 3)])

    rows = list(read_dossiers(book(tmp_path / "a.xlsx", fill), unit_finder([(UnitCode("P1"), "Phường 1")])))
    assert [row.row for row in rows if isinstance(row, RefusedRow)] == [3]


def test_a_sheet_that_would_fill_the_memory_is_read_row_by_row(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["code", "unit"])
        sheet["AZ1000000"] = "far"

    rows = book_rows(book(tmp_path / "a.xlsx", fill))
    assert next(rows)[:2] == ["code", "unit"]


def test_a_sheet_that_breaks_off_is_told_up_to_there(tmp_path: Path) -> None:
    whole = book(tmp_path / "a.xlsx", lambda sheet: all_of(sheet, [["row", n] for n in range(2000)]))
    broken = tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data[: len(data) // 2] if entry.filename.endswith("sheet1.xml") else data)
    rows: list[list[object]] = []
    with pytest.raises(InvalidImport, match="cannot be read"):
        for row in book_rows(broken):
            rows.append(row)
    assert rows[:2] == [["row", 0], ["row", 1]]
    assert [row[1] for row in rows] == list(range(len(rows)))


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_damaged_part_is_refused(tmp_path: Path, member: str) -> None:
    whole = book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["a text", 1]))
    broken = tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, b"\0<broken" if entry.filename == member else old.read(entry))
    with pytest.raises(InvalidImport):
        list(book_rows(broken))
