"""Tells whether a token can be a Vietnamese syllable, by the rules of spelling: onset + rime + tone.

Vietnamese is written in syllables of which only about 17,000 are possible, so that most misread marks give a token
that cannot exist ("quyêt", "chưc", "đicu"). The tables are the standard ones of Vietnamese orthography (see
Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977, on onsets, rimes and the two tones that a stop allows).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êc êng
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
    oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ơng
    u ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut uê uêch uênh uơ uy uya uych uyên uyêt
    uynh uyt uyu uyp uăng uao
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 -- a table reads better as one text
)
_QU_RIMES = frozenset(
    """
    a ac ach ai an ang anh ao at ay ăc ăm ăn ăng ăp ăt ân âng ât ây âu e en eo et eng ê ên ênh êch êt
    i it y yt ynh ych yên yêt ơ ơn ôc ôi ơi uôc
    """.split()  # noqa: SIM905 -- a table reads better as one text
)
_FRONT = "eêiy"  # vowels before which k, gh, ngh are written instead of c, g, ng
_BEFORE_FRONT = {"k", "gh", "ngh"}
_NOT_BEFORE_FRONT = {"c", "ng"}
_ONSETS = (
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}  # a syllable that ends in a stop rises or drops
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=20_000)
def is_syllable(token: str) -> bool:
    """Whether the letters of a token spell a possible Vietnamese syllable in either style of tone marks.

    >>> [is_syllable(word) for word in ("Quyết", "nghị", "hòa", "hoà", "thuở", "giữa", "gì")]
    [True, True, True, True, True, True, True]
    >>> [is_syllable(word) for word in ("quyêt", "chưc", "đicu", "ngề", "UBND", "12")]
    [False, False, False, False, False, False]
    """
    bare, tones = _without_tone(token.lower())
    if len(tones) > 1 or not bare.isalpha():
        return False
    if bare.endswith(_STOPS) and not tones & _STOP_TONES:
        return False
    return any(bare.startswith(onset) and _fits(onset, bare[len(onset) :]) for onset in _ONSETS)


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _QU_RIMES
    if rime not in _RIMES:
        return False
    front = rime[0] in _FRONT
    if onset in _BEFORE_FRONT:
        return front
    return not (front and onset in _NOT_BEFORE_FRONT) or rime == ""


def _without_tone(token: str) -> tuple[str, set[str]]:
    parts = unicodedata.normalize("NFD", token)
    tones = {c for c in parts if c in _TONES}
    count = sum(c in _TONES for c in parts)
    if count > 1:
        tones.update(_TONES)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)), tones
