"""Land: the certificate of land use right (printed side with parcel data), cadastral extracts, transfer contracts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PIL import ImageDraw

from samples import codes
from samples.grid import Column, table
from samples.handwriting import curve
from samples.markup import tokens
from samples.offices import Office
from samples.papers.blanks import frame
from samples.papers.desk import Desk
from samples.papers.letterhead import date_line, letterhead, motto, title
from samples.papers.particulars import HEADING, Row, figures, particulars
from samples.papers.signing import extra_marks, sign_block, signing
from samples.people import Person, some_name, some_person
from samples.sheet import Look


def _parcel(desk: Desk) -> dict[str, str]:
    rng = desk.rng
    area = rng.randint(48, 5200) + rng.randint(0, 9) / 10
    return {
        "parcel": str(rng.randint(1, 1900)),
        "map_sheet": str(rng.randint(1, 80)),
        "area": f"{codes.thousands(int(area))},{int(area * 10) % 10} m²",
        "purpose": rng.choice(
            (
                "Đất ở tại đô thị",
                "Đất ở tại nông thôn",
                "Đất trồng cây lâu năm",
                "Đất chuyên trồng lúa nước",
                "Đất nuôi trồng thủy sản",
            )
        ),
        "term": rng.choice(("Lâu dài", "Lâu dài", "Đến ngày 15/10/2063", "Đến ngày 01/7/2064")),
    }


_LAND_OFFICE = "Sở Tài nguyên và Môi trường"
_ORIGINS = (
    "Nhận chuyển nhượng đất được Nhà nước giao đất có thu tiền sử dụng đất",
    "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất",
    "Nhận tặng cho đất được công nhận quyền sử dụng đất",
)


def land_certificate(desk: Desk) -> None:
    """Giấy chứng nhận quyền sử dụng đất…: front and parcel data, plan of the parcel, serial in red."""
    book = desk.book
    by = desk.local_office("committee_district", "department", "committee_district")
    if not by.committee:
        by = replace(by, spoken=_LAND_OFFICE, lines=(_LAND_OFFICE.upper(),), symbol="STNMT")
    owner, parcel = desk.applicant(), _parcel(desk)
    if desk.chance(0.8):
        frame(desk)
    _certificate_title(desk)
    particulars(desk, _owner_rows(desk, owner) + _parcel_rows(desk, owner, parcel), False, False, after=0.3)
    _issue(desk, by)
    if desk.chance(0.45):
        book.turn()
        _plan(desk, parcel)


def _certificate_title(desk: Desk) -> None:
    book = desk.book
    book.y = 24
    motto(desk, book.left, book.right)
    book.skip(6)
    family, red = book.look.family, (200, 20, 40)
    book.centred(["GIẤY CHỨNG NHẬN"], book.left, book.right, Look(family, 22.0, red), bold=True)
    long_name = ["QUYỀN SỬ DỤNG ĐẤT,", "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"]
    book.centred(long_name, book.left - 4, book.right + 4, Look(family, 12.5, red), bold=True)
    book.skip(4)


def _owner_rows(desk: Desk, owner: Person) -> list[Row]:
    spouse = some_person(desk.rng, owner.home, male=not owner.male)
    rows: list[Row] = [
        (("I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", HEADING, ""),),
        ((owner.polite + ":", owner.name.upper(), "owner"),),
        (("Năm sinh:", str(owner.born.year), ""), ("CMND/CCCD số:", owner.id_no, "id_no")),
        (("Địa chỉ thường trú:", owner.address, ""),),
    ]
    if desk.chance(0.5):
        rows.append(((f"Và {spouse.polite.lower()}:", spouse.name.upper(), "co_owner"),))
        rows.append((("Năm sinh:", str(spouse.born.year), ""), ("CMND/CCCD số:", spouse.id_no, "")))
    return rows


def _parcel_rows(desk: Desk, owner: Person, parcel: dict[str, str]) -> list[Row]:
    return [
        (("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", HEADING, ""),),
        (("1. Thửa đất:", HEADING, ""),),
        (
            ("a) Thửa đất số:", parcel["parcel"], "parcel"),
            ("tờ bản đồ số:", parcel["map_sheet"], "map_sheet"),
        ),
        (("b) Địa chỉ:", owner.home.address, "address"),),
        (("c) Diện tích:", parcel["area"], "area"),),
        (("d) Hình thức sử dụng:", desk.rng.choice(("Sử dụng riêng", "Sử dụng chung")), ""),),
        (("đ) Mục đích sử dụng:", parcel["purpose"], "purpose"),),
        (("e) Thời hạn sử dụng:", parcel["term"], "term"),),
        (("g) Nguồn gốc sử dụng:", desk.rng.choice(_ORIGINS), ""),),
        (("2. Nhà ở:", "-/-", ""),),
        (("3. Công trình xây dựng khác:", "-/-", ""),),
    ]


def _issue(desk: Desk, by: Office) -> None:
    """Place, day, signature, the register's number and the red serial."""
    book, rng = desk.book, desk.rng
    serial = f"{rng.choice('ABCD')}{rng.choice('ABCDEKLMPQSTUVX')} {rng.randint(100000, 999999)}"
    book.need(60)
    middle = book.left + (book.right - book.left) * 0.42
    date_line(desk, by.place, 0.2, middle)
    head = (
        (f"TM. {by.lines[0]}", *rng.choice((("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))))
        if by.committee
        else ("TL. GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI")
    )
    sign_block(desk, by.authority, head, middle, book.right + 2, some_name(rng, desk.chance(0.8)))
    book.skip(2)
    book.need(9)
    book_no = f"{rng.choice(('CH', 'CS'))}{rng.randint(100, 19999):05d}"
    book.paragraph(f"Số vào sổ cấp GCN: [[book_no|{book_no}]]", "left", 0.0, 0.5)
    desk.fields["book_no"] = book_no
    red = Look(book.look.family, 15.0, (200, 20, 40))
    book.paragraph(f"[[number_symbol|{serial}]]", "right", look=red, bold=True)
    desk.fields["number_symbol"] = serial
    desk.fields["issuing_authority"] = None
    desk.fields["subject"] = None


def _plan(desk: Desk, parcel: dict[str, str]) -> None:
    """The drawing of the parcel: a polygon with lengths of its sides and neighbours' numbers, and a table of changes."""
    book, rng, sheet = desk.book, desk.rng, desk.book.sheet
    book.paragraph("III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất", "left", 0.0, bold=True)
    x, y = (book.left + book.right) / 2, book.y + 40
    corners = [
        (x + sx * rng.uniform(22, 40), y + sy * rng.uniform(18, 32))
        for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    draw = ImageDraw.Draw(sheet.image)
    points = [(sheet.px(px), sheet.px(py)) for px, py in corners]
    draw.polygon(points, outline=(20, 20, 20), width=max(1, sheet.px(0.3)))
    small = Look(book.look.family, 9.0)
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 / 4
        label = tokens(f"{length:.2f}".replace(".", ","))
        book.line(label, (x0 + x1) / 2 - 8, (x0 + x1) / 2 + 8, (y0 + y1) / 2 - 1, "center", small)
    book.line(tokens(f"{parcel['parcel']}"), x - 10, x + 10, y, "center", Look(book.look.family, 13.0))
    river = [(sheet.px(book.left + 5 + 14 * k), sheet.px(y + 42 + rng.uniform(-2, 2))) for k in range(11)]
    draw.line(
        curve([(float(a), float(b)) for a, b in river], 5), fill=(60, 60, 60), width=max(1, sheet.px(0.25))
    )
    book.y = y + 52
    book.centred(["Tỷ lệ 1/" + rng.choice(("200", "500", "1000"))], book.left, book.right)
    book.skip(5)
    book.paragraph("IV. Những thay đổi sau khi cấp Giấy chứng nhận", "left", 0.0, bold=True)
    width = book.right - book.left
    columns = (Column(width * 0.62), Column(width * 0.38))
    rows = [("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")]
    for _ in range(rng.randint(0, 2)):
        day = codes.short_date(desk.day + timedelta(days=rng.randint(100, 900)))
        rows.append(
            (
                f"Chuyển nhượng cho {rng.choice(('ông', 'bà'))} {some_name(rng, True)}, CCCD số "
                f"{rng.randrange(10**11, 10**12)}, địa chỉ tại {desk.home.address}; theo hồ sơ số "
                f"{rng.randint(1000, 99999)}.CN.{rng.randint(1, 400):03d}.",
                f"Ngày {day} CHI NHÁNH VPĐKĐĐ GIÁM ĐỐC",
            )
        )
    rows.append(("", ""))
    table(book, columns, rows)


def cadastral_extract(desk: Desk) -> None:
    """Trích lục bản đồ địa chính."""
    rng = desk.rng
    by = desk.local_office("department", "division")
    parcel, owner = _parcel(desk), desk.applicant()
    letterhead(desk, by, rng.choice(("TLBĐ", "TLBĐĐC", f"TL-{by.symbol}")))
    title(desk, "TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH", rule=False)
    rows: list[Row] = [
        (
            ("1. Số thứ tự thửa đất:", parcel["parcel"], "parcel"),
            ("Tờ bản đồ số:", parcel["map_sheet"], "map_sheet"),
        ),
        (("2. Địa chỉ thửa đất:", owner.home.address, "address"),),
        (("3. Diện tích:", parcel["area"], "area"),),
        (("4. Mục đích sử dụng đất:", parcel["purpose"], "purpose"),),
        (("5. Tên người sử dụng đất:", owner.name, "owner"),),
    ]
    particulars(desk, rows, False, False)
    _plan(desk, parcel)
    signing(desk, by, None)
    desk.fields["subject"] = None
    extra_marks(desk, by)


def transfer_contract(desk: Desk) -> None:
    """Hợp đồng chuyển nhượng / tặng cho quyền sử dụng đất: motto, two parties, articles, two signatures."""
    rng, book = desk.rng, desk.book
    seller, buyer, parcel = desk.applicant(), some_person(rng, desk.home), _parcel(desk)
    gift = desk.given.get("gift", False)
    motto(desk, book.left, book.right)
    book.skip(6)
    title(desk, f"HỢP ĐỒNG {'TẶNG CHO' if gift else 'CHUYỂN NHƯỢNG'} QUYỀN SỬ DỤNG ĐẤT", rule=False)
    book.paragraph(
        f"Hôm nay, [[issue_date|{codes.long_date(desk.day)}]], tại {desk.home.address}, chúng tôi gồm có:"
    )
    desk.fields["issue_date"] = desk.day.isoformat()
    for side, name, one in (("A", "party_a", seller), ("B", "party_b", buyer)):
        role = (
            ("tặng cho" if gift else "chuyển nhượng")
            if side == "A"
            else ("được tặng cho" if gift else "nhận chuyển nhượng")
        )
        book.paragraph(f"**BÊN {side} ({role}):**")
        book.paragraph(
            f"{one.polite}: [[{name}|{one.name}]], sinh ngày {figures(one.born)}, CCCD số {one.id_no}."
        )
        book.paragraph(f"Thường trú tại: {one.address}.")
        desk.fields[name] = one.name
    price = rng.randint(40, 4000) * 1_000_000
    money = (
        "Bên A tặng cho Bên B toàn bộ quyền sử dụng đất nêu trên, không kèm điều kiện."
        if gift
        else f"Giá chuyển nhượng là {codes.thousands(price)} đồng (bằng chữ: {codes.in_words(price // 1_000_000) if price >= 10**9 else codes.in_words(price)}{' triệu' if price >= 10**9 else ''}"
        " đồng)."
    )
    for number, text in enumerate(
        (
            "Đối tượng của hợp đồng là quyền sử dụng đất đối với thửa đất số "
            f"[[parcel|{parcel['parcel']}]], tờ bản đồ số [[map_sheet|{parcel['map_sheet']}]], diện tích"
            f" {parcel['area']}, mục đích sử dụng: {parcel['purpose'].lower()}, tọa lạc tại "
            f"{desk.home.address}.",
            money,
            "Việc giao đất và giấy tờ về quyền sử dụng đất được thực hiện ngay sau khi hợp đồng được chứng thực.",
            f"Bên {rng.choice('AB')} chịu trách nhiệm nộp thuế thu nhập cá nhân; lệ phí trước bạ do Bên B nộp.",
            "Hai bên cam đoan những thông tin về nhân thân, về thửa đất đã ghi trong hợp đồng này là "
            "đúng sự thật; thửa đất không có tranh chấp, không bị kê biên để bảo đảm thi hành án.",
            "Trong quá trình thực hiện hợp đồng, nếu phát sinh tranh chấp, các bên cùng nhau thương "
            "lượng giải quyết trên nguyên tắc tôn trọng quyền lợi của nhau.",
        ),
        1,
    ):
        book.paragraph(f"**Điều {number}.** {text}")
    desk.fields["parcel"], desk.fields["map_sheet"] = parcel["parcel"], parcel["map_sheet"]
    book.need(50)
    book.skip(4)
    top, middle = book.y, (book.left + book.right) / 2
    sign_block(desk, "", ("BÊN A",), book.left, middle, seller.name, sealed=False, official=False)
    book.y = top
    sign_block(desk, "", ("BÊN B",), middle, book.right, buyer.name, sealed=False, official=False)


def gift_contract(desk: Desk) -> None:
    """Hợp đồng tặng cho quyền sử dụng đất."""
    desk.given = {**desk.given, "gift": True}
    transfer_contract(desk)
