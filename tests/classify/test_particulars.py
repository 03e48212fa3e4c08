"""What a receipt says after its labels, each value checked against what it must be."""

from __future__ import annotations

from classify.checks import citizen_id_fits, old_id_fits, symbol_agrees
from classify.classifier import RuleClassifier
from records import default_data
from tests.classify.sheet import PITCH, Sheet

PROVINCES = {province.id_code for province in default_data.provinces()}


def receipt(**lines: str) -> Sheet:
    sheet = Sheet().head("UBND THÀNH PHỐ MỸ THO", "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ")
    sheet.centred("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mã hồ sơ: H58.30-220303-0012")
    for text in lines.values():
        sheet.y += PITCH
        sheet.at(text, y=sheet.y, left=400)
    return sheet


def read(classifier: RuleClassifier, **lines: str) -> dict[str, str | None]:
    return {field.name: field.value for field in classifier.classify([receipt(**lines).page()]).fields}


def test_a_receipt_names_applicant_procedure_and_days(classifier: RuleClassifier) -> None:
    found = read(
        classifier,
        a="Bộ phận Tiếp nhận và Trả kết quả đã tiếp nhận hồ sơ của: Trần Thị Hoa",
        b="Số CCCD/CMND: 082190001234",
        c="Số điện thoại: 0912345678 Email:",
        d="Nội dung yêu cầu giải quyết: Thủ tục đăng ký khai sinh",
        e="Thời gian nhận hồ sơ: 8 giờ 30 phút, ngày 03 tháng 3 năm 2022",
        f="Thời gian trả kết quả giải quyết hồ sơ: 16 giờ, ngày 10/03/2022",
    )
    assert {name: found[name] for name in ("applicant", "id_no", "phone", "procedure_name")} == {
        "applicant": "Trần Thị Hoa",
        "id_no": "082190001234",
        "phone": "0912345678",
        "procedure_name": "Thủ tục đăng ký khai sinh",
    }
    assert (found["received_at"], found["due_at"]) == ("2022-03-03", "2022-03-10")
    assert found["dossier_code"] == "H58.30-220303-0012"


def test_values_that_cannot_be_are_left_out(classifier: RuleClassifier) -> None:
    found = read(
        classifier, a="Hồ sơ của: ...........", b="Số CCCD/CMND: 999190001234", c="Ngày tiếp nhận: 31/02/2022"
    )
    assert {"applicant", "id_no", "received_at"} & found.keys() == set()


def test_an_id_number_printed_in_groups_is_one_number(classifier: RuleClassifier) -> None:
    assert read(classifier, a="Số CCCD/CMND: 082 190 001 234")["id_no"] == "082190001234"


def test_a_procedure_that_was_misread_gets_its_own_name(classifier: RuleClassifier) -> None:
    found = read(classifier, a="Nội dung yêu cầu giải quyết: Thu tuc đăng ký khai sinh")
    assert found["procedure_name"] == "Thủ tục đăng ký khai sinh"


def test_a_citizens_number_holds_province_century_and_year() -> None:
    assert citizen_id_fits("082190001234", PROVINCES)
    assert not citizen_id_fits("003190001234", PROVINCES)  # no province has this code
    assert not citizen_id_fits("08219000123", PROVINCES)
    assert not citizen_id_fits("08219000123O", PROVINCES)
    assert old_id_fits("311234567") and not old_id_fits("31123456")


def test_the_agency_in_a_symbol_has_to_fit_the_authority() -> None:
    assert symbol_agrees("QĐ-UBND", "QĐ", "ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG")
    assert symbol_agrees("STTT-CNTT&BCVT", None, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
    assert not symbol_agrees("QĐ-STP", "QĐ", "ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG")
