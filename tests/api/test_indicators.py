"""Thresholds and points over HTTP: an administrator enters and withdraws them, an auditor sees who did."""

from datetime import UTC, datetime, timedelta

from tests.api.world import World
from workers.indicator_rules import today

SOURCE = "Quyết định 1/QĐ-TTg"


def entry(days: int, threshold: float = 0.9) -> dict[str, object]:
    """A version that counts from so many days from now."""
    first = today(datetime.now(UTC)) + timedelta(days=days)
    return {"valid_from": first.isoformat(), "threshold": threshold, "max_points": 6, "source": SOURCE}


def test_a_version_that_is_entered_is_the_rule_of_its_days_and_names_who_said_so(world: World) -> None:
    entered = world.post("administrator", "/api/indicators/4.2/versions", entry(0))
    assert entered.status_code == 201
    assert (entered.json()["actor"], entered.json()["status"]) == ("administrator", "in_force")
    days = [one for one in world.get("clerk", "/api/indicators").json()["items"] if one["id"] == "4.2"]
    assert [one["threshold"] for one in days] == [0.8, 0.9]
    assert (days[0]["valid_to"] < days[1]["valid_from"], days[1]["valid_to"]) == (True, None)
    (told,) = world.get("auditor", "/api/indicators/history").json()["items"]
    assert (told["indicator"], told["version"], told["source"]) == ("4.2", 1, SOURCE)


def test_a_version_is_withdrawn_before_it_begins_and_not_after(world: World) -> None:
    for days in (0, 1):
        world.post("administrator", "/api/indicators/4.2/versions", entry(days, 0.9 + days / 100))
    gone = world.call("administrator", "DELETE", "/api/indicators/4.2/versions/2").json()
    assert (gone["status"], gone["withdrawn_by"]) == ("withdrawn", "administrator")
    refused = world.call("administrator", "DELETE", "/api/indicators/4.2/versions/1")
    assert (refused.status_code, refused.json()["code"]) == (409, "rule_has_begun")
    assert world.call("administrator", "DELETE", "/api/indicators/4.2/versions/7").status_code == 404


def test_what_says_nothing_new_or_nothing_possible_is_refused_with_its_code(world: World) -> None:
    same = {**entry(0, 0.8), "max_points": 4}
    wrong = (
        {**entry(0), "threshold": 1.2},
        {**entry(0), "source": ""},
        {**entry(0), "valid_from": "1999-01-01"},
    )
    answers = [world.post("administrator", "/api/indicators/4.2/versions", body) for body in (same, *wrong)]
    assert [one.json()["code"] for one in answers] == ["rule_unchanged", *["invalid_value"] * 3]
    assert world.post("administrator", "/api/indicators/9.9/versions", entry(0)).json()["code"] == "not_found"


def test_only_an_administrator_changes_the_figures(world: World) -> None:
    for who in ("clerk", "auditor", "operator"):
        assert world.post(who, "/api/indicators/4.2/versions", entry(1)).status_code == 403
        assert world.call(who, "DELETE", "/api/indicators/4.2/versions/1").status_code == 403
    assert world.get("clerk", "/api/indicators/history").status_code == 403
