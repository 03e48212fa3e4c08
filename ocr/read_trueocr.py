"""The quick second reader: trueocr's line recogniser (4 MB, CTC), about 4 ms a line."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray
from trueocr.preprocess import WINDOW, crop_line, pad_batch, width_batches

from ocr.blanks import mended
from ocr.engine import Image
from ocr.leaders import without_leaders
from ocr.models import open_session, package_folder
from ocr.reading import Glyph, LineBox, Reading, words_of
from ocr.upright import stretched


class TrueOcrReader:
    """Reads all lines of a page in batches of like width."""

    name = "trueocr"

    def __init__(self) -> None:
        folder = package_folder("trueocr") / "models"
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        self.version = version("trueocr")
        self._chars: list[str] = meta["charset"]
        self._pad_y, self._pad_x = float(meta["pad_y"]), float(meta["pad_x"])
        self._max_width = int(meta["max_width"])
        self._session = open_session(folder / "rec.onnx")

    def read(self, page: Image, boxes: Sequence[LineBox]) -> list[Reading]:
        crops = [self._ink_map(page, box) for box in boxes]
        readings = [Reading()] * len(boxes)
        for batch in width_batches([crop.shape[1] for crop in crops]):
            tensor, widths = pad_batch([crops[i] for i in batch])
            ids, sure, lengths = self._session.run(
                ["ids", "conf", "lengths"], {"x": tensor, "widths": widths}
            )
            for row, i in enumerate(batch):
                steps = int(lengths[row])
                readings[i] = self._decoded(ids[row, :steps], sure[row, :steps], boxes[i])
        return readings

    def _ink_map(self, page: Image, box: LineBox) -> NDArray[np.float32]:
        x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
        crop = np.ascontiguousarray(page[y0 : int(np.ceil(box.y1)), x0 : int(np.ceil(box.x1))])
        crop = without_leaders(stretched(crop), box.height)
        whole = [0, 0, crop.shape[1], crop.shape[0]]
        ink = crop_line(
            crop, whole, window=WINDOW, max_width=self._max_width, pad_y=self._pad_y, pad_x=self._pad_x
        )
        return np.asarray(ink, np.float32)

    def _decoded(self, ids: NDArray[np.int64], sure: NDArray[np.float32], box: LineBox) -> Reading:
        """Greedy CTC, blank = 0; a step's place is its share of the padded crop's width."""
        if not len(ids):
            return Reading()
        pad = self._pad_x * box.height
        step = (box.width + 2 * pad) / len(ids)
        fresh = np.flatnonzero((ids != 0) & np.concatenate(([True], ids[1:] != ids[:-1])))
        glyphs = [
            Glyph(
                unicodedata.normalize("NFC", self._chars[int(ids[t]) - 1]),
                box.x0 - pad + (int(t) + 0.5) * step,
                float(sure[t]),
            )
            for t in fresh
        ]
        return Reading(mended(words_of(glyphs, 0.25 * box.height)))
