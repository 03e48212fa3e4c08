"""What is stored as JSON comes back as it was."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.page import Barcode, Box, QualityReport
from records.record import Classification, Confirmation, DossierProposal, DossierTag, Evidence, Field, Record
from storage.codecs import decode, decode_all, encode

TYPES = (Barcode, QualityReport, Classification, Confirmation, DossierProposal, DossierTag, Evidence, Record)

# What JSON can say: finite numbers, and times in UTC as they are stored.
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TIMES = st.datetimes(timezones=st.just(UTC))


@pytest.fixture(autouse=True, scope="module")
def values_that_occur() -> Iterator[None]:
    """Hypothesis makes dataclasses from their types; for these two, only what occurs."""
    st.register_type_strategy(float, NUMBERS)
    st.register_type_strategy(datetime, TIMES)
    yield
    st.register_type_strategy(float, st.floats())
    st.register_type_strategy(datetime, st.datetimes())


@pytest.mark.parametrize("kind", TYPES)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_every_stored_dataclass_makes_the_round_trip(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    assert decode(kind, json.loads(json.dumps(encode(value), allow_nan=False))) == value


def test_tuples_make_the_round_trip() -> None:
    fields = (Field("number_symbol", "492/QĐ-UBND", 0.1 + 0.2), Field("place", None, 1.0, 1, Box(1, 2, 3, 4)))
    assert decode_all(Field, encode(fields)) == fields


@dataclass(frozen=True)
class Newer:
    name: str
    day: date | None = None
    pair: tuple[int, str] = (1, "one")


def test_a_field_that_an_old_snapshot_lacks_takes_its_default() -> None:
    assert decode(Newer, {"name": "x"}) == Newer("x")


def test_a_field_that_is_no_longer_known_is_passed_over() -> None:
    assert decode(Newer, {"name": "x", "gone": 1, "day": "2022-03-01"}) == Newer("x", date(2022, 3, 1))


def test_a_value_without_a_json_form_is_a_fault() -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        encode({"x": object()})
