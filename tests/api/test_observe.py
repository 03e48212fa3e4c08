"""What is seen from outside: life signs, metrics and logs."""

import json
import logging
import shutil

import pytest
from prometheus_client.parser import text_string_to_metric_families

from config.logging import JsonFormatter
from tests.api.world import CODE, PASSWORD, SECRET_TEXT, World


def samples(world: World) -> dict[tuple[str, tuple[str, ...]], float]:
    text = world.get(None, "/metrics").text
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_count_what_is_in_the_database(world: World) -> None:
    record = world.a_record()
    world.send(b"%PDF-1.7 waits")
    found = samples(world)
    assert found["sohoa_queue_waiting", ("rasterise",)] == 1
    assert found["sohoa_queue_oldest_seconds", ("rasterise",)] >= 0
    assert found["sohoa_pages_a_minute", ()] == found["sohoa_pages_an_hour", ()] == 1
    assert found["sohoa_records_waiting", ("classified",)] == 1
    assert found["sohoa_records_waiting", ("confirmed",)] == 0
    world.confirm(record)
    world.fail_filing(record)
    assert samples(world)["sohoa_failed", ("filing_failed", "file")] == 1


def test_metrics_are_for_this_machine_or_for_who_holds_the_token(world: World) -> None:
    elsewhere = {"X-Forwarded-For": "198.51.100.7"}
    answer = world.get(None, "/metrics", headers=elsewhere)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    settings = world.services.settings.model_copy(update={"metrics_token": "monitor"})
    object.__setattr__(world.services, "settings", settings)
    for token, status in (("monitor", 200), ("guess", 403)):
        sent = {**elsewhere, "Authorization": f"Bearer {token}"}
        assert world.get(None, "/metrics", headers=sent).status_code == status


def test_a_service_with_all_its_parts_is_ready(world: World) -> None:
    world.services.__dict__["engine"] = object()
    answer = world.get(None, "/ready")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert [part["name"] for part in answer.json()["parts"]] == ["database", "objects", "broker", "engine"]


def test_without_its_database_a_service_lives_and_is_not_ready(world: World) -> None:
    world.services.__dict__["engine"] = object()
    world.services.database.close()
    data = world.services.settings.data_dir
    for path in data.glob("sohoa.db*"):
        path.unlink()
    (data / "sohoa.db").mkdir()
    answer = world.get(None, "/ready")
    assert answer.status_code == 503
    assert [part for part in answer.json()["parts"] if not part["ready"]] == [
        {"name": "database", "ready": False, "code": "database_unavailable"}
    ]
    assert world.get(None, "/health").status_code == 200
    asked = world.get("clerk", "/api/records")
    assert (asked.status_code, asked.json()["code"]) == (503, "database_unavailable")
    assert int(asked.headers["retry-after"]) > 0


def test_without_its_object_store_a_file_is_not_taken_and_can_be_sent_again(world: World) -> None:
    batch = world.open(b"%PDF-1.7 one")
    objects = world.services.settings.data_dir / "objects"
    shutil.rmtree(objects, ignore_errors=True)
    objects.write_text("a file where a folder should be")
    refused = world.put(batch, 1, b"%PDF-1.7 one")
    assert (refused.status_code, refused.json()["code"]) == (503, "object_store_unavailable")
    assert world.get("station", f"/api/batches/{batch}").json()["reconciliation"]["missing"] == [1]
    objects.unlink()
    assert world.put(batch, 1, b"%PDF-1.7 one").status_code == 201


def test_logs_hold_ids_and_never_a_name_a_text_or_a_secret(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        record = world.a_record()
        world.post(None, "/api/session", {"name": "clerk", "password": PASSWORD})
        world.post(None, "/api/session", {"name": "lan.nguyen", "password": "a secret of hers"})
        world.confirm(record, fields={"signer_name": SECRET_TEXT})
        world.confirm(record, fields={"signer_name": SECRET_TEXT})
        world.get("clerk", f"/api/records/{record.id}/text")
        world.get("clerk", f"/api/dossiers/{CODE}")
        world.get("clerk", "/api/records", params={"type": SECRET_TEXT})
        world.get("clerk", f"/api/{SECRET_TEXT}")
    lines = [JsonFormatter().format(entry) for entry in caplog.records if entry.name.startswith("api")]
    text = "\n".join(lines)
    for secret in (SECRET_TEXT, CODE, PASSWORD, "a secret of hers", "lan.nguyen", *world.tokens.values()):
        assert secret not in text
    requests = [json.loads(line) for line in lines if json.loads(line)["event"] == "request"]
    confirmed = next(entry for entry in requests if entry["route"].endswith("/confirmation"))
    assert confirmed["route"] == "/api/records/{record}/confirmation"
    assert (confirmed["method"], confirmed["status"]) == ("PUT", 200)
    assert confirmed["actor"].startswith("staff:")
    assert confirmed["record"] == record.id
