"""Papers as offices of every kind lay them out, with what stands on them; every person is made up.

Decree 30/2020 and before it Circulars 55/2005 and 01/2011, the party's Guideline 36-HD/VPTW, unions and youth, courts
(Resolution 01/2017/NQ-HĐTP), police, schools, hospitals, ministries, and the wards of 2025.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.classify.sheet import LEFT_BLOCK, MIDDLE, MOTTO, PITCH, RIGHT_BLOCK, SIGNATURE, Sheet

LEGAL = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và Luật",
    "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính",
    "quyền địa phương ngày 22 tháng 11 năm 2019;",
)
PROSE = (
    "Thực hiện ý kiến chỉ đạo của cấp trên về việc rà soát hồ sơ còn tồn đọng, đơn vị",
    "đã kiểm tra toàn bộ hồ sơ tiếp nhận trong tháng và báo cáo kết quả thực hiện như",
    "sau để các cơ quan có liên quan biết, phối hợp thực hiện theo quy định.",
)


@dataclass
class Office:
    """One paper: its sheet, its type, and the fields that are graded (None: has none)."""

    name: str
    sheet: Sheet
    document_type: str
    fields: dict[str, str | None] = field(default_factory=dict)


def two_blocks(left: list[str], right: list[str]) -> Sheet:
    """A head whose two blocks are given line by line, whatever they hold."""
    sheet = Sheet()
    for index, text in enumerate(left):
        if text:
            sheet.at(text, y=300 + index * PITCH, middle=LEFT_BLOCK)
    for index, text in enumerate(right):
        if text:
            sheet.at(text, y=300 + index * PITCH, middle=RIGHT_BLOCK)
    sheet.y = 300 + (max(len(left), len(right)) + 1) * PITCH
    return sheet


def foot(sheet: Sheet, *title: str, name: str, gap: int = 5, recipients: bool = True) -> Sheet:
    sheet.y += PITCH
    if recipients:
        for index, text in enumerate(("Nơi nhận:", "- Như trên;", "- Sở Nội vụ;", "- Lưu: VT, NC.")):
            sheet.at(text, y=sheet.y + index * PITCH, left=400)
    sheet.block(*title, y=sheet.y, middle=SIGNATURE)
    sheet.y += (len(title) + gap) * PITCH
    sheet.at(name, y=sheet.y, middle=SIGNATURE)
    sheet.y += PITCH
    return sheet


def papers() -> list[Office]:
    """All of them, freshly laid out."""
    return [make() for make in _MAKERS]


def _party_decision() -> Office:
    sheet = two_blocks(
        ["TỈNH ỦY TIỀN GIANG", "*", "Số 1245-QĐ/TU"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "", "Mỹ Tho, ngày 15 tháng 8 năm 2023"],
    )
    sheet.centred("QUYẾT ĐỊNH", "về việc chuẩn y bổ sung cấp ủy viên", "nhiệm kỳ 2020 - 2025")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", name="Võ Thanh Hòa")
    return Office("party decision", sheet, "QD", {
        "number_symbol": "1245-QĐ/TU", "issuing_authority": "TỈNH ỦY TIỀN GIANG", "issue_date": "2023-08-15",
        "place": "Mỹ Tho", "subject": "về việc chuẩn y bổ sung cấp ủy viên nhiệm kỳ 2020 - 2025",
        "signer_name": "Võ Thanh Hòa", "signer_title": "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ THƯỜNG TRỰC",
    })  # fmt: skip


def _party_letter() -> Office:
    sheet = two_blocks(
        [
            "THÀNH ỦY MỸ THO",
            "BAN TỔ CHỨC",
            "*",
            "Số 87-CV/BTCTU",
            "V/v báo cáo kết quả đánh giá",
            "chất lượng đảng viên",
        ],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "", "Mỹ Tho, ngày 02 tháng 12 năm 2022"],
    )
    sheet.centred("Kính gửi: Các chi bộ, đảng bộ trực thuộc")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", name="Lê Thị Kim Chi")
    return Office("party letter", sheet, "CV", {
        "number_symbol": "87-CV/BTCTU", "issuing_authority": "BAN TỔ CHỨC", "parent_authority": "THÀNH ỦY MỸ THO",
        "issue_date": "2022-12-02", "subject": "V/v báo cáo kết quả đánh giá chất lượng đảng viên",
        "addressee": "Các chi bộ, đảng bộ trực thuộc", "signer_name": "Lê Thị Kim Chi",
        "signer_title": "K/T TRƯỞNG BAN PHÓ TRƯỞNG BAN",
    })  # fmt: skip


def _youth_plan() -> Office:
    sheet = two_blocks(
        ["BCH ĐOÀN TỈNH AN GIANG", "***", "Số: 112-KH/TĐTN-PT"],
        ["ĐOÀN TNCS HỒ CHÍ MINH", "", "An Giang, ngày 12 tháng 5 năm 2021"],
    )
    sheet.centred("KẾ HOẠCH", "Tổ chức chiến dịch tình nguyện hè năm 2021")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "PHÓ BÍ THƯ", name="Huỳnh Quốc Thái")
    return Office("youth plan", sheet, "KH", {
        "number_symbol": "112-KH/TĐTN-PT", "issuing_authority": "BCH ĐOÀN TỈNH AN GIANG", "issue_date": "2021-05-12",
        "place": "An Giang", "subject": "Tổ chức chiến dịch tình nguyện hè năm 2021", "signer_name": "Huỳnh Quốc Thái",
        "signer_title": "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN PHÓ BÍ THƯ",
    })  # fmt: skip


def _union_letter() -> Office:
    sheet = two_blocks(
        [
            "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH BẾN TRE",
            "Số: 518/LĐLĐ",
            "V/v hỗ trợ đoàn viên khó khăn",
        ],
        [*MOTTO, "Bến Tre, ngày 20 tháng 9 năm 2021"],
    )
    sheet.centred("Kính gửi: Công đoàn các cấp trong tỉnh")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", name="Trần Thị Mỹ Duyên")
    return Office("union letter", sheet, "CV", {
        "number_symbol": "518/LĐLĐ", "issuing_authority": "LIÊN ĐOÀN LAO ĐỘNG TỈNH BẾN TRE",
        "parent_authority": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "issue_date": "2021-09-20", "place": "Bến Tre",
        "subject": "V/v hỗ trợ đoàn viên khó khăn", "addressee": "Công đoàn các cấp trong tỉnh",
        "signer_name": "Trần Thị Mỹ Duyên", "signer_title": "TM. BAN THƯỜNG VỤ CHỦ TỊCH",
    })  # fmt: skip


def _front_notice() -> Office:
    sheet = two_blocks(
        ["ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "HUYỆN CHÂU THÀNH", "BAN THƯỜNG TRỰC", "Số: 25/TB-MTTQ-BTT"],
        [*MOTTO, "Châu Thành, ngày 08 tháng 4 năm 2021"],
    )
    sheet.centred("THÔNG BÁO", "Kết quả hội nghị hiệp thương lần thứ ba")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", name="Phan Văn Bé Ba")
    return Office("front notice", sheet, "TB", {
        "number_symbol": "25/TB-MTTQ-BTT", "issue_date": "2021-04-08", "place": "Châu Thành",
        "subject": "Kết quả hội nghị hiệp thương lần thứ ba", "signer_name": "Phan Văn Bé Ba",
        "signer_title": "TM. BAN THƯỜNG TRỰC KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    })  # fmt: skip


def _old_province_decision() -> Office:
    """Before 2011: the symbol's parts are parted by dots, no colon after "Số"."""
    sheet = two_blocks(
        ["UỶ BAN NHÂN DÂN", "TỈNH VĨNH LONG", "Số 1532/QĐ.UBND"],
        ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", MOTTO[1], "Vĩnh Long, ngày 17 tháng 7 năm 2009"],
    )
    sheet.centred("QUYẾT ĐỊNH", "Về việc giao đất cho Trường Trung học cơ sở Long An")
    sheet.centred("UỶ BAN NHÂN DÂN TỈNH VĨNH LONG")
    sheet.paragraph(*LEGAL).paragraph(*LEGAL)
    foot(sheet, "TM. UỶ BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", name="Phạm Văn Đấu")
    return Office("old province decision", sheet, "QD", {
        "number_symbol": "1532/QĐ.UBND", "issuing_authority": "UỶ BAN NHÂN DÂN TỈNH VĨNH LONG",
        "issue_date": "2009-07-17", "place": "Vĩnh Long", "signer_name": "Phạm Văn Đấu",
        "subject": "Về việc giao đất cho Trường Trung học cơ sở Long An",
        "signer_title": "TM. UỶ BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    })  # fmt: skip


def _ministry_letter() -> Office:
    sheet = two_blocks(
        ["BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "Số: 4321/BKHĐT-QLĐT", "V/v hướng dẫn lựa chọn nhà thầu"],
        [*MOTTO, "Hà Nội, ngày 25 tháng 6 năm 2021"],
    )
    sheet.centred("Kính gửi:")
    sheet.block(
        "- Các Bộ, cơ quan ngang Bộ;",
        "- Ủy ban nhân dân các tỉnh, thành phố.",
        y=sheet.y,
        middle=MIDDLE + 100,
    )
    sheet.y += 3 * PITCH
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TL. BỘ TRƯỞNG", "CỤC TRƯỞNG CỤC QUẢN LÝ ĐẤU THẦU", name="Nguyễn Đăng Khôi")
    return Office("ministry letter", sheet, "CV", {
        "number_symbol": "4321/BKHĐT-QLĐT", "issuing_authority": "BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "issue_date": "2021-06-25",
        "place": "Hà Nội", "subject": "V/v hướng dẫn lựa chọn nhà thầu",
        "addressee": "Các Bộ, cơ quan ngang Bộ; Ủy ban nhân dân các tỉnh, thành phố",
        "signer_name": "Nguyễn Đăng Khôi", "signer_title": "TL. BỘ TRƯỞNG CỤC TRƯỞNG CỤC QUẢN LÝ ĐẤU THẦU",
    })  # fmt: skip


def _dispatch() -> Office:
    sheet = two_blocks(
        ["THỦ TƯỚNG CHÍNH PHỦ", "Số: 1063/CĐ-TTg"], [*MOTTO, "Hà Nội, ngày 31 tháng 7 năm 2021"]
    )
    sheet.centred("CÔNG ĐIỆN", "Về việc tiếp tục thực hiện các biện pháp phòng, chống dịch")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", name="Vũ Đức Thành")
    return Office("dispatch", sheet, "OTHER", {
        "number_symbol": "1063/CĐ-TTg", "issuing_authority": "THỦ TƯỚNG CHÍNH PHỦ", "issue_date": "2021-07-31",
        "place": "Hà Nội", "signer_name": "Vũ Đức Thành", "signer_title": "KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG",
    })  # fmt: skip


def _council_resolution() -> Office:
    sheet = two_blocks(
        ["HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ CẦN THƠ", "Số: 07/NQ-HĐND"],
        [*MOTTO, "Thành phố Cần Thơ, ngày 08 tháng 7 năm 2022"],
    )
    sheet.centred("NGHỊ QUYẾT", "Về việc điều chỉnh kế hoạch đầu tư công năm 2022")
    sheet.centred("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CẦN THƠ", "KHÓA X, KỲ HỌP THỨ SÁU")
    sheet.paragraph(*LEGAL).paragraph(*LEGAL)
    foot(sheet, "CHỦ TỊCH", name="Phạm Văn Hiếu")
    return Office("council resolution", sheet, "NQ", {
        "number_symbol": "07/NQ-HĐND", "issuing_authority": "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CẦN THƠ",
        "issue_date": "2022-07-08", "place": "Thành phố Cần Thơ",
        "subject": "Về việc điều chỉnh kế hoạch đầu tư công năm 2022", "signer_name": "Phạm Văn Hiếu",
        "signer_title": "CHỦ TỊCH",
    })  # fmt: skip


def _court_decision() -> Office:
    sheet = two_blocks(
        ["TÒA ÁN NHÂN DÂN", "HUYỆN CAI LẬY", "TỈNH TIỀN GIANG", "Số: 152/2021/QĐST-HNGĐ"],
        [*MOTTO, "Cai Lậy, ngày 21 tháng 6 năm 2021"],
    )
    sheet.centred("QUYẾT ĐỊNH", "CÔNG NHẬN THUẬN TÌNH LY HÔN VÀ", "SỰ THỎA THUẬN CỦA CÁC ĐƯƠNG SỰ")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "THẨM PHÁN", name="Đoàn Thị Ngọc Hân")
    return Office("court decision", sheet, "QD", {
        "number_symbol": "152/2021/QĐST-HNGĐ", "issuing_authority": "TÒA ÁN NHÂN DÂN HUYỆN CAI LẬY TỈNH TIỀN GIANG",
        "issue_date": "2021-06-21", "place": "Cai Lậy", "signer_name": "Đoàn Thị Ngọc Hân", "signer_title": "THẨM PHÁN",
    })  # fmt: skip


def _police_notice() -> Office:
    sheet = two_blocks(
        ["CÔNG AN TỈNH TIỀN GIANG", "CÔNG AN THÀNH PHỐ MỸ THO", "Số: 318/TB-CATP"],
        [*MOTTO, "Mỹ Tho, ngày 11 tháng 10 năm 2022"],
    )
    sheet.centred("THÔNG BÁO", "Về việc cấp căn cước công dân lưu động")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "KT. TRƯỞNG CÔNG AN THÀNH PHỐ", "PHÓ TRƯỞNG CÔNG AN", name="Thượng tá Đỗ Hữu Phước")
    return Office("police notice", sheet, "TB", {
        "number_symbol": "318/TB-CATP", "issuing_authority": "CÔNG AN THÀNH PHỐ MỸ THO",
        "parent_authority": "CÔNG AN TỈNH TIỀN GIANG", "issue_date": "2022-10-11", "place": "Mỹ Tho",
        "subject": "Về việc cấp căn cước công dân lưu động", "signer_name": "Đỗ Hữu Phước",
        "signer_title": "KT. TRƯỞNG CÔNG AN THÀNH PHỐ PHÓ TRƯỞNG CÔNG AN",
    })  # fmt: skip


def _school_report() -> Office:
    sheet = two_blocks(
        ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "THÀNH PHỐ VINH", "TRƯỜNG TIỂU HỌC LÊ LỢI", "Số: 45/BC-THLL"],
        [*MOTTO, "Vinh, ngày 28 tháng 5 năm 2022"],
    )
    sheet.centred("BÁO CÁO", "Tổng kết năm học 2021 - 2022")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "HIỆU TRƯỞNG", name="Hồ Thị Thanh Nhàn")
    return Office("school report", sheet, "BC", {
        "number_symbol": "45/BC-THLL", "issuing_authority": "TRƯỜNG TIỂU HỌC LÊ LỢI",
        "parent_authority": "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ VINH", "issue_date": "2022-05-28", "place": "Vinh",
        "subject": "Tổng kết năm học 2021 - 2022", "signer_name": "Hồ Thị Thanh Nhàn", "signer_title": "HIỆU TRƯỞNG",
    })  # fmt: skip


