"""Administrative papers in the form of Decree 30/2020: decisions, letters, submissions, notices, plans, reports and so on."""

from __future__ import annotations

from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.signing import extra_marks, signing, some_recipients
from samples.prose import Prose

_ROMAN = ("I", "II", "III", "IV", "V")


def decision(desk: Desk) -> None:
    """Quyết định (cá biệt): bases, "QUYẾT ĐỊNH:", articles."""
    by = desk.office(
        "committee_province", "committee_district", "committee_district", "committee_commune", "department"
    )
    _decide(desk, by, f"QĐ-{by.symbol}", desk.prose(by))


def ministry_decision(desk: Desk) -> None:
    """A ministry's or division's decision."""
    by = desk.office("ministry", "department")
    _decide(desk, by, f"QĐ-{by.symbol}", desk.prose(by))


def social_allowance(desk: Desk) -> None:
    """Decision on a monthly social allowance."""
    by = desk.office("committee_district")
    _decide(
        desk,
        by,
        f"QĐ-{by.symbol}",
        desk.prose(by, "social"),
        "việc trợ cấp xã hội hằng tháng đối với {ong_ba}",
    )


def normative_decision(desk: Desk) -> None:
    """Quyết định quy phạm pháp luật: its number carries the year."""
    by = desk.office("committee_province", "committee_district")
    _decide(
        desk, by, f"{desk.day.year}/QĐ-UBND", desk.prose(by), "Ban hành Quy định về {viec} {tren_dia_ban}"
    )


def resolution(desk: Desk) -> None:
    """Nghị quyết of a people's council."""
    base = desk.office("committee_province", "committee_district")
    area = base.lines[-1]
    by = Office(
        base.kind,
        f"Hội đồng nhân dân {base.area}",
        base.area,
        base.home,
        "HĐND",
        (),
        (),
        ("HỘI ĐỒNG NHÂN DÂN", area),
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        base.place,
    )
    prose = desk.prose(by)
    letterhead(desk, by, "NQ-HĐND")
    title(desk, "NGHỊ QUYẾT", f"Về {prose.subject()}")
    desk.book.centred(
        [f"{by.authority}", f"KHÓA X - KỲ HỌP THỨ {desk.rng.randint(2, 31)}"],
        desk.book.left,
        desk.book.right,
        bold=True,
    )
    desk.book.skip(3)
    _bases(desk, prose)
    desk.book.centred(["QUYẾT NGHỊ:"], desk.book.left, desk.book.right, bold=True)
    _articles(
        desk,
        prose,
        prose.clauses(desk.rng.randint(2, 6)),
        "Nghị quyết này có hiệu lực kể từ ngày được thông qua./.",
    )
    _close(desk, by, "Ủy ban Thường vụ Quốc hội", collective=False)


def _decide(desk: Desk, by: Office, symbol: str, prose: Prose, about: str | None = None) -> None:
    subject = prose.fill(about) if about else prose.subject()
    summary = (
        subject if subject.startswith("Ban hành") else f"{desk.rng.choice(('Về', 'Về', 'V/v'))} {subject}"
    )
    summary = summary.replace("V/v việc", "V/v")
    letterhead(desk, by, symbol)
    title(desk, "QUYẾT ĐỊNH", summary)
    who = (
        by.authority
        if by.committee and desk.chance(0.6)
        else f"{by.head} {by.authority}".replace("TRƯỞNG PHÒNG PHÒNG", "TRƯỞNG PHÒNG")
    )
    desk.book.centred([who], desk.book.left, desk.book.right, bold=True)
    desk.book.skip(2.5)
    _bases(desk, prose)
    desk.book.need(30)
    desk.book.skip(1.5)
    desk.book.centred(["QUYẾT ĐỊNH:"], desk.book.left, desk.book.right, bold=True)
    desk.book.skip(2.0)
    _articles(desk, prose, prose.clauses(desk.rng.randint(1, 6)), None)
    _close(desk, by, "Như Điều 3")


def _bases(desk: Desk, prose: Prose) -> None:
    italic = desk.chance(0.75)
    for text in prose.draw("bases", desk.rng.randint(2, 7)):
        desk.book.paragraph(text, italic=italic)


def _articles(desk: Desk, prose: Prose, clauses: list[str], last: str | None) -> None:
    book = desk.book
    count = max(1, min(len(clauses), desk.rng.randint(1, 3)))
    for article in range(count):
        first, *more = clauses[article::count]
        book.paragraph(f"**Điều {article + 1}.** {first}")
        for number, text in enumerate(more, 1):
            book.paragraph(f"{number}. {text}")
    ends = [last] if last else [prose.one("articles_last") for _ in range(desk.rng.randint(1, 2))]
    for number, text in enumerate(ends, count + 1):
        if number - count == len(ends) and not text.endswith("./."):
            text = text.rstrip(".") + "./."
        book.paragraph(f"**Điều {number}.** {text}")


