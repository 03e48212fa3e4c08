"""The words that a born-digital PDF page shows, with their places: its own text, form fields and stamps included.

Nothing here says whether the words are sound: a font's codes may mean something else than its shapes.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.pdf_content import HIDDEN_TEXT, content
from ingest.protocol import WORD_LETTERS
from ingest.raster import Pixels
from records.page import Box, Word, union

_MOST_WORDS = 20_000  # a dense page has 1,200
_MOST_CHARACTERS = 100_000  # a dense page has 6,000
_MOST_IMAGE = 0.2  # of the page's area; more may hold words that only an image shows
_MOST_ACROSS = 0.8  # of the words with three letters or more; a stamp may stand aslant
_LEAST_CONTRAST = 40  # of 255, inside a word's box on the drawn page; less is not shown
_MOST_UNSEEN = 0.1  # of the words; a page with more is not what its text says
_HYPHEN = "\x02"  # pdfium's mark for a hyphen at a line's end


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: Box | None  # None for a blank or line end


def visible_words(document: pdfium.PdfDocument, number: int, gray: Pixels) -> tuple[Word, ...]:
    """The words of a page (from 1) in the file's own order, in pixels of the page as drawn (`gray`, height × width).

    Empty where the image must be read: images cover much of the page, its text is hidden, invisible on the drawn
    page, or shown sideways or upside down.
    """
    page = _flattened(document, number)
    try:
        found = content(page)
        if found.scan is not None or found.images > _MOST_IMAGE or found.is_mostly_hidden:
            return ()
        height, width = gray.shape
        runs = list(_runs(_characters(page, width, height)))
        return _seen([_word(run) for run in runs], gray) if _reads_across(runs) else ()
    finally:
        page.close()


def _flattened(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """The page with its form fields and annotations made part of its content, as a reader shows them."""
    page = document[number - 1]
    if page.formenv:
        page.flatten()
        page.close()
        page = document[number - 1]
    return page


def _characters(page: pdfium.PdfPage, width: int, height: int) -> Iterator[_Character]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > _MOST_CHARACTERS:
        return
    for index in range(count):
        thing = pdfium_c.FPDFText_GetTextObject(text, index)
        if thing and pdfium_c.FPDFTextObj_GetTextRenderMode(thing) in HIDDEN_TEXT:
            continue
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        character = "-" if chr(code) == _HYPHEN else chr(code)
        if character.isspace() or unicodedata.category(character) == "Cc":
            yield _Character(character, None)
        elif character.isprintable():  # no soft hyphen, no sign of a symbol font
            yield _Character(character, _box(page, text, index, width, height))


def _box(page: pdfium.PdfPage, text: pdfium.PdfTextPage, index: int, width: int, height: int) -> Box:
    """Where a character stands in the page as it is shown: turned by /Rotate, cut to its crop box."""
    left, bottom, right, top = text.get_charbox(index, loose=False)
    xs, ys = zip(
        *(_shown(page, width, height, *corner) for corner in ((left, bottom), (right, top))), strict=True
    )
    return Box(min(xs), min(ys), max(xs), max(ys))


def _shown(page: pdfium.PdfPage, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
    return max(0, min(width, across.value)), max(0, min(height, down.value))


def _runs(characters: Iterator[_Character]) -> Iterator[list[_Character]]:
    """Characters between blanks."""
    run: list[_Character] = []
    for character in characters:
        if character.box is not None:
            run.append(character)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _reads_across(runs: list[list[_Character]]) -> bool:
    """Whether the words go from left to right as the page is shown."""
    ends = [(run[0].box, run[-1].box) for run in runs if len(run) >= 3]
    across = sum(first is not None and last is not None and last.x0 >= first.x1 for first, last in ends)
    return across >= _MOST_ACROSS * len(ends)


def _word(run: list[_Character]) -> Word:
    """A word of the text itself is certain; whether the text can be trusted is asked of the whole page."""
    text = unicodedata.normalize("NFC", "".join(character.text for character in run))
    return Word(text, union([character.box for character in run if character.box is not None]), 1.0)


def _seen(words: list[Word], gray: Pixels) -> tuple[Word, ...]:
    """The words that the drawn page shows; none when it does not show many: white on white, covered, cut off."""
    seen = tuple(word for word in words if _is_seen(word.box, gray))
    if len(seen) < (1 - _MOST_UNSEEN) * len(words) or len(seen) > _MOST_WORDS:
        return ()
    return () if any(len(word.text) > WORD_LETTERS for word in seen) else seen


def _is_seen(box: Box, gray: Pixels) -> bool:
    shown = gray[max(0, box.y0 - 1) : box.y1 + 1, max(0, box.x0 - 1) : box.x1 + 1]
    return shown.size > 0 and int(shown.max()) - int(shown.min()) >= _LEAST_CONTRAST