def _ward_2025() -> Office:
    sheet = two_blocks(
        ["ỦY BAN NHÂN DÂN", "PHƯỜNG MỸ THO", "Số: 214/UBND-KTHTĐT", "V/v xác minh nguồn gốc đất"],
        [*MOTTO, "Mỹ Tho, ngày 22 tháng 8 năm 2025"],
    )
    sheet.centred("Kính gửi: Văn phòng Đăng ký đất đai tỉnh Đồng Tháp")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", name="Nguyễn Hữu Tâm")
    return Office("ward of 2025", sheet, "CV", {
        "number_symbol": "214/UBND-KTHTĐT", "issuing_authority": "ỦY BAN NHÂN DÂN PHƯỜNG MỸ THO",
        "issue_date": "2025-08-22", "subject": "V/v xác minh nguồn gốc đất",
        "addressee": "Văn phòng Đăng ký đất đai tỉnh Đồng Tháp", "signer_name": "Nguyễn Hữu Tâm",
        "signer_title": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    })  # fmt: skip


def _urgent_letter() -> Office:
    sheet = two_blocks(
        ["UBND TỈNH BÌNH ĐỊNH", "SỞ Y TẾ", "Số: 3015 /SYT-NVY", "V/v khẩn trương rà soát", "người nhập cảnh"],
        [*MOTTO, "Bình Định, ngày 14 tháng 9 năm 2021"],
    )
    sheet.at("KHẨN", y=sheet.y - 60, left=560)
    sheet.y += 40
    sheet.centred("Kính gửi: Trung tâm Y tế các huyện, thị xã, thành phố")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", name="BSCKII. Bùi Ngọc Lâm")
    return Office("urgent letter", sheet, "CV", {
        "issuing_authority": "SỞ Y TẾ", "parent_authority": "UBND TỈNH BÌNH ĐỊNH", "issue_date": "2021-09-14",
        "subject": "V/v khẩn trương rà soát người nhập cảnh", "urgency": "KHẨN",
        "addressee": "Trung tâm Y tế các huyện, thị xã, thành phố", "signer_name": "Bùi Ngọc Lâm",
        "signer_title": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    })  # fmt: skip


