"""Re-use before scan over HTTP: across units for who knows the owner's id, and no id number leaks."""

import logging
from datetime import date
from typing import Any

import pytest

from records.dossier import Dossier
from records.ids import DossierCode, ProcedureCode
from records.record import Record
from tests.api.world import OTHER_WARD, START, World

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
