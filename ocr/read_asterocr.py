"""The slow third reader: AsterOCR's line recogniser (42 MB, CTC), asked only where the other two disagree."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import cv2
import numpy as np
from asterocr.vocab import default_vocab
from numpy.typing import NDArray

from ocr.blanks import mended
from ocr.engine import Image
from ocr.leaders import without_leaders
from ocr.models import open_session, package_folder
from ocr.reading import Glyph, LineBox, Reading, words_of

HEIGHT = 32  # pixels; what the net was trained on
PAD_Y = 0.08  # of the line's height: letters that fill the whole height are read worse
STRIDE = 4  # input columns a step
MAX_WIDTH = 1024  # pixels: its position table ends there; a wider stretch is squeezed


class AsterOcrReader:
    """Reads stretches of lines one by one: its cost grows with width only, and padding would change its answer."""

    name = "asterocr"

    def __init__(self) -> None:
        self.version = version("asterocr")
        self._chars: dict[int, str] = dict(default_vocab.idx2char)
        self._blank = int(default_vocab.blank_idx)
        self._session = open_session(package_folder("asterocr") / "assets" / "asternet.onnx")

    def read(self, page: Image, boxes: Sequence[LineBox]) -> list[Reading]:
        return [self._read_one(page, box) for box in boxes]

    def _read_one(self, page: Image, box: LineBox) -> Reading:
        scores = self.scores(page, box)
        if scores is None:
            return Reading()
        best = scores.argmax(axis=1)
        fresh = np.flatnonzero((best != self._blank) & np.concatenate(([True], best[1:] != best[:-1])))
        step = box.width / len(best)
        glyphs = [
            Glyph(
                self._chars.get(int(best[t]), ""),
                box.x0 + (int(t) + 0.5) * step,
                float(np.exp(scores[t, best[t]])),
            )
            for t in fresh
        ]
        return Reading(mended(words_of(glyphs, 0.25 * box.height)))

    def scores(self, page: Image, box: LineBox) -> NDArray[np.float32] | None:
        """Log probabilities (steps × characters) of a stretch of a line; None when it has no area."""
        pad = PAD_Y * box.height
        x0, y0 = max(0, int(box.x0)), max(0, int(box.y0 - pad))
        crop = page[y0 : int(np.ceil(box.y1 + pad)), x0 : int(np.ceil(box.x1))]
        if not crop.size:
            return None
        crop = without_leaders(np.ascontiguousarray(crop), box.height)
        width = max(HEIGHT, round(crop.shape[1] * HEIGHT / crop.shape[0]))
        width = min(MAX_WIDTH, -(-width // STRIDE) * STRIDE)
        shrunk = cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_AREA)
        plane = shrunk.astype(np.float32) / 127.5 - 1.0
        tensor = np.repeat(plane[None, None], 3, axis=1)
        return np.asarray(self._session.run(None, {"images": tensor})[0][:, 0], np.float32)
