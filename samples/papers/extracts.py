"""Extracts from the civil-status registers: birth, death, marriage, corrections (`123/TLKS-BS`)."""

from __future__ import annotations

from datetime import date, timedelta

from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.particulars import Row, figures, particulars
from samples.papers.registers import birth_facts, couple, couple_rows, registration_day, registry
from samples.papers.signing import extra_marks, sign_block
from samples.people import Person, some_day, some_name, some_person


def birth_extract(desk: Desk) -> None:
    """Trích lục khai sinh (bản sao): letterhead, `123/TLKS-BS`."""
    by = registry(desk)
    child, rows = birth_facts(desk)
    registered = registration_day(desk, child.born)
    rows += [
        (("Đăng ký khai sinh tại:", by.spoken, "reg_office"),),
        ((f"Số: {desk.rng.randint(1, 300)}", "", ""), ("ngày, tháng, năm", figures(registered), "reg_date")),
    ]
    _extract(desk, by, "TRÍCH LỤC KHAI SINH", "TLKS", rows)


def death_extract(desk: Desk) -> None:
    """Trích lục khai tử."""
    by, rng = registry(desk), desk.rng
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


def marriage_extract(desk: Desk) -> None:
    """Trích lục kết hôn (bản sao)."""
    by = registry(desk)
    rows = couple_rows(*couple(desk))
    rows += [
        (("Đăng ký kết hôn tại:", by.spoken, "reg_office"),),
        (("Ngày, tháng, năm đăng ký:", figures(some_day(desk.rng, date(2000, 1, 5), desk.day)), "reg_date"),),
    ]
    _extract(desk, by, "TRÍCH LỤC KẾT HÔN", "TLKH", rows)


def correction_extract(desk: Desk) -> None:
    """Trích lục thay đổi, cải chính hộ tịch."""
    by, rng = registry(desk), desk.rng
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


def parent_recognition(desk: Desk) -> None:
    """Trích lục đăng ký nhận cha, mẹ, con."""
    by = registry(desk)
    parent, child = desk.applicant(born=(1960, 1992)), some_person(desk.rng, desk.home, born=(2000, 2018))
    rows: list[Row] = []
    for role, one, name in (
        ("người nhận là cha/mẹ/con", parent, "parent"),
        ("người được nhận", child, "child"),
    ):
        rows += _identity(role, one, name)
    rows.append((("Quan hệ với người nhận:", desk.rng.choice(("Con đẻ", "Con ruột")), "relation"),))
    rows.append((("Đăng ký nhận cha, mẹ, con tại:", by.spoken, "reg_office"),))
    _extract(desk, by, "TRÍCH LỤC ĐĂNG KÝ NHẬN CHA, MẸ, CON", "TLCMC", rows, copy=False)


def guardianship(desk: Desk) -> None:
    """Trích lục đăng ký giám hộ."""
    by = registry(desk)
    guardian, ward = desk.applicant(born=(1950, 1990)), some_person(desk.rng, desk.home, born=(2006, 2020))
    rows = _identity("người giám hộ", guardian, "guardian") + _identity("người được giám hộ", ward, "ward")
    reason = desk.rng.choice(
        ("Người chưa thành niên không còn cha, mẹ", "Cha, mẹ đều mất năng lực hành vi dân sự")
    )
    rows += [(("Lý do giám hộ:", reason, ""),), (("Đăng ký giám hộ tại:", by.spoken, "reg_office"),)]
    _extract(desk, by, "TRÍCH LỤC ĐĂNG KÝ GIÁM HỘ", "TLĐKGH", rows, copy=False)


def _identity(role: str, one: Person, name: str) -> list[Row]:
    return [
        ((f"Họ, chữ đệm, tên {role}:", one.name.upper(), name),),
        (("Ngày, tháng, năm sinh:", figures(one.born), f"{name}_dob"),),
        (("Giới tính:", one.sex, ""), ("Dân tộc:", one.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Nơi cư trú:", one.address, ""),),
        (("Giấy tờ tùy thân:", one.id_no, f"{name}_id"),),
    ]


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
