"""Papers whose head is no pair of blocks, or says date, number or agency in another form; people are made up."""

from __future__ import annotations

from tests.classify.offices import PROSE, Office, foot, two_blocks
from tests.classify.sheet import LEFT, LEFT_BLOCK, MIDDLE, MOTTO, PITCH, RIGHT_BLOCK, Sheet


def papers() -> list[Office]:
    """All of them, freshly laid out."""
    return [make() for make in _MAKERS]


def _motto_first() -> Office:
    sheet = Sheet().block(*MOTTO, y=300, middle=MIDDLE)
    sheet.block("ỦY BAN NHÂN DÂN XÃ TÂN THÀNH", "Số: 31/GXN-UBND", y=300 + 3 * PITCH, middle=MIDDLE)
    sheet.at("Tân Thành, ngày 09 tháng 02 năm 2012", y=300 + 5 * PITCH, middle=MIDDLE + 400)
    sheet.y = 300 + 7 * PITCH
    sheet.centred("GIẤY XÁC NHẬN", "Về việc cư trú tại địa phương").paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "CHỦ TỊCH", name="Kiều Văn Lộc")
    return Office("motto, agency, number in the middle", sheet, "GXN", {
        "number_symbol": "31/GXN-UBND", "issuing_authority": "ỦY BAN NHÂN DÂN XÃ TÂN THÀNH", "place": "Tân Thành",
        "issue_date": "2012-02-09", "signer_title": "CHỦ TỊCH", "signer_name": "Kiều Văn Lộc",
    })  # fmt: skip


def _agency_over_motto() -> Office:
    sheet = Sheet()
    agency = ("ỦY BAN NHÂN DÂN HUYỆN CHỢ GẠO", "PHÒNG TÀI CHÍNH - KẾ HOẠCH", "Số: 145/TCKH")
    for index, text in enumerate(agency):
        sheet.at(text, y=300 + index * PITCH, left=LEFT)
    sheet.block(*MOTTO, y=300 + 4 * PITCH, middle=MIDDLE)
    sheet.at("Chợ Gạo, ngày 12 tháng 5 năm 2008", y=300 + 7 * PITCH, middle=1680)
    sheet.y = 300 + 9 * PITCH
    sheet.centred("THÔNG BÁO", "Về việc quyết toán ngân sách năm 2007").paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TRƯỞNG PHÒNG", name="Lê Văn Bảy")
    return Office("agency at the left over the motto", sheet, "TB", {
        "number_symbol": "145/TCKH", "issuing_authority": "PHÒNG TÀI CHÍNH - KẾ HOẠCH", "issue_date": "2008-05-12",
        "parent_authority": "ỦY BAN NHÂN DÂN HUYỆN CHỢ GẠO", "place": "Chợ Gạo",
        "subject": "Về việc quyết toán ngân sách năm 2007", "signer_name": "Lê Văn Bảy",
    })  # fmt: skip


def _agency_under_motto() -> Office:
    sheet = Sheet().block(*MOTTO, y=300, middle=MIDDLE)
    for index, text in enumerate(("SỞ XÂY DỰNG TIỀN GIANG", "Số: 52/SXD-QLĐT", "V/v cấp phép sửa chữa nhà")):
        sheet.at(text, y=300 + (3 + index) * PITCH, left=LEFT)
    sheet.at("Mỹ Tho, ngày 21 tháng 3 năm 2006", y=300 + 4 * PITCH, middle=1750)
    sheet.y = 300 + 7 * PITCH
    sheet.centred("Kính gửi: Ủy ban nhân dân thành phố Mỹ Tho").paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", name="Trần Văn Tám")
    return Office("agency at the left under the motto", sheet, "CV", {
        "number_symbol": "52/SXD-QLĐT", "issuing_authority": "SỞ XÂY DỰNG TIỀN GIANG", "issue_date": "2006-03-21",
        "place": "Mỹ Tho", "subject": "V/v cấp phép sửa chữa nhà", "signer_title": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    })  # fmt: skip


def _no_motto() -> Office:
    agency = ("BỆNH VIỆN ĐA KHOA TRUNG TÂM TIỀN GIANG", "KHOA KHÁM BỆNH")
    sheet = Sheet().block(*agency, y=300, middle=MIDDLE)
    sheet.at("Số: 88/BVĐK", y=300 + 2 * PITCH, left=LEFT)
    sheet.at("Tiền Giang, ngày 11 tháng 8 năm 2015", y=300 + 2 * PITCH, middle=1750)
    sheet.y = 300 + 4 * PITCH
    sheet.centred("GIẤY XÁC NHẬN").paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TRƯỞNG KHOA", name="BS. Võ Thị Hoa", recipients=False)
    return Office("agency in the middle, no motto", sheet, "GXN", {
        "number_symbol": "88/BVĐK", "issuing_authority": "KHOA KHÁM BỆNH", "issue_date": "2015-08-11",
        "parent_authority": "BỆNH VIỆN ĐA KHOA TRUNG TÂM TIỀN GIANG", "place": "Tiền Giang",
        "signer_name": "Võ Thị Hoa", "signer_title": "TRƯỞNG KHOA",
    })  # fmt: skip


