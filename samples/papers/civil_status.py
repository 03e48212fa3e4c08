"""Civil-status papers: birth certificate, extracts, marriage certificate, marital status, corrections."""

from __future__ import annotations

from datetime import date, timedelta

from PIL import ImageDraw

from samples import codes
from samples.book import Margins
from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import date_text, letterhead, motto, title
from samples.papers.particulars import Row, day_in_words, figures, particulars
from samples.papers.signing import extra_marks, sign_block
from samples.people import Person, some_commune, some_day, some_name, some_person
from samples.sheet import Look


def _registry(desk: Desk) -> Office:
    return desk.local_office(
        "committee_commune", "committee_commune", "committee_commune", "committee_district"
    )


def _frame(desk: Desk) -> None:
    """The ornamental edge of a certificate's blank, over pale guilloche lines."""
    sheet, rng = desk.book.sheet, desk.rng
    margins = desk.book.margins
    desk.book.margins = Margins(max(24.0, margins.left), max(24.0, margins.right), margins.top, 24.0)
    draw = ImageDraw.Draw(sheet.image)
    wide, high = sheet.size_mm
    pale = rng.choice(((250, 240, 222), (252, 236, 236), (240, 246, 236), (238, 244, 250)))
    edge = rng.choice(((205, 60, 60), (190, 140, 60), (150, 60, 90), (60, 120, 90)))
    for row in range(0, sheet.image.height, sheet.px(3.2)):
        points = [
            (x, row + sheet.px(1.4) * ((x // sheet.px(6)) % 2))
            for x in range(0, sheet.image.width, sheet.px(6))
        ]
        draw.line(points, fill=pale, width=max(1, sheet.px(0.3)))
    for inset, thick in ((9, 0.8), (11, 0.25), (14, 0.35)):
        box = (sheet.px(inset), sheet.px(inset), sheet.px(wide - inset), sheet.px(high - inset))
        draw.rectangle(box, outline=edge, width=max(1, sheet.px(thick)))
    for x in range(sheet.px(12), sheet.px(wide - 13), sheet.px(4)):
        for y in (sheet.px(12.5), sheet.px(high - 12.5)):
            draw.ellipse((x, y - sheet.px(0.9), x + sheet.px(1.8), y + sheet.px(0.9)), outline=edge)


def _parent_rows(mother: Person, father: Person) -> list[Row]:
    rows: list[Row] = []
    for role, parent, name in (("mẹ", mother, "mother"), ("cha", father, "father")):
        rows += [
            ((f"Họ, chữ đệm, tên người {role}:", parent.name.upper(), name),),
            (
                ("Năm sinh:", str(parent.born.year), ""),
                ("Dân tộc:", parent.ethnic, ""),
                ("Quốc tịch:", "Việt Nam", ""),
            ),
            (("Nơi cư trú:", parent.address, ""),),
        ]
    return rows


def _birth_facts(desk: Desk) -> tuple[Person, list[Row]]:
    """The child and the rows about child and parents, as certificate and extract share them."""
    rng = desk.rng
    child = desk.applicant(born=(desk.day.year - 30, desk.day.year - 1))
    mother = some_person(rng, child.home, male=False, born=(child.born.year - 38, child.born.year - 19))
    father = some_person(rng, child.home, male=True, born=(child.born.year - 42, child.born.year - 20))
    if desk.chance(0.08):
        father = Person("", True, father.born, "", "", child.home, "", "", "")
    place = rng.choice(
        (
            f"Bệnh viện Đa khoa {child.home.province}",
            f"Trung tâm Y tế {child.home.district}",
            f"Trạm Y tế {child.home.name}, {child.home.district}, {child.home.province}",
        )
    )
    rows: list[Row] = [
        (("Họ, chữ đệm, tên:", child.name.upper(), "full_name"),),
        (("Ngày, tháng, năm sinh:", figures(child.born), "dob"),),
        (("Ghi bằng chữ:", day_in_words(child.born), ""),),
        (("Giới tính:", child.sex, "sex"), ("Dân tộc:", child.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Nơi sinh:", place, "birth_place"),),
        (("Quê quán:", some_commune(rng).address, ""),),
        (("Số định danh cá nhân:", child.id_no if desk.day.year >= 2016 else "", "id_no"),),
        *_parent_rows(mother, father),
    ]
    return child, rows


def birth_certificate(desk: Desk) -> None:
    """Giấy khai sinh: motto centred on an ornamental blank, number and book, no letterhead."""
    desk.day = min(desk.day, date(2025, 6, 20))
    by = _registry(desk)
    child, rows = _birth_facts(desk)
    registered = _after(desk, child.born)
    _certificate(desk, "GIẤY KHAI SINH", registered)
    dotted, hand = _style(desk)
    rows += [
        (("Họ, chữ đệm, tên người đi khai sinh:", some_name(desk.rng, desk.chance(0.5)), ""),),
        (("Nơi đăng ký khai sinh:", f"{by.spoken}", "reg_office"),),
        (("Ngày, tháng, năm đăng ký:", figures(registered), "reg_date"),),
    ]
    particulars(desk, rows, dotted, hand)
    desk.fields["issuing_authority"] = None
    _registrar(desk, by, "NGƯỜI KÝ GIẤY KHAI SINH", registered)


def _after(desk: Desk, born: date) -> date:
    return some_day(
        desk.rng,
        born + timedelta(days=2),
        max(born + timedelta(days=60), min(desk.day, born + timedelta(days=400))),
    )


def _certificate(desk: Desk, heading: str, registered: date) -> None:
    """The head of a certificate on a printed blank; number and book right above or under the title."""
    book, rng = desk.book, desk.rng
    if desk.chance(0.75):
        _frame(desk)
    book.y = 24
    motto(desk, book.left, book.right)
    book.skip(6)
    red = rng.choice(((205, 20, 40), (205, 20, 40), (20, 20, 24)))
    book.centred(
        [heading], book.left, book.right, Look(book.look.family, rng.uniform(20, 26), red), bold=True
    )
    desk.fields["subject"] = None
    number = f"{rng.randint(1, 480)}" + (f"/{registered.year}" if desk.chance(0.7) else "")
    desk.fields["number_symbol"] = number
    written = f"<<{number}>>" if desk.chance(0.4) else number
    start = book.left + (book.right - book.left) * 0.3
    book.skip(2)
    for row in (f"Số: [[number_symbol|{written}]]", f"Quyển số: {rng.randint(1, 9):02d}/{registered.year}"):
        book.paragraph(
            row, rng.choice(("center", "center", "left")), 0.0, 0.5, x0=start if desk.chance(0.2) else None
        )
    book.skip(3)


def _style(desk: Desk) -> tuple[bool, bool]:
    """(dotted, by hand): most registers print from software, older ones were filled with a pen or a typewriter."""
    return desk.rng.choices(((False, False), (True, True), (True, False)), (62, 20, 18))[0]


def _registrar(desk: Desk, by: Office, caption: str, signed: date) -> None:
    book, rng = desk.book, desk.rng
    desk.fields["issue_date"] = None
    book.skip(3)
    book.need(48)
    middle = book.left + (book.right - book.left) * 0.45
    if by and desk.chance(0.5):
        desk.day = signed
        book.paragraph(date_text(desk, by.place, 0.25), "center", after=0.5, italic=True, x0=middle)
    above = rng.choice(
        (
            (caption, "CHỦ TỊCH"),
            (caption, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            (f"TM. {by.lines[0]}", "CHỦ TỊCH"),
            (f"TM. {by.lines[0]}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        )
    )
    sign_block(desk, by.authority, above, middle, book.right, some_name(rng, desk.chance(0.7)))


def birth_extract(desk: Desk) -> None:
    """Trích lục khai sinh (bản sao): letterhead, `123/TLKS-BS`."""
    by = _registry(desk)
    child, rows = _birth_facts(desk)
    registered = _after(desk, child.born)
    rows += [
        (("Đăng ký khai sinh tại:", by.spoken, "reg_office"),),
        ((f"Số: {desk.rng.randint(1, 300)}", "", ""), ("ngày, tháng, năm", figures(registered), "reg_date")),
    ]
    _extract(desk, by, "TRÍCH LỤC KHAI SINH", "TLKS", rows)


def death_extract(desk: Desk) -> None:
    """Trích lục khai tử."""
    by, rng = _registry(desk), desk.rng
    dead = desk.applicant(born=(1928, 1975))
    died = some_day(rng, desk.day - timedelta(days=200), desk.day - timedelta(days=2))
    rows: list[Row] = [
        (("Họ, chữ đệm, tên:", dead.name.upper(), "full_name"),),
        (("Ngày, tháng, năm sinh:", figures(dead.born), "dob"),),
        (("Giới tính:", dead.sex, "sex"), ("Dân tộc:", dead.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Số định danh cá nhân:", dead.id_no, "id_no"),),
        (
            (
                "Đã chết vào lúc:",
                f"{rng.randint(0, 23):02d} giờ {rng.randrange(60):02d} phút, ngày {figures(died)}",
                "death_date",
            ),
        ),
        (("Nơi chết:", dead.address, "death_place"),),
        (
            (
                "Nguyên nhân chết:",
                rng.choice(("Bệnh già", "Bệnh", "Tai nạn giao thông", "Nhồi máu cơ tim")),
                "",
            ),
        ),
        (("Số Giấy báo tử:", f"{rng.randint(1, 90)}/GBT-TYT", ""), ("do", "Trạm Y tế cấp", "")),
        (("Đăng ký khai tử tại:", by.spoken, "reg_office"),),
        (("Họ, chữ đệm, tên người đi khai tử:", some_name(rng, desk.chance(0.5)), ""),),
    ]
    _extract(desk, by, "TRÍCH LỤC KHAI TỬ", "TLKT", rows)


def _couple(desk: Desk) -> tuple[Person, Person]:
    husband = some_person(desk.rng, desk.home, male=True, born=(1970, 2000))
    wife = some_person(desk.rng, some_commune(desk.rng, desk.home.province), male=False, born=(1972, 2002))
    return husband, wife


def _couple_rows(husband: Person, wife: Person) -> list[Row]:
    rows: list[Row] = []
    for role, one, name in (("vợ", wife, "wife"), ("chồng", husband, "husband")):
        rows += [
            ((f"Họ, chữ đệm, tên {role}:", one.name.upper(), name),),
            (("Ngày, tháng, năm sinh:", figures(one.born), f"{name}_dob"),),
            (("Dân tộc:", one.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
            (("Nơi cư trú:", one.address, ""),),
            (("Giấy tờ tùy thân:", f"CCCD số {one.id_no}", f"{name}_id"),),
        ]
    return rows


def marriage_extract(desk: Desk) -> None:
    """Trích lục kết hôn (bản sao)."""
    by = _registry(desk)
    rows = _couple_rows(*_couple(desk))
    rows += [
        (("Đăng ký kết hôn tại:", by.spoken, "reg_office"),),
        (("Ngày, tháng, năm đăng ký:", figures(some_day(desk.rng, date(2000, 1, 5), desk.day)), "reg_date"),),
    ]
    _extract(desk, by, "TRÍCH LỤC KẾT HÔN", "TLKH", rows)


def correction_extract(desk: Desk) -> None:
    """Trích lục thay đổi, cải chính hộ tịch."""
    by, rng = _registry(desk), desk.rng
    person = desk.applicant()
    wrong = some_day(rng, date(1950, 1, 1), date(2010, 1, 1))
    kind = rng.choice(("CẢI CHÍNH", "THAY ĐỔI", "BỔ SUNG"))
    rows: list[Row] = [
        (("Họ, chữ đệm, tên:", person.name.upper(), "full_name"),),
        (("Ngày, tháng, năm sinh:", figures(person.born), "dob"),),
        (("Giới tính:", person.sex, "sex"), ("Dân tộc:", person.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Giấy tờ tùy thân:", person.id_no, "id_no"),),
        (
            (
                f"Đã đăng ký việc {kind.lower()} hộ tịch trong Giấy khai sinh số:",
                f"{rng.randint(1, 300)}/{person.born.year}",
                "",
            ),
        ),
        (("Từ ngày, tháng, năm sinh:", figures(wrong), "old_value"),),
        (("Thành ngày, tháng, năm sinh:", figures(person.born), "new_value"),),
        (
            (
                "Lý do:",
                rng.choice(
                    ("Sai sót khi đăng ký", "Theo học bạ và sổ hộ khẩu", "Theo Quyết định của Tòa án")
                ),
                "",
            ),
        ),
    ]
    _extract(
        desk, by, f"TRÍCH LỤC {kind} HỘ TỊCH", "TLCCHT" if kind == "CẢI CHÍNH" else "TLTĐHT", rows, copy=False
    )


def _extract(desk: Desk, by: Office, heading: str, symbol: str, rows: list[Row], copy: bool = True) -> None:
    book = desk.book
    copy = copy and desk.chance(0.8)
    letterhead(desk, by, f"{symbol}-BS" if copy else symbol)
    title(desk, heading, rule=False)
    if copy:
        book.skip(-3)
        book.centred(
            [desk.rng.choice(("(BẢN SAO)", "(Bản sao)"))], book.left, book.right, bold=desk.chance(0.6)
        )
        book.skip(2)
    dotted, hand = desk.rng.choices(((False, False), (True, True), (True, False)), (80, 6, 14))[0]
    particulars(desk, rows, dotted, hand)
    book.skip(3)
    book.need(46)
    middle = book.left + (book.right - book.left) * 0.45
    above = desk.rng.choice(
        (
            ("NGƯỜI KÝ TRÍCH LỤC", "CHỦ TỊCH"),
            ("NGƯỜI KÝ TRÍCH LỤC",),
            ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            (f"TM. {by.lines[0]}", "CHỦ TỊCH"),
        )
    )
    sign_block(desk, by.authority, above, middle, book.right, some_name(desk.rng, desk.chance(0.7)))
    extra_marks(desk, by)


def marriage_certificate(desk: Desk) -> None:
    """Giấy chứng nhận kết hôn: husband and wife, signatures of both."""
    by = _registry(desk)
    husband, wife = _couple(desk)
    registered = some_day(desk.rng, date(2008, 1, 5), desk.day)
    _certificate(desk, "GIẤY CHỨNG NHẬN KẾT HÔN", registered)
    rows = _couple_rows(husband, wife)
    rows += [
        (("Nơi đăng ký kết hôn:", by.spoken, "reg_office"),),
        (("Ngày, tháng, năm đăng ký:", figures(registered), "reg_date"),),
    ]
    particulars(desk, rows, *_style(desk))
    desk.fields["issuing_authority"] = None
    book = desk.book
    book.need(85)
    top, third = book.y + 2, (book.left + book.right) / 2
    book.y = top
    sign_block(desk, "", ("Vợ",), book.left, third, wife.name, sealed=False, official=False)
    low, book.y = book.y, top
    sign_block(desk, "", ("Chồng",), third, book.right, husband.name, sealed=False, official=False)
    book.y = max(low, book.y)
    _registrar(desk, by, "NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN", registered)


def marital_status(desk: Desk) -> None:
    """Giấy xác nhận tình trạng hôn nhân."""
    by, rng, book = desk.local_office("committee_commune"), desk.rng, desk.book
    person = desk.applicant()
    letterhead(desk, by, rng.choice(("UBND-XNTTHN", "UBND-XNTTHN", "XNTTHN")))
    title(desk, "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", rule=False)
    asked = some_day(rng, desk.day - timedelta(days=6), desk.day)
    book.paragraph(
        f"Xét đề nghị của ông/bà {person.name}, về việc cấp Giấy xác nhận tình trạng hôn nhân cho "
        f"{rng.choice(('bản thân', 'con ruột', person.name))},"
    )
    book.centred(["XÁC NHẬN:"], book.left, book.right, bold=True)
    book.skip(2)
    status = rng.choice(
        (
            "Hiện tại chưa đăng ký kết hôn với ai.",
            f"Đã ly hôn theo Bản án số {rng.randint(10, 300)}/{desk.day.year - 2}/HNGĐ-ST ngày "
            f"{codes.short_date(asked)} của Tòa án nhân dân; hiện tại chưa đăng ký kết hôn với ai.",
            "Có vợ nhưng vợ đã chết; hiện tại chưa đăng ký kết hôn với ai.",
        )
    )
    rows: list[Row] = [
        (("Họ, chữ đệm, tên:", person.name.upper(), "full_name"),),
        (("Ngày, tháng, năm sinh:", figures(person.born), "dob"),),
        (("Giới tính:", person.sex, "sex"), ("Dân tộc:", person.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Giấy tờ tùy thân:", f"CCCD số {person.id_no}", "id_no"),),
        (("Nơi cư trú:", person.address, "residence"),),
        (("Tình trạng hôn nhân:", status, "status"),),
        (
            (
                "Giấy này được cấp để:",
                rng.choice(
                    ("Đăng ký kết hôn", "Mua bán nhà đất", "Vay vốn ngân hàng", "Bổ túc hồ sơ xin việc")
                ),
                "purpose",
            ),
        ),
        (("Giấy này có giá trị đến hết ngày:", figures(desk.day + timedelta(days=180)), "valid_to"),),
    ]
    particulars(desk, rows, *_style(desk))
    desk.fields["id_no"] = person.id_no
    book.skip(3)
    book.need(46)
    middle = book.left + (book.right - book.left) * 0.45
    above = rng.choice(
        (
            ("NGƯỜI KÝ GIẤY XÁC NHẬN", "CHỦ TỊCH"),
            (f"TM. {by.lines[0]}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            ("CHỦ TỊCH",),
        )
    )
    sign_block(desk, by.authority, above, middle, book.right, some_name(rng, desk.chance(0.7)))
    extra_marks(desk, by)
