"""The printed blanks of certificates: ornamental frame, motto, title, number and book, and who signs for the register."""

from __future__ import annotations

from datetime import date

from PIL import ImageDraw

from samples.book import Margins
from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import date_line, motto
from samples.papers.signing import sign_block
from samples.people import some_name
from samples.sheet import Look


def frame(desk: Desk) -> None:
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


def certificate(desk: Desk, heading: str, registered: date) -> None:
    """The head of a certificate on a printed blank; number and book right above or under the title."""
    book, rng = desk.book, desk.rng
    if desk.chance(0.75):
        frame(desk)
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


def registrar(desk: Desk, by: Office, caption: str, signed: date) -> None:
    """Who signs for the register: place and day in half of them, caption and title, seal, name."""
    book, rng = desk.book, desk.rng
    desk.fields["issue_date"] = None
    book.skip(3)
    book.need(48)
    middle = book.left + (book.right - book.left) * 0.45
    if by and desk.chance(0.5):
        desk.day = signed
        date_line(desk, by.place, 0.25, middle)
    above = rng.choice(
        (
            (caption, "CHỦ TỊCH"),
            (caption, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            (f"TM. {by.lines[0]}", "CHỦ TỊCH"),
            (f"TM. {by.lines[0]}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        )
    )
    sign_block(desk, by.authority, above, middle, book.right, some_name(rng, desk.chance(0.7)))
