"""What a PDF brings along: a digital signature that must not be broken, or a text layer that may be better than OCR.

Both functions take bytes from outside. They keep no state and give plain values, so they run in any process, the
one for untrusted files included.
"""

from __future__ import annotations

import re

from ocr.old_encodings import is_sound_vietnamese
from ocr.pdf_words import visible_words
from ocr.text_lines import lines_of
from records.page import EngineStamp, PageText

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d{1,12}\s+(\d{1,12})\s+\d{1,12}\s+\d{1,12}[\s\d]{0,200}\]")
_LEAST_WORDS = 20  # fewer are a signature's caption or a stamp, not the text of a page


def is_signed(untrusted: bytes) -> bool:
    """Whether the PDF holds a digital signature, valid or not.

    A signature names the bytes that it covers as plain numbers in the file (PDF 32000-1, 12.8.1): they cannot be
    compressed, as the signature itself lies between them. So it is seen without a parser, in damaged and in encrypted
    files too. An empty signature field has none: there is nothing to break.
    """
    return any(int(match[1]) > 0 for match in _BYTE_RANGE.finditer(untrusted))


def text_layer(untrusted: bytes, page: int, width: int, height: int, dpi: int = 0) -> PageText | None:
    """The words that a PDF's page (from 1) holds as text, in pixels of its image of width × height as shown.

    None when the page has to be read from its image: it is a scan (an image covers most of it), its text is
    hidden, turned or too short to be the page's, or the text is not sound Vietnamese, as in the old encodings TCVN3
    and VNI and in poor OCR layers. None too when the file cannot be opened; telling why is the intake's business.
    """
    words = visible_words(untrusted, page, width, height)
    if len(words) < _LEAST_WORDS or not is_sound_vietnamese([word.text for word in words]):
        return None
    stamp = EngineStamp("text-layer", "1", {"source": "pdf"})
    return PageText(width, height, tuple(lines_of(words)), stamp, 0, dpi)
