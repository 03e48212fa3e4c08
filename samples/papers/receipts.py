"""The receipt that goes on top of a dossier, and the batch's own cover sheet; both part one dossier from the next."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from samples import codes
from samples.barcodes import LineCode, line_code, qr_code
from samples.grid import Column, table
from samples.offices import Office, office
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, motto, title
from samples.papers.signing import sign_block
from samples.people import Person, some_name
from samples.procedures import Procedure, procedures, some_procedure
from samples.sheet import Look

TITLES = ("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",) * 8 + ("BIÊN NHẬN HỒ SƠ", "PHIẾU BIÊN NHẬN HỒ SƠ")


def receipt(desk: Desk) -> None:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Circular 01/2018/TT-VPCP, form 01)."""
    facts = DossierFacts(desk)
    by = facts.one_stop()
    _codes_on_top(desk, facts)
    letterhead(desk, by, desk.rng.choice(("TNHS", "GTN", "HDHS", "TN&TKQ", "BPTNTKQ")), day_by_hand=0.25)
    head = desk.rng.choice(TITLES)
    title(desk, head, rule=False)
    _code_line(desk, facts)
    _particulars(desk, facts)
    _signatures(desk, facts, by)
    desk.fields["subject"] = None
    desk.extras["title"] = head


class DossierFacts:
    """Code, procedure, applicant and days of one dossier: given, or drawn; also written into the desk's fields."""

    def __init__(self, desk: Desk) -> None:
        rng, given = desk.rng, desk.given
        self.desk = desk
        self.procedure: Procedure = procedures().get(given.get("procedure_code", "")) or some_procedure(rng)
        self.received: date = given.get("received") or desk.day
        desk.day = self.received
        self.due: date = given.get("due") or self.received + timedelta(
            days=self.procedure.days + rng.randint(0, 3)
        )
        self.code: str = given.get("dossier_code") or codes.dossier_code(rng, desk.home.prefix, self.received)
        self.applicant: Person = desk.applicant()
        desk.fields["dossier_code"] = self.code
        desk.fields["applicant"] = self.applicant.name
        desk.fields["id_no"] = self.applicant.id_no
        desk.fields["procedure_name"] = given.get("procedure_name") or self.procedure.name
        desk.fields["received_at"] = self.received.isoformat()
        desk.fields["due_at"] = self.due.isoformat()
        desk.extras["procedure_code"] = self.procedure.code

    def one_stop(self) -> Office:
        """The office whose counter took the dossier."""
        desk = self.desk
        kind = "committee_commune" if self.procedure.level == "commune" else "committee_district"
        upper = office(desk.rng, kind, desk.home)
        name = desk.rng.choice(
            (
                ("BỘ PHẬN TIẾP NHẬN", "VÀ TRẢ KẾT QUẢ"),
                ("BỘ PHẬN TIẾP NHẬN VÀ", "TRẢ KẾT QUẢ"),
                ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"),
            )
        )
        parent = (f"UBND {upper.area.upper()}",) if desk.chance(0.7) else upper.lines
        return Office(
            "one_stop",
            "Bộ phận Tiếp nhận và Trả kết quả",
            upper.area,
            desk.home,
            "BPTN",
            (),
            parent,
            name,
            "TRƯỞNG BỘ PHẬN",
            "PHÓ TRƯỞNG BỘ PHẬN",
            upper.place,
        )

    def slug(self) -> str:
        """The province in a host's name ("tiengiang")."""
        plain = unicodedata.normalize("NFD", self.desk.home.province_short.lower().replace("đ", "d"))
        return "".join(letter for letter in plain if letter.isalpha() and letter.isascii())


