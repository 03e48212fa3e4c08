"""Administrative papers in the form of Decree 30/2020: decisions, letters, submissions, notices, plans, reports and so on."""

from __future__ import annotations

from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.wording import addressees, as_matter, bases, body, close
from samples.prose import Prose

_ROMAN = ("I", "II", "III", "IV", "V")


def letter(desk: Desk) -> None:
    """Công văn: no title, "V/v" under the number, "Kính gửi"."""
    by = desk.office()
    prose = desk.prose(by)
    subject = prose.subject().removeprefix("việc ")
    letterhead(desk, by, by.letter_symbol(desk.rng), about=subject)
    desk.book.skip(3)
    addressees(desk, prose)
    body(desk, prose)
    close(desk, by, "Như trên", collective=False)


def submission(desk: Desk) -> None:
    """Tờ trình."""
    by = desk.office(
        "committee_province", "committee_district", "committee_commune", "department", "division"
    )
    prose = desk.prose(by)
    letterhead(desk, by, f"TTr-{by.symbol}")
    title(desk, "TỜ TRÌNH", f"Về {as_matter(prose.subject())}")
    addressees(desk, prose)
    bases(desk, prose)
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
    close(desk, by, "Như trên")


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
        (f"Về {as_matter(subject)}", f"Triển khai thực hiện {prose.matter()}", f"Về {as_matter(subject)}")
    )
    title(desk, kind, summary)
    if desk.chance(0.3) and not chapters:
        addressees(desk, prose)
    if not chapters:
        body(desk, prose, desk.rng.randint(2, 8))
    for number, heading in enumerate(chapters):
        _chapter(desk, prose, f"**{_ROMAN[number]}. {heading}**")
    if chapters:
        desk.book.paragraph(prose.one("closings"))
    close(desk, by, first)


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
    addressees(desk, prose)
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
    close(desk, by, "Như trên", collective=False)


def minutes(desk: Desk) -> None:
    """Biên bản: participants, course, two signatures, no letterhead number in half of them."""
    by = desk.office("committee_commune", "division", "committee_district")
    prose, rng, book = desk.prose(by), desk.rng, desk.book
    letterhead(desk, by, f"BB-{by.symbol}")
    title(desk, "BIÊN BẢN", f"Về {as_matter(prose.subject())}")
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
    close(desk, by, "Như trên", collective=False)
