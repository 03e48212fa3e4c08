"""What office print can hold where: list numbers, numbers with symbols, signing capacities, dashes of a list.

Readers take the full stop of "2." for a comma, lose the slash of "629/UBND" and read "O6" for "06". Where the form of
office papers (Decree 30/2020, annex I) leaves one possibility, the word is mended; all else stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.blanks import respaced
from ocr.reading import ReadWord
from records.vietnamese import folded

_LIST_NUMBER = re.compile(r"(\d{1,2})[,:;]")
_HEADED = frozenset(("dieu", "chuong", "muc", "phan", "phu luc"))
_CITED = frozenset(("dieu", "khoan", "diem", "muc", "va", "chuong"))  # after a comma these go on counting
_CAPACITY = re.compile(r"(TM|KT|TL|TUQ)[.,:;]?")
_CAPACITY_GLUED = re.compile(r"(TM|KT|TL|TUQ)[.,:;]([^\W\d_]{2,})")
_DASH = re.compile(r"([-+])(?=[^\W\d_]{2})")
_SYMBOL = r"[A-ZĐ]{2}[A-ZĐa-z]*-[A-ZĐ&0-9-]{2,}"
_NO_SLASH = re.compile(rf"(\d{{1,4}})(?={_SYMBOL})")
_NUMBER = re.compile(rf"([\dOQolI|]{{1,5}})/?(?={_SYMBOL}|[A-ZĐ]{{2}})")
_GLUED_NUMBER = re.compile(r"([Ss]ố)[:.]?(?=\d{1,5}/)")
_MIXED = re.compile(r"(?=\D*\d)[\dOQolI|]{2,}[.,;:)]?")
_DATED = re.compile(r"(?=(?:\D*\d){2})[\dOQ]{1,4}(?:[/.-][\dOQ]{1,4}){1,2}[.,;:)]?")
_DIGITS = str.maketrans({"O": "0", "Q": "0", "o": "0", "l": "1", "I": "1", "|": "1"})


def grammatical(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """The words of a line, mended where its grammar leaves one possibility.

    >>> def said(text):
    ...     return " ".join(word.text for word in grammatical([ReadWord(t, 0, 1, 1.0) for t in text.split()]))
    >>> said("2, Phòng"), said("Điều 4, Quyết"), said("2, Điều 5"), said("-Như trên;"), said("+Vị trí")
    ('2. Phòng', 'Điều 4. Quyết', '2, Điều 5', '- Như trên;', '+ Vị trí')
    >>> said("KT: CHỦ TỊCH"), said("TM.ỦY BAN"), said("Số 629UBND-VX"), said("Số: O8/QĐ-UBND"), said("ngày O6 tháng")
    ('KT. CHỦ TỊCH', 'TM. ỦY BAN', 'Số 629/UBND-VX', 'Số: 08/QĐ-UBND', 'ngày 06 tháng')
    """
    mended = [_number(word.text) for word in words]
    mended[:2] = _beginning(mended[:3])[:2]
    return tuple(part for word, text in zip(words, mended, strict=True) for part in respaced(word, text))


def _beginning(texts: Sequence[str]) -> list[str]:
    """The first words of a line, of which the first two may be changed."""
    if len(texts) < 2:
        return list(texts)
    first, second, *rest = texts
    if folded(first) in _HEADED and rest and _goes_on(rest[0]):
        second = _LIST_NUMBER.sub(r"\1.", second)
    if _LIST_NUMBER.fullmatch(first) and _goes_on(second):
        first = first[:-1] + "."
    if _CAPACITY.fullmatch(first) and second.isupper():
        first = first.rstrip(".,:;") + "."
    glued = _CAPACITY_GLUED.fullmatch(first)
    if glued and glued[2].isupper():
        first = f"{glued[1]}. {glued[2]}"
    return [_DASH.sub(r"\1 ", first, count=1) if _DASH.match(first) else first, second, *rest]


def _goes_on(text: str) -> bool:
    """Whether a word can begin what a list number heads."""
    return text[:1].isupper() and folded(text) not in _CITED


def _number(text: str) -> str:
    """A number without letters, and with the slash before its symbol.

    >>> _number("Số286/QĐ-VKSTC"), _number("số12/2021/NĐ-CP")
    ('Số: 286/QĐ-VKSTC', 'số 12/2021/NĐ-CP')
    >>> _number("O6"), _number("9Q3/TB-UBND"), _number("629UBND-VX"), _number("II."), _number("51F-123.45")
    ('06', '903/TB-UBND', '629/UBND-VX', 'II.', '51F-123.45')
    """
    glued = _GLUED_NUMBER.match(text)
    if glued:
        return ("Số: " if glued[1] == "Số" else "số ") + text[glued.end() :]
    if _MIXED.fullmatch(text) or _DATED.fullmatch(text):
        return text.translate(_DIGITS)
    number = _NUMBER.match(text)
    if number and any(c.isdigit() for c in number[1]) and (_NO_SLASH.match(text) or "/" in number[0]):
        return number[1].translate(_DIGITS) + "/" + text[number.end() :]
    return text
