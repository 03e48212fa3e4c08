"""The product's engine: lines from a detector, three readers, one vote.

Turn upright → find lines → Tesseract and trueocr read every line → where they disagree, AsterOCR reads too → words
are voted → lines are put in reading order.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import cv2

from ocr.detect import LineDetector
from ocr.engine import Image
from ocr.layout import reading_order
from ocr.lines import Found, find_lines
from ocr.models import once
from ocr.panel import read_lines
from ocr.read_asterocr import AsterOcrReader
from ocr.read_tesseract import TesseractReader
from ocr.read_trueocr import TrueOcrReader
from ocr.reading import LineBox, ReadWord
from ocr.straighten import straightened
from ocr.upright import Upright
from records.errors import RecognitionFailed, SohoaError
from records.page import EngineStamp, Line, PageText, Word, union


@dataclass(frozen=True, slots=True)
class LineWords:
    """A page before its lines are put in order."""

    page: Upright
    found: Found
    words: list[tuple[ReadWord, ...]]  # line by line, as in `found`
    stamp: EngineStamp


class HybridEngine:
    """Shares its neural models with all threads of the process; each thread has a Tesseract of its own."""

    def __init__(
        self, *, languages: str = "vie", tessdata: str | None = None, third_reader: bool = True
    ) -> None:
        self.name = "hybrid" if third_reader else "fast"
        self._languages, self._tessdata = languages, tessdata
        self._third_reader = third_reader
        self._local = threading.local()

    def quick(self) -> HybridEngine | None:
        """The engine `fast`, which shares the threads' Tesseracts with this one."""
        if not self._third_reader:
            return None
        twin = HybridEngine(languages=self._languages, tessdata=self._tessdata, third_reader=False)
        twin._local = self._local
        return twin

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        try:
            return self._read(image, dpi)
        except SohoaError:
            raise
        except Exception as failed:  # OpenCV, ONNX Runtime and Tesseract each have errors of their own
            raise RecognitionFailed("the engine gave up on this page") from failed

    def _read(self, image: Image, dpi: int) -> PageText:
        read = self.line_words(image)
        lines = tuple(assembled(read.page, read.found, read.words))
        return PageText(*read.page.stored_size, lines, read.stamp, read.page.rotation, dpi)

    def line_words(self, image: Image) -> LineWords:
        """The words of each line of a page, each with who read it."""
        cv2.setNumThreads(1)  # one page, one core: the calls below would start threads of their own
        detector, second = once(LineDetector), once(TrueOcrReader)
        third = once(AsterOcrReader) if self._third_reader else None
        first = self._tesseract()
        page = straightened(image, detector, second)
        found = find_lines(page, detector)
        words = read_lines(page, found.boxes, first, second, third)
        settings = {"languages": self._languages, "trueocr": second.version}
        if third:
            settings["asterocr"] = third.version
        return LineWords(page, found, words, EngineStamp(self.name, first.version, settings))

    def _tesseract(self) -> TesseractReader:
        reader: TesseractReader | None = getattr(self._local, "tesseract", None)
        if reader is None:
            reader = self._local.tesseract = TesseractReader(self._languages, self._tessdata)
        return reader


def assembled(page: Upright, found: Found, words: Sequence[tuple[ReadWord, ...]]) -> list[Line]:
    """The lines in reading order, boxes in pixels of the stored image; boxes without words are left out."""
    texts = [" ".join(word.text for word in line) for line in words]
    lines = []
    for number, block in enumerate(reading_order(found.boxes, found.rules, texts)):
        for row in block:
            placed = tuple(_placed(page, found.boxes[i], word) for i in row for word in words[i])
            if placed:
                lines.append(Line(placed, union([word.box for word in placed]), number))
    return lines


def _placed(page: Upright, line: LineBox, word: ReadWord) -> Word:
    x0, x1 = max(line.x0, word.x0), min(line.x1, word.x1)
    if x0 >= x1:
        x0, x1 = word.x0, word.x1
    box = page.to_stored(x0, line.y0, x1, line.y1)
    return Word(word.text, box, min(1.0, max(0.0, word.confidence)))
