"""Exports under the sync names and archive packages: complete, within reach, harmless in a spreadsheet, and noted."""

import io
import json
import warnings
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from records.components import DeclaredComponents, DossierComponent
from records.errors import InvalidValue
from records.fixity import Fixity
from records.record import Record
from records.staff import WHOLE_OFFICE
from tests.api.world import CODE, World
from workers.bag import new_bag
from workers.packaging import write_package

with warnings.catch_warnings():  # bagit asks a deprecated module for its own version
    warnings.simplefilter("ignore")
    import bagit

BAGIT_IS_OLD = pytest.mark.filterwarnings("ignore:'count' is passed as positional:DeprecationWarning")

CASES = (
    "MaHoSo,MaTTHC,DonViXuLy,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,TrangThaiHoSo,KenhThucHien,ChuHoSo\n"
    "H58.30-220304-0013,1.001193,P1,04/03/2022 08:00,09/03/2022,05/03/2022 09:00,Đã trả,2,=cmd|' /C calc'!A0\n"
    "H58.30-220304-0014,1.001193,P2,04/03/2022 08:00,,,,,Lê Thị Mẫu\n"
)


def furnished(world: World) -> tuple[Record, Record]:
    """A component and a result, filed in one dossier; two more dossiers, one of another ward."""
    answer = world.call("administrator", "POST", "/api/dossiers/import", content=CASES.encode())
    assert answer.json()["new"] == 2
    component, result = world.a_record(b"%PDF-1.7 one"), world.a_record(b"%PDF-1.7 two")
    dossier = {"code": CODE, "role": "component", "component": "TP01"}
    assert world.confirm(component, dossier=dossier, fields={"place": "Mỹ Tho"}).status_code == 200
    assert world.confirm(result).status_code == 200
    for record in (component, result):
        world.file(record)
    return component, result


def exported(world: World, kind: str, who: str = "clerk", **query: str) -> list[dict[str, Any]]:
    answer = world.get(who, f"/api/exports/{kind}", params=query)
    assert answer.status_code == 200, answer.text
    (rows,) = json.loads(answer.content).values()
    return list(rows)


def test_dossiers_are_exported_under_the_sync_names_with_a_link_to_each_file(world: World) -> None:
    component, result = furnished(world)
    found = {str(one["MaHoSo"]): one for one in exported(world, "dossiers")}
    assert found.keys() == {CODE, "H58.30-220304-0013"}
    other = found["H58.30-220304-0013"]
    assert (other["NgayTiepNhan"], other["KenhThucHien"], other["HoSoCoThanhPhanSoHoa"]) == (
        "2022-03-04T08:00:00+07:00", 2, 0,
    )  # fmt: skip
    dossier = found[CODE]
    (handed_in,), (given,) = dossier["TaiLieuNop"], dossier["GiayToKetQua"]
    assert handed_in["DuongDanTaiTepTin"].endswith(f"/api/records/{component.id}/pdf")
    assert (handed_in["MaThanhPhanHoSo"], handed_in["DuocSoHoa"], dossier["HoSoCoThanhPhanSoHoa"]) == (
        "TP01",
        1,
        1,
    )
    assert (given["MaGiayToKetQua"], given["GiayToId"]) == (f"{CODE}-KQ1", result.id)
    path = given["DuongDanTepTinKetQua"].split("/", 3)[-1]
    assert world.get("clerk", f"/{path}").content == b"%PDF-1.7 lasting"


def test_what_the_case_system_says_of_a_component_stands_beside_its_paper(world: World) -> None:
    furnished(world)
    listed = (
        DossierComponent("TP01", "Tờ khai", reused=True),
        DossierComponent("TP02", "Giấy chứng sinh", shared=True, replaced_by="H58.30-210101-0001-KQ1"),
    )
    with world.services.database.transaction() as tx:
        tx.components.declare([DeclaredComponents(CODE, listed)], "test", datetime.now(UTC))
    (dossier,) = [one for one in exported(world, "dossiers") if one["MaHoSo"] == CODE]
    filed, replaced = dossier["TaiLieuNop"]
    assert (filed["MaThanhPhanHoSo"], filed["DuocSoHoa"], filed["DuocTaiSuDung"]) == ("TP01", 1, 1)
    assert (replaced["DuocSoHoa"], replaced["DuocLayTuKhoDMQG"], replaced["DuongDanTaiTepTin"]) == (
        0,
        1,
        None,
    )
    assert replaced["MaKetQuaThayThe"] == "H58.30-210101-0001-KQ1"


def test_an_export_reaches_as_far_as_its_reader_and_its_period(world: World) -> None:
    furnished(world)
    assert len(exported(world, "dossiers", "chief-auditor")) == 3
    assert [one["MaHoSo"] for one in exported(world, "dossiers", "other-clerk")] == ["H58.30-220304-0014"]
    march = {"from": "2022-03-02", "to": "2022-03-31"}
    assert [one["MaHoSo"] for one in exported(world, "dossiers", **march)] == ["H58.30-220304-0013"]
    assert exported(world, "records", "other-clerk") == []
    assert world.get("operator", "/api/exports/dossiers").status_code == 403