def _codes_on_top(desk: Desk, facts: DossierFacts) -> None:
    """Code 39 and QR above the head: both, one, or (seldom) neither, so that the printed line must be read."""
    book, rng = desk.book, desk.rng
    which = desk.given.get("codes") or rng.choices(("both", "code39", "qr", "none"), (66, 12, 12, 10))[0]
    desk.extras["codes"] = which
    line_kinds: tuple[LineCode, ...] = ("Code39", "Code128")
    line_kind = rng.choices(line_kinds, (85, 15))[0]
    x, y = book.left + rng.uniform(-8, 2), max(6.0, book.margins.top - rng.uniform(6, 12))
    if which in ("both", "code39"):
        width = line_code(book.sheet, facts.code, x, y, 108.0, rng.uniform(8.5, 13.0), line_kind)
        if desk.chance(0.4):
            small = Look("arial", 8.0)
            book.y = y + 13.2
            book.centred([facts.code], x, x + width, small)
    if which in ("both", "qr"):
        url = codes.look_up_url(rng, facts.code, facts.slug())
        edge = qr_code(
            book.sheet,
            url if desk.chance(0.9) else facts.code,
            book.size_mm[0] - rng.uniform(38, 44),
            y - 2,
            rng.uniform(25, 30),
        )
        book.y = max(book.y, y + edge)
    book.y = max(book.y, y + 20.0) + 2.0 if which != "none" else book.y


def _code_line(desk: Desk, facts: DossierFacts) -> None:
    label = desk.rng.choice(("Mã hồ sơ:", "Mã hồ sơ:", "Mã số hồ sơ:", "Số hồ sơ:"))
    look = Look(desk.book.look.family, desk.book.look.size, desk.book.look.ink)
    bold = "**" if desk.chance(0.4) else ""
    desk.book.paragraph(f"{label} [[dossier_code|{bold}{facts.code}{bold}]]", "center", after=3.0, look=look)


def _particulars(desk: Desk, facts: DossierFacts) -> None:
    book, rng, person = desk.book, desk.rng, facts.applicant
    name = person.name.upper() if desk.chance(0.2) else person.name
    if name != person.name:
        desk.fields["applicant"] = name
    rows = [
        rng.choice(("Bộ phận Tiếp nhận và Trả kết quả đã tiếp nhận hồ sơ của:", "Tiếp nhận hồ sơ của:"))
        + f" [[applicant|{name}]]",
        f"{rng.choice(('Số CCCD/CMND:', 'Số định danh cá nhân/CMND:', 'CMND/CCCD số:'))} [[id_no|{person.id_no}]]",
        f"Địa chỉ: {person.address[0].upper() + person.address[1:]}",
        f"Số điện thoại: {person.phone}    Email:",
        f"Nội dung yêu cầu giải quyết: [[procedure_name|{desk.fields['procedure_name']}]]",
    ]
    for row in rows:
        book.paragraph(row, "left", rng.choice((0.0, 8.0)) if row is rows[0] else 0.0, 1.0)
    _components(desk, facts)
    _days(desk, facts)


def _components(desk: Desk, facts: DossierFacts) -> None:
    book, rng = desk.book, desk.rng
    names = [name for name, _ in facts.procedure.components]
    desk.extras["components"] = names
    book.paragraph("Thành phần hồ sơ nộp gồm:", "left", 0.0, 1.0)
    if desk.chance(0.35):
        _component_table(desk, names)
    else:
        kinds = desk.extras["component_kinds"] = []
        for number, name in enumerate(names, 1):
            kinds.append(rng.choice(("bản chính", "bản sao", "bản chụp", "01 bản")))
            book.paragraph(f"{number}. {name} ({kinds[-1]});", "left", 8.0, 0.8)
    count = rng.choice((1, 1, 1, 2))
    book.paragraph(f"Số lượng hồ sơ: {count:02d} (bộ)", "left", 0.0, 1.0)


def _component_table(desk: Desk, names: list[str]) -> None:
    width = desk.book.right - desk.book.left
    columns = (
        Column(12, "center"),
        Column(width - 87, "left"),
        Column(25, "center"),
        Column(25, "center"),
        Column(25, "center"),
    )
    rows: list[tuple[str, ...]] = [("TT", "Tên giấy tờ", "Bản chính", "Bản sao", "Bản chụp")]
    kinds = desk.extras["component_kinds"] = []
    for number, name in enumerate(names, 1):
        marks = ["", "", ""]
        column = desk.rng.randrange(3)
        marks[column] = "1"
        kinds.append(("bản chính", "bản sao", "bản chụp")[column])
        rows.append((str(number), name, *marks))
    table(desk.book, columns, rows)


