"""Household businesses: the registration certificate and notices on suspension or closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from samples import codes
from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import head_without_number, letterhead, title
from samples.papers.particulars import HEADING, Row, figures, particulars
from samples.papers.signing import extra_marks, signing, some_recipients
from samples.people import some_day, words


def business_code(desk: Desk) -> str:
    """A household business's number: two digits, a letter, 8 and six digits (Circular 01/2021/TT-BKHĐT)."""
    return f"{desk.rng.randint(10, 63)}{desk.rng.choice('ABCDEFGH')}8{desk.rng.randrange(10**6):06d}"


_SECTORS = (
    "Bán lẻ lương thực, thực phẩm trong các cửa hàng chuyên doanh",
    "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động",
    "Sửa chữa mô tô, xe máy",
    "May trang phục",
    "Bán buôn vật liệu, thiết bị lắp đặt khác trong xây dựng",
    "Cho thuê phòng trọ",
)


def household_business(desk: Desk) -> None:
    """Giấy chứng nhận đăng ký hộ kinh doanh (Circular 01/2021/TT-BKHĐT, annex VI-1)."""
    by = _registering_division(desk)
    desk.fields["number_symbol"] = None
    if desk.chance(0.15):
        letterhead(desk, by, "GCN-ĐKHKD")
    else:
        head_without_number(desk, by)
    title(desk, "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", rule=False)
    _number_and_days(desk)
    particulars(desk, _business_rows(desk), desk.chance(0.15), False)
    desk.fields["subject"] = None
    lines = desk.rng.choice((("TRƯỞNG PHÒNG",), ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")))
    signing(desk, by, None, lines=lines)
    extra_marks(desk, by)


def _registering_division(desk: Desk) -> Office:
    """The division of finance and planning registers household businesses nearly everywhere."""
    by = desk.local_office("division")
    if desk.chance(0.2):
        return by
    lines = ("PHÒNG TÀI CHÍNH", "- KẾ HOẠCH")
    return replace(by, spoken="Phòng Tài chính - Kế hoạch", symbol="TCKH", lines=lines)


def _number_and_days(desk: Desk) -> None:
    book, rng = desk.book, desk.rng
    code = business_code(desk)
    desk.fields["business_code"] = code
    book.skip(-3)
    book.centred([f"Số: [[business_code|{code}]]"], book.left, book.right, bold=desk.chance(0.5))
    first, times = some_day(rng, desk.day - timedelta(days=2000), desk.day), rng.randint(0, 4)
    book.centred([f"Đăng ký lần đầu, ngày {figures(first)}"], book.left, book.right)
    if times:
        book.centred([f"Đăng ký thay đổi lần thứ {times}, ngày {figures(desk.day)}"], book.left, book.right)
    book.skip(4)


def _business_rows(desk: Desk) -> list[Row]:
    rng, owner, parts = desk.rng, desk.applicant(), words("people")
    name = f"{rng.choice(parts['shops'])} {rng.choice(parts['given_female'])}".upper()
    capital = f"{codes.thousands(rng.randint(2, 80) * 5_000_000)} đồng"
    return [
        (("1. Tên hộ kinh doanh:", name, "business_name"),),
        (("2. Địa điểm kinh doanh:", owner.address, "address"),),
        (("Điện thoại:", owner.phone, ""), ("Fax:", "", "")),
        (("3. Ngành, nghề kinh doanh:", rng.choice(_SECTORS), "sector"),),
        (("4. Vốn kinh doanh:", capital, "capital"),),
        (("5. Chủ thể thành lập hộ kinh doanh:", rng.choice(("Cá nhân", "Các thành viên hộ gia đình")), ""),),
        (("6. Thông tin về chủ hộ kinh doanh:", HEADING, ""),),
        (("Họ và tên:", owner.name.upper(), "owner"),),
        (("Giới tính:", owner.sex, ""), ("Sinh ngày:", figures(owner.born), "dob")),
        (("Dân tộc:", owner.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Số giấy tờ pháp lý của cá nhân:", owner.id_no, "id_no"),),
        (("Địa chỉ thường trú:", owner.address, ""),),
        (("Địa chỉ liên lạc:", owner.address, ""),),
    ]


def business_notice(desk: Desk) -> None:
    """Suspension or closing of a household business."""
    rng, book = desk.rng, desk.book
    by = desk.local_office("division")
    owner, code = desk.applicant(), business_code(desk)
    closing = desk.chance(0.5)
    letterhead(desk, by, f"TB-{by.symbol}")
    if closing:
        title(desk, "THÔNG BÁO", "Về việc chấm dứt hoạt động hộ kinh doanh")
        title(desk, "THÔNG BÁO VỀ VIỆC CHẤM DỨT HOẠT ĐỘNG HỘ KINH DOANH", rule=False) if desk.chance(
            0.3
        ) else None
    else:
        title(desk, "GIẤY XÁC NHẬN", "Về việc hộ kinh doanh đăng ký tạm ngừng kinh doanh")
    desk.fields["business_code"] = code
    book.paragraph(f"{by.spoken} {by.area}")
    book.paragraph(f"Địa chỉ trụ sở: {owner.home.address}; điện thoại: {owner.phone}.")
    book.paragraph(
        f"{'Thông báo' if closing else 'Xác nhận'}: Hộ kinh doanh {rng.choice(words('people')['shops'])}"
        f" {owner.name.split()[-1]}; số Giấy chứng nhận đăng ký hộ kinh doanh: [[business_code|{code}]],"
        f" cấp ngày {figures(some_day(rng, desk.day - timedelta(days=2500), desk.day))}."
    )
    start = desk.day + timedelta(days=rng.randint(3, 20))
    if closing:
        book.paragraph(
            f"Đã chấm dứt hoạt động kể từ {codes.long_date(start)}. Lý do: {rng.choice(('kinh doanh không hiệu quả', 'chuyển địa điểm kinh doanh', 'chủ hộ kinh doanh già yếu'))}."
        )
    else:
        end = start + timedelta(days=rng.choice((90, 180, 365)))
        book.paragraph(
            f"Đăng ký tạm ngừng kinh doanh từ [[from|{codes.long_date(start)}]] đến hết [[to|{codes.long_date(end)}]]."
        )
        desk.fields["from"], desk.fields["to"] = start.isoformat(), end.isoformat()
    book.paragraph(f"{by.spoken} thông báo để hộ kinh doanh và các cơ quan có liên quan biết./.")
    signing(desk, by, some_recipients(desk, by, "Hộ kinh doanh", by.symbol))
    extra_marks(desk, by)
