"""A dossier as a checklist, and its history, over HTTP."""

from typing import Any

from tests.api.world import CODE, World

PART = f"/api/dossiers/{CODE}/components"


def told(world: World, *components: dict[str, object]) -> None:
    said = {"MaTTHC": "1.001193", "DonViXuLy": "P1", "NgayTiepNhan": "2022-03-03T08:15"}
    body = {**said, "TaiLieuNop": list(components)}
    world.call("administrator", "PUT", f"/api/dossiers/{CODE}", json=body).raise_for_status()


def checklist(world: World) -> dict[str, Any]:
    return dict(world.get("auditor", f"/api/dossiers/{CODE}/checklist").raise_for_status().json())


def filed(world: World, **tag: str) -> str:
    record = world.a_record()
    world.confirm(record, dossier={"code": CODE, **tag}).raise_for_status()
    world.file(record)
    return str(record.id)


def test_each_component_stands_where_it_does(world: World) -> None:
    named = ("TP01", "TP02", "TP03", "TP04")
    told(world, *({"MaThanhPhanHoSo": code, "DuocTaiSuDung": int(code == "TP03")} for code in named))
    paper = filed(world, role="component", component="TP01")
    world.call("clerk", "PUT", f"{PART}/TP02/exemption", json={"reason": "PHOTOCOPY"}).raise_for_status()
    found = {one["component"]: one for one in checklist(world)["components"]}
    standings = {code: found[code]["standing"] for code in named}
    assert standings == {"TP01": "digitised", "TP02": "exempt", "TP03": "reused", "TP04": "missing"}
    assert (found["TP01"]["record"], found["TP02"]["exempt_reason"]) == (paper, "PHOTOCOPY")
    world.call("clerk", "DELETE", f"{PART}/TP02/exemption").raise_for_status()
    assert {one["standing"] for one in checklist(world)["components"]} == {"digitised", "reused", "missing"}


def test_a_result_and_a_paper_without_a_component_are_named(world: World) -> None:
    result, paper = filed(world, role="result"), filed(world, role="component")
    found = checklist(world)
    assert (found["result"], found["results"], found["unnamed"]) == ("filed", [result], [paper])
    assert found["components"] == []


def test_the_history_tells_who_did_what_and_nothing_that_a_paper_says(world: World) -> None:
    told(world, {"MaThanhPhanHoSo": "TP01"})
    world.call("clerk", "PUT", f"{PART}/TP01/exemption", json={"reason": "SECRET"}).raise_for_status()
    paper = filed(world, role="result")
    events = world.get("clerk", f"/api/dossiers/{CODE}/history").json()["items"]
    actions = [event["action"] for event in events]
    assert {"dossier.told", "component.exempted", "record.confirmed"} <= set(actions)
    exempted = next(event for event in events if event["action"] == "component.exempted")
    assert (exempted["component"], exempted["reason"]) == ("TP01", "SECRET")
    assert any(event["record"] == paper for event in events)
    assert [event["at"] for event in events] == sorted((event["at"] for event in events), reverse=True)


def test_another_ward_sees_neither(world: World) -> None:
    for what in ("checklist", "history"):
        assert world.get("other-clerk", f"/api/dossiers/{CODE}/{what}").status_code == 404
