"""Reading a page that a person has turned upright: the person's word counts, not what the engine thinks is up."""

from __future__ import annotations

from dataclasses import replace

from ocr.engine import Image, OcrEngine
from ocr.upright import turned
from records.page import Line, PageText, Word, turn_back


def read_turned(engine: OcrEngine, image: Image, degrees: int, *, dpi: int = 0) -> PageText:
    """The words of a page that stands upright when turned clockwise by so many degrees (0, 90, 180, 270).

    Boxes are in pixels of the image as given, as everywhere. Raises what the engine raises.
    """
    read = engine.read(turned(image, degrees), dpi=dpi)
    height, width = image.shape[:2]
    frame = PageText(width, height, (), read.engine, degrees, read.dpi)
    return replace(frame, lines=tuple(_in_frame(line, frame) for line in read.lines))


def _in_frame(line: Line, frame: PageText) -> Line:
    words = tuple(Word(word.text, turn_back(word.box, frame), word.confidence) for word in line.words)
    return Line(words, turn_back(line.box, frame), line.block)
