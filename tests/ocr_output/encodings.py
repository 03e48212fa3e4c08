"""Vietnamese text as old fonts stored it, seen through Latin-1: what is copied from an old PDF."""

from __future__ import annotations

import unicodedata

_TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        strict=True,
    )
)
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_VNI_TONES = {  # the second letter, for each of the tones above
    "": "ùøûõï",
    "^": "áàåãä",  # on â, ê, ô
    "(": "éèúüë",  # on ă
}
_VNI_LETTERS = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ"}
_VNI_I = dict(zip("íìỉĩị", "íìæóò", strict=True))


def tcvn3(text: str) -> str:
    """TCVN 5712:1993, the fonts whose names begin with .Vn (capitals with a tone mark have a font of their own)."""
    return "".join(_TCVN3.get(c, _TCVN3.get(c.lower(), c)) for c in unicodedata.normalize("NFC", text))


def vni(text: str) -> str:
    """VNI Windows: a tone is a second letter behind its vowel."""
    return "".join(_vni_letter(c) for c in unicodedata.normalize("NFC", text))


def _vni_letter(character: str) -> str:
    written = _vni_small(character.lower())
    return written.upper() if character.isupper() else written


def _vni_small(character: str) -> str:
    if character in _VNI_I:
        return _VNI_I[character]
    parts = unicodedata.normalize("NFD", character)
    tone = next((mark for mark in parts if mark in _TONES), "")
    bare = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else character
    if not tone:
        return _VNI_LETTERS.get(bare, bare)
    kind = "^" if bare in "âêô" else "(" if bare == "ă" else ""
    letter = unicodedata.normalize("NFD", bare)[0] if kind else _VNI_LETTERS.get(bare, bare)
    return letter + _VNI_TONES[kind][_TONES.index(tone)]
