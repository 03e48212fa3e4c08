"""Slips made while a dossier is handled: control slip, request for more papers, refusal, apology."""

from __future__ import annotations

from datetime import timedelta

from samples import codes
from samples.grid import Column, table
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.receipts import DossierFacts
from samples.papers.signing import sign_block, signing
from samples.people import some_name

_REASONS = (
    "Tờ khai chưa ghi đầy đủ thông tin về nơi đăng ký khai sinh",
    "Bản sao Giấy chứng nhận quyền sử dụng đất chưa được chứng thực",
    "Thiếu bản vẽ mặt bằng, mặt cắt công trình theo quy định",
    "Thông tin về số định danh cá nhân không thống nhất với Cơ sở dữ liệu quốc gia về dân cư",
    "Chưa nộp chứng từ thực hiện nghĩa vụ tài chính",
    "Ngành, nghề kinh doanh ghi chưa đúng mã ngành cấp bốn",
    "Hồ sơ không thuộc thẩm quyền giải quyết của đơn vị",
    "Thửa đất đang có tranh chấp, đơn khiếu nại chưa được giải quyết xong",
)


def control_slip(desk: Desk) -> None:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: a table of handovers."""
    facts = DossierFacts(desk)
    by, book, rng = facts.one_stop(), desk.book, desk.rng
    letterhead(desk, by, "PKS")
    title(desk, "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", rule=False)
    book.paragraph(f"Mã hồ sơ: [[dossier_code|{facts.code}]]", "center")
    book.paragraph(f"Cơ quan (bộ phận) giải quyết hồ sơ: {by.spoken}", "left", 0.0)
    book.paragraph("Cơ quan phối hợp giải quyết hồ sơ (nếu có):", "left", 0.0)
    width = book.right - book.left
    columns = (Column(width * 0.3), Column(width * 0.34), Column(width * 0.2), Column(width * 0.16))
    rows = [("TÊN CƠ QUAN", "THỜI GIAN GIAO, NHẬN HỒ SƠ", "KẾT QUẢ GIẢI QUYẾT", "GHI CHÚ")]
    stations = (
        "Bộ phận Tiếp nhận và Trả kết quả",
        "Phòng chuyên môn",
        "Lãnh đạo phòng",
        "Văn phòng",
        "Lãnh đạo UBND",
    )
    for step in range(rng.randint(3, 5)):
        day = facts.received + timedelta(days=step)
        clock = f"{rng.randint(7, 16)} giờ {rng.randrange(60):02d} phút"
        result = rng.choice(("Trước hạn", "Đúng hạn", "Đúng hạn", "Quá hạn"))
        rows.append(
            (
                f"1. Giao: {stations[step]}. 2. Nhận: {stations[min(step + 1, 4)]}",
                f"{desk.signed_pen(clock, 0.4)}, {codes.long_date(day)}",
                result,
                "",
            )
        )
    table(book, columns, rows)
    signing(desk, by, None, lines=("NGƯỜI GIAO",))
    desk.fields["subject"] = None


def supplement_request(desk: Desk) -> None:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
    _slip(
        desk,
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "PYC",
        "Để có cơ sở giải quyết hồ sơ, đề nghị Ông/Bà bổ sung, hoàn thiện các nội dung sau:",
    )


def refusal(desk: Desk) -> None:
    """Phiếu từ chối."""
    heading = desk.rng.choice(("PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"))
    _slip(
        desk,
        heading,
        "PTC",
        "Qua xem xét, Bộ phận Tiếp nhận và Trả kết quả không tiếp nhận, giải quyết hồ sơ với lý do cụ thể như sau:",
    )


def _slip(desk: Desk, heading: str, symbol: str, opening: str) -> None:
    facts = DossierFacts(desk)
    by, book, rng = facts.one_stop(), desk.book, desk.rng
    letterhead(desk, by, symbol)
    title(desk, heading, rule=False)
    book.paragraph(f"Mã hồ sơ: [[dossier_code|{facts.code}]]", "center")
    book.paragraph(f"Hồ sơ của: [[applicant|{facts.applicant.name}]]")
    book.paragraph(f"Nội dung yêu cầu giải quyết: [[procedure_name|{desk.fields['procedure_name']}]]")
    book.paragraph(f"Địa chỉ: {facts.applicant.address}")
    book.paragraph(opening)
    reasons = rng.sample(_REASONS, rng.randint(1, 4))
    desk.extras["reasons"] = reasons
    for number, reason in enumerate(reasons, 1):
        book.paragraph(f"{number}. {reason}{'.' if number == len(reasons) else ';'}")
    book.paragraph(
        "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ số điện thoại "
        f"{facts.applicant.phone} để được hướng dẫn./."
    )
    signing(desk, by, None, lines=("NGƯỜI HƯỚNG DẪN",) if symbol == "PYC" else ("NGƯỜI TIẾP NHẬN HỒ SƠ",))
    desk.fields["subject"] = None
    desk.fields["id_no"] = None
    desk.fields["received_at"] = desk.fields["due_at"] = None


def apology(desk: Desk) -> None:
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả."""
    facts = DossierFacts(desk)
    by, book, rng = facts.one_stop(), desk.book, desk.rng
    desk.day = facts.due
    letterhead(desk, by, "PXL")
    title(desk, "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", rule=False)
    new_due = facts.due + timedelta(days=rng.randint(2, 15))
    book.paragraph(f"Kính gửi: Ông/Bà [[applicant|{facts.applicant.name}]]", "center", after=4)
    desk.extras["recipients"] = [f"Ông/Bà {facts.applicant.name}"]
    book.paragraph(
        f"Ngày {codes.short_date(facts.received)}, {by.spoken} tiếp nhận giải quyết hồ sơ "
        f"[[procedure_name|{desk.fields['procedure_name']}]] của Ông/Bà; mã số: "
        f"[[dossier_code|{facts.code}]]."
    )
    book.paragraph(f"Thời gian hẹn trả kết quả: [[due_at|{codes.long_date(facts.due)}]].")
    book.paragraph(
        f"Tuy nhiên đến nay, {by.spoken} chưa trả kết quả giải quyết hồ sơ đúng thời hạn quy định với lý"
        f" do: {rng.choice(_REASONS).lower()}."
    )
    book.paragraph(
        f"Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của Ông/Bà. {by.spoken} xin lỗi "
        f"Ông/Bà và sẽ trả kết quả vào [[new_due|{codes.long_date(new_due)}]]./."
    )
    desk.fields["new_due"] = new_due.isoformat()
    desk.fields["id_no"] = desk.fields["subject"] = desk.fields["received_at"] = None
    middle = (book.left + book.right) / 2
    book.skip(5)
    book.need(50)
    sign_block(
        desk,
        " ".join(by.parent + by.lines),
        ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",),
        middle,
        book.right,
        some_name(rng, True),
    )
