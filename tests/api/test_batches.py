"""Batches over HTTP: declared, sent, completed, watched."""

import base64
import hashlib
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.world import World, declaration

PDF, OTHER = b"%PDF-1.7 one", b"%PDF-1.7 two"


def files_on_disk(world: World) -> list[str]:
    folder = world.services.settings.data_dir
    return [path.name for path in folder.rglob("*") if path.is_file() and "objects" in str(path.parent)]


def incoming(world: World) -> list[str]:
    folder = world.services.settings.data_dir / "incoming"
    return [path.name for path in folder.glob("*")]


def test_opening_a_batch_twice_gives_the_same_batch(world: World) -> None:
    body = declaration(str(uuid.uuid4()), [PDF])
    first, second = world.post("station", "/api/batches", body), world.post("station", "/api/batches", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_another_declaration_under_the_same_id_is_refused(world: World) -> None:
    key = world.open(PDF)
    answer = world.post("station", "/api/batches", declaration(key, [PDF, OTHER]))
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_manifest")


def test_a_batch_is_opened_in_the_name_of_the_key_that_is_sent(world: World) -> None:
    body = declaration(str(uuid.uuid4()), [PDF], station="other-station")
    assert world.post("station", "/api/batches", body).json()["code"] == "invalid_value"


def test_an_operator_names_a_station_of_the_own_ward(world: World) -> None:
    mine = declaration(str(uuid.uuid4()), [PDF], station="station")
    assert world.post("operator", "/api/batches", mine).json()["station"] == "station"
    other = declaration(str(uuid.uuid4()), [PDF], station="other-station")
    assert world.post("operator", "/api/batches", other).status_code == 404
    nobody = declaration(str(uuid.uuid4()), [PDF])
    assert world.post("operator", "/api/batches", nobody).status_code == 422


def test_a_file_that_arrived_is_durable_and_asks_for_the_next_step(world: World) -> None:
    batch = world.open(PDF)
    answer = world.put(batch, 1, PDF)
    assert answer.status_code == 201
    stored = answer.json()
    assert stored["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert (stored["size"], stored["media_type"]) == (len(PDF), "application/pdf")
    assert world.services.objects.get(stored["sha256"]) == PDF
    assert [todo.key for todo in world.asked] == [stored["id"]]


def test_a_digest_that_differs_is_refused_and_nothing_is_kept(world: World) -> None:
    batch = world.open(PDF)
    answer = world.put(batch, 1, OTHER, sha256=hashlib.sha256(PDF).hexdigest())
    assert (answer.status_code, answer.json()["code"]) == (422, "fixity_mismatch")
    assert files_on_disk(world) == incoming(world) == []
    assert world.asked == []
    shown = world.get("station", f"/api/batches/{batch}").json()
    assert shown["reconciliation"]["missing"] == [1]


def test_content_digest_of_rfc_9530_is_taken(world: World) -> None:
    batch = world.open(PDF)
    digest = base64.b64encode(hashlib.sha256(PDF).digest()).decode()
    headers = {"Content-Digest": f"sha-512=:AAAA:, sha-256=:{digest}:"}
    path = f"/api/batches/{batch}/files/1"
    assert world.call("station", "PUT", path, content=PDF, headers=headers).status_code == 201


def test_a_file_without_a_digest_is_refused(world: World) -> None:
    batch = world.open(PDF)
    path = f"/api/batches/{batch}/files/1"
    assert world.call("station", "PUT", path, content=PDF).json()["code"] == "invalid_value"
    for digest in ("sha-256=:AAAA:", "sha-256=:%%%:", "md5=:AAAA:"):
        answer = world.call("station", "PUT", path, content=PDF, headers={"Content-Digest": digest})
        assert answer.json()["code"] == "invalid_value"


def test_sending_a_file_again_changes_nothing(world: World) -> None:
    batch = world.open(PDF)
    first, second = world.put(batch, 1, PDF), world.put(batch, 1, PDF)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_a_file_that_was_not_declared_is_refused_before_it_is_read(world: World) -> None:
    batch = world.open(PDF)
    assert world.put(batch, 2, PDF).json()["code"] == "invalid_manifest"
    assert world.put(batch, 1, OTHER).json()["code"] == "invalid_manifest"


def test_the_same_bytes_are_one_object_and_reported_with_where_they_were_seen(world: World) -> None:
    first = world.send(PDF)
    second = world.open(OTHER, PDF, who="second-station")
    assert world.put(second, 1, OTHER, who="second-station").json()["duplicate_of"] is None
    seen = world.put(second, 2, PDF, who="second-station").json()["duplicate_of"]
    assert (seen["batch"], seen["sequence"]) == (first, 1)
    receipt = world.post("second-station", f"/api/batches/{second}/complete").json()
    assert [(found["sequence"], found["seen"]["batch"]) for found in receipt["duplicates"]] == [(2, first)]
    assert len(files_on_disk(world)) == 2


def test_completing_names_what_is_missing(world: World) -> None:
    batch = world.open(PDF, OTHER)
    world.put(batch, 2, OTHER)
    answer = world.post("station", f"/api/batches/{batch}/complete")
    assert (answer.status_code, answer.json()["code"], answer.json()["missing"]) == (
        409,
        "batch_incomplete",
        [1],
    )
    world.put(batch, 1, PDF)
    done = world.post("station", f"/api/batches/{batch}/complete").json()
    assert (done["declared"], done["received"], done["stored"], done["balanced"]) == (2, 2, 2, True)
    assert world.post("station", f"/api/batches/{batch}/complete").json() == done


def test_a_complete_batch_takes_no_file_that_it_did_not_have(world: World) -> None:
    batch = world.send(PDF)
    assert world.put(batch, 1, PDF).status_code == 200
    assert world.put(batch, 2, OTHER).json()["code"] == "invalid_manifest"


def test_a_file_over_the_limit_is_refused_while_it_streams(world: World) -> None:
    batch = world.open(PDF)
    limit = world.services.settings.max_file_mb * 1024 * 1024
    headers = {"X-Content-SHA256": hashlib.sha256(PDF).hexdigest()}
    path = f"/api/batches/{batch}/files/1"

    def endless() -> Iterator[bytes]:
        for _ in range(limit // 2**20 + 2):
            yield b"x" * 2**20

    answer = world.call("station", "PUT", path, content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert files_on_disk(world) == incoming(world) == []


def test_an_upload_does_not_touch_the_temporary_folder_of_the_system(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not-there"))
    batch = world.open(PDF)
    assert world.put(batch, 1, PDF).status_code == 201
    assert world.services.settings.incoming_dir.parent == world.services.settings.data_dir
    assert incoming(world) == []


def test_an_empty_file_and_one_of_another_type_are_refused_by_content(world: World) -> None:
    word = b"PK\x03\x04 a document"
    batch = world.open(b"", word)
    assert world.put(batch, 1, b"").json()["code"] == "empty_file"
    answer = world.put(batch, 2, word)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    assert files_on_disk(world) == incoming(world) == []


def test_a_batch_shows_quality_in_plain_words_and_its_records(world: World) -> None:
    batch = world.send(PDF)
    (record,) = world.read(batch)
    shown = world.get("operator", f"/api/batches/{batch}").json()
    (page,) = shown["files"][0]["page_list"]
    assert [flag["reason"] for flag in page["quality"]["flags"]] == [
        "scanned at 150 dpi; at least 200 are needed",
        "ink runs over an edge (right); something is cut off",
    ]
    assert [found["id"] for found in shown["records"]] == [record.id]
    assert shown["progress"]["state"] == "waiting"
    assert shown["reconciliation"]["balanced"]


def test_a_list_of_batches_goes_on_where_it_stopped_while_new_ones_come(world: World) -> None:
    opened = [world.open(PDF) for _ in range(5)]
    first = world.get("operator", "/api/batches", params={"limit": 2}).json()
    world.open(PDF)
    second = world.get("operator", "/api/batches", params={"limit": 9, "after": first["next"]}).json()
    found = [batch["id"] for batch in first["items"] + second["items"]]
    assert found == opened[::-1]
    assert second["next"] is None


def test_batches_are_listed_by_state(world: World) -> None:
    world.open(PDF)
    waiting = world.send(PDF)
    world.read(waiting)
    found = world.get("operator", "/api/batches", params={"state": ["waiting", "done"]}).json()["items"]
    assert [batch["id"] for batch in found] == [waiting]


def test_live_progress_ends_when_everything_is_read(world: World) -> None:
    batch = world.send(PDF)
    world.read(batch)
    answer = world.get("operator", f"/api/batches/{batch}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    names = [line.removeprefix("event: ") for line in answer.text.splitlines() if line.startswith("event")]
    assert names == ["progress", "end"]


def test_live_progress_ends_when_the_service_stops(world: World) -> None:
    batch = world.send(PDF)
    world.app.state.api.stopping.set()
    answer = world.get("operator", f"/api/batches/{batch}/events")
    assert answer.text.splitlines()[-3:-1] == ["event: end", 'data: {"state": "processing"}']


def test_only_waiting_papers_of_a_duplicate_file_are_discarded(world: World) -> None:
    first = world.a_record(b"%PDF-1.7 twice")
    batch = world.send(b"%PDF-1.7 twice", b"%PDF-1.7 once")
    path = f"/api/batches/{batch}/files"
    assert world.post("operator", f"{path}/1/discard").json()["code"] == "illegal_transition"  # not read yet
    again, once = world.read(batch)
    for who, status in (("station", 403), ("auditor", 403), ("other-clerk", 404)):
        assert world.post(who, f"{path}/1/discard").status_code == status, who
    assert world.post("operator", f"{path}/2/discard").json()["code"] == "illegal_transition"
    assert world.post("operator", f"{path}/3/discard").json()["code"] == "not_found"
    world.post("clerk", f"/api/records/{again.id}/lease").raise_for_status()
    assert world.post("operator", f"{path}/1/discard").json()["code"] == "record_leased"
    world.call("clerk", "DELETE", f"/api/records/{again.id}/lease")
    assert world.post("operator", f"{path}/1/discard").json() == {"sequence": 1, "discarded": 1}
    assert world.post("operator", f"{path}/1/discard").json() == {"sequence": 1, "discarded": 0}
    states = [world.get("clerk", f"/api/records/{one.id}").json()["state"] for one in (first, again, once)]
    assert states == ["classified", "discarded", "classified"]