def _signed_by_stamp() -> Office:
    """An e-signature's note lies between title and name."""
    sheet = two_blocks(
        ["UBND TỈNH NINH THUẬN", "SỞ TƯ PHÁP", "Số: 902/STP-HCTP", "V/v giải quyết hồ sơ hộ tịch"],
        [*MOTTO, "Ninh Thuận, ngày 19 tháng 3 năm 2024"],
    )
    sheet.centred("Kính gửi: Phòng Tư pháp các huyện, thành phố")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    sheet.y += PITCH
    sheet.at("Nơi nhận:", y=sheet.y, left=400)
    sheet.block("GIÁM ĐỐC", y=sheet.y, middle=SIGNATURE)
    stamp = (
        "Người ký: Sở Tư pháp",
        "Email: stp@ninhthuan.gov.vn",
        "Thời gian ký: 19.03.2024 15:02:11 +07:00",
    )
    sheet.block(*stamp, y=sheet.y + 2 * PITCH, middle=SIGNATURE, sure=0.9)
    sheet.at("Đàng Thị Mỹ Hương", y=sheet.y + 7 * PITCH, middle=SIGNATURE)
    return Office("signed by stamp", sheet, "CV", {
        "number_symbol": "902/STP-HCTP", "issuing_authority": "SỞ TƯ PHÁP", "issue_date": "2024-03-19",
        "signer_name": "Đàng Thị Mỹ Hương", "signer_title": "GIÁM ĐỐC",
        "addressee": "Phòng Tư pháp các huyện, thành phố",
    })  # fmt: skip


