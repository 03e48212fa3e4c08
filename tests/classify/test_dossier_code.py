"""Which dossier a paper names: bar code first, then print; look-alikes only inside the pattern."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.dossier_code import proposals
from classify.layout import laid_out
from records.page import Barcode, BarcodeKind, Box
from tests.classify.sheet import Sheet

CODE = "H58.30-220303-0012"


def from_text(text: str, sure: float = 0.96) -> list[str]:
    layout = laid_out(Sheet().at(text, y=700, sure=sure).page(), 1)
    return [proposal.code for proposal in proposals([layout], [()])]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mã hồ sơ: 000.17.22.H56-210531-0001", "000.17.22.H56-210531-0001"),
        ("Mã hồ sơ: 000.00.06.H56-231027-0361", "000.00.06.H56-231027-0361"),
        ("Mã hồ sơ: H56.14-240823-0001", "H56.14-240823-0001"),
        (f"Mã hồ sơ: {CODE}", CODE),
        (f"Kết quả {CODE}-KQ1", CODE),
        ("Mã hồ sơ: H58.3O-22O3O3-OOl2", CODE),
        ("Số hồ sơ: H58.30 - 220303 - 0012", CODE),
    ],
)
def test_a_printed_code_of_either_form_is_proposed(text: str, code: str) -> None:
    assert from_text(text) == [code]


@pytest.mark.parametrize(
    "text",
    ["Mã hồ sơ: H58.30-221303-0012", "Mã hồ sơ:", "Số điện thoại: 0273-387-1234", "H58.3O-22O3O3-OOl2 là mã"],
)
def test_a_code_that_cannot_be_is_not_proposed_and_letters_are_not_bent_without_a_label(text: str) -> None:
    assert from_text(text) == []


def test_a_code_of_its_own_line_or_behind_its_label_is_surer_than_one_in_a_sentence() -> None:
    alone = Sheet().at(CODE, y=700)
    labelled = Sheet().at("Mã hồ sơ:", y=700, left=400).at(CODE, y=700, left=1200)
    cited = Sheet().at(f"Theo hồ sơ tiếp nhận {CODE} đã trả", y=700)
    sure = [proposals([laid_out(sheet.page(), 1)], [()])[0].confidence for sheet in (alone, labelled, cited)]
    assert sure[0] == sure[1] > sure[2]


def test_the_bar_code_comes_first_and_the_same_code_in_print_makes_it_surer() -> None:
    layout = laid_out(Sheet().at(f"Mã hồ sơ: {CODE}", y=700).page(), 1)
    url = f"https://example.vn/tra-cuu.aspx?mahs={CODE}"
    barcode = Barcode(BarcodeKind.QR, url, Box(100, 100, 300, 300))
    (both,) = proposals([layout], [[barcode]])
    assert (both.code, both.source, both.box) == (CODE, "qr", Box(100, 100, 300, 300))
    (alone,) = proposals([], [[barcode]])
    assert both.confidence > alone.confidence


def test_a_code_of_a_day_after_the_scan_is_a_misreading() -> None:
    barcode = Barcode(BarcodeKind.CODE_39, CODE, Box(0, 0, 9, 9))
    assert proposals([], [[barcode]], date(2022, 3, 2)) == []
    assert [p.code for p in proposals([], [[barcode]], date(2022, 3, 3))] == [CODE]


def test_a_bar_code_with_something_else_proposes_nothing() -> None:
    for text in ("", "8934588063053", "https://example.vn/?id=1", "\x00\xff"):
        assert proposals([], [[Barcode(BarcodeKind.CODE_128, text, Box(0, 0, 9, 9))]]) == []


@given(
    st.dates(date(2018, 1, 1), date(2030, 12, 31)), st.integers(0, 9999), st.integers(1, 99), st.booleans()
)
def test_every_valid_code_is_found_behind_its_label(day: date, number: int, unit: int, old: bool) -> None:
    head = f"000.{unit:02}.07.H58" if old else f"H58.{unit}"
    code = f"{head}-{day:%y%m%d}-{number:04}"
    assert from_text(f"Mã hồ sơ: {code}") == [code]
