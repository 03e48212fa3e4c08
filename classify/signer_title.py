"""What stands over a signature: on whose behalf, for whom, and as what somebody signs (Decree 30/2020, Annex I, II.7).

TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH. Seals lie over these lines, so what is left of a line is completed
where the order of signing leaves one possibility only: who signs for (KT.) a head is that head's deputy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classify.found import reading_confidence
from classify.layout import Segment
from classify.signing_order import ILLEGIBLE, SigningOrder, TitleLine, is_collective
from classify.spelling import Speller
from classify.syllables import is_syllable
from records.page import Word
from records.vietnamese import folded

_PREFIX = re.compile(
    r"^[\W_]*([TI1l][./]?\s?M|K[./]?\s?[TFE]|T\.?\s?U\.?\s?Q|T[./]?\s?L|Q|[OÒÓÔ0](?=\.))(?:\s*[.,:;/]+\W*|\s+)(?=\w{2})"
)
_AUTHORITIES = (("M", "TM"), ("K", "KT"), ("L", "TL"), ("U", "TUQ"))
_UNREAD = re.compile(r"\W*[^\W\d]{1,4}[.:;,]+")  # stands before a title and is none of the above: TẾ: for TL.
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»()[]{}<>\\•/"
MENDED = 0.75  # confidence of a known title whose letters could hardly be read
RESTORED = 0.8  # … and of one of which a whole line lies under the seal
OF_EXTRACTS = "NGƯỜI KÝ TRÍCH LỤC"  # many registrars sign as this and nothing else
_APPLICANTS = re.compile(
    r"nguoi (?:lam don|viet don|khai|ke khai|de nghi|yeu cau|nop)\b"
)  # sign for no office
_AGENCIES = re.compile(r"(?:so|phong|cuc|chi cuc|van phong|chi nhanh|trung tam|cong ty)\b")
_SHORT = frozenset({"UBND", "HĐND", "UBMTTQ", "TP", "TX", "BCH", "TTHC"})  # what titles abbreviate
_RANKS = re.compile(
    r"(?:nguoi|truong|vu|pho|chu|giam|thu|can|cong|dai|ban|ke|chanh|bi|to|doi|hieu|vien|cuc|chi|hoi|thuong|nhan|"
    r"chuyen|quyen|tong|bo|thong|tham|kiem|chap|tram|hat|tien|luat|bac|y)\b"
)  # the first word of a title that no list knows


@dataclass(frozen=True, slots=True)
class SignerTitle:
    """A title as it is printed; `cut`: its last line was not read from its beginning, where KT. or PHÓ may stand."""

    text: str
    confidence: float
    cut: bool = False


def authorities(title: str) -> str:
    """By what authority somebody signs, in the order of signing; empty for a head who signs as such.

    >>> authorities("TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG")
    'TL. KT.'
    """
    return " ".join(re.findall(r"(?<!\S)(?:(?:TM|KT|TL|TUQ|Q)\.|[TK]/[MTL])(?!\S)", title))


class TitleReader:
    """Reads the lines over a signature with the spelling of titles at hand."""

    def __init__(self, speller: Speller, order: SigningOrder) -> None:
        self._speller = speller
        self._order = order

    def knows(self, line: Segment) -> bool:
        """Whether a line is a known title, whatever its case."""
        return self._speller.knows([word.text for word in line.words])

    def read(self, block: Sequence[Segment], named: bool) -> SignerTitle | None:
        """The title in these lines; None where they are none, or where a part is hidden.

        A title that no list knows counts only over a name (`named`).
        """
        lines = _of_signer(self._order.completed(self._lines(block), named=named))
        certain = reading_confidence([word for segment in block for word in segment.words])
        if not any(line.known for line in lines):
            text = " ".join(line.text for line in lines)
            return SignerTitle(text, 0.9 * certain) if named and self._can_stand(text, first=True) else None
        if any(line.prefix == ILLEGIBLE for line in lines) or not _names_rank(lines[-1].text):
            return None
        if not all(line.whole or self._can_stand(line.text, first=not line.on_behalf) for line in lines):
            return None
        if lines[-1].prefix not in ("", "Q.") or (not lines[0].prefix and is_collective(lines[0].text)):
            return None
        if lines[-1].text.startswith("NGƯỜI KÝ ") and not (named and lines[-1].text == OF_EXTRACTS):
            return None  # registers print it over the title of whoever signs
        if _APPLICANTS.match(folded(lines[-1].text)):
            return None
        return _told(lines, certain)

    def _can_stand(self, text: str, first: bool) -> bool:
        """Whether an unknown part consists of whole words, is no remnant of a known one, and names a rank."""
        words = [word.strip(_NOISE) for word in text.split()]
        if len(words) < 2 or (first and not _RANKS.match(folded(words[0]))):
            return False
        whole = all(not w or w in _SHORT or is_syllable(w) for w in words)
        return whole and not self._speller.holds(text)

    def _lines(self, block: Sequence[Segment]) -> list[TitleLine]:
        """The lines of a title; one that runs on over the next (GIÁM ĐỐC SỞ TÀI / NGUYÊN VÀ …) with that one."""
        done: list[TitleLine] = []
        before: tuple[Word, ...] = ()
        for segment in block:
            line = self._line(segment.words)
            if done and not line.prefix and not (done[-1].whole and line.whole):
                both = self._line(before + segment.words)
                if both.whole:
                    done[-1], before = both, before + segment.words
                    continue
            done.append(line)
            before = segment.words
        return done

    def _line(self, printed: Sequence[Word]) -> TitleLine:
        words = [word for word in printed if any(char.isalpha() for char in word.text) or word.text in "-–"]
        prefix, words = _prefix(words)
        while words and _is_speck(words[0]):
            words = words[1:]
        cut = bool(words) and _is_speck(words[-1])
        whole = self._speller.nearest(" ".join(word.text for word in words)) if cut else None
        if whole is not None:
            return TitleLine(prefix, whole, len(whole.split()), len(whole.split()))
        while words and _is_speck(words[-1]):
            words = words[:-1]
        texts = [word.text.strip("_'\"“”‘’`~^|.:;/\\") for word in words]
        spelled, known = self._speller.respelled(texts, [word.confidence for word in words])
        text, size = " ".join(spelled).strip(" ,-"), len(texts)
        if known < size:
            meant = self._speller.nearest(" ".join(texts)) or self._speller.ending(" ".join(texts))
            if meant is not None and texts[0].upper() in _SHORT and not meant.startswith(texts[0].upper()):
                meant = None  # TM. UBND TỈNH …: no scrap stands before the place
            if meant is None:
                meant = self._with_tail(texts, spelled)
            if meant is not None:
                prefix = prefix or (ILLEGIBLE if is_collective(meant) and _scraps(texts, meant) else "")
                cut = folded(texts[0]) != folded(meant.split()[0])
                return TitleLine(prefix, meant, len(meant.split()), len(meant.split()), cut=cut)
        return TitleLine(prefix, text, known, size)

    def _with_tail(self, texts: Sequence[str], spelled: Sequence[str]) -> str | None:
        """The line with its end completed to a known name: GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯ(ỜNG)."""
        for start in range(1, len(texts) - 1):
            tail = self._speller.nearest(" ".join(texts[start:]))
            if tail is not None and self._speller.knows(spelled[:start]):
                return " ".join([*spelled[:start], tail])
        return None


def _prefix(words: Sequence[Word]) -> tuple[str, list[Word]]:
    """The authority that a line begins with, also when it was read in one word with what follows."""
    text = " ".join(word.text for word in words)
    found = _PREFIX.match(text)
    if found is None:
        unread = len(words) > 1 and _UNREAD.fullmatch(words[0].text) is not None
        return (ILLEGIBLE, list(words[1:])) if unread else ("", list(words))
    rest, start = [], 0
    for word in words:
        end = start + len(word.text)
        if end > found.end():
            rest.append(replace(word, text=word.text[max(0, found.end() - start) :]))
        start = end + 1
    return _authority(found[1]), rest


def _authority(read: str) -> str:
    """The abbreviation that was meant; the party writes T/M, K/T, T/L.

    >>> _authority("IM"), _authority("KE"), _authority("T/L"), _authority("Ò")
    ('TM.', 'KT.', 'T/L', 'Q.')
    """
    letters = next((word for mark, word in _AUTHORITIES if mark in read), "Q")
    return "/".join(letters) if "/" in read else f"{letters}."


def _scraps(read: Sequence[str], meant: str) -> bool:
    """Whether something stands before a name that was found at the end of a line (IMLUY BAN NHÂN DÂN)."""
    return sum(map(len, read)) > len(meant.replace(" ", ""))


def _is_speck(word: Word) -> bool:
    """A scrap that a seal leaves at the edge of a line."""
    bare = word.text.strip(_NOISE)
    return len(bare) <= 3 and not is_syllable(bare)


def _of_signer(lines: list[TitleLine]) -> list[TitleLine]:
    """The lines without the agency that certificates print over them: SỞ TÀI NGUYÊN … / TUQ. GIÁM ĐỐC / …"""
    first = lines[0]
    if len(lines) < 2 or first.prefix or not _AGENCIES.match(folded(first.text)):
        return lines
    return lines[1:] if lines[1].prefix in ("KT.", "TL.", "TUQ.") else lines


def _names_rank(text: str) -> bool:
    """Whether a line can be the last of a title: VĂN PHÒNG is what a seal left of one."""
    return any(_RANKS.match(word) for word in folded(text).split()[:1])


def _told(lines: Sequence[TitleLine], certain: float) -> SignerTitle:
    share = sum(line.known for line in lines) / max(1, sum(line.size for line in lines))
    confidence = share * (MENDED + (1 - MENDED) * certain) + (1 - share) * 0.9 * certain
    if any(line.restored for line in lines):
        confidence *= RESTORED
    cut = lines[-1].cut and not lines[-1].text.startswith(("PHÓ ", "THỨ "))
    return SignerTitle(" ".join(line.print for line in lines), confidence, cut)
