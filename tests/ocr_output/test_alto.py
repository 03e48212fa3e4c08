"""ALTO files hold all that was read, and the schema accepts them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocr.alto import AltoPage, document_from_alto, document_to_alto, from_alto, rotation_in, to_alto
from records.errors import InvalidValue
from records.fixity import Fixity
from records.page import Box, EngineStamp, Line, PageText, Word
from tests.ocr_output.papers import STAMP, paper

SCHEMA = xmlschema.XMLSchema10(Path(__file__).parent / "alto_subset.xsd")

_sides = st.integers(0, 5000)
_boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), _sides, _sides, _sides, _sides)
_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cn"), exclude_characters=" "), min_size=1
)
_words = st.builds(Word, _texts, _boxes, st.floats(0, 1))
_lines = st.builds(Line, st.lists(_words, max_size=3).map(tuple), _boxes, st.integers(-2, 9))
_stamps = st.builds(EngineStamp, _texts, _texts, st.dictionaries(st.text(), st.text(), max_size=2))
_pages = st.builds(
    PageText,
    _sides,
    _sides,
    st.lists(_lines, max_size=4).map(tuple),
    _stamps,
    st.sampled_from([0, 90, 180, 270]),
    st.integers(0, 600),
)


BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine proves nothing


@BUSY
@given(_pages)
def test_reading_back_gives_an_equal_page(page: PageText) -> None:
    assert from_alto(to_alto(page, page_id="p")) == page
    assert rotation_in(to_alto(page, page_id="p")) == page.rotation


@BUSY
@given(st.lists(_pages, min_size=1, max_size=3))
def test_all_pages_of_a_file_come_back_in_order_and_the_schema_accepts_them(pages: list[PageText]) -> None:
    written = document_to_alto(
        [AltoPage(str(n), page) for n, page in enumerate(pages)], source_name="tờ trình"
    )
    SCHEMA.validate(written)
    assert document_from_alto(written) == pages


def test_the_file_says_where_its_words_come_from() -> None:
    _, text = paper()
    source = Fixity.of(b"image")
    written = to_alto(text, page_id="6f8a5c1e", image_name="tờ trình.pdf", image=source).decode()
    SCHEMA.validate(written)
    assert f"sha256:{source.sha256}" in written
    assert "<fileName>tờ trình.pdf</fileName>" in written
    assert "<softwareName>fixed</softwareName><softwareVersion>1.0</softwareVersion>" in written


def test_the_same_page_gives_the_same_bytes() -> None:
    assert to_alto(paper()[1], page_id="p") == to_alto(paper()[1], page_id="p")


def test_an_id_that_xml_does_not_allow_is_made_fit() -> None:
    SCHEMA.validate(to_alto(paper()[1], page_id="1 ê/<&>"))


def test_a_control_character_in_a_word_does_not_break_the_file() -> None:
    word = Word("a\x00b\ud800", Box(0, 0, 1, 1), 1.0)
    page = PageText(10, 10, (Line((word,), word.box),), STAMP)
    assert from_alto(to_alto(page, page_id="p")).text == "a\ufffdb\ufffd"


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"not xml",
        b"<alto/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><alto>&a;</alto>',
        b'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page ID="p"/></Layout></alto>',
    ],
)
def test_anything_else_is_refused_by_name(untrusted: bytes) -> None:
    with pytest.raises(InvalidValue):
        from_alto(untrusted)
