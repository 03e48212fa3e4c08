"""Case data as JSON, and the components that case data lists."""

import json
from pathlib import Path

import pytest

from ingest.case_components import components_of
from ingest.case_data import RefusedRow, read_told, unit_finder
from ingest.case_json import PORTION, json_objects
from records.components import DossierComponent, DossierTold
from records.dossier import ExemptionReason
from records.errors import InvalidImport
from records.ids import UnitCode

find_unit = unit_finder([(UnitCode("P1"), "Phường 1")])
CASE = {
    "MaHoSo": "000.17.22.H58-220303-0001",
    "MaTTHC": "1.001193",
    "DonViXuLy": "Phường 1",
    "NgayTiepNhan": "2022-03-03",
    "TaiLieuNop": [
        {"MaThanhPhanHoSo": "TP01", "DuocTaiSuDung": 1, "MaKetQuaThayThe": "H58-220101-0001-KQ1"},
        {"MaThanhPhanHoSo": "TP02", "DuocLayTuKhoDMQG": True},
    ],
}


def told(tmp_path: Path, text: str) -> list[DossierTold | RefusedRow]:
    path = tmp_path / "cases"
    path.write_text(text, encoding="utf-8")
    return list(read_told(path, find_unit))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([CASE, CASE]),
        json.dumps({"total": 2, "data": [CASE, CASE]}, indent=1),
        f"{json.dumps(CASE)}\n{json.dumps(CASE)}\n",
        "\ufeff" + json.dumps([CASE, CASE], indent=4),
    ],
    ids=["array", "array in an object", "lines", "with a byte order mark"],
)
def test_json_is_told_by_its_content(tmp_path: Path, text: str) -> None:
    for found in told(tmp_path, text):
        assert isinstance(found, DossierTold)
        assert found.dossier.code == CASE["MaHoSo"]
        assert found.components == (
            DossierComponent("TP01", reused=True, replaced_by="H58-220101-0001-KQ1"),
            DossierComponent("TP02", shared=True),
        )


def test_a_long_list_is_read_in_portions(tmp_path: Path) -> None:
    path = tmp_path / "cases"
    many = [{"n": number, "text": "ẵ" * 50} for number in range(PORTION // 50)]
    path.write_text(json.dumps(many), encoding="utf-8")
    assert [one["n"] for one in json_objects(path)] == list(range(len(many)))


def test_json_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "cases"
    path.write_text('[{"n": 1}, {"n": 2}, {"n": ', encoding="utf-8")
    found = json_objects(path)
    assert [next(found)["n"], next(found)["n"]] == [1, 2]
    with pytest.raises(InvalidImport):
        next(found)


@pytest.mark.parametrize("text", ["[1]", "{]", "[" * 100_000, '[{"a": [}]'])
def test_what_is_no_list_of_objects_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidImport):
        told(tmp_path, text)


def test_an_object_is_refused_by_its_number_and_without_its_values(tmp_path: Path) -> None:
    _, refused = told(
        tmp_path, json.dumps([CASE, {**CASE, "TaiLieuNop": [{"MaThanhPhanHoSo": "Trần Văn Bé!"}]}])
    )
    assert isinstance(refused, RefusedRow)
    assert (refused.row, refused.code) == (2, "invalid_value")
    assert "Trần" not in refused.reason


def test_a_cell_lists_components_with_what_is_so() -> None:
    assert components_of("TP01; TP02=reused;TP03 = photocopy\nTP04=requested") == (
        DossierComponent("TP01"),
        DossierComponent("TP02", reused=True),
        DossierComponent("TP03", exempt_reason=ExemptionReason.PHOTOCOPY),
        DossierComponent("TP04", requested=True),
    )
    assert components_of("") is components_of(None) is None
    assert components_of([]) == ()


@pytest.mark.parametrize(
    "untrusted",
    ["TP01=whatever", "TP01;TP01", ["TP01"], [{}], [{"MaThanhPhanHoSo": "A", "DuocTaiSuDung": "7"}]],
)
def test_components_that_make_no_sense_are_refused(untrusted: object) -> None:
    with pytest.raises(ValueError, match="components: "):
        components_of(untrusted)
