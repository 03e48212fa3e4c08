"""The parts of which administrative papers are put together: bases, articles, addressees, points, the close."""

from __future__ import annotations

from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.signing import extra_marks, signing, some_recipients
from samples.prose import Prose


def bases(desk: Desk, prose: Prose) -> None:
    """The "Căn cứ …" paragraphs, mostly in italics."""
    italic = desk.chance(0.75)
    for text in prose.draw("bases", desk.rng.randint(2, 7)):
        desk.book.paragraph(text, italic=italic)


def articles(desk: Desk, prose: Prose, clauses: list[str], last: str | None) -> None:
    """ "Điều 1." and so on with numbered points; `last` closes, or what usually does."""
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


def addressees(desk: Desk, prose: Prose) -> None:
    """ "Kính gửi:" with one name behind it, or a list below; noted in extras."""
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


def body(desk: Desk, prose: Prose, points: int | None = None) -> None:
    """An opening, points under one kind of lead, a closing."""
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


def as_matter(subject: str) -> str:
    """The subject so that it can follow "Về"."""
    return subject if subject.startswith("việc") else f"việc {subject}"


def close(desk: Desk, by: Office, first: str, collective: bool = True) -> None:
    """Recipients, signature, and the stamps that gather on page 1."""
    signing(desk, by, some_recipients(desk, by, first, by.symbol), collective)
    extra_marks(desk, by)
