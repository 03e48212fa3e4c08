"""Where and when: the line "Mỹ Tho, ngày 03 tháng 3 năm 2022" under the motto, else over the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from classify.blocks import Head, rows
from classify.dates import DateLine, date_in_figures, parse_date_line
from classify.found import Found, reading_confidence
from classify.handwriting import Hand, by_pen, hand
from classify.layout import Layout, Segment
from classify.spelling import Speller
from records.page import Word

_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»()[]{}<>\\"
PLACE_WORDS = 7
_OF_COURT = re.compile(r"^\W*(?:ban an|quyet dinh) so\b")
_LEVELS = {"xã", "phường", "thị", "trấn", "huyện", "quận", "tỉnh", "thành", "phố"}


@dataclass(frozen=True)
class DatedLine:
    """A date line and where it stands."""

    line: DateLine
    row: Segment
    layout: Layout


def find_date_line(head: Head, pages: Sequence[Layout]) -> DatedLine | None:
    """The first date line of the right block; else the last one that stands alone in the right half of a page;
    else the day that a contract begins with ("Hôm nay, ngày …")."""
    for row in rows(head.right):
        parsed = parse_date_line(row.words) or (_in_figures(row) if head.two_columns else None)
        if parsed is not None and parsed.alone:
            return DatedLine(parsed, row, head.layout)
    return _of_court(head) or _over_signature(pages) or _today(pages)


def _of_court(head: Head) -> DatedLine | None:
    """The line "Ngày: 19-4-2021" that courts print right under "Bản án số: …" (Resolution 01/2017/NQ-HĐTP)."""
    for above, row in pairwise(rows(head.left)):
        parsed = date_in_figures(row.words) if _OF_COURT.match(above.key) else None
        if parsed is not None:
            return DatedLine(parsed, row, head.layout)
    return None


def _in_figures(row: Segment) -> DateLine | None:
    """The date in figures behind a place and nothing else (forms are full of days: only in a head of two columns)."""
    parsed = date_in_figures(row.words)
    if parsed is None or not parsed.place:
        return None
    named = all(_named(word.text.strip(_NOISE)) for word in parsed.place)
    return parsed if named and len(parsed.place) <= PLACE_WORDS else None


def _over_signature(pages: Sequence[Layout]) -> DatedLine | None:
    for layout in reversed(pages):
        for segment in reversed(layout.segments):
            right = segment.box.centre[0] > 0.5 * layout.width
            parsed = parse_date_line(segment.words) if right else None
            if parsed is not None and parsed.alone and 0 < len(parsed.place) <= PLACE_WORDS:
                return DatedLine(parsed, segment, layout)
    return None


def _today(pages: Sequence[Layout]) -> DatedLine | None:
    for layout in pages[:1]:
        for segment in layout.segments:
            if segment.key.startswith("hom nay"):
                parsed = parse_date_line(segment.words)
                return DatedLine(parsed, segment, layout) if parsed is not None else None
    return None


def issue_date(dated: DatedLine, scanned_on: date | None) -> Found:
    """The date as ISO 8601; without a value where a part is blank, illegible, impossible or in the future."""
    line, layout = dated.line, dated.layout
    by = hand(layout, line.digits, dated.row.words)
    value = line.value
    in_future = scanned_on is not None and value is not None and value > scanned_on
    if value is None or in_future or by is Hand.ILLEGIBLE or (line.repaired and by is not Hand.PRINT):
        return Found(None, 0.3, dated.row.words, layout, "date_unread")
    certain = min(min(1.0, word.confidence / 0.9) for word in line.digits)
    pen = by_pen(line.digits[0]).value if line.digits else 0.0
    certain = by.value * (
        certain if by is Hand.PRINT else 1.0
    )  # a pen's digits are as sure as they are clear
    confidence = max(certain, pen) * (0.8 if line.repaired else 1.0)
    rule = "date_line" if by is Hand.PRINT else "date_by_hand"
    return Found(value.isoformat(), confidence, dated.row.words, layout, rule)


def place(dated: DatedLine, speller: Speller) -> Found | None:
    """The place before the date; None when there is none or it does not look like a name."""
    words = tuple(word for word in _after_label(dated.line.place) if word.text.strip(_NOISE))
    texts = [word.text.partition(",")[0].strip(" ,;:_*'\"“”‘’|~`^=()") for word in words]
    if not 1 <= len(words) <= PLACE_WORDS or not all(map(_named, texts)):
        return None
    spelled, known = speller.respelled(texts, [word.confidence for word in words])
    certain = reading_confidence(words)
    share = known / len(words)
    confidence = share * max(certain, 0.92) + (1 - share) * certain
    return Found(" ".join(spelled), confidence, words, dated.layout, "date_line")


def _after_label(words: Sequence[Word]) -> Sequence[Word]:
    """What follows a label such as "Làm tại:"."""
    return words[max((i for i, word in enumerate(words, start=1) if word.text.endswith(":")), default=0) :]


def _named(text: str) -> bool:
    if text in _LEVELS or text in ("-", "–") or text.isdigit():
        return True
    return text[:1].isupper() and not any(char in "/\\{}" for char in text)
