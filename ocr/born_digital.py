"""What a PDF brings along: a digital signature that must not be broken, or a text layer that may be better than OCR."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.images import load_image
from ocr.old_encodings import is_sound_vietnamese
from ocr.word_rows import lines_of
from records.errors import RecognitionFailed
from records.page import TEXT_LAYER, EngineStamp, PageText, Word

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d{1,12}\s+(\d{1,12})\s+\d{1,12}\s+\d{1,12}[\s\d]{0,200}\]")
_LEAST_WORDS = 20  # fewer are a signature's caption or a stamp, not the text of a page


def is_signed(untrusted: bytes) -> bool:
    """Whether the PDF holds a digital signature, valid or not.

    A signature names the bytes that it covers as plain numbers in the file (PDF 32000-1, 12.8.1): they cannot be
    compressed, as the signature itself lies between them. So it is seen without a parser, in damaged and in encrypted
    files too. An empty signature field has none: there is nothing to break.
    """
    return any(int(match[1]) > 0 for match in _BYTE_RANGE.finditer(untrusted))


def text_layer(words: Sequence[Word], image: bytes, media_type: str, dpi: int = 0) -> PageText | None:
    """What a born-digital page says, from the words that it shows, in pixels of its stored image.

    None when the page has to be read from its image: it shows too few words to be the page's text, or they are no
    sound Vietnamese, as in the old encodings TCVN3 and VNI and in poor OCR layers. That the words are shown and
    belong to no scan was seen where the file was decoded (`ingest.pdf_words`).
    """
    if len(words) < _LEAST_WORDS or not is_sound_vietnamese([word.text for word in words]):
        return None
    try:
        pixels = load_image(image, media_type)
    except RecognitionFailed:
        return None  # whoever reads the image will say so
    height, width = pixels.shape[:2]
    stamp = EngineStamp(TEXT_LAYER, "1", {"source": "pdf"})
    return PageText(width, height, lines_of(words, pixels), stamp, 0, dpi)
