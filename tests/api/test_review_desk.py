"""The clerk's desk over HTTP: leases, the queue, undo, and pages put right."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from records.ids import RecordId
from records.record import Record
from records.staff import StaffRole
from records.steps import Step
from tests.api.world import SECRET_TEXT, WARD, World, hire
from tests.contract.office import Office


def colleague(world: World) -> str:
    """A second clerk of the ward."""
    world.tokens["colleague"] = hire(world.services, "colleague", StaffRole.CLERK, WARD)
    return "colleague"


def change(world: World, who: str, record: Record, verb: str, body: Any, version: int = 0) -> httpx.Response:
    headers = {"If-Match": f'"{version or record.version}"'}
    method = "PUT" if verb in ("pages", "arrangement") else "POST"
    return world.call(who, method, f"/api/records/{record.id}/{verb}", json=body, headers=headers)


# --- leases and queue ---


def test_two_clerks_never_get_the_same_paper(world: World) -> None:
    records = {world.a_record(b"%PDF-1.7 " + bytes([65 + n])).id for n in range(2)}
    other = colleague(world)
    first = world.post("clerk", "/api/reviews/next", {}).json()
    second = world.post(other, "/api/reviews/next", {}).json()
    assert {first["record"]["id"], second["record"]["id"]} == records
    assert (first["waiting"], first["following"]) == (1, second["record"]["id"])
    assert (second["waiting"], second["following"]) == (0, None)
    nothing = world.post("administrator", "/api/reviews/next", {})
    assert nothing.json() == {"record": None, "lease": None, "following": None, "waiting": 0}


def test_the_queue_is_shown_as_it_is_handed_out(world: World) -> None:
    records = [world.a_record(b"%PDF-1.7 " + bytes([65 + n])).id for n in range(3)]
    other = colleague(world)
    taken = world.post(other, "/api/reviews/next", {}).json()["record"]["id"]
    shown = world.get("clerk", "/api/reviews", params={"order": "most_doubt", "limit": 1}).json()
    assert shown["waiting"] == 2
    assert [one["id"] for one in shown["items"]] == [r for r in records if r != taken][:1]
    assert world.get("auditor", "/api/reviews", params={"due_within_hours": 24}).json()["waiting"] == 0
    assert world.get("clerk", "/api/reviews", params={"order": "wrong"}).status_code == 422
    handed = world.post("clerk", "/api/reviews/next", {"order": "most_doubt"}).json()["record"]["id"]
    assert handed == shown["items"][0]["id"]


def test_a_lease_keeps_others_out_until_it_is_given_back(world: World) -> None:
    record, other = world.a_record(), colleague(world)
    path = f"/api/records/{record.id}/lease"
    assert world.get("auditor", path).status_code == 404
    taken = world.post("clerk", path).json()
    assert (taken["holder_name"], taken["version"]) == ("clerk", record.version)
    assert world.get("auditor", path).json() == taken
    refused = world.post(other, path)
    assert (refused.status_code, refused.json()["code"]) == (409, "record_leased")
    assert refused.json()["leased_until"]
    for answer in (
        world.confirm(record, who=other),
        change(world, other, record, "discard", {"reason": "blank"}),
        change(world, other, record, "rotate", {"page": record.pages[0], "rotation": 90}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "record_leased")
    assert world.call(other, "DELETE", path).status_code == 204
    assert world.call(other, "PUT", path).json()["code"] == "review_lease_lost"
    assert world.call("clerk", "DELETE", path).status_code == 204
    assert world.post(other, path).status_code == 200
    assert world.call("clerk", "PUT", path).json()["code"] == "review_lease_lost"


def test_renewing_tells_of_a_newer_version(world: World) -> None:
    record = world.a_record()
    path = f"/api/records/{record.id}/lease"
    world.post("clerk", path)
    assert world.call("clerk", "PUT", path).json()["version"] == record.version
    change(world, "clerk", record, "rotate", {"page": record.pages[0], "rotation": 0})
    renewed = world.call("clerk", "PUT", path).json()
    assert (renewed["version"], renewed["state"]) == (record.version + 1, "assembled")


def test_a_confirmed_record_is_free_again(world: World) -> None:
    record = world.a_record()
    world.post("clerk", f"/api/records/{record.id}/lease")
    assert world.confirm(record).status_code == 200
    assert world.get("clerk", f"/api/records/{record.id}/lease").status_code == 404


def test_the_queue_knows_conditions_and_refuses_nonsense(world: World) -> None:
    record = world.a_record()
    wishes: list[dict[str, Any]] = [
        {"unit": "P1", "doubt": "some", "order": "most_doubt"},
        {"batch": record.batch, "document_type": "QD"},
        {"older_than_hours": 0, "order": "due_first"},
    ]
    for wish in wishes:
        assert world.post("clerk", "/api/reviews/next", wish).json()["record"]["id"] == record.id, wish
    wishes = [
        {"unit": "P2"}, {"doubt": "none"}, {"skip": [record.id]}, {"older_than_hours": 5}, {"due_within_hours": 5}
    ]  # fmt: skip
    for wish in wishes:
        assert world.post("clerk", "/api/reviews/next", wish).json()["record"] is None, wish
    wishes = [{"order": "x"}, {"skip": ["x"]}, {"unknown": 1}, {"skip": [str(uuid.uuid4())] * 101}]
    for wish in wishes:
        assert world.post("clerk", "/api/reviews/next", wish).status_code == 422, wish
    assert world.post("auditor", "/api/reviews/next", {}).status_code == 403


# --- undo ---


def test_a_clerk_takes_the_own_confirmation_back_and_nobody_elses(world: World) -> None:
    record, other = world.a_record(), colleague(world)
    confirmed = world.confirm(record).json()
    refused = change(world, other, record, "undo", None, confirmed["version"])
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    undone = change(world, "clerk", record, "undo", None, confirmed["version"])
    assert (undone.status_code, undone.json()["state"]) == (200, "classified")
    assert world.get("clerk", f"/api/records/{record.id}/lease").json()["holder_name"] == "clerk"
    again = change(world, "clerk", record, "undo", None, undone.json()["version"])
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


def test_a_confirmation_is_taken_back_also_when_it_was_filed_meanwhile(world: World) -> None:
    record = world.a_record()
    version = world.confirm(record).json()["version"]
    world.file(record)
    undone = change(world, "clerk", record, "undo", None, version).json()
    assert (undone["state"], undone["version"]) == ("classified", version + 2)
    history = world.get("clerk", f"/api/records/{record.id}/history").json()["items"]
    assert [one["action"] for one in history][-3:] == ["confirmed", "filed", "undone"]


def test_an_old_confirmation_is_not_taken_back_by_a_key_press(world: World) -> None:
    record = world.a_record()
    assert world.confirm(record).status_code == 200
    office = Office(world.services.database, datetime.now(UTC))
    stored = office.record(record.id)
    assert stored.confirmation is not None
    long_ago = replace(stored.confirmation, at=stored.confirmation.at - timedelta(hours=1))
    old = replace(stored, confirmation=long_ago, version=stored.version + 1)
    office.save(old, stored.version, "confirmed")
    late = change(world, "clerk", record, "undo", None, old.version)
    assert (late.status_code, late.json()["code"]) == (409, "illegal_transition")


# --- pages ---


def joined(world: World) -> tuple[Record, dict[str, Any]]:
    """Two papers of a batch, joined by the clerk; the first as it was, and the answer."""
    first, second = world.read(world.send(b"%PDF-1.7 one", b"%PDF-1.7 two"))
    body = {"others": [{"record": second.id, "version": second.version}]}
    answer = change(world, "clerk", first, "merge", body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == f'"{first.version + 1}"'
    return first, answer.json()


def test_two_papers_become_one_and_two_again(world: World) -> None:
    first, answer = joined(world)
    whole, emptied = answer["items"]
    assert (whole["page_count"], whole["state"]) == (2, "assembled")
    assert (emptied["page_count"], emptied["state"]) == (0, "merged")
    assert (world.asked[-1].step, world.asked[-1].key) == (Step.CLASSIFY, first.id)
    classified = world.classify(RecordId(whole["id"]))
    parts = change(world, "clerk", classified, "split", {"starts": [2]}).json()["items"]
    assert [(part["id"], part["page_count"]) for part in parts] == [(whole["id"], 1), (emptied["id"], 1)]
    assert [todo.key for todo in world.asked[-2:]] == [whole["id"], emptied["id"]]
    for part in parts:
        assert world.get("clerk", f"/api/records/{part['id']}/lease").json()["holder_name"] == "clerk"


def test_pages_are_sorted_and_turned(world: World) -> None:
    _, answer = joined(world)
    record = world.classify(RecordId(answer["items"][0]["id"]))
    pages = list(record.pages)
    for wrong in ([pages[0]], pages * 2, [*pages, str(uuid.uuid4())]):
        assert change(world, "clerk", record, "pages", {"pages": wrong}).json()["code"] == "invalid_value"
    changed = change(world, "clerk", record, "pages", {"pages": pages[::-1]}).json()["items"][0]
    assert changed["pages"] == pages[::-1]
    record = world.classify(record.id)
    turned = change(world, "clerk", record, "rotate", {"page": pages[0], "rotation": 270})
    assert turned.status_code == 200
    assert (world.asked[-1].step, world.asked[-1].key) == (Step.RECOGNISE, pages[0])
    shown = world.get("clerk", f"/api/pages/{pages[0]}").json()
    assert (shown["rotation"], shown["state"]) == (270, "received")


def test_papers_are_parted_joined_sorted_and_turned_at_once_or_not_at_all(world: World) -> None:
    first, second = world.read(world.send(b"%PDF-1.7 one", b"%PDF-1.7 two"), pages=2)
    papers = [[second.pages[0]], [second.pages[1], *reversed(first.pages)]]
    turns = [{"page": first.pages[0], "rotation": 180}]
    body = {"papers": papers, "others": [{"record": second.id, "version": second.version}], "turns": turns}
    lost = change(world, "clerk", first, "arrangement", {**body, "papers": papers[1:]})
    assert lost.json()["code"] == "invalid_value"
    stale = {**body, "others": [{"record": second.id, "version": second.version - 1}]}
    assert change(world, "clerk", first, "arrangement", stale).json()["code"] == "stale_version"
    items = change(world, "clerk", first, "arrangement", body).json()["items"]
    assert [(one["id"], one["pages"]) for one in items] == [(second.id, papers[0]), (first.id, papers[1])]
    steps = [(todo.step, todo.key) for todo in world.asked[-2:]]
    assert steps == [(Step.RECOGNISE, first.pages[0]), (Step.CLASSIFY, second.id)]


def test_pages_of_another_wards_paper_are_out_of_reach(world: World) -> None:
    record, stranger = world.a_record(), world.a_record(b"%PDF-1.7 two", who="other-station")
    body = {"others": [{"record": stranger.id, "version": stranger.version}]}
    assert change(world, "clerk", record, "merge", body).status_code == 404
    assert change(world, "clerk", stranger, "split", {"starts": [2]}).status_code == 404
    other_batch = world.a_record(b"%PDF-1.7 three")
    body = {"others": [{"record": other_batch.id, "version": other_batch.version}]}
    assert change(world, "clerk", record, "merge", body).json()["code"] == "invalid_value"
    page = {"page": other_batch.pages[0], "rotation": 90}
    assert change(world, "clerk", record, "rotate", page).json()["code"] == "invalid_value"


def test_a_refusal_names_no_person_and_no_text(world: World) -> None:
    record, other = world.a_record(), colleague(world)
    world.post("clerk", f"/api/records/{record.id}/lease")
    refused = world.post(other, f"/api/records/{record.id}/lease")
    assert SECRET_TEXT not in refused.text
    assert "clerk" not in {str(value) for value in refused.json().values()}
