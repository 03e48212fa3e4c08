"""What receipts and forms say after their labels: applicant, id number, procedure, days of receipt and return."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from classify.checks import citizen_id_fits, old_id_fits
from classify.dates import numeric_date, parse_date_line
from classify.found import Found, reading_confidence
from classify.fuzzy import similarity
from classify.handwriting import Hand, hand
from classify.layout import Layout, Segment
from classify.person_names import NameChecker
from records.page import Word
from records.procedure import Procedure
from records.vietnamese import folded

_LABELS = {
    "applicant": r"tiep nhan ho so cua(?: ong/ba)?|ho so cua(?: ong/ba)?|nguoi nop ho so|ten nguoi nop|toi ten la|"
    r"ten nguoi yeu cau|ten chu ho|ho va ten(?: \(viet chu in hoa\))?",
    "id_no": r"so (?:cccd|cmnd|cmt|dinh danh)[^:]*|(?:cccd|cmnd)(?:/cmnd|/cccd)?(?: so)?|giay to tuy than",
    "phone": r"so dien thoai|dien thoai",
    "procedure_name": r"noi dung yeu cau giai quyet|ten thu tuc hanh chinh|thu tuc hanh chinh|ten thu tuc|thu tuc",
    "received_at": r"thoi gian nhan ho so|thoi gian tiep nhan|ngay tiep nhan(?: ho so)?|ngay nhan(?: ho so)?",
    "due_at": r"thoi gian (?:hen )?tra ket qua[^:]*|ngay hen tra(?: ket qua)?|hen tra ket qua[^:]*",
}
_PATTERNS = {name: re.compile(rf"(?:^|.*\b)(?:{labels})\s*:") for name, labels in _LABELS.items()}
_NEXT_LABEL = re.compile(r"\s\S+(?:\s\S+){0,3}\s*:(?=\W*\w)")  # a colon at the end of a line is a speck
_NOISE = " .,;:_*'\"“”‘’|~`^…"
LEGIBLE = 0.85  # confidence that the digits of a number need
NAMED = 0.85  # how alike a procedure's name has to be


@dataclass(frozen=True)
class Labelled:
    """The words after a label."""

    words: tuple[Word, ...]
    layout: Layout

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words).strip(_NOISE)


class ParticularsReader:
    """Reads labelled values and checks each against what it must be."""

    def __init__(self, names: NameChecker, procedures: Iterable[Procedure], provinces: Iterable[str]) -> None:
        self._names = names
        listed = tuple(procedures)
        self._procedures = {folded(procedure.name): procedure.name for procedure in listed}
        self._by_name: dict[str, list[Procedure]] = {}
        for procedure in listed:
            self._by_name.setdefault(_procedure_key(procedure.name), []).append(procedure)
        self._provinces = frozenset(provinces)
        self._checks: dict[str, Callable[[Labelled], str | None]] = {
            "applicant": self._applicant,
            "id_no": self._id_number,
            "phone": _phone,
            "procedure_name": self._procedure,
            "received_at": _day,
            "due_at": _day,
        }

    def read(self, pages: Sequence[Layout], wanted: Iterable[str]) -> Iterator[tuple[str, Found]]:
        """Name and value of each wanted field that was found and holds; the first place of each counts."""
        for name in wanted:
            check = self._checks.get(name)
            values = ((value, check(value)) for value in _labelled(pages, name)) if check else iter(())
            for labelled, value in values:
                if value is not None and legible(labelled.layout, labelled.words):
                    confidence = reading_confidence(_of_value(name, labelled.words))
                    yield name, Found(value, confidence, labelled.words, labelled.layout, "label")
                    break

    def procedure_code(self, name: str, on: date | None) -> str | None:
        """The code of the procedure of this name that was in force on the day; None when none or several were."""
        there = [
            one
            for one in self._by_name.get(_procedure_key(name), ())
            if on is None
            or (
                (one.valid_from is None or one.valid_from <= on)
                and (one.valid_to is None or on <= one.valid_to)
            )
        ]
        return there[0].code if len(there) == 1 else None

    def _applicant(self, labelled: Labelled) -> str | None:
        words = [word.strip(_NOISE) for word in self._names.plain(labelled.text).split()]
        return " ".join(words) if self._names.score(words) >= 0.9 else None

    def _id_number(self, labelled: Labelled) -> str | None:
        return id_number(labelled.text, self._provinces)

    def _procedure(self, labelled: Labelled) -> str | None:
        key = re.sub(r"^thu tuc ", "", folded(labelled.text))
        best = max(
            self._procedures, key=lambda name: similarity(key, re.sub(r"^thu tuc ", "", name)), default=None
        )
        if best is not None and similarity(key, re.sub(r"^thu tuc ", "", best)) >= NAMED:
            known = self._procedures[best]
            return known if folded(labelled.text).startswith("thu tuc") else re.sub(r"^Thủ tục ", "", known)
        return labelled.text if len(labelled.text) >= 8 else None


def _of_value(name: str, words: Sequence[Word]) -> Sequence[Word]:
    """The words that make a value: of numbers those with digits, whatever stands before them (CCCD số …)."""
    return [w for w in words if any(map(str.isdigit, w.text))] if name in ("id_no", "phone") else words


def _procedure_key(name: str) -> str:
    return re.sub(r"^thu tuc ", "", folded(name))


def id_number(text: str, provinces: Collection[str]) -> str | None:
    """The first number in a text that can be a citizen's: 12 digits that fit, or the 9 of an old card."""
    tight = re.sub(r"(?<=\d)[ .](?=\d)", "", text)
    for digits in re.findall(r"(?<!\d)\d{9}(?:\d{3})?(?!\d)", tight):
        if citizen_id_fits(digits, provinces) or old_id_fits(digits):
            return str(digits)
    return None


