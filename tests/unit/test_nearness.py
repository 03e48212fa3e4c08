"""Codes that a misreading may have come from."""

from records.ids import DossierCode
from records.nearness import distance, nearest, other_days

CODE = DossierCode("H58.30-220303-0012")


def codes(*names: str) -> list[DossierCode]:
    return [DossierCode(name) for name in names]


def test_the_nearest_codes_come_first_and_far_ones_not_at_all() -> None:
    known = codes(
        "H58.30-220303-0092", "H58.30-220303-0013", "H58.36-220303-0092", "H58.30-220303-9999", CODE
    )
    assert nearest(CODE, known) == (
        ("H58.30-220303-0013", 1),
        ("H58.30-220303-0092", 1),
        ("H58.36-220303-0092", 2),
    )
    assert nearest(CODE, []) == ()


def test_a_character_may_be_lost_or_added() -> None:
    assert distance(CODE, "H58.30-220303-012") == distance("H58.30-220303-00120", CODE) == 1
    assert distance("", "abc") == 3


def test_only_days_that_exist_are_tried() -> None:
    found = set(other_days(CODE))
    assert {"H58.30-220308-0012", "H58.30-210303-0012", "H58.30-221303-0012"} & found == {
        "H58.30-220308-0012",
        "H58.30-210303-0012",
    }
    assert CODE not in found
