"""Re-use before scan over HTTP: across units for who knows the owner's id, and no id number leaks."""

import logging
from datetime import date
from typing import Any

import pytest

from records.dossier import Dossier
from records.ids import DossierCode, ProcedureCode
from records.record import Record
from tests.api.world import CODE, OTHER_WARD, START, World

OWNER = "082190001234"
OTHER = DossierCode("H58.30-220303-0013")


@pytest.fixture
def paper(world: World) -> Record:
    """A result that ward P1 has filed, and a new dossier of ward P2."""
    with world.services.database.transaction() as tx:
        tx.dossiers.upsert([Dossier(OTHER, ProcedureCode("1.001193"), OTHER_WARD, START)], "test", START)
    record = world.a_record()
    fields = {"id_no": OWNER, "issue_date": "2022-01-01"}
    with world.services.database.snapshot() as tx:
        kind = next(kind.code for kind in tx.catalogue.document_types() if "id_no" in kind.fields)
    assert world.confirm(record, document_type=kind, fields=fields).status_code == 200
    world.file(record)
    return record


def search(world: World, who: str, kind: str, owner: str = OWNER, **parts: Any) -> Any:
    return world.post(who, "/api/reuse/search", {"owner_id": owner, "document_type": kind, **parts})


def kind_of(world: World, record: Record) -> str:
    return str(world.get("administrator", f"/api/records/{record.id}").json()["document_type"])


def test_a_clerk_of_another_ward_finds_a_paper_and_uses_it_again(world: World, paper: Record) -> None:
    who, kind = "other-clerk", kind_of(world, paper)
    (found,) = search(world, who, kind).json()["items"]
    assert (found["record"], found["role"], found["unit"]) == (paper.id, "result", "P1")
    assert world.get(who, f"/api/records/{paper.id}").status_code == 404
    body = {"owner_id": OWNER, "record": paper.id, "component": "TP1"}
    reused = world.post(who, f"/api/dossiers/{OTHER}/reused", body)
    assert reused.status_code == 201, reused.text
    assert reused.json()["reused_from"] == paper.id
    assert world.get(who, f"/api/dossiers/{OTHER}/reused").json()["items"] == [reused.json()]
    pdf = world.get(who, f"/api/dossiers/{OTHER}/reused/{paper.id}/pdf")
    assert pdf.content == b"%PDF-1.7 lasting"
    taken_back = f"/api/dossiers/{OTHER}/reused/{paper.id}"
    assert world.call(who, "DELETE", taken_back).status_code == 204
    assert world.call(who, "DELETE", taken_back).status_code == 404
    assert world.get(who, f"{taken_back}/pdf").status_code == 404


def test_a_paper_is_not_used_again_by_guessing_its_id(world: World, paper: Record) -> None:
    path = f"/api/dossiers/{OTHER}/reused"
    refused = world.post("other-clerk", path, {"owner_id": "082190009999", "record": paper.id})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_reusable")
    for who, status in (("clerk", 404), ("auditor", 403), ("operator", 403)):
        assert world.post(who, path, {"owner_id": OWNER, "record": paper.id}).status_code == status, who
    assert search(world, "auditor", "QD").status_code == 403


def test_a_paper_that_does_not_hold_on_the_day_is_not_offered(world: World, paper: Record) -> None:
    kind = kind_of(world, paper)
    assert search(world, "clerk", kind, valid_on=date(2021, 1, 1).isoformat()).json()["items"] == []
    assert search(world, "clerk", "GPXD").json()["items"] == []