def _party_in_the_middle() -> Office:
    agency = ("HỘI NÔNG DÂN VIỆT NAM", "BAN CHẤP HÀNH HUYỆN GÒ CÔNG ĐÔNG", "Số: 15-TB/HNDH")
    sheet = Sheet().block(*agency, y=300, middle=MIDDLE)
    sheet.at("Gò Công Đông, ngày 14 tháng 6 năm 2020", y=300 + 3 * PITCH, middle=1700)
    sheet.y = 300 + 5 * PITCH
    sheet.centred("THÔNG BÁO", "Kết luận hội nghị Ban Chấp hành").paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", name="Lê Văn Tài")
    return Office("association in the middle, no motto", sheet, "TB", {
        "number_symbol": "15-TB/HNDH", "issue_date": "2020-06-14", "place": "Gò Công Đông",
        "subject": "Kết luận hội nghị Ban Chấp hành", "signer_title": "TM. BAN THƯỜNG VỤ CHỦ TỊCH",
    })  # fmt: skip


def _typed_1996() -> Office:
    sheet = two_blocks(
        ["UỶ BAN NHÂN DÂN", "TỈNH TIỀN GIANG", "* * * *", "Số : 452 / QĐ - UB"],
        [MOTTO[0], MOTTO[1].upper(), "* * * * * *", "Mỹ Tho, 12/3/1996"],
    )
    sheet.centred("QUYẾT ĐỊNH", "(V/v cấp giấy chứng nhận quyền sử dụng đất)").paragraph(*PROSE)
    foot(sheet, "TM. UBND TỈNH TIỀN GIANG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", name="Nguyễn Văn Tư")
    return Office("typed decision, date in figures", sheet, "QD", {
        "number_symbol": "452/QĐ-UB", "issuing_authority": "UỶ BAN NHÂN DÂN TỈNH TIỀN GIANG", "place": "Mỹ Tho",
        "issue_date": "1996-03-12", "subject": "V/v cấp giấy chứng nhận quyền sử dụng đất",
        "signer_title": "TM. UBND TỈNH TIỀN GIANG KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    })  # fmt: skip


def _judgment() -> Office:
    left = [
        "TÒA ÁN NHÂN DÂN", "HUYỆN CHÂU THÀNH", "Bản án số: 25/2021/HNGĐ-ST", "Ngày: 19-4-2021", "V/v tranh chấp ly hôn",
    ]  # fmt: skip
    sheet = two_blocks(left, [*MOTTO])
    sheet.centred("NHÂN DANH", "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "THẨM PHÁN", name="Phạm Văn Út")
    return Office("judgment", sheet, "OTHER", {
        "number_symbol": "25/2021/HNGĐ-ST", "issuing_authority": "TÒA ÁN NHÂN DÂN HUYỆN CHÂU THÀNH",
        "issue_date": "2021-04-19", "signer_title": "THẨM PHÁN", "signer_name": "Phạm Văn Út",
    })  # fmt: skip


def _company() -> Office:
    sheet = Sheet().block(*MOTTO, y=300, middle=RIGHT_BLOCK)
    left = ("Công ty Cổ phần Cấp nước Tiền Giang", "Số: 302/TIWACO-KD", "V/v lắp đặt đồng hồ nước")
    sheet.block(*left, y=300, middle=LEFT_BLOCK)
    sheet.at("Mỹ Tho, ngày 06 tháng 9 năm 2018", y=300 + 2 * PITCH, middle=RIGHT_BLOCK)
    sheet.y = 300 + 4 * PITCH
    sheet.centred("Kính gửi: Ủy ban nhân dân phường 10").paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "Giám đốc", name="Lê Thị Thu")
    return Office("company in small letters", sheet, "CV", {
        "number_symbol": "302/TIWACO-KD", "issuing_authority": "Công ty Cổ phần Cấp nước Tiền Giang",
        "issue_date": "2018-09-06", "subject": "V/v lắp đặt đồng hồ nước", "signer_title": "Giám đốc",
    })  # fmt: skip


def _contract() -> Office:
    """Two sides sign: nobody is the signer, and nobody the issuing agency."""
    sheet = Sheet().block(*MOTTO, y=300, middle=MIDDLE)
    sheet.y = 300 + 4 * PITCH
    sheet.centred("HỢP ĐỒNG THI CÔNG XÂY DỰNG", "Số: 12/2022/HĐ-XD")
    sheet.paragraph("Hôm nay, ngày 12 tháng 3 năm 2022, tại trụ sở Công ty An Bình, gồm:", *PROSE[1:])
    sheet.paragraph(*PROSE)
    for side, name, middle in (("BÊN A", "Ngô Văn Liêm", 750), ("BÊN B", "Mai Thanh Sang", 1760)):
        lines = (f"ĐẠI DIỆN {side}", "GIÁM ĐỐC")
        sheet.block(*lines, y=sheet.y + PITCH, middle=middle).at(name, y=sheet.y + 7 * PITCH, middle=middle)
    return Office("contract", sheet, "HDG", {
        "number_symbol": "12/2022/HĐ-XD", "issuing_authority": None, "issue_date": "2022-03-12", "signer_name": None,
    })  # fmt: skip


_MAKERS = (
    _motto_first, _agency_over_motto, _agency_under_motto, _no_motto, _party_in_the_middle, _typed_1996, _judgment,
    _company, _contract,
)  # fmt: skip
