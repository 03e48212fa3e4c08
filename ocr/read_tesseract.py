"""The main reader: Tesseract, a line at a time, in this process.

OpenMP inside Tesseract makes a line slower, not faster; `OMP_THREAD_LIMIT=1` must be in the environment before
libgomp is loaded, so it is set here, before `tesserocr` is imported for the first time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ocr.blanks import mended
from ocr.engine import Image
from ocr.leaders import without_leaders
from ocr.reading import LineBox, Reading, ReadWord, clean
from ocr.upright import stretched
from records.errors import EngineUnavailable

PAD_X, PAD_Y = 0.15, 0.08  # of the line's height: more lets neighbours in, less cuts marks off
MARGIN = 8  # white pixels around the crop: Tesseract drops ink that touches the edge

_COMMON_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def find_tessdata(languages: str, given: str | None = None) -> str:
    """The folder with all trained data that `languages` ("vie" or "vie+eng") names.

    Raises `EngineUnavailable` when there is none.
    """
    names = [f"{language}.traineddata" for language in languages.split("+")]
    for folder in [given] if given else list(_COMMON_FOLDERS):
        if all((Path(folder) / name).is_file() for name in names):
            return folder
    raise EngineUnavailable(f"no folder with Tesseract's data for {languages} was found")


class TesseractReader:
    """One Tesseract API object: belongs to the thread that uses it."""

    name = "tesseract"

    def __init__(self, languages: str = "vie", tessdata: str | None = None) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"
        import tesserocr

        self._tesserocr: Any = tesserocr
        self.version: str = tesserocr.tesseract_version().splitlines()[0].removeprefix("tesseract ")
        self._api = tesserocr.PyTessBaseAPI(
            path=find_tessdata(languages, tessdata),
            lang=languages,
            psm=tesserocr.PSM.SINGLE_LINE,
            oem=tesserocr.OEM.LSTM_ONLY,
        )

    def read(self, page: Image, boxes: Sequence[LineBox]) -> list[Reading]:
        return [self._read_one(page, box) for box in boxes]

    def _read_one(self, page: Image, box: LineBox) -> Reading:
        left, top = max(0, int(box.x0 - PAD_X * box.height)), max(0, int(box.y0 - PAD_Y * box.height))
        right, bottom = int(box.x1 + PAD_X * box.height), int(np.ceil(box.y1 + PAD_Y * box.height))
        crop = page[top:bottom, left:right]
        if crop.shape[0] < 4 or crop.shape[1] < 4:
            return Reading()
        crop = without_leaders(stretched(np.ascontiguousarray(crop)), box.height)
        framed = cv2.copyMakeBorder(crop, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255)
        height, width = framed.shape
        self._api.SetImageBytes(framed.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(300)
        self._api.Recognize()
        return Reading(mended(list(self._words(left - MARGIN))))

    def _words(self, shift: int) -> Iterator[ReadWord]:
        found = self._api.GetIterator()
        if found is None:
            return
        level = self._tesserocr.RIL.WORD
        for word in self._tesserocr.iterate_level(found, level):
            if word.Empty(level):
                continue
            text = clean(word.GetUTF8Text(level)).strip()
            edges = word.BoundingBox(level)
            if text and edges:
                yield ReadWord(text, edges[0] + shift, edges[2] + shift, word.Confidence(level) / 100)
