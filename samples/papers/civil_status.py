"""Civil-status papers: birth certificate, extracts, marriage certificate, marital status, corrections."""

from __future__ import annotations

from datetime import date, timedelta

from samples import codes
from samples.papers.blanks import certificate, registrar
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.particulars import Row, figures, particulars
from samples.papers.registers import birth_facts, couple, couple_rows, filled, registration_day, registry
from samples.papers.signing import extra_marks, sign_block
from samples.people import some_day, some_name


def birth_certificate(desk: Desk) -> None:
    """Giấy khai sinh: motto centred on an ornamental blank, number and book, no letterhead."""
    desk.day = min(desk.day, date(2025, 6, 20))
    by = registry(desk)
    child, rows = birth_facts(desk)
    registered = registration_day(desk, child.born)
    certificate(desk, "GIẤY KHAI SINH", registered)
    dotted, hand = filled(desk)
    rows += [
        (("Họ, chữ đệm, tên người đi khai sinh:", some_name(desk.rng, desk.chance(0.5)), ""),),
        (("Nơi đăng ký khai sinh:", f"{by.spoken}", "reg_office"),),
        (("Ngày, tháng, năm đăng ký:", figures(registered), "reg_date"),),
    ]
    particulars(desk, rows, dotted, hand)
    desk.fields["issuing_authority"] = None
    registrar(desk, by, "NGƯỜI KÝ GIẤY KHAI SINH", registered)


def marriage_certificate(desk: Desk) -> None:
    """Giấy chứng nhận kết hôn: husband and wife, signatures of both."""
    by = registry(desk)
    husband, wife = couple(desk)
    registered = some_day(desk.rng, date(2008, 1, 5), desk.day)
    certificate(desk, "GIẤY CHỨNG NHẬN KẾT HÔN", registered)
    rows = couple_rows(husband, wife)
    rows += [
        (("Nơi đăng ký kết hôn:", by.spoken, "reg_office"),),
        (("Ngày, tháng, năm đăng ký:", figures(registered), "reg_date"),),
    ]
    particulars(desk, rows, *filled(desk))
    desk.fields["issuing_authority"] = None
    book = desk.book
    book.need(85)
    top, third = book.y + 2, (book.left + book.right) / 2
    book.y = top
    sign_block(desk, "", ("Vợ",), book.left, third, wife.name, sealed=False, official=False)
    low, book.y = book.y, top
    sign_block(desk, "", ("Chồng",), third, book.right, husband.name, sealed=False, official=False)
    book.y = max(low, book.y)
    registrar(desk, by, "NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN", registered)


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
    particulars(desk, rows, *filled(desk))
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
