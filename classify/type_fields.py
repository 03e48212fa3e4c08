"""The fields of certificates, permits and extracts: what stands after their captions, if it is what it must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from classify.addresses import well_formed
from classify.captions import CAPTIONS, NEXT_PERSON, Caption, Kind
from classify.checks import born_as_told
from classify.dates import numeric_date, parse_date_line
from classify.found import Found, chance_as_read, reading_confidence
from classify.layout import Layout, Segment
from classify.particulars import after, id_number, legible
from classify.person_names import NameChecker
from classify.syllables import is_syllable
from records.ids import DocumentTypeCode
from records.page import Word
from records.symbols import Province
from records.vietnamese import folded

_NOISE = " .,;:_*'\"“”‘’|~`^…-"
_AREA = re.compile(r"(\d[\d.]*(?:,\d+)?)\s*m\W?[²2]?(?!\w)")
_MONEY = re.compile(r"\d[\d.]*(?:,\d+)?\s*(?:đồng|VNĐ|VND|đ)\b", re.IGNORECASE)
_BUSINESS = re.compile(r"\b\d{2}[A-Z]8\d{6}\b")
_BOOK = re.compile(r"\bC[HST]\s?\d{3,6}\b")
# A place that ends so goes on on a line that was not found; so does an office without its own name.
_CUT = re.compile(
    r"(?:^|\W)(?:xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho)$|^(?:uy ban(?: nhan dan)?|ubnd)$"
)
_POLITE = re.compile(r"^(?:ông|bà|anh|chị)(?:\s*/\s*bà|\s*\(bà\))?\s*:?\s+", re.IGNORECASE)
NAME_SCORE = 0.9
SURE_ENOUGH = 0.7  # below it there is no value
SURE_WORDS = 0.85  # … where no pattern checks it, and a pen may have written it
MARKED = 0.75  # a word that was read with less is doubted by itself
ENDS_PAGE = 0.93  # share of the body's width that a line reaches when it runs on …
NO_ROOM = 0.8  # … or this, if the next line's first word would have had no room behind it
BROKEN = 0.8  # how far an address is believed whose parts cannot be right
DISAGREES = 0.7  # … and an id number or a day of birth that contradict each other


class TypeFieldReader:
    """Reads what a type's captions announce; a value that fails its check is no value."""

    def __init__(self, names: NameChecker, provinces: Iterable[Province]) -> None:
        listed = tuple(provinces)
        self._names = names
        self._provinces = frozenset(province.id_code for province in listed)
        self._province_names = frozenset(folded(province.name) for province in listed)
        self._checks: dict[Kind, Callable[[Sequence[Word]], str | None]] = {
            Kind.PERSON: self._person,
            Kind.DAY: _day,
            Kind.ID: lambda words: id_number(_text(words), self._provinces),
            Kind.NUMBER: _number,
            Kind.AREA: _area,
            Kind.SEX: _sex,
            Kind.MONEY: lambda words: _first(_MONEY, words),
            Kind.TEXT: _plain,
            Kind.PLACE: _plain,
            Kind.BUSINESS: lambda words: _first(_BUSINESS, words),
            Kind.BOOK: lambda words: (_first(_BOOK, words) or "").replace(" ", "") or None,
        }

    def read(self, pages: Sequence[Layout], code: DocumentTypeCode) -> Iterator[tuple[str, Found]]:
        """Name and value of each field of this type that was found and holds; the first place of each counts."""
        persons: dict[str, tuple[Layout, Segment]] = {}
        values: dict[str, Found] = {}
        for caption in CAPTIONS.get(code, ()):
            found = next(self._found(_places(pages, caption, persons), caption), None)
            if found is not None:
                persons[caption.name] = (found[0].layout, found[1])
                values[caption.name] = found[0]
        yield from _agreeing(values).items()

    def _found(
        self, places: Iterable[tuple[Layout, Segment]], caption: Caption
    ) -> Iterator[tuple[Found, Segment]]:
        for layout, segment in places:
            label = caption.pattern.search(segment.key)
            words = _value_words(layout, segment, label.end(), caption.kind) if label else ()
            value = self._checks[caption.kind](words) if words else None
            if value is not None and legible(layout, _digits_of(caption.kind, words)):
                confidence = reading_confidence(words) * _plausible(caption.kind, value)
                least = SURE_WORDS if caption.kind in (Kind.TEXT, Kind.PLACE) else SURE_ENOUGH
                if confidence < least:
                    return
                found = Found(value, confidence, tuple(words), layout, f"caption:{caption.name}")
                whole = caption.kind is not Kind.PLACE or well_formed(value, self._province_names)
                likely = _as_likely_as_its_words(found, caption.kind)
                yield likely if whole else likely.doubted(BROKEN), segment

    def _person(self, words: Sequence[Word]) -> str | None:
        text = re.split(r"[;,.(]", _POLITE.sub("", _text(words)))[0]
        parts = [part.strip(_NOISE) for part in self._names.plain(text).split()]
        return " ".join(parts) if self._names.score(parts) >= NAME_SCORE else None


