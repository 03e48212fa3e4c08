"""Finds lines of print: trueocr's detector, then what its boxes need before a reader may see them."""

from __future__ import annotations

import json

import numpy as np
from trueocr.page import (
    ADAPTIVE_MAX_SIDE,
    ADAPTIVE_MIN_H,
    ADAPTIVE_TARGET_H,
    ORIENT_MIN,
    decode_lines,
    det_input,
    orient_input,
)

from ocr.engine import Image
from ocr.models import open_session, package_folder
from ocr.reading import LineBox

FAINT = 0.62  # of the page's median ink contrast: below it, ink of the sheet's other side


class LineDetector:
    """The detector and the orientation net of trueocr (0.4 MB each)."""

    def __init__(self) -> None:
        folder = package_folder("trueocr") / "models"
        self._long_side = int(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["det_long_side"])
        self._lines = open_session(folder / "det.onnx")
        self._turns = open_session(folder / "orient.onnx")

    def rotations(self, gray: Image) -> list[int]:
        """Degrees clockwise (0, 90, 180, 270) that may turn a level page upright, the likeliest first.

        One when the net is sure, two when it is not. Its fifth class, vertical columns, is no Vietnamese page.
        """
        chances = self._turns.run(None, {"x": orient_input(gray)[None, None]})[0][0][:4]
        ranked = [int(quarter) for quarter in chances.argsort()[::-1]]
        sure = chances[ranked[0]] > ORIENT_MIN * chances.sum()
        return [90 * quarter for quarter in ranked[: 1 if sure else 2]]

    def lines(self, gray: Image) -> list[LineBox]:
        """Boxes of lines in pixels of the page; small print is looked at a second time, larger."""
        boxes, scale = self._at(gray, self._long_side)
        if len(boxes) >= 8:
            height = float(np.median(boxes[:, 3] - boxes[:, 1]))
            side = int(min(ADAPTIVE_MAX_SIDE, self._long_side * ADAPTIVE_TARGET_H / max(height, 1.0)))
            if height < ADAPTIVE_MIN_H and side // 32 * 32 > self._long_side:
                boxes, scale = self._at(gray, side // 32 * 32)
        found = []
        for x0, y0, x1, y1, _ in boxes / np.array([scale, scale, scale, scale, 1.0]):
            box = LineBox(
                max(0.0, float(x0)),
                max(0.0, float(y0)),
                min(float(gray.shape[1]), float(x1)),
                min(float(gray.shape[0]), float(y1)),
            )
            if box.width >= 4 and box.height >= 4:
                found.append(box)
        return found

    def _at(self, gray: Image, long_side: int) -> tuple[np.ndarray, float]:
        ink, scale = det_input(gray, long_side)
        out = self._lines.run(None, {"x": ink[None, None]})[0][0]
        return decode_lines(out), scale


def contrast(gray: Image, box: LineBox) -> float:
    """How much darker than its paper the ink inside a box is, 0 … 255."""
    crop = gray[int(box.y0) : int(np.ceil(box.y1)) : 2, int(box.x0) : int(np.ceil(box.x1)) : 2]
    if not crop.size:
        return 0.0
    ink, paper = np.percentile(crop, (3, 60))
    return float(paper - ink)


def without_faint(gray: Image, boxes: list[LineBox]) -> list[LineBox]:
    """The boxes whose ink is as dark as this page's print: drops what shines through from the other side."""
    if len(boxes) < 5:
        return boxes
    depths = [contrast(gray, box) for box in boxes]
    limit = FAINT * float(np.median(depths))
    return [box for box, depth in zip(boxes, depths, strict=True) if depth >= limit]
