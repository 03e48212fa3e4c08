"""Dossier codes that a misreading may have come from: those that differ in a character or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from records.codes import parse_dossier_code
from records.errors import InvalidDossierCode
from records.ids import DossierCode

FARTHEST = 2  # characters that were misread, lost or added
_DIGITS = "0123456789"


def distance(one: str, other: str) -> int:
    """How many characters must be changed, put in or taken out (Levenshtein, 1965).

    >>> distance("H58.30-220303-0012", "H58.36-220303-0012"), distance("0012", "00012"), distance("ab", "ba")
    (1, 1, 2)
    """
    row = list(range(len(other) + 1))
    for number, left in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, right in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (left != right))
    return row[-1]


def other_days(code: DossierCode) -> Iterator[DossierCode]:
    """The same code with one digit of its day read otherwise, as far as that day exists."""
    head, digits, sequence = code.rsplit("-", 2)
    for place, digit in enumerate(digits):
        for other in _DIGITS:
            changed = f"{head}-{digits[:place]}{other}{digits[place + 1 :]}-{sequence}"
            if other != digit and day_of(DossierCode(changed)) is not None:
                yield DossierCode(changed)


def day_of(code: DossierCode) -> date | None:
    """The day of reception that stands in a code; None for one that is none."""
    try:
        return parse_dossier_code(code).received_on
    except InvalidDossierCode:
        return None


def nearest(
    code: DossierCode, known: Iterable[DossierCode], most: int = 3
) -> tuple[tuple[DossierCode, int], ...]:
    """The known codes that are near enough, nearest first, each with its distance."""
    found = ((other, distance(code, other)) for other in set(known) - {code})
    return tuple(
        sorted((pair for pair in found if pair[1] <= FARTHEST), key=lambda pair: (pair[1], pair[0]))
    )[:most]
