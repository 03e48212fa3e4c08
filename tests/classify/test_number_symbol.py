"""Number and symbol: forms of Decree 30/2020 and of the party, misreadings set right inside the grammar only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.number_symbol import NumberGrammar
from records import default_data

GRAMMAR = NumberGrammar(default_data.kind_abbreviations())
KINDS = sorted({row.abbreviation for row in default_data.kind_abbreviations() if row.abbreviation})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Số: 873/UBND-VP", "873/UBND-VP"),
        ("Số: 492/QĐ-UBND", "492/QĐ-UBND"),
        ("Số: 2637/KH-UBND", "2637/KH-UBND"),
        ("Số: 01/2025/QĐ-UBND", "01/2025/QĐ-UBND"),
        ("Số: 686 /STTT-CNTT&BCVT", "686/STTT-CNTT&BCVT"),
        ("Số: 447/TTr-STP", "447/TTr-STP"),
        ("Số:286/QĐ-VKSTC", "286/QĐ-VKSTC"),
        ("Số 24 / TTr – UBND", "24/TTr-UBND"),
        ("Số 1098-TB/BTCTU", "1098-TB/BTCTU"),
        ("Số: 45/TLKS-BS", "45/TLKS-BS"),
        ("Số: 12/2022", "12/2022"),
        ("Luật số: 12/2017/QH14", "12/2017/QH14"),
        ("Số: 12a/CT-TTg", "12a/CT-TTg"),
        ("Số: 12/2019/TTLT-BTC-BNV", "12/2019/TTLT-BTC-BNV"),
        ("Số: 88/HĐXD-QLTK", "88/HĐXD-QLTK"),
        ("Số: 48562024/QĐ-UBND", "4856/2024/QĐ-UBND"),
    ],
)
def test_numbers_of_every_form_are_read(text: str, value: str) -> None:
    parsed = GRAMMAR.parse(text)
    assert parsed is not None and parsed.value == value and parsed.certainty > 0.6


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Số: 12/0Đ-UBND", "12/QĐ-UBND"),
        ("Số: 12/QD-UBNĐ", "12/QĐ-UBND"),
        ("Số: 39/TIr-UBND", "39/TTr-UBND"),
        ("Số: 7/ttr-stp", "7/TTr-STP"),
        ("Số: 12/QÐ-ƯBND", "12/QĐ-UBND"),
    ],
)
def test_a_slip_inside_a_symbol_is_set_right_and_counts_as_less_sure(text: str, value: str) -> None:
    parsed = GRAMMAR.parse(text)
    assert parsed is not None and parsed.value == value and parsed.certainty < 1


@pytest.mark.parametrize(
    "text", ["Số: /UBND-KTTH", "Số: O{_ /TTr-UBND", "Số: #39 /TTr-UBND", "Số: 193B/BB-UBND"]
)
def test_a_blank_or_unreadable_number_gives_its_symbol_and_no_value(text: str) -> None:
    parsed = GRAMMAR.parse(text)
    assert parsed is not None and parsed.value is None and parsed.symbol.endswith(("UBND", "KTTH"))


@pytest.mark.parametrize(
    "text", ["SỞ TƯ PHÁP", "Số CCCD/CMND: 357864943", "Kính gửi: Sở Tài chính", "", "Số:", "/"]
)
def test_other_lines_are_no_numbers(text: str) -> None:
    assert GRAMMAR.parse(text) is None


def test_two_departments_that_differ_in_one_letter_are_kept_apart() -> None:
    for symbol in ("SVHTTDL-QLDL", "BVHTTDL-QLDL"):
        parsed = GRAMMAR.parse(f"Số: 700/{symbol}")
        assert parsed is not None and parsed.symbol == symbol


def test_the_title_settles_a_kind_that_was_misread_by_one_letter() -> None:
    parsed = GRAMMAR.parse("Số: 06/TT1-UBND", {"TTr"})
    assert parsed is not None and parsed.value == "06/TTr-UBND"


@given(
    st.integers(1, 99999), st.sampled_from(KINDS), st.text("ABCDEGHKLMNOPQRSTUVXYĐ", min_size=3, max_size=8)
)
def test_every_kind_keeps_its_case(number: int, kind: str, agency: str) -> None:
    parsed = GRAMMAR.parse(f"Số: {number}/{kind}-{agency}")
    assert parsed is not None
    assert parsed.kind == kind
    assert parsed.number == str(number)


@given(st.text(max_size=40))
def test_no_text_breaks_the_grammar(text: str) -> None:
    parsed = GRAMMAR.parse(text)
    assert parsed is None or parsed.number is None or parsed.number[0].isdigit()
