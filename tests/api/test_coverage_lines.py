"""Every figure of coverage leads to as many dossiers as it says are missing."""

from datetime import date
from typing import Any

import pytest

from records.coverage import Grouping
from samples import make_dossiers
from samples.dossiers import as_csv
from tests.api.world import World

PERIOD = {"from": "2022-01-10", "to": "2022-11-30"}
LINES = [by for by in Grouping if by not in (Grouping.MONTH, Grouping.WEEK, Grouping.UNIT_MONTH)]


@pytest.fixture
def city(world: World) -> World:
    cases = make_dossiers(3, 90, first=date(2021, 12, 16), last=date(2022, 11, 30))
    world.post("administrator", "/api/dossiers/import", content=as_csv(cases)).raise_for_status()
    return world


def missing(world: World, **asked: object) -> list[dict[str, Any]]:
    answer = world.get("administrator", "/api/coverage/gap", params={**PERIOD, "limit": 200, **asked})
    found = answer.raise_for_status().json()
    assert found["next"] is None
    return list(found["items"])


def table(world: World, **asked: object) -> dict[str, Any]:
    answer = world.get("administrator", "/api/coverage", params={**PERIOD, **asked})
    return dict(answer.raise_for_status().json())


@pytest.mark.parametrize("mapped", [False, True])
def test_each_line_leads_to_as_many_dossiers_as_it_lacks(city: World, mapped: bool) -> None:
    for by in LINES:
        rows = table(city, by=by.value, mapped=mapped)["rows"]
        assert any(row["gap"] for row in rows)
        for row in rows:
            named = {"by": by.value, "key": row["key"], "mapped": mapped}
            assert len(missing(city, **named)) == row["gap"], (by, row["key"])
            with_certification = row["rate"]["denominator"] - row["rate"]["numerator"]
            assert len(missing(city, **named, certification=True)) == with_certification, (by, row["key"])


def test_the_matrix_is_the_table_of_each_month(city: World) -> None:
    found = city.get("administrator", "/api/coverage/matrix", params=PERIOD).json()
    months = {row["key"]: row for row in table(city, by="month")["rows"] if row["required"]}
    assert found["months"] == sorted(months)
    for cell in found["total"]:
        assert cell["rate_without_certification"] == months[cell["month"]]["rate_without_certification"]
    units = {row["key"]: row["gap"] for row in table(city)["rows"] if row["required"]}
    assert {line["key"]: sum(cell["gap"] for cell in line["cells"]) for line in found["lines"]} == units


def test_a_month_is_asked_for_by_its_days(city: World) -> None:
    asked = {**PERIOD, "by": "month", "key": "2022-03"}
    assert city.get("administrator", "/api/coverage/gap", params=asked).json()["code"] == "invalid_value"
