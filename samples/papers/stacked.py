"""Papers whose head is one column: agency, number and date one under the other, the motto over, under or left out."""

from __future__ import annotations

from samples.book import Align
from samples.markup import tokens
from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import date_line, motto, title
from samples.papers.wording import addressees, as_matter, body, close


def stacked_letter(desk: Desk) -> None:
    """A letter of a company, a school or a typing room, with its "V/v" under the number."""
    by = desk.office()
    prose = desk.prose(by)
    _head(desk, by, by.letter_symbol(desk.rng), about=prose.subject().removeprefix("việc "))
    addressees(desk, prose)
    body(desk, prose)
    close(desk, by, "Như trên", collective=False)


def stacked_notice(desk: Desk) -> None:
    """A notice with its title under such a head."""
    by = desk.office()
    prose = desk.prose(by)
    _head(desk, by, f"TB-{by.symbol}")
    title(desk, "THÔNG BÁO", f"Về {as_matter(prose.subject())}")
    body(desk, prose)
    close(desk, by, "Như trên")


def _head(desk: Desk, by: Office, symbol: str, about: str | None = None) -> None:
    """Sets issuing_authority, number_symbol, place, issue_date and, with `about`, subject."""
    book = desk.book
    align: Align = desk.rng.choice(("left", "center"))
    where = desk.rng.choice(("over", "under", "none"))
    if where == "over":
        motto(desk, book.left, book.right)
        book.skip(3)
    number = f"{desk.rng.randint(1, 1999):02d}/{symbol}"
    lines = [(line, True) for line in by.parent]
    lines += [(f"[[issuing_authority|{line}]]", True) for line in by.lines]
    lines += [(f"Số: [[number_symbol|{number}]]", False)]
    lines += [(f"[[subject|V/v {about}]]", False)] if about else []
    pitch = book.pitch(None, 1.18)
    for text, bold in lines:
        for words in book.wrap(tokens(text, bold=bold), (book.right - book.left) * 0.55, 0.0, book.look):
            book.line(words, book.left, book.right, book.y + pitch * 0.8, align)
            book.y += pitch
    book.skip(2)
    if where == "under":
        motto(desk, book.left, book.right)
    date_line(desk, by.place, 0.0, (book.left + book.right) / 2)
    book.skip(5)
    desk.fields |= {"number_symbol": number, "issuing_authority": by.authority}
    if about:
        desk.fields["subject"] = f"V/v {about}"
    if by.parent:
        desk.extras["parent_authority"] = " ".join(by.parent)
