"""Social papers: disability certificate, poor-household certificate, general confirmations."""

from __future__ import annotations

from datetime import date

from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.particulars import Row, figures, particulars
from samples.papers.signing import extra_marks, signing, some_recipients
from samples.people import some_day


def disability(desk: Desk) -> None:
    """Giấy xác nhận khuyết tật."""
    rng = desk.rng
    by = desk.local_office("committee_commune")
    person = desk.applicant(born=(1940, 2018))
    letterhead(desk, by, rng.choice(("XNKT", "GXNKT", "UBND-XNKT")))
    title(desk, "GIẤY XÁC NHẬN KHUYẾT TẬT", rule=False)
    rows: list[Row] = [
        (("Họ và tên:", person.name.upper(), "full_name"),),
        (("Ngày sinh:", figures(person.born), "dob"), ("Giới tính:", person.sex, "sex")),
        (("Số định danh cá nhân/CMND:", person.id_no, "id_no"),),
        (("Nơi đăng ký thường trú:", person.address, "residence"),),
        (("Nơi ở hiện nay:", person.address, ""),),
        (
            (
                "Dạng khuyết tật:",
                rng.choice(("Vận động", "Nghe, nói", "Nhìn", "Thần kinh, tâm thần", "Trí tuệ", "Khác")),
                "disability_type",
            ),
        ),
        (("Mức độ khuyết tật:", rng.choice(("Nặng", "Đặc biệt nặng", "Nhẹ")), "degree"),),
    ]
    particulars(desk, rows, *rng.choices(((False, False), (True, True), (True, False)), (60, 25, 15))[0])
    desk.fields["subject"] = None
    signing(desk, by, None)
    extra_marks(desk, by)


def poor_household(desk: Desk) -> None:
    """Giấy chứng nhận hộ nghèo, hộ cận nghèo."""
    rng = desk.rng
    by = desk.local_office("committee_commune")
    head = desk.applicant()
    near = desk.chance(0.5)
    letterhead(desk, by, rng.choice(("GCN-HN.HCN", "GCN-UBND", "GCNHN")))
    title(desk, f"GIẤY CHỨNG NHẬN HỘ {'CẬN NGHÈO' if near else 'NGHÈO'}", rule=False)
    rows: list[Row] = [
        (("Họ và tên chủ hộ:", head.name, "household"),),
        (("Ngày, tháng, năm sinh:", figures(head.born), ""), ("Giới tính:", head.sex, "")),
        (("Số CCCD/CMND:", head.id_no, "id_no"),),
        (("Nơi thường trú:", head.address, ""),),
        (("Số nhân khẩu trong hộ:", str(rng.randint(1, 7)), ""),),
        ((f"Được công nhận là hộ {'cận nghèo' if near else 'nghèo'} năm:", str(desk.day.year), "period"),),
    ]
    particulars(desk, rows, desk.chance(0.4), desk.chance(0.4))
    desk.fields["subject"] = None
    signing(desk, by, None)
    extra_marks(desk, by)


def confirmation(desk: Desk) -> None:
    """Giấy xác nhận (chung)."""
    rng, book = desk.rng, desk.book
    by = desk.local_office("committee_commune", "committee_district", "division")
    person = desk.applicant()
    letterhead(desk, by, rng.choice((f"GXN-{by.symbol}", f"XN-{by.symbol}")))
    matter = rng.choice(
        (
            "cư trú tại địa phương",
            "hoàn cảnh gia đình",
            "quá trình công tác",
            "thân nhân người có công",
            "nguồn gốc đất sử dụng",
            "thu nhập cá nhân",
        )
    )
    title(desk, "GIẤY XÁC NHẬN", f"Về việc {matter}" if desk.chance(0.6) else None, rule=False)
    book.paragraph(f"{by.spoken} xác nhận:")
    book.paragraph(
        f"{person.polite}: [[full_name|{person.name}]]; sinh ngày {figures(person.born)}; số CCCD/CMND: "
        f"[[id_no|{person.id_no}]], cấp ngày {figures(some_day(rng, date(2012, 1, 1), date(2022, 12, 1)))}."
    )
    book.paragraph(f"Nơi thường trú: {person.address}.")
    desk.fields["full_name"], desk.fields["id_no"] = person.name, person.id_no
    prose = desk.prose(by, rng.choice(("civil", "land", "social")))
    for text in prose.clauses(rng.randint(1, 2)):
        book.paragraph(text)
    book.paragraph(
        rng.choice(
            (
                "Giấy xác nhận này được cấp để bổ túc hồ sơ theo quy định./.",
                "Xác nhận nội dung trên là đúng sự thật, để đương sự liên hệ các cơ quan chức năng giải quyết./.",
            )
        )
    )
    signing(desk, by, some_recipients(desk, by, "Như trên", by.symbol) if desk.chance(0.5) else None)
    extra_marks(desk, by)
