"""The unit that issued a paper and the procedure of the day: dated, told apart, doubted where impossible."""

from __future__ import annotations

from datetime import date

import pytest

from classify.classifier import RuleClassifier
from classify.units import UnitFinder
from records import default_data
from records.record import Field
from tests.classify.sheet import BODY, Sheet


@pytest.fixture(scope="module")
def finder() -> UnitFinder:
    return UnitFinder(default_data.org_units())


@pytest.mark.parametrize(
    ("authority", "around", "on", "code"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ MỸ THO", "Mỹ Tho", date(2022, 3, 3), "TP-MT"),
        ("UBND TP. MỸ THO", "", date(2022, 3, 3), "TP-MT"),
        ("UỶ BAN NHÂN DÂN PHƯỜNG 1", "UBND THÀNH PHỐ MỸ THO Mỹ Tho", date(2022, 3, 3), "P1"),
        ("PHÒNG TƯ PHÁP", "UBND THÀNH PHỐ MỸ THO", date(2022, 3, 3), "MT-TP"),
        ("ỦY BAN NHÂN DÂN XÃ ĐẠO THẠNH", "Mỹ Tho", date(2022, 3, 3), "X-DAOTHANH"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG ĐẠO THẠNH", "Đạo Thạnh", date(2025, 8, 3), "P25-DAOTHANH"),
    ],
)
def test_a_unit_is_found_by_what_its_headers_print(
    finder: UnitFinder, authority: str, around: str, on: date, code: str
) -> None:
    found = finder.find(authority, around, on)
    assert found is not None
    assert (found.unit.code, found.existed) == (code, True)


@pytest.mark.parametrize(
    ("authority", "around"),
    [
        ("ỦY BAN NHÂN DÂN PHƯỜNG 1", "UBND THÀNH PHỐ BẾN TRE Bến Tre"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG 14", "Mỹ Tho"),
        ("SỞ Y TẾ", ""),
    ],
)
def test_a_unit_of_another_office_is_none_of_ours(finder: UnitFinder, authority: str, around: str) -> None:
    assert finder.find(authority, around, date(2022, 3, 3)) is None


def read(classifier: RuleClassifier, sheet: Sheet) -> dict[str, Field]:
    return {field.name: field for field in classifier.classify([sheet.page()]).fields}


def of_ward(dated: str) -> Sheet:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "PHƯỜNG MỸ THO", number="Số: 4/TB-UBND", dated=dated)
    return sheet.centred("THÔNG BÁO", "Về việc tiếp công dân").paragraph(*BODY)


def test_a_paper_of_a_unit_that_did_not_exist_on_its_day_is_doubted(classifier: RuleClassifier) -> None:
    right = read(classifier, of_ward("Mỹ Tho, ngày 15 tháng 8 năm 2025"))
    wrong = read(classifier, of_ward("Mỹ Tho, ngày 15 tháng 8 năm 2015"))
    assert right["issuing_unit"].value == wrong["issuing_unit"].value == "P25-MYTHO"
    for name in ("issuing_authority", "issue_date"):
        assert wrong[name].confidence < right[name].confidence


def test_a_receipt_names_the_procedure_by_its_code(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("UBND THÀNH PHỐ MỸ THO", "BỘ PHẬN TIẾP NHẬN")
    sheet.centred("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mã hồ sơ: H58.30-220303-0012")
    sheet.paragraph("Nội dung yêu cầu giải quyết: Thủ tục đăng ký khai sinh").paragraph(
        "Ngày tiếp nhận: 03/03/2022"
    )
    assert read(classifier, sheet)["procedure_code"].value == "1.001193"
