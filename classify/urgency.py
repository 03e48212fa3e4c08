"""How urgent a paper is: KHẨN, THƯỢNG KHẨN or HỎA TỐC on its first page (Decree 30/2020, Annex I)."""

from __future__ import annotations

from classify.found import Found, reading_confidence
from classify.fuzzy import distance
from classify.layout import Layout, Segment
from records.vietnamese import folded

DEGREES = ("HỎA TỐC HẸN GIỜ", "THƯỢNG KHẨN", "HỎA TỐC", "KHẨN")
UPPER = 0.6  # share of the page in which it may stand
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»()[]{}<>\\"
_KEYS = {degree: folded(degree) for degree in DEGREES}


def urgency(layout: Layout) -> Found | None:
    """The degree of urgency on this page; None where none is stamped or printed."""
    for segment in layout.segments:
        if segment.box.y0 > UPPER * layout.height:
            break
        degree = degree_of(segment)
        if degree is not None:
            return Found(degree, reading_confidence(segment.words), segment.words, layout, "urgency_stamp")
    return None


def degree_of(segment: Segment) -> str | None:
    """The degree that a piece of print is and nothing else: capitals, one letter in six misread at most."""
    if segment.capitals < 0.8 or not 4 <= segment.letters <= 14:
        return None
    key = segment.key.strip(_NOISE)
    fits = (degree for degree, known in _KEYS.items() if distance(key, known) <= len(known) // 6)
    return next(fits, None)
