"""A page is scanned again into its place: asked for, replaced, read again, and its earlier image kept."""

import hashlib

import pytest

from records.record import Record
from records.steps import Step
from tests.api.world import CODE, JPEG, World, jpeg

NEW = jpeg(500, 700)


def put(world: World, page: str, data: bytes = NEW, who: str = "operator") -> dict[str, object]:
    headers = {"X-Content-SHA256": hashlib.sha256(data).hexdigest()}
    answer = world.call(who, "PUT", f"/api/pages/{page}/image", content=data, headers=headers)
    return dict(answer.json(), status=answer.status_code)


@pytest.fixture
def record(world: World) -> Record:
    return world.a_record()


def test_a_clerk_asks_and_the_operator_sees_why(world: World, record: Record) -> None:
    page = record.pages[0]
    assert world.post("clerk", f"/api/pages/{page}/rescan", {"reason": "cut_off"}).status_code == 204
    (asked,) = world.get("operator", "/api/rescans").json()["items"]
    assert (asked["page"], asked["reason"], asked["asked_by"]) == (page, "cut_off", "clerk")
    assert (asked["batch"], asked["file_sequence"], asked["page_number"]) == (record.batch, 1, 1)
    assert world.get("other-clerk", "/api/rescans").json()["items"] == []
    assert world.call("operator", "DELETE", f"/api/pages/{page}/rescan").status_code == 204
    assert world.get("operator", "/api/rescans").json()["items"] == []


def test_a_new_scan_takes_the_place_of_the_old_which_is_kept(world: World, record: Record) -> None:
    page = record.pages[0]
    world.post("clerk", f"/api/pages/{page}/rescan", {"reason": "blurred"})
    assert put(world, page)["status"] == 200
    seen = world.get("clerk", f"/api/pages/{page}").json()
    assert (seen["width"], seen["height"], seen["state"], seen["has_text"]) == (500, 700, "received", False)
    (earlier,) = world.get("clerk", f"/api/pages/{page}/earlier").json()["items"]
    assert (earlier["number"], earlier["replaced_by"], earlier["reason"]) == (1, "operator", "blurred")
    assert world.get("clerk", f"/api/pages/{page}/earlier/1").content == JPEG
    assert world.get("operator", "/api/rescans").json()["items"] == []
    assert world.get("clerk", f"/api/pages/{page}/earlier/2").status_code == 404


def test_the_paper_is_read_again_and_its_history_says_why(world: World, record: Record) -> None:
    world.asked.clear()
    put(world, record.pages[0])
    assert [(todo.step, todo.key) for todo in world.asked] == [(Step.RECOGNISE, record.pages[0])]
    seen = world.get("clerk", f"/api/records/{record.id}").json()
    assert (seen["state"], seen["version"]) == ("assembled", record.version + 1)
    history = world.get("clerk", f"/api/records/{record.id}/history").json()["items"]
    assert (history[-1]["action"], history[-1]["actor"]) == ("rescanned", "operator")
    stale = world.confirm(record)
    assert stale.json()["code"] == "stale_version"


def test_a_confirmed_paper_keeps_its_page(world: World, record: Record) -> None:
    assert world.confirm(record).status_code == 200
    answer = put(world, record.pages[0])
    assert (answer["status"], answer["code"]) == (409, "illegal_transition")
    assert world.get("clerk", f"/api/pages/{record.pages[0]}").json()["width"] == 400


@pytest.mark.parametrize(
    ("data", "code"), [(b"no image", "unsupported_media_type"), (b"\xff\xd8\xff\xe0 broken", "damaged_file")]
)
def test_what_cannot_be_opened_replaces_nothing(world: World, record: Record, data: bytes, code: str) -> None:
    assert put(world, record.pages[0], data)["code"] == code
    assert world.get("clerk", f"/api/records/{record.id}").json()["version"] == record.version


def test_only_who_may_scan_there_replaces_a_page(world: World, record: Record) -> None:
    page = record.pages[0]
    statuses = {
        who: put(world, page, who=who)["status"] for who in ("auditor", "other-clerk", "second-station")
    }
    assert statuses == {"auditor": 403, "other-clerk": 404, "second-station": 404}
    assert put(world, page, who="station")["status"] == 200


def test_bytes_that_changed_on_the_way_are_refused(world: World, record: Record) -> None:
    headers = {"X-Content-SHA256": "0" * 64}
    path = f"/api/pages/{record.pages[0]}/image"
    answer = world.call("operator", "PUT", path, content=NEW, headers=headers)
    assert answer.json()["code"] == "fixity_mismatch"


def test_the_operator_names_the_dossier_of_a_paper_without_a_cover_sheet(
    world: World, record: Record
) -> None:
    path, match = f"/api/records/{record.id}/dossier", {"If-Match": f'"{record.version}"'}
    answer = world.call("operator", "PUT", path, json={"code": CODE}, headers=match)
    assert answer.status_code == 200
    seen = answer.json()
    assert (seen["dossier"], seen["state"], seen["proposals"][0]["source"]) == (CODE, "classified", "person")
    assert "dossier_unknown" not in seen["review_reasons"]
    again = world.call("operator", "PUT", path, json={"code": CODE}, headers=match)
    assert again.json()["code"] == "stale_version"
    unknown = {"code": "H58.30-220303-9999"}
    newer = {"If-Match": f'"{seen["version"]}"'}
    assert (
        world.call("operator", "PUT", path, json=unknown, headers=newer).json()["code"] == "dossier_unknown"
    )
    assert world.call("auditor", "PUT", path, json=unknown, headers=newer).status_code == 403
