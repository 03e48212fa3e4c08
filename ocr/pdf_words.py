"""The visible words of a PDF page with their places, as pdfium finds them."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from records.page import Box, Word, union

_MOST_CHARACTERS = 100_000  # a dense page has 6,000
_MOST_OBJECTS = 50_000
_MOST_IMAGE = 0.5  # of the page's area: a page with more image than this is a scan
_MOST_ACROSS = 0.8  # of the words with three letters or more; a stamp may stand aslant
_HYPHEN = "\x02"  # pdfium's mark for a hyphen at a line's end
_HIDDEN_MODES = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: Box | None  # None for a blank or line end


def visible_words(untrusted: bytes, page: int, width: int, height: int) -> list[Word]:
    """The words of a page (from 1) in the file's own order, in pixels of the page shown as width × height.

    Empty for a scanned page, one whose text is hidden or shown sideways or upside down, a page that does not exist,
    or a file that does not open.
    """
    try:
        with pdfium.PdfDocument(untrusted) as document:
            shown = document[page - 1]
            if _is_scan(shown):
                return []
            runs = list(_runs(_characters(shown, width, height)))
            return [_word(run) for run in runs] if _reads_across(runs) else []
    except (pdfium.PdfiumError, IndexError, OverflowError, ValueError):
        return []


def _is_scan(page: pdfium.PdfPage) -> bool:
    """Whether images cover most of the page, or its text is hidden, as under the image of a searchable scan."""
    area = page.get_width() * page.get_height()
    images, hidden, texts = 0.0, 0, 0
    for number, thing in enumerate(page.get_objects(max_depth=4)):
        if number > _MOST_OBJECTS:
            return True
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            images += max(0.0, right - left) * max(0.0, top - bottom)
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            texts += 1
            hidden += pdfium_c.FPDFTextObj_GetTextRenderMode(thing) in _HIDDEN_MODES
    return images > _MOST_IMAGE * area or 2 * hidden > texts


def _characters(page: pdfium.PdfPage, width: int, height: int) -> Iterator[_Character]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > _MOST_CHARACTERS:
        return
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        character = "-" if chr(code) == _HYPHEN else chr(code)
        blank = character.isspace() or unicodedata.category(character) in ("Cc", "Zs")
        yield _Character(character, None if blank else _box(page, text, index, width, height))


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
