"""Finds the sheet on a photograph and lays it flat, as a scanner would have seen it.

A phone sees the far end of a sheet smaller: its lines fan out, and no single turn makes all of them level.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import Image

SIDE = 640  # pixels of the thumbnail's long side
LEAST_SHEET, MOST_SHEET = 0.3, 0.97  # of the picture's area
DARKER = 25  # of 255: what surrounds the sheet, at least
FOURSQUARE = 0.97  # of the shape's area and of the area of its four sides: the smaller to the larger
FANNED = 0.8  # degrees between opposite sides; a scanner's sheet has less, and turning it is enough
INSIDE = 3  # pixels of the thumbnail that are left off at each side: the edge and its shadow

Corners = NDArray[np.float32]  # 4×2: top left, top right, bottom right, bottom left


@dataclass(frozen=True, slots=True)
class FlatSheet:
    """The sheet alone, and the matrix (3×3, projective) from its pixels to those of the picture."""

    image: Image
    matrix: NDArray[np.float64]


def laid_flat(image: Image) -> FlatSheet | None:
    """The sheet that lies on something darker, seen at an angle; None for everything that a scanner makes."""
    scale = min(1.0, SIDE / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    gray = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    corners = sheet_corners(np.asarray(gray, np.uint8))
    if corners is None or _fan(corners) < FANNED:
        return None
    seen = corners / np.float32(scale)
    top, right, bottom, left = (float(np.linalg.norm(seen[i] - seen[(i + 1) % 4])) for i in range(4))
    width, height = round(max(top, bottom)), round(max(left, right))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    there = cv2.getPerspectiveTransform(seen, flat)
    laid = cv2.warpPerspective(
        image, there, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return FlatSheet(np.asarray(laid, np.uint8), np.asarray(np.linalg.inv(there), np.float64))


def sheet_corners(gray: Image) -> Corners | None:
    """The corners of the one bright sheet with four straight sides on a thumbnail; None when there is none."""
    blurred = cv2.GaussianBlur(gray, (5, 5), 0)
    _, bright = cv2.threshold(blurred, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    shapes, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    sheet = max(shapes, key=cv2.contourArea, default=None)
    if sheet is None or not LEAST_SHEET <= cv2.contourArea(sheet) / gray.size <= MOST_SHEET:
        return None
    rough = cv2.approxPolyDP(cv2.convexHull(sheet), 0.02 * cv2.arcLength(sheet, True), True)
    if len(rough) != 4 or not _surrounded(gray, sheet):
        return None
    corners = _sharpened(
        _in_order(rough.reshape(4, 2).astype(np.float32)), np.asarray(sheet.reshape(-1, 2), np.int32)
    )
    areas = sorted((float(cv2.contourArea(corners)), float(cv2.contourArea(sheet))))
    if areas[0] < FOURSQUARE * areas[1]:
        return None
    middle = corners.mean(axis=0)
    inward = middle - corners
    return np.asarray(corners + INSIDE * np.sign(inward), np.float32)


def _surrounded(gray: Image, sheet: cv2.typing.MatLike) -> bool:
    """Whether the picture is darker all around the sheet than the sheet is."""
    mask = np.zeros(gray.shape, np.uint8)
    cv2.drawContours(mask, [sheet], -1, 255, -1)
    outside = cv2.bitwise_not(cv2.dilate(mask, np.ones((7, 7), np.uint8)))
    if not outside.any():
        return False
    inner, outer = float(np.median(gray[mask > 0])), float(np.percentile(gray[outside > 0], 75))
    return inner - outer >= DARKER


def _in_order(corners: Corners) -> Corners:
    """Clockwise from the top left."""
    total, across = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    picks = [total.argmin(), across.argmax(), total.argmax(), across.argmin()]
    return np.asarray(corners[picks], np.float32)


def _sharpened(corners: Corners, outline: NDArray[np.int32]) -> Corners:
    """The corners where lines along the four sides meet: a corner itself is worn, folded or in shade."""
    sides = [_side(corners[i], corners[(i + 1) % 4], outline) for i in range(4)]
    return np.array([_crossing(sides[i - 1], sides[i], corners[i]) for i in range(4)], np.float32)


Line = tuple[float, float, float, float]  # direction, and a point on it


def _side(start: NDArray[np.float32], end: NDArray[np.float32], outline: NDArray[np.int32]) -> Line:
    """The line along those points of the outline that lie near the middle part of a side."""
    along = (end - start) / np.linalg.norm(end - start)
    offset = outline - start
    far = offset @ along
    off = np.abs(offset @ np.array([-along[1], along[0]]))
    length = float(np.linalg.norm(end - start))
    near = outline[(off < 6) & (far > 0.1 * length) & (far < 0.9 * length)]
    if len(near) < 10:
        return float(along[0]), float(along[1]), float(start[0]), float(start[1])
    vx, vy, x, y = (float(v) for v in np.ravel(cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01)))
    return vx, vy, x, y


def _crossing(one: Line, other: Line, otherwise: NDArray[np.float32]) -> NDArray[np.float32]:
    directions = np.array([[one[0], -other[0]], [one[1], -other[1]]])
    if abs(float(np.linalg.det(directions))) < 0.1:
        return otherwise
    steps = np.linalg.solve(directions, np.array([other[2] - one[2], other[3] - one[3]]))
    return np.array([one[2] + steps[0] * one[0], one[3] + steps[0] * one[1]], np.float32)


def _fan(corners: Corners) -> float:
    """The larger angle between two opposite sides, in degrees."""
    top, right = corners[1] - corners[0], corners[2] - corners[1]
    bottom, left = corners[2] - corners[3], corners[3] - corners[0]
    return max(_angle(top, bottom), _angle(left, right))


def _angle(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    turn = float(np.degrees(np.arctan2(one[1], one[0]) - np.arctan2(other[1], other[0])))
    return abs((turn + 180) % 360 - 180)
