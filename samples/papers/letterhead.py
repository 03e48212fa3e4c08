"""The head of an official paper: agency left, motto right, number, place and date (Decree 30/2020, annex I)."""

from __future__ import annotations

from collections.abc import Sequence

from samples import codes
from samples.markup import Token, tokens
from samples.offices import Office
from samples.papers.desk import Desk
from samples.sheet import Look

MOTTO = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
)
FREEDOM = "Độc lập - Tự do - Hạnh phúc"
_GAP = 6.0  # millimetres between the two columns


def letterhead(
    desk: Desk,
    by: Office,
    symbol: str,
    about: str | None = None,
    number: int | None = None,
    day_by_hand: float = 0.6,
) -> None:
    """Print the head in two columns; `symbol` is what follows the number ("QĐ-UBND"), `about` a letter's "V/v …".

    Sets number_symbol, issuing_authority, place, issue_date and, with `about`, subject.
    """
    book = desk.book
    top, split = book.y, book.left + (book.right - book.left) * desk.rng.uniform(0.40, 0.44)
    small = Look(book.look.family, book.look.size - desk.rng.choice((0.5, 1.0, 1.0)), book.look.ink)
    _agency(desk, by, small, book.left - 6.0, split - 2.0)
    book.skip(desk.rng.uniform(1.5, 4.0))
    _number(desk, symbol, small, book.left - 6.0, split, number)
    if about:
        _about(desk, about, small, book.left - 4.0, split)
    left_end, book.y = book.y, top
    _motto(desk, small, split + _GAP - 4, book.right + 6.0)
    book.skip(desk.rng.uniform(1.5, 4.0))
    _date_line(desk, by.place, split + _GAP - 4, book.right + 6.0, day_by_hand)
    book.y = max(left_end, book.y) + desk.rng.uniform(4.0, 8.0)
    desk.fields["issuing_authority"] = by.authority
    if by.parent:
        desk.extras["parent_authority"] = " ".join(by.parent)


def head_without_number(desk: Desk, by: Office) -> None:
    """Agency left, motto right, nothing below: certificates that carry their number under the title.

    Sets issuing_authority; number, place and date stay empty unless the layout prints them elsewhere.
    """
    book = desk.book
    top, split = book.y, book.left + (book.right - book.left) * 0.42
    small = Look(book.look.family, book.look.size - 1.0, book.look.ink)
    _agency(desk, by, small, book.left - 6.0, split - 2.0)
    left_end, book.y = book.y, top
    _motto(desk, small, split + 2, book.right + 6.0)
    book.y = max(left_end, book.y) + desk.rng.uniform(5.0, 9.0)
    desk.fields["issuing_authority"] = by.authority


def _agency(desk: Desk, by: Office, look: Look, x0: float, x1: float) -> None:
    book = desk.book
    for line in by.parent:
        _narrow(desk, tokens(line), x0, x1, look)
    for line in by.lines:
        _narrow(desk, tokens(f"[[issuing_authority|{line}]]", bold=True), x0, x1, look)
    middle, half = (x0 + x1) / 2, desk.rng.uniform(6, 11)
    book.sheet.rule(middle - half, book.y + 1.0, middle + half, book.y + 1.0)
    book.skip(2.0)


def _narrow(desk: Desk, words: Sequence[Token], x0: float, x1: float, look: Look) -> None:
    """One centred header line, broken when it is wider than its column."""
    book = desk.book
    pitch = book.pitch(look, 1.18)
    for line in book.wrap(words, x1 - x0, 0.0, look):
        book.line(line, x0, x1, book.y + pitch * 0.8, "center", look)
        book.y += pitch


def _number(desk: Desk, symbol: str, look: Look, x0: float, x1: float, number: int | None) -> None:
    rng, book = desk.rng, desk.book
    value = number or rng.choice((rng.randint(1, 99), rng.randint(100, 999), rng.randint(1000, 4999)))
    digits = f"{value:02d}" if rng.random() < 0.7 else str(value)
    full = f"{digits}/{symbol}"
    style = rng.choices(("pen", "typed", "blank"), (56, 39, 5))[0] if number is None else "typed"
    if style == "blank":
        desk.fields["number_symbol"] = None
        desk.extras["symbol"] = symbol
        text = f"Số: /{symbol}"
    elif style == "typed":
        desk.fields["number_symbol"] = full
        text = f"Số: [[number_symbol|{full}]]"
    else:
        desk.fields["number_symbol"] = full
        blank = rng.choice((" ", ""))
        text = f"Số: [[number_symbol|<<{digits}>>{blank}/{symbol}]]"
    words = tokens(text)
    pitch = book.pitch(look, 1.18)
    if style != "typed":  # the blank that was left for the pen
        _spread(
            desk,
            words,
            x0,
            x1,
            book.y + pitch * 0.8,
            look,
            rng.uniform(2.0, 9.0) if style == "blank" else rng.uniform(0.0, 4.0),
        )
    else:
        book.line(words, x0, x1, book.y + pitch * 0.8, "center", look)
    book.y += pitch