def letter(desk: Desk) -> None:
    """Công văn: no title, "V/v" under the number, "Kính gửi"."""
    by = desk.office()
    prose = desk.prose(by)
    subject = prose.subject().removeprefix("việc ")
    letterhead(desk, by, by.letter_symbol(desk.rng), about=subject)
    desk.book.skip(3)
    _addressees(desk, prose)
    _body(desk, prose)
    _close(desk, by, "Như trên", collective=False)


def _addressees(desk: Desk, prose: Prose) -> None:
    book, rng = desk.book, desk.rng
    count = rng.choices((1, 2, 3, 4), (60, 20, 12, 8))[0]
    names = [
        prose.fill(rng.choice(("{coquan}", "{coquan}", "{phong}", "{dn}", "{ubnd}"))) for _ in range(count)
    ]
    desk.extras["recipients"] = names
    if count == 1:
        book.paragraph(f"Kính gửi: {names[0]}", "center", after=5)
        return
    start = book.left + (book.right - book.left) * rng.uniform(0.2, 0.35)
    book.paragraph("Kính gửi:", "left", 0.0, 0.5, x0=start)
    for number, name in enumerate(names, 1):
        end = "." if number == count else ";"
        book.paragraph(f"- {name}{end}", "left", 0.0, 0.3, x0=start + 12)
    book.skip(4)


def _body(desk: Desk, prose: Prose, points: int | None = None) -> None:
    book, rng = desk.book, desk.rng
    book.paragraph(prose.one("openings"))
    clauses = prose.clauses(points or rng.randint(1, 7))
    style = rng.choice(("1.", "-", "a)", "")) if len(clauses) > 1 else ""
    for number, text in enumerate(clauses, 1):
        lead = {"1.": f"{number}. ", "a)": f"{chr(96 + number)}) ", "-": "- ", "": ""}[style]
        if style == "1." and rng.random() < 0.3:
            lead = f"**{number}.** "
        book.paragraph(_stressed(desk, lead + text))
    book.paragraph(prose.one("closings"))


def _stressed(desk: Desk, text: str) -> str:
    """The sentence with a part in italic or bold now and then, as drafters stress things."""
    words = text.split()
    if len(words) < 14 or not desk.chance(0.12) or "**" in text:
        return text
    start = desk.rng.randint(5, len(words) - 6)
    mark = desk.rng.choice(("**", "__"))
    words[start] = mark + words[start]
    words[start + 4] += mark
    return " ".join(words)


def submission(desk: Desk) -> None:
    """Tờ trình."""
    by = desk.office(
        "committee_province", "committee_district", "committee_commune", "department", "division"
    )
    prose = desk.prose(by)
    letterhead(desk, by, f"TTr-{by.symbol}")
    title(desk, "TỜ TRÌNH", f"Về {_as_matter(prose.subject())}")
    _addressees(desk, prose)
    _bases(desk, prose)
    for text in prose.clauses(desk.rng.randint(2, 5)):
        desk.book.paragraph(text)
    desk.book.paragraph(
        prose.fill(
            desk.rng.choice(
                (
                    "Kính đề nghị {coquan} xem xét, quyết định./.",
                    "Kính trình {ubnd} xem xét, phê duyệt./.",
                    "Kính trình HĐND tỉnh xem xét, quyết định./.",
                )
            )
        )
    )
    _close(desk, by, "Như trên")


def _as_matter(subject: str) -> str:
    return subject if subject.startswith("việc") else f"việc {subject}"


def notice(desk: Desk) -> None:
    """Thông báo."""
    _titled(desk, "THÔNG BÁO", "TB", "Như trên")


def plan(desk: Desk) -> None:
    """Kế hoạch, in numbered chapters."""
    _titled(
        desk, "KẾ HOẠCH", "KH", "Như trên", chapters=("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG", "TỔ CHỨC THỰC HIỆN")
    )