def _capital_name() -> Office:
    sheet = two_blocks(
        ["CÔNG TY CỔ PHẦN CẤP NƯỚC", "SÔNG TIỀN", "Số: 77/GM-CNST"],
        [*MOTTO, "Mỹ Tho, ngày 03 tháng 11 năm 2022"],
    )
    sheet.centred("GIẤY MỜI", "Họp Đại hội đồng cổ đông bất thường")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TỔNG GIÁM ĐỐC", name="TRƯƠNG QUỐC BẢO", recipients=False)
    return Office("name in capitals", sheet, "GM", {
        "number_symbol": "77/GM-CNST", "issuing_authority": "CÔNG TY CỔ PHẦN CẤP NƯỚC SÔNG TIỀN",
        "issue_date": "2022-11-03", "subject": "Họp Đại hội đồng cổ đông bất thường",
        "signer_name": "TRƯƠNG QUỐC BẢO", "signer_title": "TỔNG GIÁM ĐỐC",
    })  # fmt: skip


def _blank_date() -> Office:
    sheet = two_blocks(
        ["UBND QUẬN NINH KIỀU", "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG", "Số:       /TTr-PTNMT"],
        [*MOTTO, "Ninh Kiều, ngày      tháng      năm 2022"],
    )
    sheet.centred("TỜ TRÌNH", "Về việc thu hồi đất để thực hiện dự án", "mở rộng hẻm 51 đường 3 tháng 2")
    sheet.centred("Kính gửi: Ủy ban nhân dân quận")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TRƯỞNG PHÒNG", name="Lâm Chí Nguyện")
    return Office("blank number and day", sheet, "TTR", {
        "number_symbol": None, "issue_date": None, "place": "Ninh Kiều",
        "issuing_authority": "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG", "parent_authority": "UBND QUẬN NINH KIỀU",
        "subject": "Về việc thu hồi đất để thực hiện dự án mở rộng hẻm 51 đường 3 tháng 2",
        "addressee": "Ủy ban nhân dân quận", "signer_name": "Lâm Chí Nguyện", "signer_title": "TRƯỞNG PHÒNG",
    })  # fmt: skip


