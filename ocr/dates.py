"""Days, months and years written by hand: readers take a one for a seven, and digits for letters.

Where a value cannot be a day of the calendar and one look-alike makes it one, it is mended; all else stays as it was
read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from ocr.reading import ReadWord
from records.vietnamese import folded

_ALIKE = {"0": "OQoDỌỞƠ", "1": "Il|!ÌÍÁ", "2": "ZRÊ", "5": "S", "6": "G", "7": "T", "8": "B", "9": "gq"}
_LOOKS_LIKE = str.maketrans({sign: digit for digit, signs in _ALIKE.items() for sign in signs})
_DATE = re.compile(r"(\D?)(\d{1,2})([/.-])(\d{1,2})\3(\d{4})(\D*)")
_YEAR = re.compile(r"7(\d{3})([.,;:]*)")
LAST_YEAR = 2100


def dated(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """The words of a line, its days and months such as a calendar has.

    >>> def said(text):
    ...     return " ".join(word.text for word in dated([ReadWord(t, 0, 1, 1.0) for t in text.split()]))
    >>> said("ngày 70 tháng 77 năm 2018"), said("ngày ÁT tháng 7 7 năm 2018"), said("ngày R0 tháng 1O năm 2018")
    ('ngày 10 tháng 11 năm 2018', 'ngày 17 tháng 11 năm 2018', 'ngày 20 tháng 10 năm 2018')
    >>> said("sinh: 78/07/7950 Giới"), said("Năm sinh: 7979"), said("ngày 07 tháng 7 năm 2018"), said("ngày lễ tháng 2")
    ('sinh: 18/07/1950 Giới', 'Năm sinh: 1979', 'ngày 07 tháng 7 năm 2018', 'ngày lễ tháng 2')
    """
    done = [_in_figures(word, words[i - 1] if i else None) for i, word in enumerate(words)]
    for before, after, last in (("ngay", "thang", 31), ("thang", "nam", 12)):
        done = _slot(done, before, after, last)
    return tuple(done)


def _slot(words: list[ReadWord], before: str, after: str, last: int) -> list[ReadWord]:
    """The words with what stands between two of them (one token, or two of one sign) made a number up to `last`."""
    said = [folded(word.text) for word in words]
    for start, word in enumerate(said):
        for end in (start + 2, start + 3):
            if not word.endswith(before) or end >= len(said) or not said[end].startswith(after):
                continue
            between = words[start + 1 : end]
            text = "".join(part.text for part in between)
            number = _possible(text.translate(_LOOKS_LIKE), last) if len(text) <= 2 else None
            if number and number != " ".join(part.text for part in between):
                mended = replace(between[0], text=number, x1=between[-1].x1)
                return [*words[: start + 1], mended, *words[end:]]
    return words


def _possible(digits: str, last: int) -> str | None:
    """The number from 1 to `last` that these digits are, or are once the fewest sevens are ones; None for neither."""
    if not digits.isdecimal():
        return None
    sevens = [i for i, digit in enumerate(digits) if digit == "7"]
    for count in range(len(sevens) + 1):
        for chosen in combinations(sevens, count):
            number = "".join("1" if i in chosen else digit for i, digit in enumerate(digits))
            if 1 <= int(number) <= last:
                return number
    return None


def _in_figures(word: ReadWord, before: ReadWord | None) -> ReadWord:
    date = _DATE.fullmatch(word.text)
    if date:
        opening, day, sign, month, year, closing = date.groups()
        day, month = _possible(day, 31) or day, _possible(month, 12) or month
        year = "1" + year[1:] if int(year) > LAST_YEAR and year[0] == "7" else year
        return replace(word, text=f"{opening}{day}{sign}{month}{sign}{year}{closing}")
    born = _YEAR.fullmatch(word.text)
    if born and before and folded(before.text).rstrip(":") in ("sinh", "nam"):
        return replace(word, text=f"1{born[1]}{born[2]}")
    return word
