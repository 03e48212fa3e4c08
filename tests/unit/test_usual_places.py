"""Where a person is led to for a field of which nothing was read."""

import pytest

from records.page import Box, EngineStamp, Line, PageText, Word
from records.record import Field, FieldName
from workers.usual_places import usual_place

STAMP = EngineStamp("none", "0")
NOTHING = Field(FieldName.SIGNER_TITLE, None, 0.6)
NUMBER = Field(FieldName.NUMBER_SYMBOL, None, 0.6)


def a_page(*boxes: tuple[int, int], rotation: int = 0) -> PageText:
    """A sheet of 1000 × 1400 with a word at each of these points, as stored."""
    words = [Word("x", Box(x, y, x + 50, y + 20), 1.0) for x, y in boxes]
    return PageText(1000, 1400, tuple(Line((word,), word.box) for word in words), STAMP, rotation)


def test_a_signature_is_looked_for_at_the_right_above_the_end_of_the_print() -> None:
    page = a_page((100, 100), (600, 200), (700, 900), (100, 1300))
    place = usual_place(NOTHING, (), {1: page})
    assert place is not None and place.page == 1
    assert place.box.x0 > 400
    assert place.box.y0 < 900 < place.box.y1 < 1000


def test_it_is_on_the_page_of_the_name_else_on_the_last_one_with_print() -> None:
    page, blank = a_page((100, 100), (600, 200), (700, 900)), a_page()
    signed = Field(FieldName.SIGNER_NAME, "Lê Thị Bưởi", 0.9, page=1)
    assert [
        found.page
        for fields in ((signed,), ())
        if (found := usual_place(NOTHING, fields, {1: page, 2: page, 3: blank}))
    ] == [1, 2]


def test_a_place_turns_with_its_page() -> None:
    page = a_page((100, 100), (600, 200), (700, 900), rotation=180)
    place = usual_place(NUMBER, (), {1: page})
    assert place is not None
    assert place.box.x0 >= 500 and place.box.y0 > 1100  # top left, seen upright


@pytest.mark.parametrize(
    "field",
    [
        Field(FieldName.NUMBER_SYMBOL, "12/QĐ-UBND", 0.9),
        Field(FieldName.NUMBER_SYMBOL, None, 0.3, page=1, box=Box(0, 0, 9, 9)),
        Field("dob", None, 0.6),
    ],
)
def test_what_was_read_or_has_no_usual_place_has_none(field: Field) -> None:
    assert usual_place(field, (), {1: a_page((100, 100), (600, 200), (700, 900))}) is None
    assert usual_place(NUMBER, (), {1: a_page()}) is None