def legible(layout: Layout, words: Sequence[Word]) -> bool:
    """Whether no digit among the words was written by hand: in a number each of them has to be right."""
    digits = [word for word in words if any(char.isdigit() for char in word.text)]
    return not digits or (hand(layout, digits) is Hand.PRINT and min(w.confidence for w in digits) >= LEGIBLE)


def _phone(labelled: Labelled) -> str | None:
    found = re.search(r"(?<!\d)0\d{2}[ .]?\d{3}[ .]?\d{3,4}(?!\d)", labelled.text)
    return re.sub(r"[ .]", "", found[0]) if found else None


def _day(labelled: Labelled) -> str | None:
    line = parse_date_line(labelled.words)
    value: date | None = (line.value if line else None) or numeric_date(labelled.text)
    return value.isoformat() if value else None


def _labelled(pages: Sequence[Layout], name: str) -> Iterator[Labelled]:
    for layout in pages:
        for segment in layout.segments:
            found = _PATTERNS[name].match(segment.key)
            if found is not None:
                words = after(segment, found.end()) or _beside(layout, segment)
                if words:
                    yield Labelled(words + _continued(layout, segment, name), layout)


def after(segment: Segment, position: int) -> tuple[Word, ...]:
    """The words behind a position of the segment's key, up to the next label on the line."""
    reached, start = 0, len(segment.words)
    for index, word in enumerate(segment.words):
        if reached >= position:
            start = index
            break
        reached += len(folded(word.text)) + 1
    words = segment.words[start:]
    text = " " + " ".join(word.text for word in words)
    cut = _NEXT_LABEL.search(text)
    if cut is None or cut.start() == 0:
        return words
    keep = len(text[: cut.start()].split())
    told = text[: cut.end()].split()[
        :-1
    ]  # … and the words of a label begin after a comma, where one parts them
    parted = [index + 1 for index, word in enumerate(told) if index >= keep and word.endswith((",", ";"))]
    return words[: parted[-1] if parted else keep]


def _beside(layout: Layout, segment: Segment) -> tuple[Word, ...]:
    row = layout.row(segment)
    right = [other for other in row if other.box.x0 > segment.box.x1]
    return right[0].words if right and ":" not in right[0].text else ()


def _continued(layout: Layout, segment: Segment, name: str) -> tuple[Word, ...]:
    """The next line where a name runs over the margin: one that starts at the left and holds no label."""
    if name not in ("procedure_name", "applicant") or segment.box.x1 < layout.body[1] - 0.08 * layout.width:
        return ()
    below = [
        other
        for other in layout.segments
        if 0.5 * layout.line_height < other.box.y0 - segment.box.y0 < 2.2 * layout.line_height
        and other.box.x0 < layout.body[0] + 0.1 * layout.width
    ]
    return below[0].words if below and ":" not in below[0].text else ()
