"""Tells sound Vietnamese text from the remains of an old encoding (TCVN3, VNI) and from a poor OCR layer.

Old PDFs show the right shapes through fonts whose codes mean something else: what is copied from them reads
"Céng hßa x· héi" or "COÄNG HOØA XAÕ HOÄI". Such text must not be taken for the page's words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ocr.syllables import is_syllable

_MOTTO = "cong hoa xa hoi chu nghia viet nam"
_MOTTO_WRITTEN = ("cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt nam")
_LEAST_MARKED = 0.4  # of the words; in running Vietnamese about three in four carry a mark
_LEAST_POSSIBLE = 0.9  # of the marked words are possible syllables; the rest are foreign names
_EDGE = re.compile(r"^[^\w]+|[^\w]+$")
_MARKED = re.compile(r"[^\x00-\x7f]")
_LETTERS = re.compile(r"[^\W\d_]")


def is_sound_vietnamese(words: Iterable[str]) -> bool:
    """Whether the words of a page are Vietnamese in Unicode, by their spelling and, where it stands, the motto.

    >>> is_sound_vietnamese("Căn cứ Luật Tổ chức chính quyền địa phương".split())
    True
    >>> is_sound_vietnamese("C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng".split())
    False
    >>> is_sound_vietnamese("Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông".split())
    False
    >>> is_sound_vietnamese("Can cu Luat To chuc chinh quyen dia phuong".split())
    False
    """
    tokens = [unicodedata.normalize("NFC", word) for word in words]
    lettered = [token for token in tokens if _LETTERS.search(token)]
    marked = [token for token in lettered if _MARKED.search(_EDGE.sub("", token.replace("–", "-")))]
    if not lettered or len(marked) < _LEAST_MARKED * len(lettered):
        return False
    possible = sum(_is_possible(token) for token in marked)
    return possible >= _LEAST_POSSIBLE * len(marked) and _motto_is_sound(tokens)


def _is_possible(token: str) -> bool:
    """Whether every part of a word that is joined by signs is a syllable, or has no mark and so says nothing."""
    parts = [part for part in re.split(r"[-–/.,:;()\"“”'’&]|\d+", token) if part]
    return all(is_syllable(part) or not _MARKED.search(part) or len(part) == 1 for part in parts)


def _motto_is_sound(tokens: list[str]) -> bool:
    """When the motto's bare letters stand there, its marks must stand there too."""
    written = " ".join(tokens).lower()
    return _MOTTO not in _bare(written) or any(motto in written for motto in _MOTTO_WRITTEN)


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(c for c in parts if not unicodedata.combining(c))