def _acting_head() -> Office:
    sheet = two_blocks(
        ["BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI TỈNH TRÀ VINH", "Số: 1188/HD-BHXH"],
        [*MOTTO, "Trà Vinh, ngày 05 tháng 8 năm 2020"],
    )
    sheet.centred("HƯỚNG DẪN", "Thực hiện chi trả lương hưu, trợ cấp bảo hiểm xã hội")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "Q. GIÁM ĐỐC", name="Thạch Minh Tuấn")
    return Office("acting head", sheet, "HD", {
        "number_symbol": "1188/HD-BHXH", "issuing_authority": "BẢO HIỂM XÃ HỘI TỈNH TRÀ VINH",
        "parent_authority": "BẢO HIỂM XÃ HỘI VIỆT NAM", "issue_date": "2020-08-05",
        "subject": "Thực hiện chi trả lương hưu, trợ cấp bảo hiểm xã hội", "signer_name": "Thạch Minh Tuấn",
        "signer_title": "Q. GIÁM ĐỐC",
    })  # fmt: skip


def _charged() -> Office:
    sheet = two_blocks(
        ["ỦY BAN NHÂN DÂN", "XÃ TÂN THÀNH", "Số: 31/GXN-UBND"],
        [*MOTTO, "Tân Thành, ngày 09 tháng 02 năm 2022"],
    )
    sheet.centred("GIẤY XÁC NHẬN", "Về việc cư trú tại địa phương")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH", name="Kiều Văn Lộc")
    return Office("charged official", sheet, "GXN", {
        "number_symbol": "31/GXN-UBND", "issuing_authority": "ỦY BAN NHÂN DÂN XÃ TÂN THÀNH", "issue_date": "2022-02-09",
        "signer_name": "Kiều Văn Lộc", "signer_title": "TUQ. CHỦ TỊCH CÔNG CHỨC TƯ PHÁP - HỘ TỊCH",
    })  # fmt: skip


