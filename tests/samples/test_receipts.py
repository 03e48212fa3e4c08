"""Receipts part dossiers from each other, so a machine must be able to read them."""

from datetime import date
from typing import Any

import pytest
import zxingcpp

import samples
from samples import codes
from samples.documents import Document

_FORMATS = zxingcpp.barcode_formats_from_str("Code39,Code128,QRCode")


def _read(paper: Document) -> list[tuple[bool, str]]:
    """(is it a QR code, its text) of every code on page 1."""
    found = zxingcpp.read_barcodes(paper.pages[0].convert("L"), formats=_FORMATS)
    return [(one.format == zxingcpp.BarcodeFormat.QRCode, one.text) for one in found]


@pytest.mark.slow
def test_bar_code_and_qr_are_readable_after_an_ordinary_scan() -> None:
    for seed in range(5):
        paper = samples.make_document(seed, "receipt", dpi=200, severity=0.8, codes="both")
        code = str(paper.truth.fields["dossier_code"].value)
        found = _read(paper)
        assert (False, code) in found, f"no line code on seed {seed}"
        assert any(is_qr and code in text for is_qr, text in found), f"no QR code on seed {seed}"


def test_a_receipt_may_carry_only_one_code_or_only_the_printed_line() -> None:
    for which, count in (("code39", 1), ("qr", 1), ("none", 0)):
        paper = samples.make_document(4, "receipt", dpi=150, clean=True, codes=which)
        assert len(_read(paper)) == count
        assert str(paper.truth.fields["dossier_code"].value) in paper.truth.text


def test_given_facts_stand_on_the_receipt() -> None:
    given: dict[str, Any] = {
        "dossier_code": "000.17.22.H56-210531-0001",
        "applicant": "Nguyễn Thị Bưởi",
        "received": date(2021, 5, 31),
    }
    paper = samples.make_document(1, "receipt", dpi=150, clean=True, codes="both", **given)
    assert (False, given["dossier_code"]) in _read(paper)
    assert paper.truth.fields["received_at"].value == "2021-05-31"
    assert paper.truth.separator


def test_the_cover_sheet_is_a_separator_and_readable() -> None:
    paper = samples.make_document(2, "cover_sheet", dpi=150)
    assert paper.truth.separator
    assert {text for _, text in _read(paper)} == {paper.truth.fields["dossier_code"].value}


def test_numbers_are_said_in_vietnamese() -> None:
    assert codes.in_words(1_250_000) == "một triệu hai trăm năm mươi nghìn"
    assert codes.in_words(2021) == "hai nghìn không trăm hai mươi mốt"
    assert codes.in_words(15) == "mười lăm"
    assert codes.in_words(105) == "một trăm lẻ năm"


def test_days_are_written_as_the_decree_wants() -> None:
    assert codes.short_date(date(2022, 2, 5)) == "05/02/2022"
    assert codes.long_date(date(2022, 3, 5)) == "ngày 05 tháng 3 năm 2022"
