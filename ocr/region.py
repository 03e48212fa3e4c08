"""Reading a part of a page that a person has drawn a frame around."""

from __future__ import annotations

import numpy as np

from ocr.engine import Image, OcrEngine
from records.errors import InvalidValue
from records.page import Box, Line, PageText, Word, turn_back

SMALLEST = 8  # pixels a side
MOST_PIXELS = 8_000_000  # a whole A4 page at 300 dpi; it bounds the time that one reading takes
_ROOM = 6  # pixels around the frame, for marks that stand out of it


def read_region(engine: OcrEngine, image: Image, box: Box, rotation: int = 0, dpi: int = 0) -> PageText:
    """The words inside a box of an image (H×W or H×W×3, as stored), whose page stands upright after `rotation`.

    The rest of the page is blanked, not cut away: detectors tell line heights and the way up better on a whole sheet
    than on a shred. Boxes of the result are in pixels of the image as stored. Raises InvalidValue for a box that is
    too small, too large or outside, and what the engine raises.
    """
    height, width = image.shape[:2]
    part = Box(max(0, box.x0), max(0, box.y0), min(width, box.x1), min(height, box.y1))
    if min(part.width, part.height) < SMALLEST or part.width * part.height > MOST_PIXELS:
        raise InvalidValue(f"a region has at least {SMALLEST} pixels a side and at most {MOST_PIXELS} in all")
    upright = np.ascontiguousarray(np.rot90(_blanked(image, part), k=-(rotation // 90)))
    read = engine.read(upright, dpi=dpi)
    page = PageText(width, height, (), read.engine, rotation, dpi)
    lines = tuple(
        Line(
            tuple(Word(w.text, turn_back(w.box, page), w.confidence) for w in line.words),
            turn_back(line.box, page),
            line.block,
        )
        for line in read.lines
    )
    return PageText(width, height, lines, read.engine, rotation, dpi)


def _blanked(image: Image, part: Box) -> Image:
    """The page with nothing on it but what is inside the box, on paper of its own colour."""
    rows = slice(max(0, part.y0 - _ROOM), part.y1 + _ROOM)
    columns = slice(max(0, part.x0 - _ROOM), part.x1 + _ROOM)
    sheet = np.full_like(image, int(np.percentile(image[rows, columns], 90)))
    sheet[rows, columns] = image[rows, columns]
    return sheet
