"""Turns the image of a page upright and level, and boxes back to where they were in the stored image."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import Image
from ocr.stamps import Stamp
from records.page import Box

LEVEL_FROM = 0.15  # degrees; a smaller tilt moves a full line by less than a tenth of its height
PALE = 150  # of 255: print of less contrast is read better when stretched
COLOURED = 0.0004  # of the page's pixels: less is a speck
SIDE_LIMIT = 5000  # pixels; beyond A3 at 300 dpi more pixels bring nothing but work


@dataclass(frozen=True, slots=True)
class Upright:
    """A page as a reader wants it: gray, upright, level.

    `ink` is max(R, G, B): print stays dark, red seals fade. `plain` is luminance, in which red print keeps its
    weight; it is the same image as `ink` when the page has no colour to speak of. `matrix` (2×3) maps the
    pixels of both to those of the stored image, or of the sheet that was laid flat, which `lens` (3×3, projective)
    maps to the stored photograph.
    """

    ink: Image
    plain: Image
    rotation: int
    skew: float
    matrix: NDArray[np.float64]
    stored_size: tuple[int, int]  # width, height
    lens: NDArray[np.float64] | None = None
    stamps: tuple[Stamp, ...] = ()  # that lie over print

    def to_stored(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box around a rectangle of this page in pixels of the stored image, clipped to it."""
        corners = np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]], np.float64)
        mapped = corners @ self.matrix.T
        if self.lens is not None:
            seen = np.column_stack([mapped, np.ones(4)]) @ self.lens.T
            mapped = seen[:, :2] / seen[:, 2:]
        low, high = np.floor(mapped.min(axis=0)), np.ceil(mapped.max(axis=0))
        width, height = self.stored_size
        return Box(
            int(np.clip(low[0], 0, width)),
            int(np.clip(low[1], 0, height)),
            int(np.clip(high[0], 0, width)),
            int(np.clip(high[1], 0, height)),
        )


def grays(image: Image) -> tuple[Image, Image]:
    """(max(R, G, B), luminance) of an RGB or gray image."""
    if image.ndim == 2:
        return image, image
    red, green, blue = cv2.split(image[:, :, :3])
    ink = cv2.max(cv2.max(red, green), blue)
    plain = cv2.cvtColor(np.ascontiguousarray(image[:, :, :3]), cv2.COLOR_RGB2GRAY)
    return np.asarray(ink, np.uint8), np.asarray(plain, np.uint8)


def coloured(ink: Image, plain: Image) -> bool:
    """Whether a page has red or blue ink that max(R, G, B) would hide."""
    return ink is not plain and float((cv2.subtract(ink[::4, ::4], plain[::4, ::4]) > 40).mean()) > COLOURED


def turned(gray: Image, rotation: int) -> Image:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(gray, -(rotation // 90)))


def levelled(gray: Image, skew: float) -> Image:
    """The image turned counter-clockwise by `skew` degrees about its centre, same size, edges continued."""
    if abs(skew) < LEVEL_FROM:
        return gray
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    out = cv2.warpAffine(
        gray, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(out, np.uint8)


def back_matrix(size: tuple[int, int], rotation: int, skew: float, scale: float) -> NDArray[np.float64]:
    """2×3 matrix from the upright, level, scaled page to the stored image of `size` (width, height)."""
    width, height = size
    sideways = rotation in (90, 270)
    up_width, up_height = (height, width) if sideways else (width, height)
    up = np.eye(3)
    if abs(skew) >= LEVEL_FROM:
        centre = (up_width * scale / 2, up_height * scale / 2)
        forward = np.vstack([cv2.getRotationMatrix2D(centre, skew, 1.0), [0, 0, 1]])
        up = np.linalg.inv(forward)
    shrink = np.diag([1 / scale, 1 / scale, 1.0])
    unturn = {
        0: np.eye(3),
        90: np.array([[0, 1, 0], [-1, 0, height], [0, 0, 1]], np.float64),
        180: np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], np.float64),
        270: np.array([[0, -1, width], [1, 0, 0], [0, 0, 1]], np.float64),
    }[rotation]
    return np.asarray((unturn @ shrink @ up)[:2], np.float64)


def scaled_down(gray: Image) -> tuple[Image, float]:
    """The image with its long side at most `SIDE_LIMIT`, and the factor."""
    scale = min(1.0, SIDE_LIMIT / max(gray.shape))
    if scale == 1.0:
        return gray, 1.0
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8), scale


def flattened(gray: Image) -> Image:
    """The page with its paper made evenly white: light falls unevenly on photographs, old paper is dark."""
    if min(gray.shape) < 128:
        return gray
    small = cv2.resize(gray, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 15)
    ground = cv2.resize(ground, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, ground, scale=255), np.uint8)


def stretched(crop: Image) -> Image:
    """A pale line's crop with its ink made black and its paper white; a crop of usual contrast as it is."""
    ink, paper = (float(v) for v in np.percentile(crop[::2, ::2], (1, 75)))
    if not 10 <= paper - ink < PALE:
        return crop
    levels = np.clip((np.arange(256) - ink) * (255 / (paper - ink)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(crop, levels), np.uint8)
