"""Reconciliation over HTTP: a day's counts, what differs, and who closes it with a reason."""

from datetime import UTC, datetime

from records.coverage import VIETNAM
from records.staff import WHOLE_OFFICE
from tests.api.world import World

TODAY = datetime.now(UTC).astimezone(VIETNAM).date().isoformat()


def closing(batch: str, kind: str, subject: str) -> str:
    return f"/api/batches/{batch}/differences/{kind}/{subject}"


def test_a_day_is_reconciled_by_station_and_batch(world: World) -> None:
    batch = world.send(b"%PDF-1.7 one", b"%PDF-1.7 two")
    world.read(batch)
    day = world.get("auditor", "/api/reconciliation").json()
    assert day["day"] == TODAY
    assert (
        day["total"]["declared"],
        day["total"]["stored"],
        day["total"]["read"],
        day["total"]["filed"],
    ) == (2, 2, 2, 0)
    assert [(one["station"], one["batches"], one["open_differences"]) for one in day["stations"]] == [
        ("station", 1, 2)
    ]
    assert day["batches"][0]["counts"]["balanced"] is False
    assert world.get("other-clerk", "/api/reconciliation").json()["batches"] == []
    assert (
        world.get("auditor", "/api/reconciliation", params={"day": "2022-01-01"}).json()["total"]["declared"]
        == 0
    )


def test_a_difference_is_closed_by_a_clerk_with_a_reason_that_is_kept(world: World) -> None:
    record = world.a_record()
    (difference,) = world.get("auditor", "/api/differences", params={"open": "true"}).json()["items"]
    assert (difference["kind"], difference["subject"]) == ("not_verified", record.id)
    path = closing(record.batch, "not_verified", record.id)
    reason = {"reason": "Giấy đã trả lại người dân"}
    assert world.call("auditor", "PUT", path, json=reason).status_code == 403
    assert world.call("other-clerk", "PUT", path, json=reason).status_code == 404
    assert world.call("clerk", "PUT", path, json={"reason": ""}).status_code == 422
    closed = world.call("clerk", "PUT", path, json=reason).json()
    assert (closed["reason"], closed["closed_by"]) == (reason["reason"], "clerk")
    assert world.call("clerk", "PUT", path, json={"reason": "other"}).json()["reason"] == reason["reason"]
    assert world.get("auditor", "/api/differences", params={"open": "true"}).json()["items"] == []
    entries = world.get("chief-auditor", "/api/audit", params={"subject": record.batch}).json()["items"]
    (entry,) = [one for one in entries if one["action"] == "difference.closed"]
    assert (entry["actor"], entry["details"]) == ("clerk", {"kind": "not_verified", "subject": record.id})


def test_what_does_not_differ_cannot_be_closed(world: World) -> None:
    record = world.a_record()
    path = closing(record.batch, "not_filed", record.id)
    assert world.call("clerk", "PUT", path, json={"reason": "because"}).status_code == 404


def test_a_master_that_is_gone_from_the_store_is_received_and_not_stored(world: World) -> None:
    batch = world.send(b"%PDF-1.7 lost")
    where = f"/api/batches/{batch}/reconciliation"
    assert world.get("auditor", where, params={"check_objects": "true"}).json()["counts"]["stored"] == 1
    with world.services.database.snapshot() as tx:
        ((_, sha256),) = tx.reconciliation.received_files(WHOLE_OFFICE)
    (file,) = world.services.settings.data_dir.rglob(sha256)
    file.unlink()
    found = world.get("auditor", where, params={"check_objects": "true"}).json()
    assert (found["counts"]["received"], found["counts"]["stored"]) == (1, 0)
    path = closing(batch, "not_stored", "1")
    assert world.call("clerk", "PUT", path, json={"reason": "restored by hand"}).status_code == 200
    again = world.get("auditor", where, params={"check_objects": "true"}).json()
    assert again["closed_differences"] == 1
