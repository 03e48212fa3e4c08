"""Case data: what is taken, what is refused, and why."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.case_data import RefusedRow, read_dossiers, unit_finder
from records.dossier import Channel, Dossier
from records.errors import InvalidImport
from records.ids import UnitCode

HEADER = "MaHoSo,MaTTHC,DonViXuLy,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,KenhThucHien,ChuHoSo"
GOOD = (
    "H58.30-220303-0012,1.001193.000.00.00.H58,Phường 1,03/03/2022 08:15,2022-03-07,04/03/2022,1,Trần Thị Mẫu"
)

find_unit = unit_finder([(UnitCode("P1"), "Phường 1"), (UnitCode("TP-MT"), "Thành phố Mỹ Tho")])


def rows_of(tmp_path: Path, text: str, mapping: dict[str, str] | None = None) -> list[Dossier | RefusedRow]:
    path = tmp_path / "cases"
    path.write_text(text, encoding="utf-8")
    return list(read_dossiers(path, find_unit, mapping))


def test_a_row_under_the_sync_names_becomes_a_dossier(tmp_path: Path) -> None:
    (dossier,) = rows_of(tmp_path, f"{HEADER}\n{GOOD}\n")
    assert isinstance(dossier, Dossier)
    assert (dossier.code, dossier.procedure, dossier.unit) == ("H58.30-220303-0012", "1.001193", "P1")
    assert dossier.received_at == datetime(2022, 3, 3, 1, 15, tzinfo=UTC)
    assert dossier.channel is Channel.COUNTER


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("H58.30-220303-0012", "H58.30-221303-0012", "invalid_dossier_code"),
        ("1.001193.000.00.00.H58", "khai sinh", "invalid_procedure_code"),
        ("Phường 1", "Phường 99", "unknown_unit"),
        ("03/03/2022 08:15", "", "missing_value"),
        ("03/03/2022 08:15", "31/02/2022", "invalid_value"),
        ("04/03/2022", "04/03/2021", "invalid_value"),
        (",1,Trần", ",9,Trần", "invalid_value"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_others_are_taken(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    refused, taken = rows_of(tmp_path, f"{HEADER}\n{GOOD.replace(old, new)}\n{GOOD}\n")
    assert isinstance(refused, RefusedRow)
    assert isinstance(taken, Dossier)
    assert (refused.row, refused.code) == (2, code)
    assert "Trần" not in refused.reason


def test_a_spreadsheet_with_vietnamese_headings_gives_the_same(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Số hồ sơ", "Mã TTHC", "Đơn vị", "Ngày nhận", "Hình thức nộp"])
    sheet.append(["000.17.22.H58-220303-0012", "1.001193", "phuong 1", datetime(2022, 3, 3), "Trực tuyến"])
    book.save(tmp_path / "cases.xlsx")
    (dossier,) = read_dossiers(tmp_path / "cases.xlsx", find_unit)
    assert isinstance(dossier, Dossier)
    assert dossier.channel is Channel.ONLINE
    assert dossier.received_at == datetime(2022, 3, 2, 17, tzinfo=UTC)


def test_a_mapping_names_columns_that_we_do_not_know(tmp_path: Path) -> None:
    text = f"{HEADER}\n{GOOD}\n".replace("DonViXuLy", "Nơi làm")
    with pytest.raises(InvalidImport, match="unit"):
        rows_of(tmp_path, text)
    assert isinstance(rows_of(tmp_path, text, {"Nơi làm": "unit"})[0], Dossier)


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + f"{HEADER}\n{GOOD}\n".replace(",", ";")
    assert isinstance(rows_of(tmp_path, text)[0], Dossier)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\x01\n\xff", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_as_a_whole(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(data)
    with pytest.raises(InvalidImport):
        list(read_dossiers(path, find_unit))


@pytest.mark.slow
def test_a_spreadsheet_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/a.xml", "w", force_zip64=True) as f,
    ):
        for _ in range(1100):
            f.write(b"\0" * 1024 * 1024)
    with pytest.raises(InvalidImport, match="unpacks"):
        list(read_dossiers(path, find_unit))


def test_a_name_that_two_units_bear_finds_neither() -> None:
    find = unit_finder([(UnitCode("A"), "Phường Mỹ Tho"), (UnitCode("B"), "phường mỹ tho")])
    assert find("Phường Mỹ Tho") is None
    assert find("a") == "A"
