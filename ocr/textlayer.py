"""The invisible text of a PDF page: every word on its place, in reading order, so that search and copying work.

The words of a line share one baseline, even on a skewed page: readers of PDF put words into lines by their baselines,
and poppler tears a line that climbs (at 0.5 degrees already) into pieces. The mark over a found word may then lie
a little above or below it; its left and right edges are exact.
"""

from __future__ import annotations

from statistics import median

from ocr.glyphless import DESCENT, UNITS, GlyphlessFont, showable, text_width
from records.page import Line, PageText, Word, upright

_LEAST_SIZE = 1.0  # points
_LEAST_BLANK = 0.2  # of the font's size: pdfium joins words over 0.1, poppler over 0.15


def characters(text: PageText) -> set[str]:
    """The characters that the text layer of this page shows."""
    return {character for word in text.words() for character in showable(word.text)}


def text_operators(text: PageText, font: GlyphlessFont, scale: float) -> bytes:
    """The content stream operators that put the words on an upright page, `scale` points a pixel.

    The origin is the lower left corner of the page as it is read; the font's name in the resources is /F.
    """
    page = upright(text)
    lines = [_line(line, font, page.height, scale) for line in page.lines]
    return b"\n".join([b"BT 3 Tr", *filter(None, lines), b"ET"])


def _line(line: Line, font: GlyphlessFont, page_height: int, scale: float) -> bytes:
    words = [word for word in line.words if showable(word.text)]
    if not words:
        return b""
    size = max(_LEAST_SIZE, median(word.box.height for word in words) * scale)
    foot = (page_height - median(word.box.y1 for word in words)) * scale
    baseline = foot - size * DESCENT / UNITS
    parts = [b"/F %.2f Tf" % size]
    for word, following in zip(words, [*words[1:], None], strict=True):
        parts.append(b"1 0 0 1 %.2f %.2f Tm" % (word.box.x0 * scale, baseline))
        parts.append(_word(word, following, font, size, scale))
    return b"\n".join(parts)


def _word(word: Word, following: Word | None, font: GlyphlessFont, size: float, scale: float) -> bytes:
    """A word stretched over its box, and a blank stretched over the gap to the next word of the line.

    The blank is written, not left to a reader's guess from gaps.
    """
    width = max(1, word.box.width) * scale
    if following is None:
        return _stretched(showable(word.text), width, font, size)
    blank = max((following.box.x0 - word.box.x1) * scale, _LEAST_BLANK * size)
    room = (following.box.x0 - word.box.x0) * scale - blank
    width = min(width, room) if room > 0 else width
    return _stretched(showable(word.text), width, font, size) + b" " + _stretched(" ", blank, font, size)


def _stretched(text: str, width: float, font: GlyphlessFont, size: float) -> bytes:
    """Shows a text so that it takes this width, in points."""
    stretch = 100 * width / (text_width(text) * size / UNITS)
    return b"%.2f Tz <%s> Tj" % (stretch, font.encode(text).hex().encode("ascii"))
