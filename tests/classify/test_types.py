"""What a paper is: titles, numbers and layout weighed; not knowing is an answer."""

from __future__ import annotations

import pytest

from classify.classifier import RuleClassifier
from classify.taxonomy import Taxonomy
from records import default_data
from tests.classify.sheet import BODY, LEFT_BLOCK, PITCH, Sheet

TITLED = [
    (title, row.code)
    for row in default_data.document_types()
    for title in row.titles
    if title.isupper() and row.code not in {"QDTC", "QDQP", "CV", "BSCT"}
]


def typed(classifier: RuleClassifier, sheet: Sheet) -> tuple[str, float]:
    found = classifier.classify([sheet.page()]).classification
    return found.document_type, found.confidence


@pytest.mark.parametrize(("title", "code"), TITLED)
def test_every_title_of_the_taxonomy_names_its_type(taxonomy: Taxonomy, title: str, code: str) -> None:
    match = taxonomy.best(_key(title), _key(title))
    assert match is not None and match.pattern.code == code


def _key(title: str) -> str:
    from records.vietnamese import folded

    return folded(title)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("QUYÉT ĐỊNH",), "QD"),
        (("TỜ TRlNH",), "TTR"),
        (("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH"), "HKD"),
        (("GIẤY CHỨNG NHẬN", "CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM"), "ATTP"),
        (("GIẤY CHỨNG NHẬN HỘ CẬN NGHÈO",), "GCNHN"),
        (("GIẤY XÁC NHẬN", "TÌNH TRẠNG HÔN NHÂN"), "XNHN"),
        (("GIẤY XÁC NHẬN",), "GXN"),
        (("HỢP ĐỒNG", "CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT"), "HDCN"),
        (("HỢP ĐỒNG THI CÔNG XÂY DỰNG",), "HDG"),
        (("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"), "GTN"),
        (("ĐƠN ĐỀ NGHỊ", "CẤP GIẤY PHÉP XÂY DỰNG"), "DDN"),
        (("THÔNG BÁO", "VỀ VIỆC NGHỈ LỄ"), "TB"),
    ],
)
def test_titles_are_read_over_lines_and_with_misread_letters(
    classifier: RuleClassifier, lines: tuple[str, ...], code: str
) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "XÃ TRUNG AN").centred(*lines).paragraph(*BODY)
    assert typed(classifier, sheet)[0] == code


def test_title_and_number_that_agree_are_surer_than_the_title_alone(classifier: RuleClassifier) -> None:
    def notice(number: str | None) -> Sheet:
        return Sheet().head("SỞ TƯ PHÁP", number=number).centred("THÔNG BÁO").paragraph(*BODY)

    agreeing, alone, contradicting = (
        typed(classifier, notice(number))[1] for number in ("Số: 5/TB-STP", None, "Số: 5/QĐ-STP")
    )
    assert agreeing > alone > contradicting


def test_a_decision_whose_number_holds_a_year_is_normative(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 01/2025/QĐ-UBND")
    assert typed(classifier, sheet.centred("QUYẾT ĐỊNH").paragraph(*BODY))[0] == "QDQP"


def test_a_paper_without_a_title_with_a_subject_and_an_addressee_is_a_letter(
    classifier: RuleClassifier,
) -> None:
    sheet = Sheet().head("SỞ TƯ PHÁP", number="Số: 686/STP-HCTP").at("V/v góp ý", y=560, middle=LEFT_BLOCK)
    sheet.y += PITCH
    code, confidence = typed(classifier, sheet.centred("Kính gửi: Sở Tài chính").paragraph(*BODY))
    assert code == "CV" and confidence > 0.9


def test_a_title_that_the_body_only_mentions_does_not_count(classifier: RuleClassifier) -> None:
    sheet = (
        Sheet()
        .head("SỞ TƯ PHÁP", number="Số: 686/STP-HCTP")
        .paragraph("Thực hiện QUYẾT ĐỊNH số 12/QĐ-UBND ngày 12 tháng 3 năm 2020 của Ủy ban nhân dân", *BODY)
    )
    assert typed(classifier, sheet)[0] != "QD"


def test_a_kind_that_the_taxonomy_lacks_and_a_page_of_prose_are_other(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("SỞ TƯ PHÁP", number="Số: 5/CĐ-STP").centred("CÔNG ĐIỆN").paragraph(*BODY)
    assert typed(classifier, sheet)[0] == "OTHER"
    code, confidence = typed(classifier, Sheet().paragraph(*BODY).paragraph(*BODY))
    assert code == "OTHER" and confidence <= 0.3


def test_the_stamp_of_a_certified_copy_outweighs_what_was_copied(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "PHƯỜNG 5").centred("BẰNG TỐT NGHIỆP").paragraph(*BODY)
    sheet.at("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", y=2500, left=450)
    assert typed(classifier, sheet)[0] == "BSCT"


def test_what_is_unsure_says_why_a_person_must_look(classifier: RuleClassifier) -> None:
    reading = classifier.classify(
        [Sheet().head("SỞ TƯ PHÁP", number="Số: 5/QĐ-STP").centred("QUYẾT ĐỊNH").page()]
    )
    assert "field_missing:issue_date" in reading.review_reasons
    assert "dossier_unknown" in reading.review_reasons
    prose = classifier.classify([Sheet().paragraph(*BODY).page()])
    assert prose.review_reasons[0] == "type_unsure"


@pytest.mark.parametrize(
    ("title", "asked"), [("THÔNG BÁO", True), ("TRÍCH LỤC ĐĂNG KÝ GIÁM HỘ", True), ("ĐƠN ĐỀ NGHỊ", False)]
)
def test_whoever_signs_is_asked_for_with_every_paper_that_an_office_signs(
    classifier: RuleClassifier, title: str, asked: bool
) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "PHƯỜNG 5").centred(title, "Về việc mở hội nghị").paragraph(*BODY)
    reasons = classifier.classify([sheet.page()]).review_reasons
    assert ("field_missing:signer_title" in reasons) is asked
    assert ("field_missing:signer_name" in reasons) is asked


def test_a_page_of_noise_is_unreadable(classifier: RuleClassifier) -> None:
    sheet = Sheet()
    for row in range(4):
        sheet.at("§ ‡† Ỏ{_ #ẳ", y=400 + row * 80, sure=0.2)
    assert "unreadable_page" in classifier.classify([sheet.page()]).review_reasons