def _two_signers() -> Office:
    """A joint plan: two authorities, two signatures side by side; no single signer is right, so none is told."""
    sheet = two_blocks(
        ["CÔNG AN HUYỆN - HỘI PHỤ NỮ", "HUYỆN GÒ CÔNG TÂY", "Số: 05/KHLN-CAH-HPN"],
        [*MOTTO, "Gò Công Tây, ngày 16 tháng 3 năm 2021"],
    )
    sheet.centred("KẾ HOẠCH LIÊN NGÀNH", "Phối hợp phòng ngừa tội phạm")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    sheet.y += PITCH
    for title, name, middle in (
        ("CHỦ TỊCH HỘI PHỤ NỮ", "Ngô Thị Bích Liên", 800), ("TRƯỞNG CÔNG AN HUYỆN", "Mai Thanh Sang", SIGNATURE),
    ):  # fmt: skip
        sheet.at(title, y=sheet.y, middle=middle)
        sheet.at(name, y=sheet.y + 5 * PITCH, middle=middle)
    return Office("two signers", sheet, "KH", {
        "number_symbol": "05/KHLN-CAH-HPN", "issue_date": "2021-03-16",
        "subject": "Phối hợp phòng ngừa tội phạm", "signer_name": "Mai Thanh Sang",
        "signer_title": "TRƯỞNG CÔNG AN HUYỆN",
    })  # fmt: skip


def _committee_ministry_decision() -> Office:
    sheet = two_blocks(
        ["BỘ TRƯỞNG", "BỘ NỘI VỤ", "Số: 212/QĐ-BNV"], [*MOTTO, "Hà Nội, ngày 19 tháng 3 năm 2021"]
    )
    sheet.centred(
        "QUYẾT ĐỊNH", "Về việc ban hành Chương trình công tác năm 2021 của", "Ban Chỉ đạo cải cách hành chính"
    )
    sheet.centred("BỘ TRƯỞNG BỘ NỘI VỤ")
    sheet.paragraph(*LEGAL).paragraph(*LEGAL)
    foot(sheet, "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", name="Trương Hải Nam")
    return Office("ministry decision", sheet, "QD", {
        "number_symbol": "212/QĐ-BNV", "issue_date": "2021-03-19", "signer_name": "Trương Hải Nam",
        "subject": "Về việc ban hành Chương trình công tác năm 2021 của Ban Chỉ đạo cải cách hành chính",
        "signer_title": "KT. BỘ TRƯỞNG THỨ TRƯỞNG",
    })  # fmt: skip


