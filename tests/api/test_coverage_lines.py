"""Every figure of coverage leads to as many dossiers as it says are missing."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from records.coverage import Grouping
from samples import make_dossiers
from samples.dossiers import as_csv
from tests.api.world import World

pytestmark = pytest.mark.slow

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


@pytest.fixture
def with_components(city: World) -> World:
    """Every third dossier lists four components, one re-used and one a photocopy; others have a number of them."""
    cases = make_dossiers(3, 90, first=date(2021, 12, 16), last=date(2022, 11, 30))
    for number, case in enumerate(cases):
        case["components"] = "TP01; TP02=reused; TP03=PHOTOCOPY; TP04" if number % 3 == 0 else ""
        case["components_required"] = "2" if number % 4 == 1 else ""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(cases[0]))
    writer.writeheader()
    writer.writerows(cases)
    city.post("administrator", "/api/dossiers/import", content=out.getvalue().encode()).raise_for_status()
    return city


def lacking(world: World, **asked: object) -> int:
    """How many components the listed dossiers lack, part by part."""
    found, after = 0, ""
    while True:
        params = {**PERIOD, "limit": 7, **asked} | ({"after": after} if after else {})
        answer = (
            world.get("administrator", "/api/coverage/component-gap", params=params).raise_for_status().json()
        )
        assert all(item["components_missing"] > 0 for item in answer["items"])
        found += sum(int(item["components_missing"]) for item in answer["items"])
        after = answer["next"]
        if not after:
            return found


@pytest.mark.parametrize("mapped", [False, True])
def test_each_line_leads_to_the_dossiers_of_its_missing_components(
    with_components: World, mapped: bool
) -> None:
    for by in LINES:
        found = table(with_components, by=by.value, mapped=mapped)
        for row in found["rows"]:
            share = row["components_rate"]
            named = {"by": by.value, "key": row["key"], "mapped": mapped}
            assert lacking(with_components, **named) == share["denominator"] - share["numerator"], (
                by,
                row["key"],
            )
        whole = found["total"]["components_rate"]
        assert 0 < whole["numerator"] < whole["denominator"]
        assert lacking(with_components, mapped=mapped) == whole["denominator"] - whole["numerator"]


def test_a_dossier_names_the_components_that_it_lacks(with_components: World) -> None:
    answer = with_components.get(
        "administrator", "/api/coverage/component-gap", params={**PERIOD, "limit": 200}
    )
    told = {
        (item["required"], item["digitised"], *item["missing"])
        for item in answer.raise_for_status().json()["items"]
    }
    assert told == {(3, 1, "TP01", "TP04"), (2, 0, "components")}


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
