"""Case data over HTTP: one dossier, many, what breaks off, components and exemptions."""

import json
from typing import Any

import pytest

from tests.api.test_dossiers import HEADER, PERIOD, ROW, imported
from tests.api.world import CODE, World

NEW = "H58.30-220304-0013"
SAID = {"MaTTHC": "1.001193", "DonViXuLy": "P1", "NgayTiepNhan": "2022-03-04T08:00"}


def put(world: World, code: str = NEW, **said: object) -> tuple[int, dict[str, object]]:
    answer = world.call("administrator", "PUT", f"/api/dossiers/{code}", json={**SAID, **said})
    return answer.status_code, dict(answer.json())


def test_a_dossier_can_be_told_one_at_a_time(world: World) -> None:
    assert put(world)[0] == 201
    assert put(world)[0] == 200
    status, dossier = put(world, NgayKetThucXuLy="2022-03-05")
    assert (status, dossier["resolved_at"]) == (200, "2022-03-04T17:00:00Z")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"NgayTiepNhan": "31/02/2022"}, "received_at"),
        ({"DonViXuLy": "Phường 99"}, "unit"),
        ({"MaHoSo": CODE}, "code"),
        ({"TaiLieuNop": [{"MaThanhPhanHoSo": "<>"}]}, "components"),
    ],
)
def test_a_dossier_that_cannot_be_taken_is_refused_with_the_field(
    world: World, said: dict[str, Any], field: str
) -> None:
    status, problem = put(world, **said)
    assert (status, problem["code"], problem["field"]) == (422, "invalid_value", field)


def test_a_list_may_be_json_and_lists_components(world: World) -> None:
    case = {"MaHoSo": NEW, **SAID, "TaiLieuNop": [{"MaThanhPhanHoSo": "TP01"}]}
    assert imported(world, json.dumps([case]))["new"] == 1
    assert imported(world, json.dumps([case]))["same"] == 1
    case["TaiLieuNop"] = [{"MaThanhPhanHoSo": "TP01", "DuocTaiSuDung": "1"}]
    dry = imported(world, json.dumps([case]), dry_run="true")
    assert (dry["changed"], dry["same"]) == (1, 0)
    assert imported(world, json.dumps([case]))["changed"] == 1
    assert imported(world, json.dumps([case]))["same"] == 1
    listed = world.get("clerk", f"/api/dossiers/{NEW}/components").json()["items"]
    assert [(one["component"], one["reused"]) for one in listed] == [("TP01", True)]


def test_a_dry_run_tells_new_changed_and_same(world: World) -> None:
    imported(world, HEADER + ROW)
    other, changed = ROW.replace("0013", "0014"), ROW.replace("05/03/2022 09:00", "06/03/2022")
    report = imported(world, HEADER + other + changed, dry_run="true")
    assert (report["new"], report["changed"], report["same"]) == (1, 1, 0)
    assert imported(world, HEADER + ROW, dry_run="true")["same"] == 1


def test_an_import_that_breaks_off_says_how_far_it_came(world: World) -> None:
    case = {"MaHoSo": NEW, **SAID}
    report = imported(world, json.dumps([case, case])[:-10])
    assert (report["new"], report["refused"]) == (1, 0)
    assert report["broken_off"] == "the JSON breaks off or is none"


def test_a_component_is_exempt_with_a_reason_until_that_ends(world: World) -> None:
    put(world, TaiLieuNop=[{"MaThanhPhanHoSo": "TP01"}, {"MaThanhPhanHoSo": "TP02"}])
    path = f"/api/dossiers/{NEW}/components/TP01"
    assert world.call("auditor", "PUT", f"{path}/exemption", json={"reason": "PHOTOCOPY"}).status_code == 403
    assert world.call("clerk", "PUT", f"{path}/exemption", json={"reason": "LAZY"}).status_code == 422
    assert (
        world.call("other-clerk", "PUT", f"{path}/exemption", json={"reason": "PHOTOCOPY"}).status_code == 404
    )

    def required() -> int:
        table = world.get("auditor", "/api/coverage", params=PERIOD).json()
        return int(table["total"]["components_rate"]["denominator"])

    before = required()
    answer = world.call("clerk", "PUT", f"{path}/exemption", json={"reason": "PHOTOCOPY"})
    assert (answer.status_code, answer.json()["exempt_reason"]) == (200, "PHOTOCOPY")
    assert required() == before - 1
    assert world.call("clerk", "DELETE", f"{path}/exemption").json()["exempt_reason"] is None
    assert required() == before
    history = world.get("auditor", f"{path}/history").json()["items"]
    assert [one["component"]["exempt_reason"] for one in history] == [None, "PHOTOCOPY", None]
    assert world.get("auditor", f"/api/dossiers/{NEW}/components/TP09/history").status_code == 404


def test_the_gap_says_what_is_missing_and_the_trend_when_it_will_be_closed(world: World) -> None:
    put(world, NgayKetThucXuLy="2022-03-05", TaiLieuNop=[{"MaThanhPhanHoSo": "TP01"}])
    (item,) = world.get("auditor", "/api/coverage/gap", params=PERIOD).json()["items"]
    assert (item["code"], item["missing"], item["holding"]) == (NEW, ["result", "TP01"], "not_scanned")
    assert item["held_by"] == "P1"
    trend = world.get("auditor", "/api/coverage/trend", params={**PERIOD, "weeks": 6}).json()
    assert [week["gap"] for week in trend["weeks"]] == [0] * 6 + [1]
    assert trend["forecast"]["outlook"] == "too_early"
