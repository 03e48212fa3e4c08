"""The foot of an official paper: "Nơi nhận" left, authority, title, signature, seal and name right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from samples import marks, seals
from samples.markup import tokens
from samples.offices import Office
from samples.papers.desk import Desk
from samples.people import some_name
from samples.sheet import Look


def signer_title(desk: Desk, by: Office, collective: bool = True) -> tuple[str, ...]:
    """The lines above a signature with their authority words (TM., KT., TL., TUQ., Q.), as annex I of Decree 30 has them."""
    rng = desk.rng
    on_behalf = (f"TM. {by.lines[0]}",) if by.committee and collective and rng.random() < 0.8 else ()
    choice = rng.random()
    if choice < 0.36:
        return (*on_behalf, by.head)
    if choice < 0.80:
        return (*on_behalf, f"KT. {by.head}", by.deputy)
    if choice < 0.84:
        return (*on_behalf, f"Q. {by.head}")
    if by.kind in ("committee_province", "committee_district") and choice < 0.97:
        chief = ("CHÁNH VĂN PHÒNG",) if rng.random() < 0.5 else ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")
        return (f"TL. {by.head}", *chief)
    if by.kind in ("department", "ministry"):
        order = rng.choice(("TL.", "TUQ."))
        under = (
            "CHÁNH VĂN PHÒNG"
            if by.kind == "department"
            else rng.choice(("VỤ TRƯỞNG VỤ PHÁP CHẾ", "CHÁNH VĂN PHÒNG", "CỤC TRƯỞNG"))
        )
        return (f"{order} {by.head}", under)
    return (*on_behalf, by.head)


def signing(
    desk: Desk,
    by: Office,
    recipients: Sequence[str] | None = None,
    collective: bool = True,
    lines: tuple[str, ...] | None = None,
) -> None:
    """Print recipients and signature side by side; sets signer_title and signer_name."""
    book = desk.book
    book.skip(desk.rng.uniform(2.0, 5.0))
    above = lines or signer_title(desk, by, collective)
    signed_height = (len(above) + 1) * book.pitch(None, 1.2) + 30
    receive_height = (len(recipients or ()) + 1) * book.pitch(_small(desk), 1.2)
    book.need(max(signed_height, receive_height))
    top = book.y
    split = book.left + (book.right - book.left) * 0.47
    if recipients:
        _recipients(desk, recipients, split - 2.0)
    left_end, book.y = book.y, top
    _signature(desk, by.authority, above, split, book.right + 2.0)
    book.y = max(left_end, book.y)


def _small(desk: Desk) -> Look:
    look = desk.book.look
    return Look(look.family, look.size - 2.5, look.ink)


def _recipients(desk: Desk, recipients: Sequence[str], x1: float) -> None:
    book, look = desk.book, _small(desk)
    head = Look(look.family, look.size + 0.5, look.ink)
    book.line(tokens("__**Nơi nhận:**__"), book.left, x1, book.y + book.pitch(head, 1.2) * 0.8, "left", head)
    book.y += book.pitch(head, 1.2)
    for entry in recipients:
        book.paragraph(f"- {entry}", "left", 0.0, 0.0, look, book.left, x1, leading=1.15)


def _signature(desk: Desk, seal_name: str, above: Sequence[str], x0: float, x1: float) -> None:
    sign_block(desk, seal_name, above, x0, x1, some_name(desk.rng, desk.chance(0.75)))


def sign_block(
    desk: Desk,
    seal_name: str,
    above: Sequence[str],
    x0: float,
    x1: float,
    name: str,
    sealed: bool = True,
    official: bool = True,
) -> None:
    """Title lines, room with signature and seal, name; `official` sets signer_title and signer_name."""
    book, rng = desk.book, desk.rng
    tag = ("[[signer_title|", "]]") if official else ("", "")
    for line in above:
        wide = book.balanced(tokens(f"{tag[0]}{line}{tag[1]}", bold=True), x1 - x0, book.look)
        pitch = book.pitch(None, 1.18)
        for words in wide:
            book.line(words, x0, x1, book.y + pitch * 0.8, "center")
            book.y += pitch
    gap = rng.uniform(20, 27)
    middle = (x0 + x1) / 2
    title_end = book.y
    book.skip(gap)
    unsigned = rng.random() < 0.04
    mark = ("[[signer_name|", "]]") if official else ("", "")
    book.centred([f"{mark[0]}{name}{mark[1]}"], x0, x1, bold=True)
    if sealed and not unsigned:
        side = rng.uniform(10, 22) if rng.random() < 0.85 else rng.uniform(-4, 6)
        seals.round_seal(
            book.sheet,
            seal_name,
            (middle - side, title_end + gap * rng.uniform(0.25, 0.6)),
            rng,
            emblem=seal_name.startswith(("ỦY", "UỶ", "HỘI")) or rng.random() < 0.3,
        )
    if not unsigned:
        marks.signature(
            book.sheet, name, (middle + rng.uniform(-4, 8), title_end + gap * rng.uniform(0.5, 0.8)), rng
        )
    if official:
        desk.fields["signer_title"] = " ".join(above)
        desk.fields["signer_name"] = name


def extra_marks(desk: Desk, by: Office) -> None:
    """Stamps that some papers collect on page 1: incoming mail, urgency, copy, an e-signature's note."""
    sheet, rng = desk.book.sheets[0], desk.rng
    if desk.chance(0.13):
        corner = (rng.uniform(4, 16), rng.uniform(62, 92))
        marks.incoming_stamp(
            sheet, rng.choice(("Văn phòng " + by.place, "Trung tâm Hành chính công", by.spoken)), corner, rng
        )
    if desk.chance(0.06):
        word = rng.choice(("HỎA TỐC", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC HẸN GIỜ"))
        desk.extras["urgency"] = word
        marks.word_stamp(
            sheet,
            word,
            (rng.uniform(28, 45), rng.uniform(75, 95)),
            rng,
            rng.uniform(10, 35),
            arrow=desk.chance(0.5),
        )
    if desk.chance(0.05):
        marks.word_stamp(
            sheet,
            rng.choice(("BẢN SAO", "SAO Y BẢN CHÍNH", "BẢN CHÍNH")),
            (rng.uniform(25, 180), rng.uniform(12, 30)),
            rng,
        )
    if desk.chance(0.14):
        signed = datetime(
            desk.day.year,
            desk.day.month,
            desk.day.day,
            rng.randint(7, 17),
            rng.randrange(60),
            rng.randrange(60),
        )
        marks.e_signature(sheet, by.spoken, by.place, signed, rng)


def some_recipients(desk: Desk, by: Office, first: str, symbol: str) -> list[str]:
    """A list for "Nơi nhận", from the usual first line to where the file copy stays."""
    rng = desk.rng
    pool = [
        "TT Tỉnh ủy",
        "TT HĐND tỉnh",
        "CT, PCT UBND tỉnh",
        "Sở Nội vụ",
        "Sở Tư pháp",
        "BTT UBMTTQVN tỉnh",
        "UBND các huyện, thành phố",
        "UBND các xã, phường",
        "VPUB: CVP, PCVP",
        "Cổng TTĐT",
        "Ban Giám đốc",
        "Các phòng, ban",
        "Thanh tra tỉnh",
        "Công an huyện",
        "Kho bạc Nhà nước",
        "Báo, Đài PT-TH",
        "Trang TTĐT",
    ]
    chosen = rng.sample(pool, rng.randint(0, 7))
    clerk = rng.choice(
        (
            "",
            f", {rng.choice(('Hà', 'Vi', 'Tuấn', 'Thu', 'Tiên'))}{rng.randint(1, 40)}",
            f", {rng.choice(('NC', 'TH', 'KT', 'VX'))}",
        )
    )
    return [f"{entry};" for entry in (first, *chosen)] + [f"Lưu: VT{clerk}."]
