"""Finding the line "Số: …" and judging what was read in it."""

from __future__ import annotations

import re
from collections.abc import Collection

from classify.blocks import Head, rows
from classify.found import Found
from classify.handwriting import Hand, by_pen, hand
from classify.layout import Segment
from classify.number_symbol import NumberGrammar, NumberSymbol
from classify.stacked_head import stacked_lines
from records.page import Word
from records.vietnamese import folded

# "Số:" with its usual misreadings; SỞ begins an agency's name and has neither colon nor slash.
_LABEL = re.compile(
    r"^\W*(?:luat |nghi quyet |ban an |quyet dinh |thong bao |cong van )?[s5$8][o06]{1,2}\s*(?:[:;.,/\d]|\S*/|\S+ */)"
)
_BARE_LABEL = re.compile(r"\W*[s5$8][o06]{1,2}\W*")
UNTOLD = 0.95  # a neat hand that fills its blank cannot be told from print: measured, one number in twenty
WORDS = 6  # a line with more of them is a sentence that cites a number


def is_number_line(row: Segment) -> bool:
    """Whether a line begins like "Số: 12/…"."""
    return _LABEL.match(row.key) is not None


def number_symbol(
    head: Head, grammar: NumberGrammar, title: Segment | None = None, expected: Collection[str] = ()
) -> tuple[Found, NumberSymbol] | None:
    """Number and symbol after "Số:"; without a value where the number is blank, written by hand or unsure.

    They stand in the left block above the title; certificates carry them under the title, in the middle.
    `expected` are the abbreviations that the title stands for.
    """
    for row in candidates(head, title):
        parsed = grammar.parse(_with_next(head, row).text, expected)
        if parsed is not None:
            return _judged(head, row, parsed), parsed
    return None


def number_row(head: Head, grammar: NumberGrammar) -> Segment | None:
    """The number's line in the left block, readable or not: what a letter is about stands below it."""
    lines = candidates(head, None)
    parsed = (row for row in lines if grammar.parse(row.text) is not None)
    return next(parsed, lines[0] if lines else None)


def candidates(head: Head, title: Segment | None) -> list[Segment]:
    """Lines that may hold the number, the likely ones first."""
    floor = title.box.y0 if title is not None and head.two_columns else head.bottom
    lines = [line for line in rows(head.left) if _is_short(line) and line.box.y0 < floor]
    labelled = [line for line in lines if is_number_line(line)]
    above = stacked_lines(head, title)
    labelled += [line for line in above if is_number_line(line) and _is_short(line) and line not in labelled]
    others = [line for line in lines if line not in labelled and "/" in line.text and line.capitals > 0.5]
    return labelled + others + _under(head, title)


def _is_short(line: Segment) -> bool:
    return sum(map(_has_letters, line.words)) <= WORDS


def _has_letters(word: Word) -> bool:
    return any(map(str.isalnum, word.text))


def _under(head: Head, title: Segment | None) -> list[Segment]:
    """Lines right under a title that begin like a number's, in the middle as the title is."""
    if title is None:
        return []
    reach = title.box.y1 + 3.5 * head.layout.line_height
    near = tuple(s for s in head.layout.segments if title.box.centre[1] < s.box.centre[1] < reach)
    return [
        line
        for line in rows(near)
        if is_number_line(line)
        and _is_short(line)
        and abs(line.box.centre[0] - title.box.centre[0]) < 0.1 * head.layout.width
    ]


def _with_next(head: Head, row: Segment) -> Segment:
    """The row, and the first word below it when the symbol was broken at a hyphen."""
    if not row.text.rstrip().endswith("-"):
        return row
    below = [line for line in rows(head.left) if 0 < line.box.y0 - row.box.y0 < 2 * row.box.height]
    return Segment(row.words + below[0].words[:1]) if below else row


def _judged(head: Head, row: Segment, parsed: NumberSymbol) -> Found:
    digits = _number_words(row)
    by = hand(head.layout, digits)
    if by is Hand.PRINT and _apart(digits):
        by = min(map(by_pen, digits[:-1]), key=lambda verdict: verdict.value)
    if parsed.value is None or by is Hand.ILLEGIBLE:
        return Found(None, 0.3, row.words, head.layout, "number_unread")
    certain = min(min(1.0, word.confidence / 0.9) for word in digits)
    sure = UNTOLD * (0.6 + 0.4 * certain) if by is Hand.PRINT else 0.0
    pen = min(by.value, by_pen(digits[0]).value)  # a pen's digits are as sure as they are clear
    confidence = max(sure, pen) * parsed.certainty * (1.0 if is_number_line(row) else 0.8)
    rule = "number_line" if by is Hand.PRINT else "number_by_hand"
    return Found(parsed.value, confidence, row.words, head.layout, rule)


def _apart(digits: list[Word]) -> bool:
    """Whether there is a blank between number and slash: forms leave it for the pen."""
    return len(digits) > 1 and digits[-1].text.startswith("/")


def _number_words(row: Segment) -> list[Word]:
    """The words that hold the number: from after the label to the first slash."""
    found: list[Word] = []
    for index, word in enumerate(row.words):
        label = index == 0 and _BARE_LABEL.fullmatch(folded(word.text))  # behind it 86 is no misread "Số"
        if not found and (label or not _has_letters(word)):
            continue
        found.append(word)
        if "/" in word.text:
            break
    return found
