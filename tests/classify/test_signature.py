"""Who signed: authority and title in capitals, the name under the seal, and nothing where a part is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classify.classifier import RuleClassifier
from records.page import Line
from tests.classify.sheet import BODY, LEFT, SIGNATURE, Sheet


def signed(
    classifier: RuleClassifier, *title: str, name: str, sure: float = 0.96
) -> tuple[str | None, str | None]:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 12/QĐ-UBND").centred("QUYẾT ĐỊNH")
    sheet.paragraph(*BODY).signed(*title, name=name)
    return of(classifier, sheet)


def of(classifier: RuleClassifier, *sheets: Sheet) -> tuple[str | None, str | None]:
    fields = {field.name: field.value for field in classifier.classify([s.page() for s in sheets]).fields}
    return fields["signer_title"], fields["signer_name"]


@pytest.mark.parametrize(
    ("title", "value"),
    [
        (("CHỦ TỊCH",), "CHỦ TỊCH"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"),
        (
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
            "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG",
        ),
        (("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "KT. BỘ TRƯỞNG THỨ TRƯỞNG"),
        (("Q. GIÁM ĐỐC",), "Q. GIÁM ĐỐC"),
        (("NGƯỜI HƯỚNG DẪN THỰC TẬP",), "NGƯỜI HƯỚNG DẪN THỰC TẬP"),
    ],
)
def test_titles_are_joined_in_the_order_of_signing(
    classifier: RuleClassifier, title: tuple[str, ...], value: str
) -> None:
    assert signed(classifier, *title, name="Trần Hoàng Tuấn") == (value, "Trần Hoàng Tuấn")


@pytest.mark.parametrize(
    ("title", "value"),
    [
        (("PHO CHANH VAN PHONG",), "PHÓ CHÁNH VĂN PHÒNG"),
        (("KT,/CHỦ TỊCH", "PHỎ CHỦ TỊCH"), "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (("_KT. CHỦ TỊCH", "DÃPHÓ CHỦ TỊCH"), "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (("CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (("CHỦ TỊCH", "CHỦ TỊCH"), "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (("KT. CHỦ TỊCH",), "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (("KT. BỘ TRƯỞNG", "Ứ TRƯỞNG"), "KT. BỘ TRƯỞNG THỨ TRƯỞNG"),
        (("ƯỞNG PHÒNG", "ƯỞNG PHÒNG"), "KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG"),
        (("TM. ỦY BAN NHÂN DÂN", "HỦ TỊCH", "RQU TỊCH"), "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (
            ("IMLUY BAN NHÂN DÂN", "KI CHỦ TỊCH", "PHO CIHIU TỊCH"),
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        ),
        (("NGƯỜI KÝ GIẤY", "CHỨNG NHẬN KẾT HÔN", "CHỦ TỊCH"), "NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN CHỦ TỊCH"),
        (("NGƯỜI KÝ TRÍCH LỤC",), "NGƯỜI KÝ TRÍCH LỤC"),
    ],
)
def test_what_a_seal_spoils_is_completed_where_the_order_of_signing_leaves_one_possibility(
    classifier: RuleClassifier, title: tuple[str, ...], value: str
) -> None:
    assert signed(classifier, *title, name="Trần Hoàng Tuấn")[0] == value


@pytest.mark.parametrize(
    "title",
    [
        ("TL. CHỦ TỊCH",),
        ("NGƯỜI KÝ GIẤY KHAI SINH",),
        ("TM. ỦY BAN NHÂN DÂN",),
        ("ỦY BAN NHÂN DÂN",),
        ("TM. ỦY BAN NHÂN DÂN", "Ủ TỊCH"),
        ("GHI CHÚ",),
        ("ÁM ĐỐC",),
    ],
)
def test_a_title_of_which_a_part_is_hidden_stays_empty(
    classifier: RuleClassifier, title: tuple[str, ...]
) -> None:
    assert signed(classifier, *title, name="Trần Hoàng Tuấn")[0] is None


@pytest.mark.parametrize("name", ["Như trên", "Ký bởi Tỉnh", "8/Óuốc Tường", "Hỗ Thị Lê Vân", "Văn Khoa"])
def test_what_is_no_whole_name_is_not_taken_for_one(classifier: RuleClassifier, name: str) -> None:
    assert signed(classifier, "CHỦ TỊCH", name=name)[1] is None


@pytest.mark.parametrize(
    ("print_", "name"),
    [
        ("Trân Ngọc Căng", "Trần Ngọc Căng"),
        ("ThS. Lê Minh Trí", "Lê Minh Trí"),
        ("Đại tá Võ Văn Dũng", "Võ Văn Dũng"),
        ("Dặng Văn Dũng", "Đặng Văn Dũng"),
    ],
)
def test_a_family_name_that_lost_a_mark_is_mended_and_degrees_are_no_names(
    classifier: RuleClassifier, print_: str, name: str
) -> None:
    assert signed(classifier, "CHỦ TỊCH", name=print_)[1] == name


def test_a_family_name_under_a_seal_is_believed_as_far_as_the_list_vouches_for_it(
    classifier: RuleClassifier,
) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 12/QĐ-UBND").centred("QUYẾT ĐỊNH")
    sheet.paragraph(*BODY).signed("CHỦ TỊCH", name="Hhuỳnh Hoàng Khoa")
    words = sheet.lines[-1].words
    sheet.lines[-1] = Line((replace(words[0], confidence=0.16), *words[1:]), sheet.lines[-1].box)
    found = next(field for field in classifier.classify([sheet.page()]).fields if field.name == "signer_name")
    assert found.value == "Huỳnh Hoàng Khoa"
    assert found.confidence < 0.95


def test_a_family_name_that_begins_with_a_small_letter_lost_its_beginning(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 12/QĐ-UBND").centred("QUYẾT ĐỊNH")
    sheet.paragraph(*BODY).signed("CHỦ TỊCH", name="đẳng Đức Vỹ")
    words = sheet.lines[-1].words
    sheet.lines[-1] = Line((replace(words[0], confidence=0.19), *words[1:]), sheet.lines[-1].box)
    assert of(classifier, sheet)[1] is None


def test_the_name_is_found_beside_the_recipients_where_a_seal_hides_the_title(
    classifier: RuleClassifier,
) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 12/QĐ-UBND").centred("QUYẾT ĐỊNH")
    sheet.paragraph(*BODY).at("Nơi nhận:", y=1500, left=LEFT).at("Đặng Văn Minh", y=1900, middle=SIGNATURE)
    assert of(classifier, sheet) == (None, "Đặng Văn Minh")


def test_the_signature_stands_on_the_last_page_and_not_on_an_appendix(classifier: RuleClassifier) -> None:
    first = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 12/QĐ-UBND").centred("QUYẾT ĐỊNH")
    first.paragraph(*BODY)
    last = Sheet().paragraph(*BODY).signed("CHỦ TỊCH", name="Lê Minh Trí")
    appendix = (
        Sheet().centred("PHỤ LỤC").paragraph(*BODY).signed("GIÁM ĐỐC", name="Võ Văn An", recipients=False)
    )
    reading = classifier.classify([first.page(), last.page(), appendix.page()])
    name = next(field for field in reading.fields if field.name == "signer_name")
    assert (name.value, name.page) == ("Lê Minh Trí", 2)


def test_who_signs_an_application_is_no_official(classifier: RuleClassifier) -> None:
    sheet = Sheet().centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    sheet.centred("ĐƠN ĐỀ NGHỊ").paragraph(*BODY).signed(
        "NGƯỜI LÀM ĐƠN", name="Lê Minh Trí", recipients=False
    )
    assert of(classifier, sheet) == (None, None)


@pytest.mark.parametrize(
    ("title", "value"),
    [
        (("Ò. TRƯỞNG PHÒNG",), "Q. TRƯỞNG PHÒNG"),
        (("TL. CHỦ TỊCH", "KE: CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
         "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG"),
        (("IM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"),
        (("TRƯỞNG BAN", "CHỦ TỊCH UBND XÃ"), "TRƯỞNG BAN CHỦ TỊCH UBND XÃ"),
        (("TẾ: BỘ TRƯỞNG", "CỤC TRƯỞNG"), None),
        (("TL. CHỦ TỊCH", "VĂN PHÒNG"), None),
    ],
)  # fmt: skip
def test_by_what_authority_somebody_signs_is_read_or_the_title_stays_empty(
    classifier: RuleClassifier, title: tuple[str, ...], value: str | None
) -> None:
    assert signed(classifier, *title, name="Trần Hoàng Tuấn")[0] == value


@pytest.mark.parametrize(("aside", "value"), [(0, "CHỦ TỊCH"), (60, None)])
def test_a_title_without_its_first_letter_is_whole_only_over_the_middle_of_the_name(
    classifier: RuleClassifier, aside: int, value: str | None
) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 12/QĐ-UBND").centred("QUYẾT ĐỊNH")
    sheet.paragraph(*BODY)
    sheet.at("HỦ TỊCH", y=sheet.y + 100, middle=SIGNATURE + aside)
    sheet.at("Trần Hoàng Tuấn", y=sheet.y + 500, middle=SIGNATURE)
    assert of(classifier, sheet) == (value, "Trần Hoàng Tuấn")


def test_a_title_whose_lines_have_different_middles_is_hidden_in_part(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "TỈNH TIỀN GIANG", number="Số: 12/QĐ-UBND").centred("QUYẾT ĐỊNH")
    sheet.paragraph(*BODY)
    sheet.at("TM. ỦY BAN NHÂN DÂN", y=sheet.y + 100, middle=SIGNATURE)
    sheet.at("CHỦ TỊCH", y=sheet.y + 166, middle=SIGNATURE + 60)  # PHÓ lies under the seal
    sheet.at("Trần Hoàng Tuấn", y=sheet.y + 500, middle=SIGNATURE)
    assert of(classifier, sheet) == (None, "Trần Hoàng Tuấn")


@pytest.mark.parametrize(
    ("read", "meant"),
    [("Cáo Công Sơn", "Cao Công Sơn"), ("Lắm Anh Vỹ", "Lâm Anh Vỹ"), ("Đương Thành Vinh", None), ("hành Mẫn", None)],
)  # fmt: skip
def test_a_family_name_is_set_right_only_where_one_frequent_name_has_its_letters(
    classifier: RuleClassifier, read: str, meant: str | None
) -> None:
    assert signed(classifier, "CHỦ TỊCH", name=read)[1] == meant


def test_whoever_decides_over_the_text_of_a_page_is_not_whoever_signs_it(classifier: RuleClassifier) -> None:
    first = Sheet().head("BỘ TƯ PHÁP", number="Số: 1721/QĐ-BTP").centred("QUYẾT ĐỊNH", "Về việc nâng lương")
    first.at("BỘ TRƯỞNG BỘ TƯ PHÁP", y=first.y + 100, middle=SIGNATURE)
    first.y += 200
    first.paragraph(*BODY).paragraph(*BODY)
    assert of(classifier, first) == (None, None)
