"""One spelling of a value for comparing and looking up; the value itself stays as the paper prints it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from records.vietnamese import single_spaced

# What headers abbreviate, in capitals (Decree 30/2020 allows it for an agency's parent only; papers do it anywhere).
_SHORT = {
    "UBND": "ỦY BAN NHÂN DÂN",
    "HĐND": "HỘI ĐỒNG NHÂN DÂN",
    "UBMTTQ": "ỦY BAN MẶT TRẬN TỔ QUỐC",
    "VKSND": "VIỆN KIỂM SÁT NHÂN DÂN",
    "TAND": "TÒA ÁN NHÂN DÂN",
    "BHXH": "BẢO HIỂM XÃ HỘI",
    "TP": "THÀNH PHỐ",
    "TX": "THỊ XÃ",
    "TT": "THỊ TRẤN",
}
_LEVEL = re.compile(
    r"^(?:thành phố|tp|thị xã|tx|thị trấn|tt|tỉnh|huyện|quận|phường|xã)\.?\s+(?=\D)", re.IGNORECASE
)

_OPEN_RHYMES = re.compile(r"(?<![qQ])(o[ae]|u[yơ])([\u0300\u0301\u0303\u0309\u0323])(?!\w)", re.IGNORECASE)


def normal_form(name: str, value: str | None) -> str | None:
    """The normal form of a field's value; the value where its field has no other.

    >>> normal_form("number_symbol", "045/QĐ-UBND"), normal_form("signer_name", "TRƯƠNG QUỐC BẢO")
    ('45/QĐ-UBND', 'Trương Quốc Bảo')
    >>> normal_form("issuing_authority", "UBND TP. MỸ THO"), normal_form("place", "TP. Mỹ Tho")
    ('ỦY BAN NHÂN DÂN THÀNH PHỐ MỸ THO', 'Mỹ Tho')
    """
    if value is None:
        return None
    return _FORMS.get(name, single_spaced)(value)


def same_tone_place(text: str) -> str:
    """The text with the tone of open oa, oe, uy on the first vowel, as Decree 30/2020's own print has it.

    >>> same_tone_place("UỶ BAN, hoà giải, thuý, quý, hoàn")
    'ỦY BAN, hòa giải, thúy, quý, hoàn'
    """
    return re.sub(r"\w+", lambda found: _moved(found[0]), text)


def _moved(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    moved = _OPEN_RHYMES.sub(lambda found: f"{found[1][0]}{found[2]}{found[1][1:]}", parts)
    return unicodedata.normalize("NFC", moved)


def _number(value: str) -> str:
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", value))


def _agency(value: str) -> str:
    words = (_SHORT.get(word.strip("."), word) for word in single_spaced(value).upper().split())
    return same_tone_place(" ".join(words))


def _place(value: str) -> str:
    return same_tone_place(_LEVEL.sub("", single_spaced(value)))


def _person(value: str) -> str:
    return " ".join(word.capitalize() for word in single_spaced(value).split())


def _code(value: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", value).upper()


_FORMS: dict[str, Callable[[str], str]] = {
    "number_symbol": _number,
    "issuing_authority": _agency,
    "parent_authority": _agency,
    "place": _place,
    "signer_name": _person,
    "applicant": _person,
    "owner": _person,
    "full_name": _person,
    "id_no": _code,
    "phone": _code,
    "serial": _code,
}