def _days(desk: Desk, facts: DossierFacts) -> None:
    book, rng = desk.book, desk.rng
    days = facts.procedure.days
    hours = f"{rng.randint(7, 10)} giờ {rng.randrange(60):02d} phút"
    long = desk.chance(0.6)

    def said(day: date) -> str:
        return codes.long_date(day) if long else f"ngày {day:%d/%m/%Y}"

    book.paragraph(f"Thời gian giải quyết hồ sơ theo quy định: {days:02d} ngày làm việc", "left", 0.0, 1.0)
    book.paragraph(f"Thời gian nhận hồ sơ: {hours}, [[received_at|{said(facts.received)}]]", "left", 0.0, 1.0)
    book.paragraph(
        f"Thời gian trả kết quả giải quyết hồ sơ: {rng.randint(13, 16)} giờ 00 phút, [[due_at|{said(facts.due)}]]",
        "left",
        0.0,
        1.0,
    )
    way = rng.choice(
        (
            "Bộ phận Tiếp nhận và Trả kết quả",
            "Trả kết quả qua dịch vụ bưu chính công ích",
            "tại Bộ phận Một cửa",
        )
    )
    book.paragraph(f"Đăng ký nhận kết quả tại: {way}", "left", 0.0, 1.0)
    if desk.chance(0.6):
        book.paragraph(
            f"Vào Sổ theo dõi hồ sơ, Quyển số: {rng.randint(1, 6):02d} Số thứ tự: {rng.randint(1, 900)}",
            "left",
            0.0,
            1.0,
        )


def _signatures(desk: Desk, facts: DossierFacts, by: Office) -> None:
    book, rng = desk.book, desk.rng
    book.need(50)
    book.skip(3)
    top, middle = book.y, (book.left + book.right) / 2
    left = rng.choice((("NGƯỜI NỘP HỒ SƠ",), ("Người nộp hồ sơ",)))
    right = ("NGƯỜI TIẾP NHẬN HỒ SƠ",) if left[0].isupper() else ("Người tiếp nhận hồ sơ",)
    sign_block(desk, "", left, book.left, middle, facts.applicant.name, sealed=False, official=False)
    book.y = top
    sign_block(
        desk,
        " ".join(by.parent + by.lines),
        right,
        middle,
        book.right,
        some_name(rng, desk.chance(0.4)),
        sealed=desk.chance(0.25),
    )
    small = Look(book.look.family, book.look.size - 3, book.look.ink)
    if desk.chance(0.6) and book.room(14):
        book.skip(3)
        book.paragraph(
            "__Ghi chú: Tra cứu tình trạng giải quyết hồ sơ bằng mã hồ sơ hoặc quét mã QR. Khi đến nhận"
            " kết quả, đề nghị mang theo giấy này và giấy tờ tùy thân.__",
            look=small,
        )


def cover_sheet(desk: Desk) -> None:
    """The scanning station's own cover sheet: big code, Code 128 and QR, nothing to read but the dossier's facts."""
    facts = DossierFacts(desk)
    book = desk.book
    motto(desk, book.left + 20, book.right - 20)
    book.skip(10)
    title(desk, desk.rng.choice(("TỜ BÌA HỒ SƠ SỐ HÓA", "PHIẾU TÁCH HỒ SƠ")), rule=False)
    desk.extras["codes"] = "both"
    line_code(book.sheet, facts.code, book.left, book.y, 130, 22, "Code128")
    book.skip(28)
    book.centred([f"[[dossier_code|{facts.code}]]"], book.left, book.right, Look("arial", 20.0), bold=True)
    book.skip(6)
    edge = qr_code(book.sheet, facts.code, book.left + 55, book.y, 48)
    book.skip(edge + 8)
    book.paragraph(f"Thủ tục: [[procedure_name|{desk.fields['procedure_name']}]]", "left", 0.0)
    book.paragraph(f"Người nộp: [[applicant|{facts.applicant.name}]]", "left", 0.0)
    book.paragraph(f"Ngày tiếp nhận: [[received_at|{codes.short_date(facts.received)}]]", "left", 0.0)
    book.paragraph("Đặt tờ này trước giấy tờ đầu tiên của hồ sơ khi quét.", "left", 0.0, italic=True)
    desk.fields["id_no"] = None
    desk.fields["due_at"] = None
