"""Vietnamese text at the boundary: one form to store (NFC) and one folded form to search."""

from __future__ import annotations

import re
import unicodedata

# Letters that old keyboards and converters put in place of Vietnamese ones, and blanks that are none.
_LOOK_ALIKES = str.maketrans(
    {
        "Ð": "Đ",  # eth
        "Ɖ": "Đ",  # African d
        "ƣ": "ư",  # gha, U+01A3
        "Ƣ": "Ư",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\u00ad": None,
    }
)
_BLANKS = re.compile(r"\s+")


def normalised(untrusted: str) -> str:
    """NFC without look-alikes and zero-width characters; blanks and lines stay as they are.

    >>> normalised("Văn thƣ") == "Văn thư"
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", untrusted).translate(_LOOK_ALIKES))


def single_spaced(text: str) -> str:
    """Normalised, with every run of blanks and line ends as one blank."""
    return _BLANKS.sub(" ", normalised(text)).strip()


def folded(text: str) -> str:
    """The search key: lower case, no marks, đ as d, single blanks. Hòa and hoà fold to the same key.

    >>> folded("  Nguyễn  Văn HÙNG ở Đạo Thạnh ")
    'nguyen van hung o dao thanh'
    >>> folded("hoà") == folded("hòa")
    True
    """
    decomposed = unicodedata.normalize("NFD", normalised(text).lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")
    return _BLANKS.sub(" ", bare).strip()


# The Vietnamese alphabet; tones sort last (ngang, huyền, hỏi, ngã, sắc, nặng).
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def collation_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A sort key in Vietnamese order: letters first (a ă â … d đ …), tones only between equal letters.

    >>> sorted(["đá", "da", "ân", "an", "ăn"], key=collation_key)
    ['an', 'ăn', 'ân', 'da', 'đá']
    """
    letters: list[int] = []
    tones: list[int] = []
    for char in normalised(text).lower():
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[c] for c in parts if c in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        letters.append(_RANK.get(base, 100 + ord(base[:1] or " ") if not base.isspace() else 0))
        tones.append(tone)
    return tuple(letters), tuple(tones)
