"""Whether a word can be a Vietnamese syllable: onset, rhyme and tone have to fit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED_TONES = {"\u0301", "\u0323"}  # c, ch, p, t are always closed with sắc or nặng
_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
_RHYMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|"
    "e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|"
    "o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|"
    "ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|up|ut|"
    "uơ|uy|uya|uych|uyên|uyêt|uynh|uyt|uyu|ư|ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|"
    "y|yêm|yên|yêng|yêt|yêu|ynh"
)
_SYLLABLE = re.compile(f"(?:{_ONSETS})(?:{_RHYMES})")
_AFTER_QU_OR_GI = re.compile(rf"(?:qu|gi)(?:{_RHYMES})?|gi(?:n|nh|êng|êt|êu)?|gi")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether this word, of any case, can be one Vietnamese syllable.

    >>> [w for w in ("Nguyễn", "Trường", "Giang", "quyết", "quyêt", "X6uyễn", "hạn", "sđt", "thẽp") if is_syllable(w)]
    ['Nguyễn', 'Trường', 'Giang', 'quyết', 'hạn']
    """
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in parts if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
    if len(tones) > 1 or not (_SYLLABLE.fullmatch(bare) or _AFTER_QU_OR_GI.fullmatch(bare)):
        return False
    stopped = bare.endswith(("c", "ch", "p", "t"))
    return not stopped or (tones[0] if tones else "") in _STOPPED_TONES
