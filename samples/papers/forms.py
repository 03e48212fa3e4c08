"""Forms that citizens hand in: declarations and applications with dotted lines, mostly filled by hand; powers of attorney."""

from __future__ import annotations

from datetime import date

from samples.papers.desk import Desk
from samples.papers.letterhead import date_line, motto, title
from samples.papers.particulars import HEADING, Row, figures, particulars
from samples.papers.signing import sign_block
from samples.people import Person, some_day, some_person, words

_DECLARATIONS = (
    "ĐĂNG KÝ KHAI SINH",
    "ĐĂNG KÝ KẾT HÔN",
    "ĐĂNG KÝ KHAI TỬ",
    "CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
    "CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
    "ĐĂNG KÝ THAY ĐỔI, CẢI CHÍNH HỘ TỊCH",
    "ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI",
    "THAY ĐỔI THÔNG TIN CƯ TRÚ",
)
_APPLICATIONS = (
    ("ĐƠN ĐỀ NGHỊ", "Cấp giấy phép xây dựng"),
    ("GIẤY ĐỀ NGHỊ", "Đăng ký hộ kinh doanh"),
    ("ĐƠN ĐỀ NGHỊ", "Cấp Giấy phép bán lẻ rượu"),
    ("ĐƠN ĐỀ NGHỊ", "Xác định mức độ khuyết tật"),
    ("ĐƠN ĐĂNG KÝ", "Biến động đất đai, tài sản gắn liền với đất"),
    ("ĐƠN XIN", "Chuyển mục đích sử dụng đất"),
    ("ĐƠN ĐỀ NGHỊ", "Xác nhận nguồn gốc sử dụng đất"),
    ("GIẤY ĐỀ NGHỊ", "Hỗ trợ chi phí mai táng"),
)


def _dense(desk: Desk) -> tuple[bool, bool]:
    """(dotted, by hand): two of three forms were filled with a pen."""
    return desk.rng.choices(((True, True), (True, False), (False, False)), (68, 17, 15))[0]


def _head(desk: Desk, heading: str, about: str | None) -> None:
    book = desk.book
    motto(desk, book.left, book.right)
    book.skip(6)
    title(desk, heading, about, rule=False)
    by = desk.local_office("committee_commune", "committee_commune", "committee_district")
    hand, dotted = _dense(desk)[1], desk.chance(0.6)
    if dotted:
        book.form_row([("Kính gửi:", f"<<{by.spoken}>>" if hand else by.spoken, 1.0)], x0=book.left + 12)
    else:
        book.paragraph(f"Kính gửi: {by.spoken}", "center", after=3)
    desk.extras["recipients"] = [by.spoken]


def _identity_rows(person: Person, requester: str) -> list[Row]:
    return [
        ((requester, person.name, "applicant"),),
        (("Ngày, tháng, năm sinh:", figures(person.born), "dob"), ("Giới tính:", person.sex, "")),
        (("Nơi cư trú:", person.address, "residence"),),
        (("Giấy tờ tùy thân:", f"CCCD số {person.id_no}", "id_no"),),
    ]


