"""Numbers of another form than number/symbol, told by the pattern of the paper's type: serials, register entries."""

from __future__ import annotations

import re

from classify.found import Found, reading_confidence
from classify.layout import Layout
from classify.number_line import is_number_line
from records.procedure import DocumentType

_LABEL = re.compile(r"^\W*\w{1,3}\s*[:.,]+\s*")
NUMBERED = {"number", "serial"}


def register_number(layout: Layout, row: DocumentType | None) -> Found | None:
    """The number after "Số:" (or a serial that stands alone) that has the form its type asks for."""
    if row is None or row.number_pattern is None or not any(f.split("(")[0] in NUMBERED for f in row.fields):
        return None
    for segment in layout.segments:
        labelled = is_number_line(segment)
        text = _LABEL.sub("", segment.text) if labelled else segment.text
        alone = any(char.isalpha() for char in text)
        if re.fullmatch(row.number_pattern, text) and (labelled or alone):
            confidence = reading_confidence(segment.words)
            return Found(text, confidence, segment.words, layout, "number_of_type")
    return None