def _inspectorate() -> Office:
    sheet = two_blocks(
        ["UBND THÀNH PHỐ HẢI PHÒNG", "THANH TRA THÀNH PHỐ", "Số: 66/KL-TTTP"],
        [*MOTTO, "Hải Phòng, ngày 30 tháng 11 năm 2021"],
    )
    sheet.centred("KẾT LUẬN THANH TRA", "Việc chấp hành pháp luật về tiếp công dân")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "CHÁNH THANH TRA", name="Bùi Quang Dũng")
    return Office("inspection", sheet, "OTHER", {
        "number_symbol": "66/KL-TTTP", "issuing_authority": "THANH TRA THÀNH PHỐ",
        "parent_authority": "UBND THÀNH PHỐ HẢI PHÒNG", "issue_date": "2021-11-30", "place": "Hải Phòng",
        "signer_name": "Bùi Quang Dũng", "signer_title": "CHÁNH THANH TRA",
    })  # fmt: skip


def _hcmc_letter() -> Office:
    sheet = two_blocks(
        [
            "ỦY BAN NHÂN DÂN",
            "THÀNH PHỐ HỒ CHÍ MINH",
            "SỞ XÂY DỰNG",
            "Số: 8812/SXD-CPXD",
            "V/v cấp giấy phép xây dựng",
            "công trình Trường mầm non",
        ],
        [*MOTTO, "Thành phố Hồ Chí Minh, ngày 18 tháng 7 năm 2019"],
    )
    sheet.centred("Kính gửi: Công ty TNHH Xây dựng An Bình")
    sheet.paragraph(*PROSE).paragraph(*PROSE)
    foot(sheet, "TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG CẤP PHÉP XÂY DỰNG", name="Phạm Thị Thúy Loan")
    return Office("department of a city", sheet, "CV", {
        "number_symbol": "8812/SXD-CPXD", "issuing_authority": "SỞ XÂY DỰNG",
        "parent_authority": "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "issue_date": "2019-07-18",
        "place": "Thành phố Hồ Chí Minh", "subject": "V/v cấp giấy phép xây dựng công trình Trường mầm non",
        "addressee": "Công ty TNHH Xây dựng An Bình", "signer_name": "Phạm Thị Thúy Loan",
        "signer_title": "TUQ. GIÁM ĐỐC TRƯỞNG PHÒNG CẤP PHÉP XÂY DỰNG",
    })  # fmt: skip


def _minutes() -> Office:
    sheet = two_blocks(["UBND HUYỆN THỦ THỪA", "ĐOÀN KIỂM TRA 389"], [*MOTTO])
    sheet.centred("BIÊN BẢN", "Kiểm tra việc chấp hành pháp luật trong kinh doanh")
    sheet.paragraph(
        "Hôm nay, hồi 09 giờ 15 phút ngày 12 tháng 4 năm 2022, tại cửa hàng tạp hóa số 5,", *PROSE[1:]
    )
    sheet.paragraph(*PROSE)
    return Office("minutes", sheet, "BB", {
        "number_symbol": None, "issuing_authority": "ĐOÀN KIỂM TRA 389", "parent_authority": "UBND HUYỆN THỦ THỪA",
        "subject": "Kiểm tra việc chấp hành pháp luật trong kinh doanh", "issue_date": "2022-04-12",
    })  # fmt: skip


_MAKERS = (
    _party_decision, _party_letter, _youth_plan, _union_letter, _front_notice, _old_province_decision, _ministry_letter,
    _dispatch, _council_resolution, _court_decision, _police_notice, _school_report, _ward_2025, _urgent_letter,
    _signed_by_stamp, _capital_name, _blank_date, _acting_head, _charged, _two_signers, _committee_ministry_decision,
    _inspectorate, _hcmc_letter, _minutes,
)  # fmt: skip