def report(desk: Desk) -> None:
    """Báo cáo, in numbered chapters."""
    _titled(
        desk,
        "BÁO CÁO",
        "BC",
        "Như trên",
        chapters=("KẾT QUẢ THỰC HIỆN", "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "PHƯƠNG HƯỚNG, NHIỆM VỤ"),
    )


def directive(desk: Desk) -> None:
    """Chỉ thị."""
    _titled(desk, "CHỈ THỊ", "CT", "Như trên", kinds=("committee_province", "committee_district"))


def programme(desk: Desk) -> None:
    """Chương trình."""
    _titled(
        desk,
        "CHƯƠNG TRÌNH",
        "CTr",
        "Như trên",
        chapters=("MỤC TIÊU", "NHIỆM VỤ VÀ GIẢI PHÁP", "TỔ CHỨC THỰC HIỆN"),
    )


def guidance(desk: Desk) -> None:
    """Hướng dẫn."""
    _titled(desk, "HƯỚNG DẪN", "HD", "Như trên", kinds=("department", "division", "ministry"))


def _titled(
    desk: Desk,
    kind: str,
    abbreviation: str,
    first: str,
    chapters: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
) -> None:
    by = desk.office(*kinds)
    prose = desk.prose(by)
    letterhead(desk, by, f"{abbreviation}-{by.symbol}")
    subject = prose.subject()
    summary = desk.rng.choice(
        (f"Về {_as_matter(subject)}", f"Triển khai thực hiện {prose.matter()}", f"Về {_as_matter(subject)}")
    )
    title(desk, kind, summary)
    if desk.chance(0.3) and not chapters:
        _addressees(desk, prose)
    if not chapters:
        _body(desk, prose, desk.rng.randint(2, 8))
    for number, heading in enumerate(chapters):
        _chapter(desk, prose, f"**{_ROMAN[number]}. {heading}**")
    if chapters:
        desk.book.paragraph(prose.one("closings"))
    _close(desk, by, first)


def _chapter(desk: Desk, prose: Prose, heading: str) -> None:
    desk.book.paragraph(heading)
    if desk.chance(0.35):
        desk.book.paragraph(prose.one("openings"))
    numbered = desk.chance(0.5)
    for number, text in enumerate(prose.clauses(desk.rng.randint(2, 5)), 1):
        desk.book.paragraph(f"{number}. {text}" if numbered else f"- {text}")


def invitation(desk: Desk) -> None:
    """Giấy mời."""
    by = desk.office()
    prose, rng = desk.prose(by), desk.rng
    letterhead(desk, by, f"GM-{by.symbol}")
    title(desk, "GIẤY MỜI", f"Họp triển khai công tác {prose.matter()}")
    book = desk.book
    _addressees(desk, prose)
    book.paragraph(
        prose.fill("{toi} trân trọng kính mời quý đại biểu tham dự cuộc họp với các nội dung sau:")
    )
    book.paragraph(
        prose.fill(
            f"**1. Thời gian:** {rng.choice(('07', '08', '13', '14'))} giờ {rng.choice(('00', '30'))}, ngày {{ngay}}."
        )
    )
    book.paragraph(prose.fill(f"**2. Địa điểm:** Phòng họp số {rng.randint(1, 4)}, trụ sở {{ubnd}}."))
    book.paragraph(prose.fill("**3. Chủ trì:** {ong_ba_hoa}, {lanh_dao}."))
    book.paragraph("**4. Nội dung:**")
    for text in prose.clauses(rng.randint(1, 3)):
        book.paragraph(f"- {text}")
    book.paragraph("Đề nghị đại biểu tham dự đúng giờ, đúng thành phần./.")
    _close(desk, by, "Như trên", collective=False)


def minutes(desk: Desk) -> None:
    """Biên bản: participants, course, two signatures, no letterhead number in half of them."""
    by = desk.office("committee_commune", "division", "committee_district")
    prose, rng, book = desk.prose(by), desk.rng, desk.book
    letterhead(desk, by, f"BB-{by.symbol}")
    title(desk, "BIÊN BẢN", f"Về {_as_matter(prose.subject())}")
    book.paragraph(
        prose.fill(
            f"Hôm nay, vào lúc {rng.randint(7, 16)} giờ {rng.choice(('00', '15', '30'))} phút, ngày "
            f"{desk.day.day:02d} tháng {desk.day.month:02d} năm {desk.day.year}, tại {{xa}}, chúng tôi "
            "gồm có:"
        )
    )
    for number in range(1, rng.randint(3, 6)):
        role = rng.choice(
            (
                "Phó Chủ tịch UBND",
                "Công chức Địa chính - Xây dựng",
                "Công chức Tư pháp - Hộ tịch",
                "Trưởng ấp",
                "Đại diện hộ gia đình",
            )
        )
        book.paragraph(prose.fill(f"{number}. {{ong_ba_hoa}} - Chức vụ: {role};"), after=0.6)
    book.paragraph("Tiến hành lập biên bản với các nội dung như sau:")
    for text in prose.clauses(rng.randint(2, 5)):
        book.paragraph(f"- {text}")
    book.paragraph(
        f"Biên bản kết thúc vào lúc {rng.randint(9, 17)} giờ cùng ngày, được lập thành {rng.randint(2, 4):02d}"
        " bản có giá trị như nhau, đã đọc lại cho mọi người cùng nghe và thống nhất ký tên./."
    )
    _close(desk, by, "Như trên", collective=False)


def _close(desk: Desk, by: Office, first: str, collective: bool = True) -> None:
    signing(desk, by, some_recipients(desk, by, first, by.symbol), collective)
    extra_marks(desk, by)
