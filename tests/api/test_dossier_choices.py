"""A dossier is found by a few letters without tone marks, and by nobody outside its unit."""

import pytest

from records.dossier import Dossier
from records.ids import DossierCode, ProcedureCode
from tests.api.world import CODE, START, WARD, World


@pytest.fixture
def owned(world: World) -> World:
    cases = [
        Dossier(
            DossierCode("H58.30-220304-0077"),
            ProcedureCode("1.001193"),
            WARD,
            START,
            owner="Đặng Thị Ngọc Ánh",
        ),
        Dossier(DossierCode("H58.30-220304-0078"), ProcedureCode("x"), WARD, START, owner="Lê Ánh Dương"),
    ]
    with world.services.database.transaction() as tx:
        tx.dossiers.upsert(cases, "test", START)
    return world


def codes(world: World, text: str, who: str = "clerk") -> list[str]:
    answer = world.post(who, "/api/dossiers/find", {"text": text})
    assert answer.status_code == 200
    return [one["code"][-4:] for one in answer.json()["items"]]


def test_a_part_of_the_code_finds_it(owned: World) -> None:
    assert codes(owned, "0303-00") == [CODE[-4:]]
    assert set(codes(owned, "h58.30-220304")) == {"0077", "0078"}


def test_the_owner_is_found_without_tone_marks_and_in_any_order(owned: World) -> None:
    assert codes(owned, "ngoc dang") == ["0077"]
    assert set(codes(owned, "anh")) == {"0077", "0078"}
    assert codes(owned, "ng duong") == []


def test_a_procedure_is_found_by_its_words(owned: World) -> None:
    with owned.services.database.snapshot() as tx:
        name = next(one.name for one in tx.catalogue.procedures() if one.code == "1.001193")
    assert set(codes(owned, name)) == {CODE[-4:], "0077"}


def test_wildcards_are_letters_and_other_units_are_not_seen(owned: World) -> None:
    assert codes(owned, "%") == codes(owned, "_") == []
    assert codes(owned, "0077", who="other-clerk") == []
    assert codes(owned, "0077", who="operator") == ["0077"]
