"""The fields of a paper's head: issuing authority and its parent, number and symbol, place, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from classify.agencies import begins_agency, names
from classify.blocks import Head, rows
from classify.dates import DateLine, parse_date_line
from classify.found import Found, reading_confidence
from classify.layout import Layout, Segment
from classify.number_symbol import NumberGrammar, NumberSymbol
from classify.print_width import STRETCHED, font_size, stretch
from classify.spelling import Speller
from records.page import Word
from records.vietnamese import folded

# "Số:" with its usual misreadings; SỞ begins an agency's name and has neither colon nor slash.
_LABEL = re.compile(r"^\W*(?:luat |nghi quyet )?[s5$8][o06]{1,2}\s*(?:[:;.,/\d]|\S*/|\S+ */)")
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»()[]{}<>\\"
HANDWRITTEN = 0.86  # digits read below this are left to a person


def authority_rows(head: Head) -> list[Segment]:
    """The lines in capitals at the top of the left block, down to the number or the first other line."""
    found: list[Segment] = []
    for row in rows(head.left):
        if not found and (row.capitals < 0.6 or row.letters < 2 or _LABEL.match(row.key)):
            continue
        if found and (_LABEL.match(row.key) or "/" in row.text):
            break
        if row.letters < 2:
            continue  # a rule or a star under the name
        if row.capitals < 0.7 or (found and _far(found[-1], row)):
            break
        found.append(row)
    return found


def _far(above: Segment, below: Segment) -> bool:
    return below.box.y0 - above.box.y1 > 1.6 * max(above.box.height, below.box.height)


def issuing_authority(head: Head, speller: Speller) -> tuple[Found | None, Found | None]:
    """The issuing agency's own name, and its parent's where one stands above it, each in one line."""
    if not head.two_columns:
        return None, None
    groups = names(authority_rows(head))
    if not groups:
        return None, None
    parents = [line for group in groups[:-1] for line in group]
    own = _name(head, groups[-1], speller, "authority_block")
    return own, _name(head, parents, speller, "parent_block") if parents else None


def _name(head: Head, lines: Sequence[Segment], speller: Speller, rule: str) -> Found:
    words = tuple(
        word for line in lines for word in line.words if word.text.strip(_NOISE) or word.text == "-"
    )
    spelled, known = speller.respelled(
        [word.text.strip("'\"“”‘’|_*~`^=") for word in words], [word.confidence for word in words]
    )
    share = known / max(1, len(words))
    certain = reading_confidence(words)
    confidence = share * max(certain, 0.9) + (1 - share) * certain
    if not begins_agency(lines[0].key.strip(_NOISE)):
        confidence *= 0.75
    return Found(" ".join(filter(None, spelled)).strip(" .,;:_*"), confidence, words, head.layout, rule)


def number_rows(head: Head, below: Segment | None = None) -> list[Segment]:
    """Lines that may hold the number, the likely ones first: of the left block, or right under a title.

    Certificates carry their number under the title (`below`), in the middle.
    """
    lines = rows(head.left)
    labelled = [line for line in lines if _LABEL.match(line.key)]
    others = [line for line in lines if line not in labelled and "/" in line.text and line.capitals > 0.5]
    return labelled + others + _under(head, below)


def _under(head: Head, title: Segment | None) -> list[Segment]:
    if title is None:
        return []
    reach = title.box.y1 + 3.5 * head.layout.line_height
    near = tuple(s for s in head.layout.segments if title.box.centre[1] < s.box.centre[1] < reach)
    return [line for line in rows(near) if _LABEL.match(line.key)]


def number_symbol(
    head: Head, grammar: NumberGrammar, below: Segment | None = None
) -> tuple[Found, NumberSymbol] | None:
    """Number and symbol after "Số:"; without a value where the number is blank, handwritten or unsure."""
    for row in number_rows(head, below):
        parsed = grammar.parse(_with_next(head, row).text)
        if parsed is not None:
            return _judged(head, row, parsed), parsed
    return None


def number_line(head: Head, grammar: NumberGrammar) -> Segment | None:
    """The line of the number, readable or not: what a letter is about stands below it."""
    candidates = number_rows(head)
    parsed = (row for row in candidates if grammar.parse(row.text) is not None)
    return next(parsed, candidates[0] if candidates else None)


def _with_next(head: Head, row: Segment) -> Segment:
    """The row, and the line below it when the symbol was broken at a hyphen."""
    if not row.text.rstrip().endswith("-"):
        return row
    below = [line for line in rows(head.left) if 0 < line.box.y0 - row.box.y0 < 2 * row.box.height]
    return Segment(row.words + below[0].words[:1]) if below else row


def _judged(head: Head, row: Segment, parsed: NumberSymbol) -> Found:
    digits = number_words(row)
    certain = min((min(1.0, word.confidence / 0.9) for word in digits), default=0.0)
    confidence = parsed.certainty * certain * (1.0 if _LABEL.match(row.key) else 0.8)
    rule = "number_line"
    if written_by_hand(head, digits):
        confidence, rule = 0.75 * confidence, "number_by_hand"
    if parsed.value is None or certain < HANDWRITTEN:
        return Found(None, 0.3, row.words, head.layout, "number_unread")
    return Found(parsed.value, confidence, row.words, head.layout, rule)


def written_by_hand(head: Head, digits: Sequence[Word]) -> bool:
    """Whether a pen seems to have put the number in: it stands apart, or its word is wider than print would be."""
    if any("/" in word.text and not word.text[:1].isalnum() for word in digits) and len(digits) > 1:
        return True
    print_size = font_size(w for s in head.layout.segments for w in s.words if w.text.islower())
    return print_size is not None and any(stretch(word, print_size) > STRETCHED for word in digits)


def number_words(row: Segment) -> list[Word]:
    """The words that hold the number: from after the label to the first slash."""
    found: list[Word] = []
    for word in row.words:
        if not found and re.fullmatch(r"\W*[s5$8][o06]{1,2}\W*", folded(word.text)):
            continue
        found.append(word)
        if "/" in word.text:
            break
    return found


def date_line(head: Head) -> tuple[DateLine, Segment] | None:
    """The first date line in the right block."""
    for row in rows(head.right):
        parsed = parse_date_line(row.words)
        if parsed is not None:
            return parsed, row
    return None


def late_date_line(pages: Sequence[Layout]) -> tuple[DateLine, Segment, Layout] | None:
    """The last line "place, ngày … tháng … năm …" that stands alone in the right half: over a signature."""
    for layout in reversed(pages):
        for segment in reversed(layout.segments):
            parsed = parse_date_line(segment.words) if segment.box.centre[0] > 0.5 * layout.width else None
            if parsed is not None and 0 < len(parsed.place) <= 7 and _alone(segment):
                return parsed, segment, layout
    return None


def _alone(segment: Segment) -> bool:
    """Whether nothing follows the year: a date inside a sentence is no date line."""
    return re.search(r"n[ao]m\W*\w{0,4}\W*$", segment.key) is not None


def issue_date(layout: Layout, line: DateLine, row: Segment, scanned_on: date | None) -> Found:
    """The date as ISO 8601; without a value where a part is blank, handwritten, impossible or in the future."""
    certain = min((min(1.0, word.confidence / 0.9) for word in line.digits), default=0.0)
    value = line.value
    if value is None or certain < HANDWRITTEN or (scanned_on is not None and value > scanned_on):
        return Found(None, 0.3, row.words, layout, "date_unread")
    confidence = certain * (0.8 if line.repaired else 1.0)
    return Found(value.isoformat(), confidence, row.words, layout, "date_line")


def place(layout: Layout, line: DateLine, speller: Speller) -> Found | None:
    """The place before the date; None when there is none or it does not look like a name."""
    words = tuple(word for word in _after_label(line.place) if word.text.strip(_NOISE))
    texts = [word.text.strip(" ,;:_*'\"“”‘’|~`^=()") for word in words]
    if not 1 <= len(words) <= 7 or not all(_named(text) for text in texts):
        return None
    spelled, known = speller.respelled(texts, [word.confidence for word in words])
    certain = reading_confidence(words)
    share = known / len(words)
    confidence = share * max(certain, 0.92) + (1 - share) * certain
    return Found(" ".join(spelled), confidence, words, layout, "date_line")


def _after_label(words: Sequence[Word]) -> Sequence[Word]:
    """What follows a label such as "Làm tại:"."""
    return words[max((i for i, word in enumerate(words, start=1) if word.text.endswith(":")), default=0) :]


def _named(text: str) -> bool:
    return (
        (text[:1].isupper() and not any(c in "/\\{}" for c in text)) or text in ("-", "–") or text.isdigit()
    )