def _agreeing(values: Mapping[str, Found]) -> dict[str, Found]:
    """The values, with an id number and a day of birth doubted that are not of one person."""
    told = dict(values)
    for name, number in values.items():
        person = name.removesuffix("_id") if name.endswith("_id") else ""
        born = values.get(f"{person}_dob" if person else "dob") if person or name == "id_no" else None
        if born is not None and not born_as_told(number.value or "", born.value or ""):
            for one in (name, f"{person}_dob" if person else "dob"):
                told[one] = values[one].doubted(DISAGREES)
    return told


def _places(
    pages: Sequence[Layout], caption: Caption, persons: Mapping[str, tuple[Layout, Segment]]
) -> Iterator[tuple[Layout, Segment]]:
    """Where a caption may stand: anywhere, or in the column under its person's name, up to the next person."""
    if caption.under is None:
        yield from ((layout, segment) for layout in pages for segment in layout.segments)
    elif caption.under in persons:
        layout, name = persons[caption.under]
        for segment in layout.segments:
            if segment.box.y0 <= name.box.y0 or abs(segment.box.x0 - name.box.x0) > 0.12 * layout.width:
                continue
            if NEXT_PERSON.match(segment.key) or caption.of_another(segment.key):
                return
            yield layout, segment


def _digits_of(kind: Kind, words: Sequence[Word]) -> Sequence[Word]:
    """The words whose digits have to be print: not those of what follows a number."""
    if kind is Kind.NUMBER:
        return words[:1]
    return [word for word in words if not word.text.startswith("m")] if kind is Kind.AREA else words


def _value_words(layout: Layout, segment: Segment, end: int, kind: Kind) -> tuple[Word, ...]:
    """The words after a caption; those of the next lines too where a place runs over the margin."""
    words = after(segment, end)
    if not words:
        right = [other for other in layout.row(segment) if other.box.x0 > segment.box.x1]
        words = right[0].words if right and ":" not in right[0].text else ()
    if kind is Kind.ID and not words:
        words = next((line.words for line in _running_on(layout, segment) if line.text[:1].isdigit()), ())
    if kind in (Kind.PLACE, Kind.DAY) and words and not _text(words).endswith(";"):
        words += tuple(word for line in _running_on(layout, segment) for word in line.words)
    return words


def _running_on(layout: Layout, segment: Segment) -> Iterator[Segment]:
    left, right = layout.body
    above = segment
    for line in layout.segments:
        below = 0.5 * layout.line_height < line.box.y0 - above.box.y0 < 2.0 * layout.line_height
        full = (
            above.box.x1 > left + ENDS_PAGE * (right - left)
            or above.text.endswith(",")
            or _no_room(layout, above, line)
        )
        if below and full and line.box.x0 < left + 0.06 * (right - left):
            if ":" in line.text or re.match(r"^\W*(?:\d+|[a-zđ])[.)]", line.key):
                return
            yield line
            above = line


def _no_room(layout: Layout, above: Segment, line: Segment) -> bool:
    """Whether the first word of a line would have reached over the longest line that begins where it begins."""
    column = [
        other.box.x1 for other in layout.segments if abs(other.box.x0 - line.box.x0) < 0.02 * layout.width
    ]
    left, right = layout.body
    long = above.box.x1 > left + NO_ROOM * (right - left)
    return long and above.box.x1 + line.words[0].box.width > max(column)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _day(words: Sequence[Word]) -> str | None:
    line = parse_date_line(tuple(words))
    day = (line.value if line and not line.repaired else None) or numeric_date(_text(words))
    return day.isoformat() if day else None


def _number(words: Sequence[Word]) -> str | None:
    found = re.match(r"\W*(\d{1,5})\b(?![.,]\d)", _text(words))
    return found[1] if found else None


def _area(words: Sequence[Word]) -> str | None:
    found = _AREA.search(_text(words))
    return f"{found[1]} m²" if found else None


def _sex(words: Sequence[Word]) -> str | None:
    key = folded(words[0].text).strip(_NOISE)
    return {"nam": "Nam", "nu": "Nữ"}.get(key)


def _first(pattern: re.Pattern[str], words: Sequence[Word]) -> str | None:
    found = pattern.search(_text(words))
    return found[0] if found else None


def _as_likely_as_its_words(found: Found, kind: Kind) -> Found:
    """Words that no pattern checks are at most as likely as all of them together, as those of the header are.

    Where none of them is doubted by itself, their small doubts together are none: of 27 such values 26 were right.
    """
    if kind not in (Kind.PERSON, Kind.TEXT, Kind.PLACE):
        return found
    unmarked = all(word.confidence >= MARKED for word in found.words)
    floor = SURE_WORDS if unmarked else SURE_ENOUGH
    return replace(found, confidence=min(found.confidence, max(floor, chance_as_read(found))))


def _plain(words: Sequence[Word]) -> str | None:
    text = _text(words).strip(_NOISE)
    if _CUT.search(folded(text)):
        return None
    return text if sum(char.isalnum() for char in text) >= 2 else None


def _plausible(kind: Kind, value: str) -> float:
    """Less for words that can be no syllable; values with a pattern of their own have been checked."""
    if kind not in (Kind.TEXT, Kind.PLACE):
        return 1.0
    odd = sum(part.isalpha() and part.islower() and not is_syllable(part) for part in value.split())
    return float(0.75**odd)
