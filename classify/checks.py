"""Checks that catch a misreading: what a value must be like, and what must agree with what."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from classify.spelling import tone_free
from records.vietnamese import folded

_OLD_ID = re.compile(r"\d{9}")


def citizen_id_fits(number: str, provinces: Collection[str], today: date | None = None) -> bool:
    """Whether 12 digits can be a citizen's id number.

    Province of birth, then century and sex (0, 1: born 1900–1999; 2, 3: 2000–2099), then the year's last two
    digits (Decree 137/2015/NĐ-CP, article 13; Circular 59/2021/TT-BCA, article 4).

    >>> citizen_id_fits("082190001234", {"082"}), citizen_id_fits("999190001234", {"082"})
    (True, False)
    """
    if not re.fullmatch(r"\d{12}", number) or number[:3] not in provinces:
        return False
    born = 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])
    return today is None or born <= today.year


def born_as_told(number: str, born: str) -> bool:
    """Whether a citizen's id number can be that of somebody born on this day (ISO 8601); True where it does not say.

    >>> born_as_told("082319000123", "2019-02-08"), born_as_told("082319000123", "1983-02-08")
    (True, False)
    >>> born_as_told("311234567", "1983-02-08")
    True
    """
    if len(number) != 12 or len(born) < 4:
        return True
    return int(born[:4]) == 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def old_id_fits(number: str) -> bool:
    """Whether this can be a number of an old identity card: 9 digits."""
    return _OLD_ID.fullmatch(number) is not None


def symbol_agrees(symbol: str, kind: str | None, authority: str) -> bool:
    """Whether the agency in a symbol can stand for the issuing authority: its letters, in order, begin words.

    >>> symbol_agrees("QĐ-VKSTC", "QĐ", "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO")
    True
    >>> symbol_agrees("UBND-KTTH", None, "SỞ TƯ PHÁP")
    False
    """
    parts = re.split(r"[-/]", symbol)
    if kind is not None and parts and parts[0] == kind:
        parts = parts[1:]
    if not parts:
        return False
    letters = re.sub(r"[^a-z]", "", folded(parts[0]))
    initials = iter(word[0] for word in re.findall(r"[a-z]+", folded(authority)))
    return bool(letters) and all(letter in initials for letter in letters)


def symbol_goes_on(symbol: str, kind: str | None, authority: str) -> bool:
    """Whether a symbol spells an authority word for word and then goes on: the end of the name was not read.

    >>> symbol_goes_on("BC-SNN&PTNT", "BC", "SỞ NÔNG NGHIỆP"), symbol_goes_on("UBND-VP", None, "UBND XÃ TÂN PHÚ")
    (True, False)
    """
    parts = re.split(r"[-/]", symbol)
    part = next((part for part in parts if part != kind), "")
    letters = re.sub(r"[^a-z]", "", folded(part))
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", folded(authority)))
    return len(initials) >= 2 and letters != initials and letters.startswith(initials)


def same_marks(place: str, authority: str) -> bool | None:
    """Whether an authority's name ends with this place, marks and all; None when it ends with another.

    >>> same_marks("Tri Tôn", "ỦY BAN NHÂN DÂN HUYỆN TRI TÔN"), same_marks("Trí Tôn", "UBND HUYỆN TRI TÔN")
    (True, False)
    >>> same_marks("Hà Nội", "BỘ TƯ PHÁP") is None
    True
    """
    size = len(place.split())
    tail = " ".join(authority.split()[-size:])
    if folded(tail) != folded(place):
        return None
    return tone_free(tail.lower()) == tone_free(place.lower())