def _spread(
    desk: Desk, words: Sequence[Token], x0: float, x1: float, y: float, look: Look, gap: float
) -> None:
    """A centred line with an uneven gap before its last word, as a form's blank leaves it."""
    sheet = desk.book.sheet
    blank = sheet.blank(look)
    widths = [sheet.width(word, look) for word in words]
    x = (x0 + x1 - sum(widths) - blank * (len(words) - 1) - gap) / 2
    placed = []
    for index, (word, width) in enumerate(zip(words, widths, strict=True)):
        x += gap if index == len(words) - 1 else 0.0
        placed.append((word, x))
        x += width + blank
    sheet.words(placed, y, look)


def _about(desk: Desk, about: str, look: Look, x0: float, x1: float) -> None:
    book = desk.book
    tight = Look(look.family, look.size - 1.0, look.ink)
    words = tokens(f"[[subject|V/v {about}]]", italic=desk.chance(0.15))
    pitch = book.pitch(tight, 1.15)
    for line in book.balanced(words, (x1 - x0) * 0.94, tight):
        book.line(line, x0, x1, book.y + pitch * 0.8, "center", tight)
        book.y += pitch
    desk.fields["subject"] = f"V/v {about}"


def motto(desk: Desk, x0: float, x1: float) -> None:
    """The national title and motto between x0 and x1, as forms carry it."""
    _motto(desk, desk.book.look, x0, x1)


def _motto(desk: Desk, look: Look, x0: float, x1: float) -> None:
    book = desk.book
    title = desk.rng.choice(MOTTO)
    words = tokens(title, bold=True)
    size = look.size
    while size > 9 and sum(book.sheet.width(w, Look(look.family, size)) + 1.3 for w in words) > x1 - x0:
        size -= 0.5
    book.centred([title], x0, x1, Look(look.family, size, look.ink), bold=True)
    free = Look(look.family, size + desk.rng.choice((0.5, 1.0)), look.ink)
    book.centred([FREEDOM], x0, x1, free, bold=True)
    half = sum(book.sheet.width(w, free) + book.sheet.blank(free) for w in tokens(FREEDOM, bold=True)) / 2
    book.sheet.rule((x0 + x1) / 2 - half, book.y + 1.0, (x0 + x1) / 2 + half, book.y + 1.0)
    book.skip(2.0)


def date_line(desk: Desk, place: str, by_hand: float, x0: float) -> None:
    """Place and date in italics on one line, centred from `x0` (or from further left, when it is long) to the margin."""
    book = desk.book
    words = tokens(date_text(desk, place, by_hand), italic=True)
    length = sum(book.sheet.width(word, book.look) + book.sheet.blank(book.look) for word in words)
    pitch = book.pitch(None, 1.25)
    book.need(pitch)
    book.line(words, min(x0, book.right - length), book.right, book.y + pitch * 0.8, "center")
    book.y += pitch


def date_text(desk: Desk, place: str | None, by_hand: float) -> str:
    """Mark-up of "Mỹ Tho, ngày 03 tháng 3 năm 2022"; sets issue_date and place; day and month may be written or open."""
    rng, day = desk.rng, desk.day
    month = f"{day.month:02d}" if day.month < 3 or rng.random() < 0.25 else str(day.month)
    style = rng.choices(
        ("typed", "day", "both", "open"), (100 * (1 - by_hand), 70 * by_hand, 25 * by_hand, 5 * by_hand)
    )[0]
    spot = ""
    if place:
        desk.fields["place"] = place
        spot = f"[[place|{place},]] "
    if style == "open":
        desk.fields["issue_date"] = None
        return f"{spot}ngày tháng {month} năm {day.year}"
    desk.fields["issue_date"] = day.isoformat()
    written = f"<<{day.day:02d}>>" if style in ("day", "both") else f"{day.day:02d}"
    moon = f"<<{month}>>" if style == "both" else month
    return f"{spot}[[issue_date|ngày {written} tháng {moon} năm {day.year}]]"


def _date_line(desk: Desk, place: str, x0: float, x1: float, by_hand: float) -> None:
    book = desk.book
    look = Look(book.look.family, book.look.size - desk.rng.choice((0.0, 0.5)), book.look.ink)
    words = tokens(date_text(desk, place, by_hand), italic=True)
    pitch = book.pitch(look, 1.18)
    book.line(words, x0, x1, book.y + pitch * 0.8, "center", look)
    book.y += pitch


def title(desk: Desk, kind: str, about: str | None = None, rule: bool = True) -> None:
    """The kind of paper in capitals and its summary below, both centred and bold; sets subject."""
    book = desk.book
    big = Look(book.look.family, book.look.size + desk.rng.choice((0.0, 0.0, 1.0)), book.look.ink)
    book.centred([kind], book.left, book.right, big, bold=True)
    if about:
        pitch = book.pitch(None, 1.18)
        width = (book.right - book.left) * desk.rng.uniform(0.7, 0.85)
        for line in book.balanced(tokens(f"[[subject|{about}]]", bold=True), width, book.look):
            book.line(line, book.left, book.right, book.y + pitch * 0.8, "center")
            book.y += pitch
        desk.fields["subject"] = about
    if rule:
        middle, half = (book.left + book.right) / 2, desk.rng.uniform(12, 20)
        book.sheet.rule(middle - half, book.y + 1.4, middle + half, book.y + 1.4)
    book.skip(desk.rng.uniform(4.0, 8.0))


def long_date(desk: Desk) -> str:
    """The paper's day in words, for use inside a text."""
    return codes.long_date(desk.day)
