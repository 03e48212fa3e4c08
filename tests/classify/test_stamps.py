"""What others stamped on a paper is not the paper's own: mail that arrived, copies that were certified."""

from __future__ import annotations

import pytest

from classify.classifier import RuleClassifier
from tests.classify.sheet import BODY, LEFT_BLOCK, MIDDLE, PITCH, SIGNATURE, Sheet, decision


def fields(classifier: RuleClassifier, sheet: Sheet) -> dict[str, str | None]:
    return {field.name: field.value for field in classifier.classify([sheet.page()]).fields}


def letter(number: str, dated: str) -> Sheet:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number=number, dated=dated)
    sheet.block("V/v hỗ trợ doanh nghiệp", "trong năm 2022", y=sheet.y - PITCH, middle=LEFT_BLOCK)
    for row, text in enumerate(("CÔNG VĂN ĐẾN", "Số: 1834", "Ngày: 14/5/2022", "Chuyển: ........")):
        sheet.at(text, y=sheet.y + PITCH + row * 60, left=420, size=42)
    sheet.y += 6 * PITCH
    return sheet.centred("Kính gửi: Sở Tài chính").paragraph(*BODY).signed("CHỦ TỊCH", name="Lê Thị Hoa")


@pytest.mark.parametrize("number", ["Số: 2211/UBND-KT", "Số: /UBND-KT"])
def test_a_stamp_of_arrival_gives_neither_number_nor_day_nor_subject(
    classifier: RuleClassifier, number: str
) -> None:
    found = fields(classifier, letter(number, "Tiền Giang, ngày tháng 5 năm 2022"))
    assert found["number_symbol"] == ("2211/UBND-KT" if "2211" in number else None)
    assert found["issue_date"] is None
    assert found["subject"] == "V/v hỗ trợ doanh nghiệp trong năm 2022"


@pytest.mark.parametrize(
    "stamp",
    [
        ("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực: 2145 quyển số: 01 - SCT/BS", "CHỦ TỊCH"),
        ("SAO Y BẢN CHÍNH", "Chợ Gạo, ngày 25 tháng 8 năm 2023", "CHÁNH VĂN PHÒNG"),
    ],
)
def test_who_certifies_a_copy_is_not_its_signer(classifier: RuleClassifier, stamp: tuple[str, ...]) -> None:
    sheet = decision()
    sheet.block(*stamp, y=sheet.y + PITCH, middle=MIDDLE if len(stamp[0]) > 20 else SIGNATURE)
    sheet.at("Đặng Thị Tùng", y=sheet.y + 9 * PITCH, middle=SIGNATURE)
    found = fields(classifier, sheet)
    assert found["signer_name"] == "Trần Văn Minh"
    assert found["signer_title"] == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    assert found["issue_date"] == "2022-03-03"


def test_the_word_of_a_stamp_beside_an_agency_does_not_belong_to_its_name(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("UBND TỈNH AN GIANG", "SỞ XÂY DỰNG SAO", number="Số: 4367/TB-SXD")
    assert (
        fields(classifier, sheet.centred("THÔNG BÁO").paragraph(*BODY))["issuing_authority"] == "SỞ XÂY DỰNG"
    )


def test_two_lines_of_an_agency_that_were_read_as_one_are_not_believed(classifier: RuleClassifier) -> None:
    sheet = Sheet().head(number="Số: 3664/TTr-SKHĐT")
    sheet.at("UBND SỞ TỈNH KẾ HOẠCH", y=300, middle=LEFT_BLOCK, size=56)
    line = sheet.lines.pop()
    tall = Sheet().at("UBND SỞ TỈNH KẾ HOẠCH", y=270, middle=LEFT_BLOCK, size=130).lines[0]
    sheet.lines.append(type(line)(tall.words, tall.box))
    assert fields(classifier, sheet.centred("TỜ TRÌNH").paragraph(*BODY))["issuing_authority"] is None