def test_no_id_number_reaches_a_log_a_refusal_or_the_audit_trail(
    world: World, paper: Record, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = OWNER + "5"
    for body in ({"owner_id": wrong, "document_type": "QD"}, {"owner_id": OWNER * 9, "document_type": "QD"}):
        refused = world.post("clerk", "/api/reuse/search", body)
        assert refused.status_code == 422
        assert OWNER not in refused.text
    search(world, "clerk", "QD")
    entries = world.get("administrator", "/api/audit", params={"subject": "QD"})
    assert entries.json()["items"][0]["action"] == "reuse.searched"
    assert OWNER not in entries.text
    assert OWNER not in caplog.text


def offered(world: World, record: Record, who: str = "clerk") -> list[str]:
    seen = world.get(who, f"/api/records/{record.id}/desk").json()
    return [paper["record"] for paper in seen["reusable"]]


def test_the_desk_says_that_a_paper_is_digitised_already(world: World, paper: Record) -> None:
    kind = kind_of(world, paper)
    same = world.waiting(kind, id_no=OWNER, issue_date="2022-01-01")
    assert (offered(world, same), offered(world, same, "auditor")) == ([paper.id], [])
    undated = world.waiting(kind, id_no=OWNER)
    assert offered(world, undated) == [paper.id]
    for other in ({"id_no": "082190009999"}, {"id_no": OWNER, "issue_date": "2022-02-02"}, {}):
        assert offered(world, world.waiting(kind, **other)) == []


def test_a_filed_paper_takes_the_place_of_its_scan_in_one_change(world: World, paper: Record) -> None:
    scan = world.waiting(kind_of(world, paper), id_no=OWNER)
    path, body = f"/api/records/{scan.id}/reuse", {"paper": paper.id, "dossier": OTHER}
    match = {"If-Match": f'"{scan.version}"'}
    assert world.post("clerk", path, body).json()["code"] == "version_required"
    assert world.post("auditor", path, body, headers=match).status_code == 403
    stranger = body | {"owner_id": "082190009999"}
    assert world.post("clerk", path, stranger, headers=match).json()["code"] == "not_reusable"
    assert world.get("clerk", f"/api/records/{scan.id}").json()["state"] == "classified"
    done = world.post("clerk", path, body, headers=match)
    assert (done.status_code, done.json()["state"]) == (200, "discarded"), done.text
    (used,) = world.get("other-clerk", f"/api/dossiers/{OTHER}/reused").json()["items"]
    assert (used["reused_from"], used["actor"]) == (paper.id, "clerk")
    assert world.post("clerk", path, body, headers=match).json()["code"] == "stale_version"


def test_who_used_a_paper_again_takes_it_back_also_in_another_units_dossier(
    world: World, paper: Record
) -> None:
    scan = world.waiting(kind_of(world, paper), id_no=OWNER)
    body, match = {"paper": paper.id, "dossier": OTHER}, {"If-Match": f'"{scan.version}"'}
    world.post("clerk", f"/api/records/{scan.id}/reuse", body, headers=match).raise_for_status()
    taken_back = f"/api/dossiers/{OTHER}/reused/{paper.id}"
    assert world.get("clerk", f"/api/dossiers/{OTHER}").status_code == 404
    assert world.call("clerk", "DELETE", taken_back).status_code == 204
    assert world.call("clerk", "DELETE", taken_back).status_code == 404


def test_a_dossier_is_offered_what_its_own_papers_owner_has_filed_elsewhere(
    world: World, paper: Record
) -> None:
    path = f"/api/dossiers/{OTHER}"
    assert world.get("other-clerk", f"{path}/reusable").json()["items"] == []
    assert world.post("other-clerk", f"{path}/reused", {"record": paper.id}).json()["code"] == "not_reusable"
    application = world.a_record(b"%PDF-1.7 application", who="other-station")
    tag = {"code": OTHER, "role": "component"}
    fields = {"id_no": OWNER}
    with world.services.database.snapshot() as tx:
        kind = [one.code for one in tx.catalogue.document_types() if "id_no" in one.fields][1]
    world.confirm(
        application, who="other-clerk", document_type=kind, fields=fields, dossier=tag
    ).raise_for_status()
    (found,) = world.get("other-clerk", f"{path}/reusable").json()["items"]
    assert (found["record"], found["dossier"]) == (paper.id, CODE)
    used = world.post("other-clerk", f"{path}/reused", {"record": paper.id, "component": "TP1"})
    assert (used.status_code, used.json()["component"]) == (201, "TP1")
    assert world.get("other-clerk", f"{path}/reusable").json()["items"] == []


def test_papers_of_every_type_are_found_at_once(world: World, paper: Record) -> None:
    found = world.post("clerk", "/api/reuse/search", {"owner_id": OWNER}).json()["items"]
    assert [one["record"] for one in found] == [paper.id]
