"""Declared files that will not come are taken back over HTTP, and the batch is completed without them."""

import uuid

import pytest
from httpx import Response

from records.batch import WithdrawalReason
from tests.api.world import World

PDF, WORD = b"%PDF-1.7 one", b"PK\x03\x04 a document"


def withdraw(
    world: World, batch: str, sequence: int, reason: str = "unsupported_media_type", *, who: str = "station"
) -> Response:
    return world.call(
        who, "PUT", f"/api/batches/{batch}/files/{sequence}/withdrawal", json={"reason": reason}
    )


def test_a_batch_with_a_refused_file_is_completed_without_it(world: World) -> None:
    batch = world.open(PDF, WORD)
    world.put(batch, 1, PDF)
    refusal = world.put(batch, 2, WORD).json()["code"]
    answer = withdraw(world, batch, 2, refusal)
    assert answer.status_code == 200
    assert withdraw(world, batch, 2, "lost").json() == answer.json()
    done = world.post("station", f"/api/batches/{batch}/complete").json()
    assert (done["declared"], done["received"], done["withdrawn"], done["stored"]) == (2, 1, 1, 1)
    assert done["balanced"]


def test_what_was_withdrawn_stays_visible_with_its_reason_and_in_the_audit_trail_once(world: World) -> None:
    batch = world.open(WORD)
    for _ in range(2):
        withdraw(world, batch, 1)
    shown = world.get("operator", f"/api/batches/{batch}").json()
    (seen,) = shown["withdrawn"]
    assert (seen["sequence"], seen["reason"], seen["withdrawn_by"]) == (
        1,
        "unsupported_media_type",
        "station",
    )
    assert shown["progress"]["withdrawn_files"] == 1
    entries = world.get("administrator", "/api/audit", params={"subject": batch}).json()["items"]
    assert [(entry["action"], entry["actor"], entry["details"]) for entry in entries] == [
        ("file.withdrawn", "station", {"reason": "unsupported_media_type", "sequence": 1})
    ]


def test_a_file_that_is_durable_cannot_be_withdrawn(world: World) -> None:
    batch = world.open(PDF)
    world.put(batch, 1, PDF)
    answer = withdraw(world, batch, 1)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_received")


def test_a_withdrawn_file_is_refused_before_it_is_read(world: World) -> None:
    batch = world.open(PDF)
    withdraw(world, batch, 1, "lost")
    answer = world.put(batch, 1, PDF)
    assert (answer.status_code, answer.json()["code"]) == (409, "file_withdrawn")


def test_the_papers_that_waited_for_it_are_asked_for(world: World) -> None:
    batch = world.open(WORD, PDF)
    world.put(batch, 2, PDF)
    world.rasterise(batch, 2)
    world.asked.clear()
    withdraw(world, batch, 1)
    assert [todo.step for todo in world.asked] == ["classify"]


@pytest.mark.parametrize("who", ["second-station", "other-station", "clerk"])
def test_nobody_withdraws_for_another_station(world: World, who: str) -> None:
    batch = world.open(PDF)
    assert withdraw(world, batch, 1, who=who).status_code in (403, 404)
    assert world.get("station", f"/api/batches/{batch}").json()["withdrawn"] == []


def test_an_operator_takes_back_what_a_dead_station_will_never_send(world: World) -> None:
    batch = world.open(PDF)
    assert withdraw(world, batch, 1, "lost", who="operator").json()["withdrawn_by"] == "operator"
    assert world.post("operator", f"/api/batches/{batch}/complete").json()["balanced"]


def test_a_reason_is_one_of_the_documented_codes(world: World) -> None:
    batch = world.open(PDF, WORD)
    assert withdraw(world, batch, 1, "whatever").json()["code"] == "invalid_value"
    assert withdraw(world, batch, 3).json()["code"] == "invalid_manifest"
    assert withdraw(world, str(uuid.uuid4()), 1).json()["code"] == "not_found"
    for reason in WithdrawalReason:
        assert withdraw(world, world.open(PDF), 1, reason.value).json()["reason"] == reason
