"""The grammar of a document's number and symbol (Decree 30/2020, Annex I, II.3), misreadings set right inside it.

named kind    492/QĐ-UBND            number / kind - agency
letter        873/UBND-VP            number / agency - drafting unit
normative     01/2025/QĐ-UBND        number / year / kind - agency
party         1098-TB/BTCTU          number - kind / agency (Guideline 36-HD/VPTW)
register      45/TLKS-BS, 12/2022    civil status
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from classify.fuzzy import distance
from records.symbols import KindAbbreviation
from records.vietnamese import folded, normalised

_LABEL = re.compile(
    r"^\W*(?:(?:luật|nghị quyết|bản án|quyết định|thông báo|công văn)\s+)?[s5$8][ốôóòoồộơõỗổ06]{1,2}\s*[:;.,]*\s*",
    re.IGNORECASE,
)
_DASHES = re.compile(r"\s*[-–—‐‑−]+\s*")
_NUMBER = re.compile(r"\d{1,5}[a-dACD]?(?:\.\d{1,3})?")  # 12a, 12A; a B is an 8, an O a 0
_YEAR = re.compile(r"(?:19[4-9]|20\d)\d")
_PART = re.compile(r"[A-ZĐƯƠĂÂÊÔ][A-ZĐƯƠĂÂÊÔa-zđư0-9]*(?:[&.,+][A-ZĐa-z0-9]+)*")
_PARTY = re.compile(r"(?P<number>[^/\-]*)-(?P<kind>[^/\-]+)/(?P<agency>[^/]+)")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Parts of symbols that mix cases, besides the abbreviations of kinds.
_MIXED = ("TTg", "TTr", "ThTr", "BGDĐT", "CAT", "TTPVHCC")
# Agencies so frequent that a slip in them can be set right.
_FREQUENT = ("UBND", "HĐND", "VKSND")
_LOOK_ALIKE = str.maketrans({"0": "Q", "O": "Q", "I": "T", "l": "T", "1": "T", "Í": "T", "D": "Đ", "8": "B"})
# What letters of those agencies are misread as.
_LIKE = {
    "U": "VOƯLJ",
    "B": "8RDEPSH",
    "N": "MHWR",
    "D": "ĐOB0PUQ",
    "H": "NMIB",
    "Đ": "DBOQ",
    "V": "YUW",
    "K": "XRHN",
    "S": "58B",
}
CLEAN, REPAIRED, ODD = 1.0, 0.88, 0.7


@dataclass(frozen=True, slots=True)
class NumberSymbol:
    """What stands after "Số:". `number` is None where it is blank or was not read as a number."""

    number: str | None
    symbol: str  # "/QĐ-UBND" without its number, as "QĐ-UBND"
    kind: str | None  # abbreviation of the kind of document; None for a letter
    year: str | None
    party: bool
    certainty: float  # 1 when nothing had to be set right

    @property
    def value(self) -> str | None:
        if self.number is None:
            return None
        if self.party:
            return f"{self.number}-{self.symbol}"
        return "/".join(part for part in (self.number, self.year, self.symbol) if part)


class NumberGrammar:
    """Reads number and symbol with the abbreviations of kinds at hand, whose case matters."""

    def __init__(self, abbreviations: Iterable[KindAbbreviation]) -> None:
        self._kinds = {row.abbreviation for row in abbreviations if row.abbreviation}
        self._kinds |= {"NĐ", "TT", "TTLT", "L", "NQLT", "CV", "TLKS", "TLKT", "TLKH", "TL"}
        by_key: dict[str, set[str]] = {}
        for kind in self._kinds:
            by_key.setdefault(_key(kind), set()).add(kind)
        self._by_key = {key: next(iter(kinds)) for key, kinds in by_key.items() if len(kinds) == 1}

    def parse(self, untrusted: str, expected: Collection[str] = ()) -> NumberSymbol | None:
        """Number and symbol in the words after (and with) "Số:"; None when there is no symbol.

        `expected` are the kinds that the paper's title stands for: one of them is believed at one misread letter.
        """
        text = _compact(_LABEL.sub("", normalised(untrusted), count=1))
        if text.islower():
            text = text.upper()
        party = _PARTY.fullmatch(text)
        if party is not None and self._kind(party["kind"]) is not None:
            return self._party(party)
        return self._state(text, expected)

    def _state(self, text: str, expected: Collection[str]) -> NumberSymbol | None:
        number, slash, rest = text.partition("/")
        year, _, after = rest.partition("/")
        if not slash or sum(char.isalpha() for char in number) > 3:
            return None
        if _YEAR.fullmatch(year):
            if not after:  # civil status: 12/2022
                return NumberSymbol(_number(number), year, None, None, False, ODD)
            rest = after
        else:
            number, year = _parted(number)
        symbol = self._symbol(rest, expected)
        if symbol is None:
            return None
        words, certainty = symbol
        kind = words[0] if words[0] in self._kinds else None
        return NumberSymbol(_number(number), "-".join(words), kind, year or None, False, certainty)

    def _party(self, found: re.Match[str]) -> NumberSymbol | None:
        kind = self._kind(found["kind"])
        parts = [_part(part) for part in found["agency"].split("-")]  # BTCTU, or with its unit TĐTN-PT
        agency = [part for part in parts if part is not None]
        if kind is None or len(agency) < len(parts):
            return None
        certainty = min(CLEAN if kind == found["kind"] else REPAIRED, *(sure for _, sure in agency))
        symbol = f"{kind}/{'-'.join(word for word, _ in agency)}"
        return NumberSymbol(_number(found["number"]), symbol, kind, None, True, certainty)

    def _symbol(self, text: str, expected: Collection[str]) -> tuple[list[str], float] | None:
        first, *others = text.split("-")
        kind = self._kind(first) or next((k for k in expected if first and distance(first, k) == 1), None)
        head = (kind, CLEAN if kind == first else REPAIRED) if kind else _part(first)
        parts = [head, *map(_part, others)]
        if any(part is None for part in parts):
            return None
        known = [part for part in parts if part is not None]
        return [word for word, _ in known], min(certainty for _, certainty in known)

    def _kind(self, part: str) -> str | None:
        """The abbreviation that was meant: TTr for TIr, QĐ for 0Đ or QD; None if it is none."""
        if part in self._kinds:
            return part
        exact = self._by_key.get(_key(part))
        if exact is not None:
            return exact
        if len(part) < 2 or len(part) > 4:
            return None
        near = {k for k in self._kinds if len(k) == len(part) and _alike(part, k)}
        return next(iter(near)) if len(near) == 1 else None


def _key(part: str) -> str:
    return folded(part)


def _alike(read: str, kind: str) -> bool:
    """Whether the two differ in one letter only, and that one is a usual misreading."""
    wrong = [(a, b) for a, b in zip(read, kind, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0][0].translate(_LOOK_ALIKE) == wrong[0][1]


def _part(read: str) -> tuple[str, float] | None:
    """A part of the symbol as it must have been printed, and how sure that is."""
    part = _toneless(read).strip(".,;:'\"“”_ ")
    if part in _MIXED:
        return part, CLEAN
    if not _PART.fullmatch(part) or len(part) > 14:
        return None
    near = [known for known in _FREQUENT if part.upper() == known or _slip(part.upper(), known)]
    if near:
        return near[0], CLEAN if near[0] == read else REPAIRED
    if any(char.islower() for char in part):
        return part, ODD
    return part, CLEAN if part == read else REPAIRED


def _slip(read: str, meant: str) -> bool:
    """Whether a frequent agency was misread in one letter that looks alike: UBNO for UBND, but HĐXD is not HĐND."""
    if len(read) != len(meant):
        return len(meant) > 4 and distance(read, meant) == 1
    wrong = [(a, b) for a, b in zip(read, meant, strict=True) if a != b]
    return len(meant) > 3 and len(wrong) == 1 and wrong[0][0] in _LIKE.get(wrong[0][1], "")


def _toneless(text: str) -> str:
    """Symbols carry no tone marks; Đ, Ư and the like stay."""
    parts = (char for char in unicodedata.normalize("NFD", text) if char not in _TONES)
    return unicodedata.normalize("NFC", "".join(parts))


def _number(read: str) -> str | None:
    return read if _NUMBER.fullmatch(read) else None


def _parted(number: str) -> tuple[str, str]:
    """Number and year that were read as one because the slash between them was lost.

    >>> _parted("48562024"), _parted("4856")
    (('4856', '2024'), ('4856', ''))
    """
    found = re.fullmatch(r"(\d{1,4})(20[0-3]\d)", number) if len(number) >= 6 else None
    return (found[1], found[2]) if found else (number, "")


def _compact(text: str) -> str:
    """Blanks inside number and symbol dropped, words that cannot belong to them cut off.

    >>> _compact("686 /STTT-CNTT&BCVT"), _compact("24 /TTr -UBND Hà Nội")
    ('686/STTT-CNTT&BCVT', '24/TTr-UBND')
    """
    tight = re.sub(r"\s*/\s*", "/", _DASHES.sub("-", text)).strip()
    number, slash, rest = tight.partition("/")
    return re.sub(r"\s+", "", number) + slash + (rest.split(" ")[0] if rest else "")
