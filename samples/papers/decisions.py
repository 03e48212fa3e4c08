"""Decisions and resolutions: bases, "QUYẾT ĐỊNH:", articles (Decree 30/2020, annex III)."""

from __future__ import annotations

from dataclasses import replace

from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.signing import extra_marks, signer_title, signing, some_recipients
from samples.papers.wording import articles, bases, close
from samples.prose import Prose


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
    bases(desk, prose)
    desk.book.centred(["QUYẾT NGHỊ:"], desk.book.left, desk.book.right, bold=True)
    articles(
        desk,
        prose,
        prose.clauses(desk.rng.randint(2, 6)),
        "Nghị quyết này có hiệu lực kể từ ngày được thông qua./.",
    )
    close(desk, by, "Ủy ban Thường vụ Quốc hội", collective=False)


def circular(desk: Desk) -> None:
    """Thông tư of a ministry: normative, its number carries the year."""
    by = desk.office("ministry")
    prose = desk.prose(by)
    _normative(
        desk,
        by,
        f"{desk.day.year}/TT-{by.symbol}",
        "THÔNG TƯ",
        prose,
        f"{by.head} {by.authority}",
        "Thông tư",
    )


def decree(desk: Desk) -> None:
    """Nghị định of the government."""
    base = desk.office("ministry")
    by = replace(
        base,
        spoken="Chính phủ",
        symbol="CP",
        units=(),
        lines=("CHÍNH PHỦ",),
        head="THỦ TƯỚNG",
        deputy="PHÓ THỦ TƯỚNG",
    )
    prose = desk.prose(base)
    _normative(desk, by, f"{desk.day.year}/NĐ-CP", "NGHỊ ĐỊNH", prose, "CHÍNH PHỦ", "Nghị định")


def _normative(desk: Desk, by: Office, symbol: str, kind: str, prose: Prose, who: str, spoken: str) -> None:
    book = desk.book
    letterhead(desk, by, symbol)
    title(
        desk,
        kind,
        prose.fill(
            desk.rng.choice(
                ("Quy định chi tiết một số điều về {viec}", "Hướng dẫn {viec}", "Quy định về {viec}")
            )
        ),
    )
    bases(desk, prose)
    book.paragraph(
        f"{prose.fill('{truong}')} và các cơ quan có liên quan đề nghị ban hành {spoken} này.", italic=True
    )
    book.centred([who], book.left, book.right, bold=True)
    book.skip(2)
    articles(
        desk,
        prose,
        prose.clauses(desk.rng.randint(4, 9)),
        f"{spoken} này có hiệu lực thi hành kể từ ngày ký ban hành./.",
    )
    lines = (f"TM. {by.authority}", "THỦ TƯỚNG") if by.symbol == "CP" else signer_title(desk, by)
    signing(desk, by, some_recipients(desk, by, "Ban Bí thư Trung ương Đảng", by.symbol), lines=lines)
    extra_marks(desk, by)


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
    bases(desk, prose)
    desk.book.need(30)
    desk.book.skip(1.5)
    desk.book.centred(["QUYẾT ĐỊNH:"], desk.book.left, desk.book.right, bold=True)
    desk.book.skip(2.0)
    articles(desk, prose, prose.clauses(desk.rng.randint(1, 6)), None)
    close(desk, by, "Như Điều 3")
