"""Blind checks over HTTP: the verifier sees no value, nobody checks himself, and the estimate is shown."""

from typing import Any

import pytest

from records.record import Record
from records.staff import StaffRole
from records.steps import Step
from tests.api.world import CODE, WARD, World, hire

VALUES = {"number_symbol": "12/QĐ-UBND", "place": "Mỹ Tho"}


@pytest.fixture
def checked(world: World) -> Record:
    """A confirmed paper of which a second person is to read place and dossier; three clerks in the ward."""
    for name in ("verifier", "arbiter"):
        world.tokens[name] = hire(world.services, name, StaffRole.CLERK, WARD)
    shares = {"place": 1.0, "dossier": 1.0}
    assert world.call("administrator", "PATCH", "/api/policy", json={"second": shares}).status_code == 200
    record = world.a_record()
    assert world.confirm(record, fields=VALUES).status_code == 200
    return record


def take(world: World, who: str, kind: str = "blind", **wish: Any) -> Any:
    answer = world.post(who, f"/api/reviews/{kind}/next", wish)
    assert answer.status_code == 200, answer.text
    return answer.json()


def give(world: World, who: str, record: Record, fields: dict[str, Any], kind: str = "blind") -> Any:
    return world.call(who, "PUT", f"/api/reviews/{kind}/{record.id}", json={"fields": fields})


def test_a_verifier_sees_pages_and_names_of_fields_and_no_value(world: World, checked: Record) -> None:
    task = take(world, "verifier")
    assert (task["record"], task["pages"]) == (checked.id, list(checked.pages))
    assert (task["fields"], task["document_type"]) == (["dossier", "place"], "QD")
    assert not any(value in str(task) for value in (*VALUES.values(), CODE))
    assert take(world, "arbiter")["record"] is None  # leased
    assert take(world, "clerk")["record"] is None  # who confirmed it
    assert take(world, "other-clerk")["record"] is None  # another ward's
    assert give(world, "arbiter", checked, {"place": "x", "dossier": "y"}).json()["code"] == "record_leased"


def test_who_may_read_again_learns_how_many_wait(world: World, checked: Record) -> None:
    for who, waiting in (("verifier", 1), ("clerk", 0), ("other-clerk", 0)):
        assert world.get(who, "/api/reviews/blind").json() == {"blind": waiting, "disputes": 0}
    give(world, "verifier", checked, {"place": "Gò Công", "dossier": CODE})
    for who, waiting in (("verifier", 0), ("arbiter", 1)):
        assert world.get(who, "/api/reviews/blind").json() == {"blind": 0, "disputes": waiting}


def test_an_agreeing_verifier_settles_it(world: World, checked: Record) -> None:
    answer = give(world, "verifier", checked, {"place": "mỹ tho", "dossier": CODE})
    assert (answer.status_code, answer.content) == (204, b"")
    assert give(world, "verifier", checked, {"place": "x", "dossier": CODE}).status_code == 404
    for who in ("verifier", "arbiter"):
        assert take(world, who)["record"] is None
        assert take(world, who, "disputes")["record"] is None


def test_a_third_person_decides_and_the_wrong_value_is_corrected(world: World, checked: Record) -> None:
    answer = give(world, "verifier", checked, {"place": "Gò Công", "dossier": CODE})
    assert answer.status_code == 204
    assert 'sohoa_blind_checks{state="disputed"} 1.0' in world.get(None, "/metrics").text
    assert take(world, "verifier", "disputes")["record"] is None
    dispute = take(world, "arbiter", "disputes")
    assert dispute["disputes"] == [{"field": "place", "candidates": ["Gò Công", "Mỹ Tho"]}]
    decided = give(world, "arbiter", checked, {"place": "Gò Công"}, "disputes").json()
    assert decided == {"version": checked.version + 3, "corrected": ["place"]}
    assert (world.asked[-1].step, world.asked[-1].key) == (Step.FILE, checked.id)
    shown = world.get("clerk", f"/api/records/{checked.id}").json()
    assert shown["confirmation"]["fields"] == {**VALUES, "place": "Gò Công"}
    entries = world.get("administrator", "/api/audit", params={"subject": checked.id}).text
    assert "dispute_decided" in entries
    assert "Gò Công" not in entries


def test_a_wrong_set_of_values_is_refused(world: World, checked: Record) -> None:
    for fields in (
        {"place": "x"},
        {"place": "x", "dossier": "y", "subject": "z"},
        {},
        {"place": "x" * 3000, "dossier": ""},
    ):
        assert give(world, "verifier", checked, fields).json()["code"] == "invalid_value"
    assert give(world, "auditor", checked, {"place": "x"}).status_code == 403
    assert give(world, "other-clerk", checked, {"place": "x"}).status_code == 404


def test_the_estimate_is_for_auditors_and_names_its_interval(world: World, checked: Record) -> None:
    for by in ("field", "type", "station"):
        assert world.get("auditor", "/api/policy/estimates", params={"by": by}).json() == {
            "by": by,
            "items": [],
        }
    assert world.get("clerk", "/api/policy/estimates").status_code == 403