def test_papers_are_exported_with_what_they_say(world: World) -> None:
    component, result = furnished(world)
    first, second = exported(world, "records")
    assert {first["GiayToId"], second["GiayToId"]} == {component.id, result.id}
    said = next(one for one in (first, second) if one["GiayToId"] == component.id)
    assert said["ThongTin"] == {"place": "Mỹ Tho"}
    assert (said["LoaiLienKet"], said["MaHoSo"], said["SoTrang"]) == ("TaiLieuNop", CODE, 1)
    assert said["SHA256"] == Fixity.of(b"%PDF-1.7 lasting").sha256


def test_a_spreadsheet_of_dossiers_can_be_imported_again_and_changes_nothing(world: World) -> None:
    furnished(world)
    answer = world.get("clerk", "/api/exports/dossiers", params={"format": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["HoSo", "TaiLieuNop", "GiayToKetQua"]
    assert (book["TaiLieuNop"].max_row, book["GiayToKetQua"].max_row) == (2, 2)
    assert not [cell for row in book["HoSo"].iter_rows() for cell in row if cell.data_type == "f"]
    again = world.call("administrator", "POST", "/api/dossiers/import", content=answer.content).json()
    assert (again["same"], again["changed"], again["refused"]) == (2, 0, 0)


def test_a_spreadsheet_of_papers_has_a_row_for_each_field(world: World) -> None:
    furnished(world)
    answer = world.get("clerk", "/api/exports/records", params={"format": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    assert book["GiayTo"].max_row == 3
    assert [[cell.value for cell in row][1:] for row in book["ThongTin"].iter_rows(min_row=2)] == [
        ["place", "Mỹ Tho"]
    ]


def test_every_export_is_noted_with_who_and_what_and_without_a_name(world: World) -> None:
    furnished(world)
    exported(world, "dossiers")
    world.get("clerk", f"/api/dossiers/{CODE}/package")
    entries = world.get("chief-auditor", "/api/audit").json()["items"]
    by_action = {one["action"]: one for one in entries}
    assert by_action["dossiers.exported"]["actor"] == "clerk"
    assert by_action["dossiers.exported"]["details"]["units"] == ["P1"]
    assert by_action["dossier.packaged"]["subject"] == CODE


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder / "unpacked")
    (bag,) = (folder / "unpacked").iterdir()
    return bag


@BAGIT_IS_OLD
def test_an_independent_program_finds_the_package_valid(world: World, tmp_path: Path) -> None:
    component, _ = furnished(world)
    answer = world.get("clerk", f"/api/dossiers/{CODE}/package")
    assert answer.headers["content-type"] == "application/zip"
    folder = unpacked(answer.content, tmp_path)
    bag = bagit.Bag(str(folder))
    bag.validate(processes=1)
    assert set(bag.algorithms) == {"sha256", "sha512"}
    assert bag.info["External-Identifier"] == CODE
    papers = sorted(
        path.relative_to(folder).as_posix() for path in (folder / "data").rglob("*") if path.is_file()
    )
    assert len([path for path in papers if path.endswith("/document.pdf")]) == 2
    assert len([path for path in papers if "/alto/" in path]) == 2
    assert json.loads((folder / "data/dossier.json").read_text())["HoSo"]["MaHoSo"] == CODE
    told = [json.loads((folder / path).read_text()) for path in papers if path.endswith("/metadata.json")]
    (one,) = [paper for paper in told if paper["record"] == component.id]
    assert (one["fields"], one["component"], one["document"]["size"]) == ({"place": "Mỹ Tho"}, "TP01", 16)
    assert list((world.services.settings.data_dir / "outgoing").iterdir()) == []


@BAGIT_IS_OLD
def test_a_package_that_was_touched_is_not_valid_any_more(world: World, tmp_path: Path) -> None:
    furnished(world)
    folder = unpacked(world.get("clerk", f"/api/dossiers/{CODE}/package").content, tmp_path)
    next(folder.rglob("document.pdf")).write_bytes(b"%PDF-1.7 changed")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate(processes=1)


def test_a_package_with_a_gap_is_none(world: World, tmp_path: Path) -> None:
    furnished(world)
    (lost,) = world.services.settings.data_dir.rglob(Fixity.of(b"%PDF-1.7 lasting").sha256)
    lost.unlink()
    answer = world.get("clerk", f"/api/dossiers/{CODE}/package")
    assert (answer.status_code, answer.json()["code"]) == (503, "object_missing")
    assert list((world.services.settings.data_dir / "outgoing").iterdir()) == []
    assert world.get("other-clerk", f"/api/dossiers/{CODE}/package").status_code == 404
    assert world.get("clerk", "/api/dossiers/H58.30-220304-0013/package").status_code == 404


def test_a_bag_never_overwrites_one(world: World, tmp_path: Path) -> None:
    furnished(world)
    where = write_package(world.services, CODE, tmp_path / "bags", WHOLE_OFFICE, "test")
    assert where == tmp_path / "bags" / CODE
    with pytest.raises(InvalidValue), new_bag(where):
        pass
    assert [path.name for path in where.parent.iterdir()] == [CODE]
