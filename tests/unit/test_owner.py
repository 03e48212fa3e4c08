"""Whose paper it is: by id number, never by a name, and never in clear in an index."""

from datetime import date

import pytest

from records.errors import InvalidValue
from records.owner import Ownership, owner_key, ownership_of, parse_owner_id

OWNER = "082190001234"


def test_a_paper_tells_owner_birth_issue_and_end() -> None:
    values = {
        "id_no": "082 190 001 234",
        "dob": "03/04/1990",
        "issue_date": "2022-03-03",
        "valid_to": "2027-03-03",
    }
    assert ownership_of(values) == Ownership(OWNER, date(1990, 4, 3), date(2022, 3, 3), date(2027, 3, 3))


def test_a_name_alone_is_no_owner() -> None:
    assert ownership_of({"applicant": "Nguyễn Văn A", "dob": "1990-04-03"}) is None
    assert ownership_of({"id_no": "12345", "citizen_id": None}) is None
    assert ownership_of({}) is None


def test_days_that_cannot_be_read_are_left_out() -> None:
    found = ownership_of({"citizen_id": OWNER, "dob": "1990", "valid_to": "không thời hạn"})
    assert found == Ownership(OWNER, None, None, None)


@pytest.mark.parametrize("wrong", ["", "08219000123", "0821900012345", "08219000123a", "A" * 12])
def test_a_refusal_does_not_repeat_the_number(wrong: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_owner_id(wrong)
    assert not wrong or wrong not in f"{refusal.value} {refusal.value.facts}"


def test_the_key_depends_on_the_secret_and_hides_the_number() -> None:
    key = owner_key(b"one", OWNER)
    assert key == owner_key(b"one", OWNER) != owner_key(b"two", OWNER)
    assert OWNER not in key
