"""Whether a pen put digits into a printed line, and whether its reading may stand all the same.

Numbers and days are written by hand on most papers. Print is as wide as its letters; what a pen wrote into a blank
is wider, or stands apart. Measured on office scans and samples: print 0.85 … 1.05 of its letters' width, pen 1.07
and more. On 360 samples (seeds 8000–8259, 8300–8399) and 11 office scans, a pen's digits that were read with a chance
of 0.6 and more and hold no 7 were always right. Of those with a 7 read with 0.85 to 0.95, every fifth was a 1 (17 of 22
right); from 0.95 on all nine were right (seeds 4000–4111 and 8200–8499 together).
A single digit is often one of two (2 for 28), a day's 5 a 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from classify.dates import same_length_key
from classify.layout import Layout
from classify.print_width import font_size, stretch
from records.page import TEXT_LAYER, Word

STRETCHED = 1.06
STRETCHED_DIGITS = 1.10  # a word of digits alone is measured less exactly
SURE = 0.95
WELL_READ = 0.6  # of a pen's digits: less is a guess
JOINED = 0.75  # … where it was read in one word with the symbol behind it
CLEAR = 0.9  # … and from here on it is hardly ever wrong
_DAY = re.compile(
    r"(?:ngay)?\d{2}|\d{2}(?:thang)?"
)  # a day that was read in one word with what is printed beside it
_PRINTED_YEAR = re.compile(r"(?:19|20)\d\d\W*")
FIVE = 0.87  # … of a day with a 5: nothing else tells whether it is a 3
SURE_SEVEN = (
    0.85  # pens give a 1 a flag: nearly every wrong digit of the samples was a 1 read as a 7; in print …
)
PEN_SEVEN = 0.95  # … and where a pen wrote it
LEGIBLE = 0.4  # print in codes reads with low confidence, and right: no language helps the engine there


class Hand(Enum):
    """How far digits can be believed: the factor by which their confidence counts."""

    PRINT = 1.0
    CLEAR_PEN = 0.9
    PEN = 0.86  # read well, digit by digit
    ILLEGIBLE = 0.0


def hand(layout: Layout, words: Sequence[Word], print_words: Sequence[Word] = ()) -> Hand:
    """What wrote the digits in these words; `print_words` are print of the same size, by default the whole page's."""
    if layout.source.engine.name == TEXT_LAYER:
        return Hand.PRINT  # it was never on paper
    size = font_size(print_words) or font_size(
        word for segment in layout.segments for word in segment.words if word.text.islower()
    )
    numbers = [word for word in words if any(char.isdigit() for char in word.text)]
    verdicts = [_verdict(word, size, leads=index == 0) for index, word in enumerate(numbers)]
    if not verdicts or Hand.ILLEGIBLE in verdicts:
        return Hand.ILLEGIBLE
    return min(verdicts, key=lambda verdict: verdict.value)


def _verdict(word: Word, size: float | None, leads: bool) -> Hand:
    """`leads`: it is the number or the day; a month may have one digit."""
    alone = word.text.strip(".,;:").isdigit() or _DAY.fullmatch(same_length_key(word.text)) is not None
    wide = size is not None and stretch(word, size) > (STRETCHED_DIGITS if alone else STRETCHED)
    # Forms print the year: 2027 is no 2021 by pen.
    year = _PRINTED_YEAR.fullmatch(word.text) is not None and not wide
    if not leads and word.text.strip(".,;:") == "7" and word.confidence >= CLEAR:
        return Hand.PEN if wide else Hand.PRINT  # the months 1 and 2 take a zero: this is no 1
    if "7" in word.text and not year and word.confidence < SURE_SEVEN:
        return Hand.ILLEGIBLE
    if not wide:
        return Hand.PRINT if word.confidence >= LEGIBLE else Hand.ILLEGIBLE
    if not leads and alone and word.confidence >= SURE:
        return Hand.PEN
    return by_pen(word) if alone or word.confidence >= JOINED else Hand.ILLEGIBLE


def by_pen(word: Word) -> Hand:
    """How far a pen's digits can be believed."""
    digits = (re.search(r"\d+", word.text) or [""])[0]  # of 53/TTr-UBND the number
    unclear = "5" in digits and len(digits) <= 2  # a day: nothing else tells whether it is a 3
    least = FIVE if unclear else PEN_SEVEN if "7" in digits else WELL_READ
    if len(digits) < 2 or word.confidence < least:
        return Hand.ILLEGIBLE
    return Hand.CLEAR_PEN if word.confidence >= CLEAR and not unclear and "7" not in digits else Hand.PEN
