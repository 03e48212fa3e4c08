"""The product's engine: lines from a detector, three readers, one vote.

Turn upright → find lines → cut them at table rules → Tesseract and trueocr read every line → where they disagree,
AsterOCR reads those stretches → words are voted → lines are put in reading order.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
from trueocr.page import estimate_skew

from ocr.detect import LineDetector, without_faint
from ocr.engine import Image
from ocr.layout import reading_order
from ocr.models import once
from ocr.read_asterocr import AsterOcrReader
from ocr.read_tesseract import TesseractReader
from ocr.read_trueocr import TrueOcrReader
from ocr.reading import LineBox, ReadWord
from ocr.rules import cut_at_rules, find_rules
from ocr.upright import Upright, back_matrix, grays, levelled, scaled_down, turned
from ocr.vote import chosen, stretches
from records.page import EngineStamp, Line, PageText, Word, union


@dataclass(frozen=True, slots=True)
class ReadLine:
    box: LineBox
    words: tuple[ReadWord, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class HybridEngine:
    def __init__(
        self, *, languages: str = "vie", tessdata: str | None = None, third_reader: bool = True
    ) -> None:
        self.name = "hybrid" if third_reader else "fast"
        self._languages, self._tessdata = languages, tessdata
        self._third_reader = third_reader
        self._local = threading.local()

    @property
    def _detector(self) -> LineDetector:
        return once(LineDetector)

    @property
    def _trueocr(self) -> TrueOcrReader:
        return once(TrueOcrReader)

    @property
    def _asterocr(self) -> AsterOcrReader | None:
        return once(AsterOcrReader) if self._third_reader else None

    @property
    def _tesseract(self) -> TesseractReader:
        reader = getattr(self._local, "tesseract", None)
        if reader is None:
            reader = self._local.tesseract = TesseractReader(self._languages, self._tessdata)
        return reader

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        cv2.setNumThreads(1)
        page = self.upright(image)
        boxes = without_faint(page.ink, self._detector.lines(page.ink))
        height = sorted(box.height for box in boxes)[len(boxes) // 2] if boxes else 20.0
        rules = find_rules(page.ink, height)
        boxes = cut_at_rules(boxes, rules)
        lines = self.read_lines(page, boxes)
        ordered = reading_order([line.box for line in lines], rules, [line.text for line in lines])
        out = []
        for number, block in enumerate(ordered):
            for row in block:
                words = tuple(
                    Word(w.text, page.to_stored(w.x0, lines[i].box.y0, w.x1, lines[i].box.y1), w.confidence)
                    for i in row
                    for w in lines[i].words
                )
                if words:
                    out.append(Line(words, union([w.box for w in words]), number))
        settings = {"languages": self._languages, "trueocr": self._trueocr.version}
        if self._asterocr:
            settings["asterocr"] = self._asterocr.version
        stamp = EngineStamp(self.name, self._tesseract.version, settings)
        return PageText(page.stored_size[0], page.stored_size[1], tuple(out), stamp, page.rotation, dpi)

    def upright(self, image: Image) -> Upright:
        ink, plain = grays(image)
        size = (ink.shape[1], ink.shape[0])
        ink, scale = scaled_down(ink)
        plain, _ = scaled_down(plain)
        skew = float(estimate_skew(ink))
        rotation = self._detector.rotation(levelled(ink, skew))
        if rotation:
            ink, plain = turned(ink, rotation), turned(plain, rotation)
            if rotation in (90, 270):
                skew = float(estimate_skew(ink))
        return Upright(
            levelled(ink, skew),
            levelled(plain, skew),
            rotation,
            skew,
            back_matrix(size, rotation, skew, scale),
            size,
        )

    def read_lines(self, page: Upright, boxes: Sequence[LineBox]) -> list[ReadLine]:
        first = self._tesseract.read(page.ink, boxes)
        second = self._trueocr.read(page.ink, boxes)
        lines = []
        for box, one, two in zip(boxes, first, second, strict=True):
            readings = [one, two]
            parts = stretches(readings)
            if self._asterocr and any(not p.agreed for p in parts):
                readings.append(self._asterocr.read(page.ink, [box])[0])
                parts = stretches(readings)
            words = [w for p in parts for w in (p.readings[0] if p.agreed else chosen(p))]
            sure = max(one.confidence, two.confidence)
            lines.append(ReadLine(box, tuple(words) if sure >= 0.5 else ()))
        return lines
