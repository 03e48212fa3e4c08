"""The papers that a receipt lists, with how many of each are originals, certified copies and photocopies.

The kind of copy decides what has to be digitized: only a certified or plain copy of a paper is exempt (Circular
01/2023/TT-VPCP, article 4; reason codes of docs/glossary.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from classify.found import Found, reading_confidence
from classify.layout import Layout, Segment
from records.page import Word
from records.vietnamese import folded

COMPONENTS = "components"
PHOTOCOPY, CERTIFIED_COPY = "PHOTOCOPY", "CERTIFIED_COPY"
_BEGIN = re.compile(r"^\W*(?:\d+[.)]\s*)?thanh phan ho so(?: nop)?(?: gom)?\b|^\W*giay to (?:nop )?gom")
_END = re.compile(
    r"^\W*(?:so luong ho so|thoi gian|ngay (?:nhan|hen|tiep nhan)|dang ky nhan|vao so|nguoi (?:nop|tiep nhan)|le phi)"
)
_ROW = re.compile(r"^\W*(\d{1,2})\s*[.)]?(?:\s|$)")
_KINDS = (
    ("certified", re.compile(r"ban sao|chung thuc|sao y|cong chung")),
    ("photocopy", re.compile(r"ban chup|photo|pho ?to|ban chup lai")),
    ("original", re.compile(r"ban (?:goc|chinh)|chinh ban")),
)
_IN_BRACKETS = re.compile(r"\(([^()]{3,40})\)?\W*$")
_COUNT = re.compile(r"\b(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Listed:
    """One paper of the list."""

    name: str
    original: int = 0
    certified: int = 0
    photocopy: int = 0

    @property
    def exempt(self) -> str | None:
        """Why it is not to be digitized; None where an original was handed in, or where nothing is said."""
        if self.original or not (self.certified or self.photocopy):
            return None
        return CERTIFIED_COPY if self.certified else PHOTOCOPY

    def __str__(self) -> str:
        counts = (("bản chính", self.original), ("bản sao", self.certified), ("bản chụp", self.photocopy))
        told = ", ".join(f"{count} {kind}" for kind, count in counts if count)
        return f"{self.name} ({told})" if told else self.name


def handed_in(pages: Sequence[Layout]) -> Found | None:
    """The list of papers on a receipt: as text, its normal form as JSON; None where no list was found."""
    for layout in pages:
        lines = list(_lines(layout))
        listed = list(_in_table(layout, lines) or _in_list(lines))
        if listed:
            words = tuple(word for line in lines for word in line.words)
            value = "; ".join(str(one) for one in listed)
            return Found(value, reading_confidence(words), words, layout, "component_list", as_json(listed))
    return None


def as_json(listed: Sequence[Listed]) -> str:
    """The list for programs: name, counts and the reason why it is exempt, if it is."""
    return json.dumps([asdict(one) | {"exempt": one.exempt} for one in listed], ensure_ascii=False)


def _lines(layout: Layout) -> Iterator[Segment]:
    """What stands between the list's heading and what follows it."""
    inside = False
    for segment in layout.segments:
        if inside and _END.match(segment.key):
            return
        if inside:
            yield segment
        inside = inside or _BEGIN.match(segment.key) is not None


def _in_table(layout: Layout, lines: Sequence[Segment]) -> list[Listed]:
    """Rows of a table whose heads name the kinds of copy; a mark belongs to the head over it."""
    heads = {
        kind: line for line in lines for kind, words in _KINDS if words.fullmatch(line.key.strip(" .:|"))
    }
    if len(heads) < 2:
        return []
    top, edge = max(h.box.y1 for h in heads.values()), min(h.box.x0 for h in heads.values())
    below = [line for line in lines if line.box.centre[1] > top]
    marks = [line for line in below if line.box.x0 > edge - 0.5 * layout.line_height]
    rows = _rows([line for line in below if line not in marks])
    for mark in marks:
        _put(rows, heads, mark)
    return [Listed(_name(words), **counts) for words, counts in rows if _name(words)]


def _rows(lines: Sequence[Segment]) -> list[tuple[list[Word], dict[str, int]]]:
    """The lines of names put to the row whose number stands nearest: a long name runs above and below it."""
    numbers = [line for line in lines if line.words[0].text.strip(" .)|").isdigit()]
    rows: list[tuple[list[Word], dict[str, int]]] = [([], {}) for _ in numbers]
    for line in lines:
        if line in numbers:
            rows[numbers.index(line)][0].extend(line.words[1:])
        elif numbers:
            middle = line.box.centre[1]
            near = min(range(len(numbers)), key=lambda i: abs(numbers[i].box.centre[1] - middle))
            rows[near][0].extend(line.words)
    return rows


def _put(rows: Sequence[tuple[list[Word], dict[str, int]]], heads: dict[str, Segment], mark: Segment) -> None:
    filled = [row for row in rows if row[0]]
    if not filled:
        return
    middle = mark.box.centre
    row = min(filled, key=lambda one: min(abs(word.box.centre[1] - middle[1]) for word in one[0]))
    kind = min(heads, key=lambda name: abs(heads[name].box.centre[0] - middle[0]))
    count = _COUNT.search(mark.text)
    if count or re.fullmatch(r"[xX✓v]+", mark.text):
        row[1][kind] = int(count[1]) if count else 1


def _in_list(lines: Sequence[Segment]) -> Iterator[Listed]:
    """Numbered lines that say in brackets which kind of copy was handed in."""
    entries: list[list[Word]] = []
    for line in lines:
        if _ROW.match(line.key) and len(line.words) > 1:
            entries.append(list(line.words))
        elif entries:
            entries[-1].extend(line.words)
    for words in entries:
        text = re.sub(r"^\W*\d{1,2}\s*[.)]?\s*", "", " ".join(word.text for word in words)).strip(" ;.,")
        kind = _IN_BRACKETS.search(text)
        counts = _counts(kind[1]) if kind else {}
        name = text[: kind.start()].strip(" ;.,") if kind and counts is not None else text
        if name:
            yield Listed(name, **(counts or {}))


def _counts(said: str) -> dict[str, int] | None:
    """How many of which kind brackets speak of; None where they speak of something else."""
    key = folded(said)
    number = _COUNT.search(key)
    for kind, words in _KINDS:
        if words.search(key):
            return {kind: int(number[1]) if number else 1}
    return {} if re.fullmatch(r"\d{1,2} ban", key) else None


def _name(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).strip(" .;,|")