def declaration(desk: Desk) -> None:
    """Tờ khai (Circular 04/2020/TT-BTP and others)."""
    rng = desk.rng
    about = rng.choice(_DECLARATIONS)
    _head(desk, "TỜ KHAI", about)
    person = desk.applicant()
    other = some_person(rng, person.home, born=(1950, 2022))
    rows = _identity_rows(person, "Họ, chữ đệm, tên người yêu cầu:")
    rows += [
        (("Quan hệ với người được khai:", rng.choice(("Cha", "Mẹ", "Con", "Bản thân", "Vợ", "Chồng")), ""),),
        (("Đề nghị cơ quan thực hiện việc trên cho người có tên dưới đây:", HEADING, ""),),
        (("Họ, chữ đệm, tên:", other.name.upper(), "full_name"),),
        (("Ngày, tháng, năm sinh:", figures(other.born), ""), ("Giới tính:", other.sex, "")),
        (("Dân tộc:", other.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Quê quán:", other.home.address, ""),),
        (("Nơi cư trú:", other.address, ""),),
        (
            ("Số điện thoại:", other.phone, "phone"),
            ("Nghề nghiệp:", other.job if desk.chance(0.7) else "", ""),
        ),
        (("Lý do:", rng.choice(("Bổ túc hồ sơ", "Theo giấy tờ gốc", "Đi học", "Làm căn cước", "")), ""),),
    ]
    particulars(desk, rows, *_dense(desk))
    desk.fields["id_no"] = person.id_no
    _promise(
        desk,
        person,
        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật "
        "về cam đoan của mình.",
    )


def application(desk: Desk) -> None:
    """Đơn đề nghị / Giấy đề nghị / Đơn xin."""
    rng = desk.rng
    heading, about = rng.choice(_APPLICATIONS)
    _head(desk, heading, about)
    person = desk.applicant()
    rows = _identity_rows(
        person, rng.choice(("Tôi tên là:", "1. Họ và tên (viết chữ in hoa):", "Tên chủ hộ:"))
    )
    rows += [
        (("Số điện thoại:", person.phone, "phone"), ("Email:", "", "")),
        (("2. Địa điểm thực hiện:", person.address, ""),),
        (
            ("Thửa đất số:", str(rng.randint(1, 1800)), ""),
            ("Tờ bản đồ số:", str(rng.randint(1, 70)), ""),
            ("Diện tích:", f"{rng.randint(40, 900)} m²", ""),
        ),
        (
            (
                "3. Nội dung đề nghị:",
                f"{about.lower().capitalize()} cho {rng.choice(('gia đình', 'cơ sở', 'bản thân'))} "
                f"{rng.choice(words('people')['shops']).lower()}",
                "request",
            ),
        ),
        (("4. Dự kiến thời gian:", f"{rng.randint(1, 12)} tháng", ""),),
        (
            (
                "5. Giấy tờ kèm theo:",
                rng.choice(
                    (
                        "01 bản sao Giấy chứng nhận quyền sử dụng đất",
                        "Bản vẽ thiết kế (02 bộ)",
                        "CCCD (bản chụp)",
                    )
                ),
                "",
            ),
        ),
        (("Ghi chú:", "", ""),),
    ]
    particulars(desk, rows, *_dense(desk))
    desk.fields["id_no"] = person.id_no
    _promise(
        desk,
        person,
        "Tôi xin cam đoan làm theo đúng nội dung đã đề nghị, nếu sai tôi xin hoàn toàn chịu trách nhiệm"
        " và bị xử lý theo quy định của pháp luật.",
    )


def _promise(desk: Desk, person: Person, text: str) -> None:
    book = desk.book
    book.skip(1)
    book.paragraph(text)
    book.need(46)
    middle = book.left + (book.right - book.left) * 0.36
    place = (
        "Làm tại: " + desk.home.name
        if desk.chance(0.2)
        else desk.home.name.removeprefix("xã ").removeprefix("thị trấn ")
    )
    date_line(desk, place[0].upper() + place[1:], 0.8, middle)
    desk.fields["place"] = (desk.fields["place"] or "").removeprefix("Làm tại: ") or None
    caption = desk.rng.choice(("Người yêu cầu", "NGƯỜI LÀM ĐƠN", "NGƯỜI KHAI", "Người đề nghị"))
    book.centred([caption], middle, book.right, bold=True)
    if desk.chance(0.7):
        book.centred(["__(Ký, ghi rõ họ, chữ đệm, tên)__"], middle, book.right)
    name = f"<<{person.name}>>" if desk.chance(0.6) else person.name
    top = book.y
    sign_block(desk, "", (), middle, book.right, name, sealed=False, official=False)
    book.y = max(book.y, top + 30)


def power_of_attorney(desk: Desk) -> None:
    """Giấy ủy quyền."""
    rng, book = desk.rng, desk.book
    principal, agent = desk.applicant(), some_person(rng, desk.home)
    motto(desk, book.left, book.right)
    book.skip(6)
    title(desk, rng.choice(("GIẤY ỦY QUYỀN", "GIẤY UỶ QUYỀN")), rule=False)
    dotted, hand = _dense(desk)
    for heading, one, name in (
        ("I. BÊN ỦY QUYỀN", principal, "principal"),
        ("II. BÊN ĐƯỢC ỦY QUYỀN", agent, "agent"),
    ):
        book.paragraph(f"**{heading}:**", "left", 0.0)
        rows: list[Row] = [
            (("Họ và tên:", one.name, name), ("Năm sinh:", str(one.born.year), "")),
            (
                ("CCCD/CMND số:", one.id_no, f"{name}_id"),
                ("cấp ngày:", figures(some_day(rng, date(2014, 1, 1), date(2022, 6, 1))), ""),
            ),
            (("Thường trú tại:", one.address, ""),),
        ]
        particulars(desk, rows, dotted, hand)
    book.paragraph("**III. NỘI DUNG ỦY QUYỀN:**", "left", 0.0)
    scope = rng.choice(
        (
            "Thay mặt tôi nộp hồ sơ và nhận kết quả giải quyết thủ tục hành chính tại Bộ phận Một cửa.",
            "Được toàn quyền liên hệ cơ quan nhà nước để làm thủ tục cấp lại Giấy chứng nhận quyền sử dụng đất.",
            "Thay mặt tôi yêu cầu cấp bản sao trích lục khai sinh.",
        )
    )
    book.paragraph(scope)
    book.paragraph(
        f"Thời hạn ủy quyền: {rng.choice(('06 tháng', '01 năm', 'đến khi thực hiện xong công việc'))} kể từ ngày ký."
    )
    book.paragraph(
        "Hai bên cam kết chịu hoàn toàn trách nhiệm trước pháp luật về mọi thông tin ủy quyền ở trên."
    )
    book.need(50)
    middle = (book.left + book.right) / 2
    date_line(desk, desk.home.seat, 0.7, middle)
    top = book.y
    sign_block(desk, "", ("NGƯỜI ỦY QUYỀN",), book.left, middle, principal.name, sealed=False, official=False)
    book.y = top
    sign_block(
        desk, "", ("NGƯỜI ĐƯỢC ỦY QUYỀN",), middle, book.right, agent.name, sealed=False, official=False
    )
