"""The plain engine: Tesseract reads whole pages, a process a page. Runs where the neural packages do not."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytesseract
from PIL import Image as PilImage

from ocr.engine import Image
from ocr.read_tesseract import find_tessdata
from ocr.reading import clean
from ocr.upright import Upright, back_matrix, grays, scaled_down, turned
from records.errors import EngineUnavailable, RecognitionFailed
from records.page import EngineStamp, Line, PageText, Word, union

SURE_OF_TURN = 3.0  # Tesseract's own scale; its default of 14 leaves most turned pages as they are
SECONDS = 120  # a page that keeps Tesseract busy for longer is given up


class TesseractEngine:
    name = "tesseract"

    def __init__(self, *, languages: str = "vie", tessdata: str | None = None) -> None:
        self._languages, self._tessdata = languages, tessdata

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        folder = find_tessdata(self._languages, self._tessdata)
        os.environ["OMP_THREAD_LIMIT"] = "1"  # inherited by the process that is started
        page = self._upright(image, folder)
        lines = _lines(self._data(page.plain, folder, dpi), page)
        settings = {"languages": self._languages, "psm": "3"}
        stamp = EngineStamp(self.name, str(pytesseract.get_tesseract_version()), settings)
        return PageText(*page.stored_size, tuple(lines), stamp, page.rotation, dpi)

    def _upright(self, image: Image, folder: str) -> Upright:
        ink, plain = grays(image)
        size = (plain.shape[1], plain.shape[0])
        (ink, scale), (plain, _) = scaled_down(ink), scaled_down(plain)
        rotation = self._rotation(plain, folder)
        matrix = back_matrix(size, rotation, 0.0, scale)
        return Upright(turned(ink, rotation), turned(plain, rotation), rotation, 0.0, matrix, size)

    def _rotation(self, gray: Image, folder: str) -> int:
        """Degrees clockwise to turn the page upright, 0 when Tesseract cannot say."""
        try:
            found = pytesseract.image_to_osd(
                PilImage.fromarray(gray),
                config=f'--tessdata-dir "{folder}"',
                output_type="dict",
                timeout=SECONDS,
            )
        except pytesseract.TesseractNotFoundError as absent:
            raise EngineUnavailable("the program tesseract is not installed") from absent
        except (pytesseract.TesseractError, RuntimeError):  # too few letters, or no data for orientation
            return 0
        sure = float(found["orientation_conf"]) >= SURE_OF_TURN
        return int(found["rotate"]) % 360 if sure else 0

    def _data(self, gray: Image, folder: str, dpi: int) -> dict[str, list[Any]]:
        config = f'--tessdata-dir "{folder}" --psm 3' + (f" --dpi {dpi}" if dpi >= 70 else "")
        try:
            data = pytesseract.image_to_data(
                PilImage.fromarray(np.ascontiguousarray(gray)),
                lang=self._languages,
                config=config,
                output_type="dict",
                timeout=SECONDS,
            )
        except pytesseract.TesseractNotFoundError as absent:
            raise EngineUnavailable("the program tesseract is not installed") from absent
        except (pytesseract.TesseractError, RuntimeError) as failed:
            raise RecognitionFailed("Tesseract gave up on this page") from failed
        return dict(data)


def _lines(data: dict[str, list[Any]], page: Upright) -> list[Line]:
    """Tesseract's table of words as lines; its paragraphs are the blocks."""
    rows: dict[tuple[int, int, int], list[Word]] = {}
    for i, raw in enumerate(data["text"]):
        text = clean(str(raw)).strip()
        if not text:
            continue
        x, y = int(data["left"][i]), int(data["top"][i])
        box = page.to_stored(x, y, x + int(data["width"][i]), y + int(data["height"][i]))
        key = (int(data["block_num"][i]), int(data["par_num"][i]), int(data["line_num"][i]))
        words = [Word(part, box, max(0.0, float(data["conf"][i]) / 100)) for part in text.split()]
        rows.setdefault(key, []).extend(words)
    paragraphs = {key: number for number, key in enumerate(dict.fromkeys(key[:2] for key in rows))}
    return [
        Line(tuple(words), union([w.box for w in words]), paragraphs[key[:2]]) for key, words in rows.items()
    ]
