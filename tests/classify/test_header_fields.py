"""What the head of a paper says: agency, number, place, date, subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from classify.classifier import Reading, RuleClassifier
from records.page import EngineStamp, PageText, union
from tests.classify.sheet import BODY, LEFT_BLOCK, MOTTO, PITCH, Sheet, decision


def values(reading: Reading) -> dict[str, str | None]:
    return {field.name: field.value for field in reading.fields}


def read(classifier: RuleClassifier, *pages: PageText) -> dict[str, str | None]:
    return values(classifier.classify(pages, scanned_on=date(2025, 1, 1)))


def test_a_decision_gives_every_field_of_its_head_and_signature(classifier: RuleClassifier) -> None:
    assert read(classifier, decision().page()) == {
        "number_symbol": "492/QĐ-UBND",
        "issuing_authority": "ỦY BAN NHÂN DÂN THÀNH PHỐ MỸ THO",
        "issue_date": "2022-03-03",
        "place": "Mỹ Tho",
        "subject": "Về việc phê duyệt danh sách hộ được hỗ trợ xây dựng nhà ở năm 2022",
        "signer_name": "Trần Văn Minh",
        "signer_title": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "dossier_code": None,
        "signature_authority": "TM. KT.",
        "issuing_unit": "TP-MT",
    }


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_was_scanned_turned_reads_the_same(classifier: RuleClassifier, rotation: int) -> None:
    assert read(classifier, decision().page(rotation)) == read(classifier, decision().page())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_of_a_field_lies_on_its_words_in_the_image_as_stored(
    classifier: RuleClassifier, rotation: int
) -> None:
    page = decision().page(rotation)
    reading = classifier.classify([page])
    place = next(field for field in reading.fields if field.name == "place")
    words = {word.text: word.box for word in page.words()}
    assert place.box is not None and place.page == 1
    for text in ("Mỹ", "Tho,"):
        box = words[text]
        assert place.box.x0 <= box.x0 and box.x1 <= place.box.x1
        assert place.box.y0 <= box.y0 and box.y1 <= place.box.y1


@pytest.mark.parametrize(
    ("lines", "authority", "parent"),
    [
        (("UBND TỈNH TIỀN GIANG", "SỞ TƯ PHÁP"), "SỞ TƯ PHÁP", "UBND TỈNH TIỀN GIANG"),
        (
            ("UBND TỈNH TIỀN GIANG", "SỞ TÀI NGUYÊN", "VÀ MÔI TRƯỜNG"),
            "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
            "UBND TỈNH TIỀN GIANG",
        ),
        (("VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO"), "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", None),
        (("TÒA ÁN NHÂN DÂN", "HUYỆN CÁI BÈ"), "TÒA ÁN NHÂN DÂN HUYỆN CÁI BÈ", None),
        (
            ("UBND THÀNH PHỐ MỸ THO", "ỦY BAN NHÂN DÂN", "PHƯỜNG 10"),
            "ỦY BAN NHÂN DÂN PHƯỜNG 10",
            "UBND THÀNH PHỐ MỸ THO",
        ),
        (
            ("VĂN PHÒNG", "HỘI ĐỒNG NHÂN DÂN VÀ", "ỦY BAN NHÂN DÂN"),
            "VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN",
            None,
        ),
        (("CÔNG TY CỔ PHẦN", "CẤP NƯỚC TIỀN GIANG"), "CÔNG TY CỔ PHẦN CẤP NƯỚC TIỀN GIANG", None),
        (
            ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC", "CẦN THƠ"),
            "TRƯỜNG ĐẠI HỌC CẦN THƠ",
            "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
        ),
    ],
)
def test_the_lower_name_issues_and_the_upper_one_is_its_parent(
    classifier: RuleClassifier, lines: tuple[str, ...], authority: str, parent: str | None
) -> None:
    sheet = Sheet().head(*lines, number="Số: 12/TB-ABC", dated="Mỹ Tho, ngày 12 tháng 5 năm 2021")
    found = read(classifier, sheet.centred("THÔNG BÁO").paragraph(*BODY).page())
    assert found["issuing_authority"] == authority
    assert found.get("parent_authority") == parent


def test_marks_that_were_misread_in_an_agency_are_set_right(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("VIỆN KIÊM SÁT NHÂN DÂN", "TÓI CAO", number="Số: 286/QĐ-VKSTC")
    assert read(classifier, sheet.centred("QUYẾT ĐỊNH").paragraph(*BODY).page())["issuing_authority"] == (
        "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO"
    )


def test_a_tone_printed_on_the_other_vowel_is_left_as_printed(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("UỶ BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 1/QĐ-UBND")
    assert read(classifier, sheet.centred("QUYẾT ĐỊNH").paragraph(*BODY).page())["issuing_authority"] == (
        "UỶ BAN NHÂN DÂN TỈNH TIỀN GIANG"
    )


def test_the_stamp_of_an_electronic_signature_above_the_head_is_no_agency(classifier: RuleClassifier) -> None:
    sheet = decision().at("TRUNG TÂM CÔNG BÁO VÀ TIN HỌC", y=60, middle=LEFT_BLOCK)
    assert read(classifier, sheet.page())["issuing_authority"] == "ỦY BAN NHÂN DÂN THÀNH PHỐ MỸ THO"


def test_a_number_in_the_body_is_not_the_papers_number(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "XÃ TRUNG AN", dated="Trung An, ngày 12 tháng 5 năm 2021")
    assert read(classifier, sheet.centred("THÔNG BÁO").paragraph(*BODY).page())["number_symbol"] is None


def test_a_number_that_was_written_into_the_blank_stays_empty(classifier: RuleClassifier) -> None:
    sheet = decision(number="Số: /QĐ-UBND")
    label = next(line for line in sheet.lines if line.text.startswith("Số:"))
    sheet.at("47", y=label.box.y0, left=label.words[0].box.x1 + 8, sure=0.6)
    assert read(classifier, sheet.page())["number_symbol"] is None


@pytest.mark.parametrize("number", ["86", "50", "800"])
def test_a_number_that_looks_like_its_label_is_a_number(classifier: RuleClassifier, number: str) -> None:
    found = read(classifier, decision(number=f"Số: {number} /QĐ-UBND").page())
    assert found["number_symbol"] == f"{number}/QĐ-UBND"


def test_a_blank_day_gives_no_date_but_the_place(classifier: RuleClassifier) -> None:
    found = read(classifier, decision(dated="Mỹ Tho, ngày tháng 3 năm 2022").page())
    assert (found["issue_date"], found["place"]) == (None, "Mỹ Tho")


def test_a_date_after_the_scan_is_a_misreading(classifier: RuleClassifier) -> None:
    assert read(classifier, decision(dated="Mỹ Tho, ngày 03 tháng 3 năm 2052").page())["issue_date"] is None


def test_a_letters_subject_stands_under_its_number(classifier: RuleClassifier) -> None:
    sheet = Sheet().head(
        "ỦY BAN NHÂN DÂN",
        "TỈNH TIỀN GIANG",
        number="Số: 873/UBND-VP",
        dated="Tiền Giang, ngày 05 tháng 5 năm 2023",
    )
    sheet.block("V/v góp ý dự thảo Nghị định", "của Chính phủ", y=sheet.y - PITCH, middle=LEFT_BLOCK)
    sheet.y += 2 * PITCH
    sheet.centred("Kính gửi: Sở Tài chính").paragraph(*BODY).signed("CHỦ TỊCH", name="Lê Thị Hoa")
    found = read(classifier, sheet.page())
    assert found["subject"] == "V/v góp ý dự thảo Nghị định của Chính phủ"
    assert found["number_symbol"] == "873/UBND-VP"


def test_the_agency_in_capitals_under_a_summary_does_not_belong_to_it(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO", number="Số: 286/QĐ-VKSTC")
    sheet.centred("QUYẾT ĐỊNH", "Ban hành Quy định về quy trình kiểm sát")
    sheet.centred("VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO").paragraph(*BODY)
    assert read(classifier, sheet.page())["subject"] == "Ban hành Quy định về quy trình kiểm sát"


def test_a_certificate_has_no_subject(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "PHƯỜNG 5", number="Số: 45/TLKS-BS")
    sheet.centred("TRÍCH LỤC KHAI SINH", "(BẢN SAO)").paragraph("Họ, chữ đệm, tên: NGUYỄN VĂN AN")
    assert read(classifier, sheet.page())["subject"] is None


def test_a_partys_paper_has_its_own_head_and_number(classifier: RuleClassifier) -> None:
    sheet = Sheet().block("ĐẢNG BỘ TỈNH TIỀN GIANG", "THÀNH ỦY MỸ THO", "*", y=300, middle=LEFT_BLOCK)
    sheet.at("ĐẢNG CỘNG SẢN VIỆT NAM", y=300, middle=1680)
    sheet.at("Số 1098-TB/TU", y=520, middle=LEFT_BLOCK)
    sheet.at("Mỹ Tho, ngày 24 tháng 01 năm 2022", y=440, middle=1680)
    sheet.y = 700
    sheet.centred("THÔNG BÁO", "kết luận của Ban Thường vụ").paragraph(*BODY)
    found = read(classifier, sheet.page())
    assert found["number_symbol"] == "1098-TB/TU"
    assert found["issuing_authority"] == "THÀNH ỦY MỸ THO"
    assert found["issue_date"] == "2022-01-24"


def test_a_judgment_says_its_number_with_its_kind(classifier: RuleClassifier) -> None:
    sheet = (
        Sheet().head("TÒA ÁN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Bản án số: 12/2020/DS-ST").paragraph(*BODY)
    )
    assert read(classifier, sheet.page())["number_symbol"] == "12/2020/DS-ST"


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_head_whose_motto_could_not_be_read_is_still_a_head(classifier: RuleClassifier, lost: int) -> None:
    sheet = decision()
    motto = [line for line in sheet.lines if line.text in MOTTO]
    gone = motto if lost == 2 else [motto[lost]]
    sheet.lines = [line for line in sheet.lines if line not in gone]
    found = read(classifier, sheet.page())
    assert found["issuing_authority"] == "ỦY BAN NHÂN DÂN THÀNH PHỐ MỸ THO"
    assert (found["number_symbol"], found["issue_date"]) == ("492/QĐ-UBND", "2022-03-03")


def test_blank_pages_and_no_pages_give_an_empty_reading(classifier: RuleClassifier) -> None:
    for pages in ([], [Sheet().page()]):
        reading = classifier.classify(pages)
        assert reading.classification.document_type == "OTHER"
        assert {field.value for field in reading.fields} == {None}


def test_a_blank_first_page_does_not_hide_the_paper_behind_it(classifier: RuleClassifier) -> None:
    reading = classifier.classify([Sheet().page(), decision().page()])
    number = next(field for field in reading.fields if field.name == "number_symbol")
    assert (number.value, number.page) == ("492/QĐ-UBND", 2)


@pytest.mark.parametrize(
    ("number", "sure", "value"),
    [
        ("46", 0.93, "46/QĐ-UBND"),
        ("46", 0.55, None),
        ("47", 0.96, "47/QĐ-UBND"),
        ("47", 0.93, None),
        ("6", 0.93, None),
    ],
)
def test_a_pens_number_is_told_when_it_was_read_well_and_cannot_be_another(
    classifier: RuleClassifier, number: str, sure: float, value: str | None
) -> None:
    sheet = decision(number="Số: /QĐ-UBND")
    label = next(line for line in sheet.lines if line.text.startswith("Số:"))
    sheet.lines.remove(label)
    y, left = label.box.y0, label.box.x0
    sheet.at("Số:", y=y, left=left).at(number, y=y, left=left + 110, sure=sure).at(
        "/QĐ-UBND", y=y, left=left + 300
    )
    words = tuple(word for line in sheet.lines[-3:] for word in line.words)
    sheet.lines[-3:] = [type(label)(words, union([word.box for word in words]))]
    assert read(classifier, sheet.page())["number_symbol"] == value


@pytest.mark.parametrize(("engine", "believed"), [("hybrid", False), ("test", True)])
def test_a_summary_with_a_doubtful_word_is_as_doubtful_where_the_engine_tells_chances(
    classifier: RuleClassifier, engine: str, believed: bool
) -> None:
    page = decision().page()
    lines = tuple(
        replace(
            line,
            words=tuple(replace(w, confidence=0.8 if w.text == "sách" else 0.99) for w in line.words),
        )
        for line in page.lines
    )
    reading = classifier.classify([replace(page, lines=lines, engine=EngineStamp(engine, "1"))])
    subject = next(field for field in reading.fields if field.name == "subject")
    assert subject.value is not None and (subject.confidence > 0.9) is believed
