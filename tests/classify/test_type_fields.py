"""What certificates, permits, extracts and receipts say, each value checked for what it must be."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from classify.classifier import RuleClassifier
from records.page import EngineStamp
from records.record import Field
from tests.classify.sheet import LEFT, PITCH, Sheet


def read(classifier: RuleClassifier, sheet: Sheet) -> dict[str, Field]:
    return {field.name: field for field in classifier.classify([sheet.page()]).fields}


def values(classifier: RuleClassifier, sheet: Sheet) -> dict[str, str | None]:
    return {name: field.value for name, field in read(classifier, sheet).items()}


def form(title: str, *lines: str, number: str | None = None) -> Sheet:
    sheet = Sheet().head(
        "ỦY BAN NHÂN DÂN", "XÃ TÂN THÀNH", number=number, dated="Tân Thành, ngày 15 tháng 3 năm 2022"
    )
    sheet.centred(title)
    for line in lines:
        sheet.y += PITCH
        for part, left in zip(line.split(" | "), (LEFT, LEFT + 900), strict=False):
            sheet.at(part, y=sheet.y, left=left)
    return sheet


def test_a_birth_extract_gives_the_child_its_parents_and_where_it_is_registered(
    classifier: RuleClassifier,
) -> None:
    found = values(classifier, form(
        "TRÍCH LỤC KHAI SINH", "Họ, chữ đệm, tên: LÊ GIA HÂN", "Ngày, tháng, năm sinh: 08/02/2019",
        "Giới tính: Nữ | Dân tộc: Kinh", "Nơi sinh: Bệnh viện Phụ sản", "Số định danh cá nhân: 082319000123",
        "Họ, chữ đệm, tên người mẹ: TRẦN THỊ MAI", "Họ, chữ đệm, tên người cha: LÊ VĂN TÂM",
        "Đăng ký khai sinh tại: Ủy ban nhân dân xã Tân Thành", "Số: 42 | ngày, tháng, năm: 12/02/2019",
        number="Số: 12/TLKS-BS",
    ))  # fmt: skip
    assert found["full_name"] == "LÊ GIA HÂN"
    assert found["dob"] == "2019-02-08"
    assert found["sex"] == "Nữ"
    assert found["id_no"] == "082319000123"
    assert (found["mother"], found["father"]) == ("TRẦN THỊ MAI", "LÊ VĂN TÂM")
    assert found["reg_office"] == "Ủy ban nhân dân xã Tân Thành"
    assert found["reg_date"] == "2019-02-12"


def test_of_two_persons_each_keeps_what_is_its_own(classifier: RuleClassifier) -> None:
    lines = ("Họ, chữ đệm, tên vợ: HỒ THỊ YẾN", "Ngày, tháng, năm sinh: 09/05/1995",
             "Giấy tờ tùy thân: CCCD số 082195000123", "Họ, chữ đệm, tên chồng: LA GIA HÙNG",
        "Ngày, tháng, năm sinh: 20/04/1992")  # fmt: skip
    found = values(classifier, form("TRÍCH LỤC KẾT HÔN", *lines, number="Số: 7/TLKH-BS"))
    assert (found["wife"], found["wife_dob"], found["wife_id"]) == (
        "HỒ THỊ YẾN",
        "1995-05-09",
        "082195000123",
    )
    assert (found["husband"], found["husband_dob"]) == ("LA GIA HÙNG", "1992-04-20")
    assert "husband_id" not in found


def test_what_one_person_lacks_is_not_taken_from_the_next(classifier: RuleClassifier) -> None:
    lines = (
        "Họ, chữ đệm, tên vợ: HỒ THỊ YẾN",
        "Họ, chữ đệm, tên chồng: LA GIA HÙNG",
        "Ngày, tháng, năm sinh: 20/04/1992",
    )
    found = values(classifier, form("TRÍCH LỤC KẾT HÔN", *lines, number="Số: 7/TLKH-BS"))
    assert "wife_dob" not in found


def test_a_building_permit_gives_owner_parcel_and_floor_area(classifier: RuleClassifier) -> None:
    found = values(classifier, form(
        "GIẤY PHÉP XÂY DỰNG", "1. Cấp cho: Ông Trần Văn Lợi; số CCCD/CMND: 082180000456;",
        "+ Thuộc thửa đất số 1344, tờ bản đồ số 55.", "+ Tổng diện tích sàn: 148,8 m2; số tầng: 02 tầng.",
        number="Số: 45/GPXD",
    ))  # fmt: skip
    assert found["owner"] == "Trần Văn Lợi"
    assert found["id_no"] == "082180000456"
    assert (found["parcel"], found["map_sheet"]) == ("1344", "55")
    assert (found["floor_area"], found["storeys"]) == ("148,8 m²", "02")


def test_a_household_business_gives_its_code_name_and_capital(classifier: RuleClassifier) -> None:
    found = values(classifier, form(
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "Số: 53A8012345", "1. Tên hộ kinh doanh: TẠP HÓA MINH ANH",
        "4. Vốn kinh doanh: 320.000.000 đồng", "Họ và tên: NGUYỄN THỊ MINH ANH", "Sinh ngày: 26/10/1986",
    ))  # fmt: skip
    assert found["business_code"] == "53A8012345"
    assert found["business_name"] == "TẠP HÓA MINH ANH"
    assert found["capital"] == "320.000.000 đồng"
    assert (found["owner"], found["dob"]) == ("NGUYỄN THỊ MINH ANH", "1986-10-26")


@pytest.mark.parametrize(
    "line",
    [
        "Số định danh cá nhân: 999190001234",
        "Ngày, tháng, năm sinh: 31/02/2019",
        "Họ, chữ đệm, tên: ..........",
    ],
)
def test_a_value_that_cannot_be_is_none(classifier: RuleClassifier, line: str) -> None:
    found = values(classifier, form("TRÍCH LỤC KHAI SINH", line, number="Số: 12/TLKS-BS"))
    assert not {"id_no", "dob", "full_name"} & set(found)


def receipt(*lines: str) -> Sheet:
    return form("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mã hồ sơ: H58.30-220303-0012", *lines)


def test_the_papers_of_a_receipt_are_listed_with_their_kind_of_copy_and_why_one_is_exempt(
    classifier: RuleClassifier,
) -> None:
    found = read(classifier, receipt(
        "Thành phần hồ sơ nộp gồm:", "1. Tờ khai đăng ký khai sinh (bản chính);",
        "2. Giấy chứng sinh (01 bản sao chứng thực);", "3. Căn cước công dân (bản chụp);",
        "4. Đơn đề nghị (02 bản);", "Số lượng hồ sơ: 01 (bộ)",
    ))  # fmt: skip
    listed = json.loads(found["components"].normalised or "")
    assert [one["name"] for one in listed] == [
        "Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Căn cước công dân", "Đơn đề nghị"
    ]  # fmt: skip
    assert [one["exempt"] for one in listed] == [None, "CERTIFIED_COPY", "PHOTOCOPY", None]


def test_the_marks_of_a_table_belong_to_the_column_and_row_they_stand_in(classifier: RuleClassifier) -> None:
    sheet = receipt("Thành phần hồ sơ nộp gồm:")
    for text, left in (
        ("TT", 420),
        ("Tên giấy tờ", 700),
        ("Bản chính", 1400),
        ("Bản sao", 1700),
        ("Bản chụp", 2000),
    ):
        sheet.at(text, y=sheet.y + 80, left=left)
    for row, (name, mark) in enumerate((("Tờ khai", 1480), ("Hợp đồng chuyển nhượng", 2060)), start=1):
        sheet.at(str(row), y=sheet.y + 80 + 90 * row, left=430)
        sheet.at(name, y=sheet.y + 80 + 90 * row, left=560)
        sheet.at("1", y=sheet.y + 80 + 90 * row, left=mark)
    listed = json.loads(read(classifier, sheet)["components"].normalised or "")
    assert [(one["name"], one["original"], one["photocopy"]) for one in listed] == [
        ("Tờ khai", 1, 0), ("Hợp đồng chuyển nhượng", 0, 1)
    ]  # fmt: skip


def test_the_box_of_a_type_field_lies_on_its_value(classifier: RuleClassifier) -> None:
    field = read(
        classifier, form("GIẤY PHÉP XÂY DỰNG", "1. Cấp cho: Ông Trần Văn Lợi;", number="Số: 45/GPXD")
    )["owner"]
    assert field.page == 1
    assert field.box is not None
    assert field.raw == "Ông Trần Văn Lợi;"
    assert field.normalised == "Trần Văn Lợi"


def test_who_died_old_was_born_before_the_state_and_a_colon_at_the_end_cuts_no_office(
    classifier: RuleClassifier,
) -> None:
    found = values(classifier, form(
        "TRÍCH LỤC KHAI TỬ", "Họ, chữ đệm, tên: LÂM THỊ NGUYỆT", "Ngày, tháng, năm sinh: 18/12/1928",
        "Đăng ký khai tử tại: Ủy ban nhân dân xã Gia Phú:", number="Số: 12/TLKT-BS",
    ))  # fmt: skip
    assert (found["dob"], found["reg_office"]) == ("1928-12-18", "Ủy ban nhân dân xã Gia Phú")


def test_a_parcel_is_found_by_each_of_its_captions(classifier: RuleClassifier) -> None:
    found = values(classifier, form("TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH", "1. Số thứ tự thửa đất: 1490"))
    assert found["parcel"] == "1490"


@pytest.mark.parametrize("office", ["Ủy ban", "Ủy ban nhân dân", "Trung tâm Y tế huyện"])
def test_an_office_whose_name_goes_on_where_it_was_not_read_is_none(
    classifier: RuleClassifier, office: str
) -> None:
    found = values(classifier, form("TRÍCH LỤC KHAI SINH", f"Đăng ký khai sinh tại: {office}"))
    assert found.get("reg_office") is None


def test_a_name_is_at_most_as_likely_as_its_words(classifier: RuleClassifier) -> None:
    sheet = form("TRÍCH LỤC KHAI SINH", "Họ, chữ đệm, tên: LÊ GIA HÂN")
    sure = read(classifier, sheet)["full_name"].confidence
    sheet.lines[-1] = replace(
        sheet.lines[-1],
        words=(*sheet.lines[-1].words[:-1], replace(sheet.lines[-1].words[-1], confidence=0.9)),
    )
    page = replace(sheet.page(), engine=EngineStamp("hybrid", "1"))
    found = next(one for one in classifier.classify([page]).fields if one.name == "full_name")
    assert found.value == "LÊ GIA HÂN"
    assert found.confidence <= 0.9 < sure


def test_a_place_goes_on_where_the_next_word_had_no_room(classifier: RuleClassifier) -> None:
    long = "Nơi chết: số 372/41, đường Rạch Gầm, thị trấn Lim, huyện Tiên Du, tỉnh Bắc"
    found = values(classifier, form("TRÍCH LỤC KHAI TỬ", long, "Ninh", "Nguyên nhân chết: Bệnh già"))
    assert (found["death_place"] or "").endswith("huyện Tiên Du, tỉnh Bắc Ninh")


@pytest.mark.parametrize(
    ("address", "sure"),
    [
        ("số 5, đường Lê Lợi, phường 1, thành phố Mỹ Tho, tỉnh Tiền Giang", True),
        ("số 5, đường Lê, Lợi, phường 1, thành phố Mỹ Tho, tỉnh Tiền Giang", False),
        ("số 5, phường 1 thành phố Mỹ Tho, tỉnh Tiền Giang", False),
        ("phường 1, thành phố Mỹ Tho, tỉnh Tiên Quang", False),
    ],
)
def test_an_address_whose_parts_cannot_be_right_is_doubted(
    classifier: RuleClassifier, address: str, sure: bool
) -> None:
    lines = (
        "Tên hộ kinh doanh: QUÁN LAN",
        f"Địa điểm kinh doanh: {address}",
        "Vốn kinh doanh: 95.000.000 đồng",
    )
    field = read(classifier, form("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", *lines))["address"]
    assert field.value == address
    assert (field.confidence >= 0.85) is sure


@pytest.mark.parametrize(("number", "sure"), [("082319000123", True), ("082195000123", False)])
def test_an_id_number_of_another_year_of_birth_is_doubted_with_the_day(
    classifier: RuleClassifier, number: str, sure: bool
) -> None:
    lines = (
        "Họ, chữ đệm, tên: LÊ GIA HÂN",
        "Ngày, tháng, năm sinh: 08/02/2019",
        f"Số định danh cá nhân: {number}",
    )
    found = read(classifier, form("TRÍCH LỤC KHAI SINH", *lines, number="Số: 12/TLKS-BS"))
    assert [found[name].confidence >= 0.85 for name in ("id_no", "dob")] == [sure, sure]


def test_the_ward_whose_caption_was_misread_lends_the_guardian_nothing(classifier: RuleClassifier) -> None:
    lines = ("Họ, chữ đệm, tên người giám hộ: TRẦN HOÀNG DŨNG", "Ngày, tháng, năm sinh: 17/03/1983",
             "Mọ7chPđêm, tên người được giám hộ: TẠ THỊ KIM LOAN", "Giấy tờ tùy thân: 038308505737")  # fmt: skip
    found = values(classifier, form("TRÍCH LỤC ĐĂNG KÝ GIÁM HỘ", *lines, number="Số: 7/TLĐKGH"))
    assert found["guardian_dob"] == "1983-03-17"
    assert "guardian_id" not in found
