"""The desk at which one paper is written: its office, its day, its typewriter, and the fields that it will carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from samples import handwriting
from samples.book import Book, Margins, PageNumbers
from samples.offices import KINDS, Office, office, some_office
from samples.people import Commune, Person, some_commune, some_day, some_person
from samples.prose import Prose
from samples.sheet import A4, Look

_SERIF = (
    ("times", 68),
    ("free-serif", 18),
    ("noto-serif", 5),
    ("dejavu-serif", 3),
    ("arial", 4),
    ("calibri", 2),
)


# Points by which wide faces are set smaller, as a drafter does to fill the page alike
_WIDE = {"dejavu-serif": 2.0, "noto-serif": 1.0, "arial": 1.0, "calibri": 0.5}


@dataclass
class Desk:
    """Everything that a layout needs. Layouts print on `book` and put normalised values in `fields` and `extras`.

    `given` holds facts that the caller fixes: `dossier_code`, `applicant` (name), `id_no`, `address`,
    `procedure_code`, `procedure_name`, `received`, `due`, `issued` (dates), `province`, `district`, `commune` (as in
    data/places.toml), `codes` (which bar codes a receipt carries: both, code39, qr, none).
    """

    rng: Random
    book: Book
    day: date
    given: Mapping[str, Any]
    home: Commune
    fields: dict[str, str | None] = field(default_factory=dict)
    extras: dict[str, Any] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.rng.random() < share

    def office(self, *kinds: str) -> Office:
        """An office of one of these kinds (any when none is named) whose area holds this paper's commune."""
        if self.given.get("commune"):
            return office(self.rng, self.rng.choice(kinds or KINDS[:5]), self.home)
        return some_office(self.rng, None, kinds or KINDS)

    def local_office(self, *kinds: str) -> Office:
        """An office of one of these kinds for the commune in which the paper's people live."""
        return office(self.rng, self.rng.choice(kinds), self.home)

    def prose(self, by: Office, domain: str | None = None) -> Prose:
        """A source of sentences for this office and day."""
        return Prose(self.rng, by, self.day, domain)

    def applicant(self, home: Commune | None = None, born: tuple[int, int] = (1945, 2003)) -> Person:
        """The person whom the paper is about; the given name, when the caller fixed one."""
        person = some_person(self.rng, home or self.home, born=born)
        known = {"name": "applicant", "id_no": "id_no", "address": "address"}
        given = {ours: str(self.given[theirs]) for ours, theirs in known.items() if self.given.get(theirs)}
        if not given:
            return person
        male = "Thị" not in given.get("name", "").split()[1:2]
        return Person(**{**some_person(self.rng, home or self.home, male, born).__dict__, **given})

    def signed_pen(self, text: str, share: float = 0.6) -> str:
        """The text, hand-written in this share of the cases."""
        return f"<<{text}>>" if self.chance(share) else text


def new_desk(rng: Random, dpi: int, given: Mapping[str, Any], size_mm: tuple[float, float] = A4) -> Desk:
    """A desk with a typewriter, margins and a pen of its own."""
    families, weights = zip(*_SERIF, strict=True)
    shade = rng.choice((12, 18, 24, 34, 48))
    family = rng.choices(families, weights)[0]
    size = rng.choice((13.0, 13.5, 14.0, 14.0)) - _WIDE.get(family, 0.0)
    look = Look(family, size, (shade, shade, shade + 2))
    margins = Margins(rng.uniform(27, 34), rng.uniform(14, 20), rng.uniform(18, 25), rng.uniform(17, 22))
    places: tuple[PageNumbers, ...] = ("top", "bottom", "none")
    numbers = rng.choices(places, (75, 15, 10))[0]
    pen = handwriting.some_pen(rng)
    book = Book(size_mm, dpi, look, margins, rng, pen, numbers, rng.uniform(1.15, 1.4))
    day = given.get("issued") or some_day(rng, date(2016, 1, 4), date(2025, 6, 27))
    home = _home(rng, given)
    return Desk(rng, book, day, given, home)


def _home(rng: Random, given: Mapping[str, Any]) -> Commune:
    home = some_commune(rng, given.get("province"), given.get("district"))
    if given.get("commune"):
        return Commune(**{**home.__dict__, "name": given["commune"]})
    return home
