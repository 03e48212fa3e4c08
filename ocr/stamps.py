"""Takes the stamp of a paper's arrival off the page, so that the lines it lies over are found and read.

An office stamps what it receives: a frame of about 35 × 50 mm with "ĐẾN", "Số", "Ngày" and "Chuyển" (Decree 30/2020,
annex IV), a little askew and often over the first lines. The stamp is no text of the paper, and its rows run into the
lines beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.detect import LineDetector
from ocr.engine import Image
from ocr.reading import LineBox, LineReader
from ocr.tones import paling, print_level
from records.vietnamese import folded

A4_WIDTH = 210.0  # millimetres: the sheet that a page without a known size is taken for
SIDE = 1000  # pixels of the thumbnail's short side
WIDTHS, HEIGHTS = (28.0, 85.0), (13.0, 50.0)  # millimetres: frames of stamps, with print that touches them
DARKER = 24  # of 255: what is ink on the thumbnail
STEEPEST = 0.14  # rise of a side over its length: 8 degrees
TRIED = 24  # points of a side: most may be of print that touches it
ON_LINE = 1.5  # pixels of the thumbnail off a side
SIDES, WORST_SIDE = (
    0.5,
    0.3,
)  # of a side that is straight: of three sides, and of the one that print runs across
PARALLEL = 0.045  # between the rises of two sides
SQUARE = 0.06  # the same between a level side and a standing one
ASKEW = 0.01  # rise of a side: print is level
START = 1.2  # heights of a line between a stamp and a line that goes on under it
RULE = 6.0  # millimetres: no stroke of a letter is so long
APART = 0.18  # from print to paper: a stamp whose tone is nearer to print than that cannot be told from it
# What a stamp says, as it is read through its rules and the print under it.
_SAYS = tuple(
    re.compile(said)
    for said in (r"\bd[ei][nm]\b", r"\bchu[yv]en", r"\bng[ai][iy]\b", r"v[ao]n ?n?ban|\bcv\b|cong v[ao]n")
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Four corners in pixels of the upright page: top left, top right, bottom right, bottom left."""

    corners: NDArray[np.float32]
    pale: float | None = None  # its tone, 0 … 255, if that can be told from print

    @property
    def box(self) -> LineBox:
        low, high = self.corners.min(axis=0), self.corners.max(axis=0)
        return LineBox(float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    @property
    def rise(self) -> float:
        """Of its upper side."""
        (x0, y0), (x1, y1) = self.corners[0], self.corners[1]
        return float((y1 - y0) / (x1 - x0))

    def hides_start(self, box: LineBox) -> bool:
        """Whether a line begins where this stamp ends."""
        level = box.overlap_y(self.box) > 0.6 * box.height
        return level and -box.height < box.x0 - self.box.x1 < START * box.height

    def holds(self, box: LineBox, share: float = 0.5) -> bool:
        """Whether a box lies in the stamp with more than this share of its area."""
        around = self.box
        width = min(box.x1, around.x1) - max(box.x0, around.x0)
        return width > 0 and width * box.overlap_y(around) > share * box.width * box.height


def find_stamps(gray: Image, detector: LineDetector, judge: LineReader) -> tuple[Stamp, ...]:
    """The stamps of an upright page: frames of their size in which `judge` reads their words."""
    framed = find_frames(gray)
    if not framed:
        return ()
    said = [stamp for stamp in framed if _names_arrival(gray, stamp, detector, judge)]
    return tuple(replace(stamp, pale=_pale(gray, stamp)) for stamp in said)


def _names_arrival(gray: Image, stamp: Stamp, detector: LineDetector, judge: LineReader) -> bool:
    """Whether the stamp's words stand in the frame, which is looked at alone; a level frame may be a form's own."""
    inside, mask = _inside(gray, stamp)
    alone = np.full_like(gray, 255)
    alone[inside][mask] = gray[inside][mask]
    said = " ".join(folded(read.text) for read in judge.read(alone, detector.lines(alone)))
    askew = abs(stamp.rise) >= ASKEW
    return sum(bool(pattern.search(said)) for pattern in _SAYS) >= (1 if askew else 2)


def _pale(gray: Image, stamp: Stamp) -> float | None:
    """The tone of the stamp's rules where it is paler than print."""
    ink = print_level(gray)
    inside, _ = _inside(gray, stamp)
    rules = _rules(gray[inside], stamp, min(gray.shape) / A4_WIDTH)
    tone = float(np.median(gray[inside][rules])) if rules.any() else ink
    return tone if tone - ink >= APART * (255 - ink) else None


def find_frames(gray: Image) -> list[Stamp]:
    """Frames of four straight sides that are as large as a stamp."""
    scale = min(1.0, SIDE / min(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ground = cv2.blur(small, (41, 41)).astype(np.int16)
    dark = (ground - small > DARKER).astype(np.uint8)
    found: list[Stamp] = []
    mended = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    for shapes in (np.asarray(mended, np.uint8), dark):
        for corners in _frames(shapes):
            frame = Stamp(np.asarray((corners + 0.5) / scale, np.float32))
            if not any(known.holds(frame.box) for known in found):
                found.append(frame)
    return found


def _frames(dark: Image) -> Iterator[NDArray[np.float64]]:
    """The corners of such frames on a thumbnail, a broken rule mended or as it is."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    per_mm = min(dark.shape) / A4_WIDTH
    for i, (x, y, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        right_size = WIDTHS[0] <= width / per_mm <= WIDTHS[1] and HEIGHTS[0] <= height / per_mm <= HEIGHTS[1]
        if right_size and width > height:
            corners = _frame(labels[y : y + height, x : x + width] == i)
            if corners is not None:
                yield corners + np.array((x, y))


def _frame(shape: NDArray[np.bool_]) -> NDArray[np.float64] | None:
    """The corners of a shape whose outline is four straight sides; None for any other."""
    height, width = shape.shape
    columns, rows = np.asarray(shape.any(axis=0)), np.asarray(shape.any(axis=1))
    top = _side(shape.argmax(axis=0), columns)
    if top.share < WORST_SIDE:
        return None
    bottom = _side(height - 1 - shape[::-1].argmax(axis=0), columns)
    if bottom.share < WORST_SIDE or abs(top.rise - bottom.rise) > PARALLEL:
        return None
    left = _side(shape.argmax(axis=1), rows)
    right = _side(width - 1 - shape[:, ::-1].argmax(axis=1), rows)
    shares = sorted(side.share for side in (top, bottom, left, right))
    if (
        shares[0] < WORST_SIDE
        or shares[1] < SIDES
        or max(abs(left.rise + top.rise), abs(right.rise + top.rise)) > 0.06
    ):
        return None
    return np.array(
        [
            _corner(level, standing)
            for level, standing in ((top, left), (top, right), (bottom, right), (bottom, left))
        ]
    )


@dataclass(frozen=True, slots=True)
class _Side:
    share: float  # of its length that lies on a straight line
    rise: float
    start: float


def _side(profile: NDArray[np.int64], known: NDArray[np.bool_]) -> _Side:
    """The straight line on which most of a side lies, of those through two of its points."""
    at = np.flatnonzero(known)
    depth = profile[at]
    best = _Side(0.0, 0.0, 0.0)
    ends = np.linspace(0, len(at) - 1, TRIED).astype(int)
    for i in ends[: TRIED // 2]:
        for j in ends[TRIED // 2 :]:
            rise = float(depth[j] - depth[i]) / max(1, at[j] - at[i])
            if abs(rise) > STEEPEST:
                continue
            start = float(depth[i] - rise * at[i])
            share = float(np.count_nonzero(np.abs(depth - rise * at - start) <= ON_LINE)) / len(profile)
            if share > best.share:
                best = _Side(share, rise, start)
    return best


def _corner(level: _Side, standing: _Side) -> tuple[float, float]:
    """Where y = start + rise·x meets x = start + rise·y."""
    x = (standing.start + standing.rise * level.start) / (1 - standing.rise * level.rise)
    return x, level.start + level.rise * x


def without_stamps(gray: Image, stamps: Sequence[Stamp]) -> Image:
    """The page, its paper white, with pale stamps made white and the rules of all others."""
    if not stamps:
        return gray
    done = gray.copy()
    for stamp in stamps:
        inside, mask = _inside(gray, stamp)
        if stamp.pale is not None:
            done[inside][mask] = cv2.LUT(gray[inside], paling(print_level(gray), stamp.pale))[mask]
        else:
            rules = _rules(gray[inside], stamp, min(gray.shape) / A4_WIDTH).astype(np.uint8)
            done[inside][cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 255
    return done


def covering(stamps: Sequence[Stamp]) -> list[Stamp]:
    """Those under which print is hidden: their tone is that of print."""
    return [stamp for stamp in stamps if stamp.pale is None]


def blanked(gray: Image, stamps: Sequence[Stamp]) -> Image:
    """The page with nothing where such stamps are."""
    done = gray
    for stamp in covering(stamps):
        inside, mask = _inside(gray, stamp)
        done = gray.copy() if done is gray else done
        done[inside][mask] = 255
    return done


def reaching_under(boxes: Sequence[LineBox], stamps: Sequence[Stamp]) -> list[LineBox]:
    """The boxes, of which those that begin at the right edge of a stamp begin at the margin of the page's print."""
    margin = _margin(boxes)
    return [
        replace(box, x0=min(box.x0, max(margin, stamp.box.x0)))
        if (stamp := next((stamp for stamp in covering(stamps) if stamp.hides_start(box)), None))
        else box
        for box in boxes
    ]


def _margin(boxes: Sequence[LineBox]) -> float:
    """Where running lines begin."""
    widest = max((box.width for box in boxes), default=0.0)
    starts = sorted(box.x0 for box in boxes if box.width > 0.8 * widest)
    return starts[len(starts) // 4] if starts else 0.0


def _inside(gray: Image, stamp: Stamp) -> tuple[tuple[slice, slice], NDArray[np.bool_]]:
    """The part of the page around a stamp, and which of its pixels are the stamp's, its frame included."""
    room = min(gray.shape) / A4_WIDTH
    around = stamp.box
    y0, x0 = max(0, int(around.y0 - room)), max(0, int(around.x0 - room))
    y1, x1 = min(gray.shape[0], int(around.y1 + room) + 1), min(gray.shape[1], int(around.x1 + room) + 1)
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    cv2.fillConvexPoly(mask, np.round(stamp.corners - np.array((x0, y0))).astype(np.int32), 1)
    edge = max(3, round(room) | 1)
    return (slice(y0, y1), slice(x0, x1)), cv2.dilate(mask, np.ones((edge, edge), np.uint8)) > 0


def _rules(part: Image, stamp: Stamp, per_mm: float) -> NDArray[np.bool_]:
    """The pixels of straight lines along the stamp's sides."""
    (x0, y0), (x1, y1) = stamp.corners[0], stamp.corners[1]
    turn = float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
    height, width = part.shape
    there = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    level = cv2.warpAffine(part, there, (width, height), borderMode=cv2.BORDER_REPLICATE)
    ink, paper = np.percentile(level, (2, 70))
    dark = (level < paper - 0.35 * (paper - ink)).astype(np.uint8)
    long = max(9, round(RULE * per_mm))
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    back = cv2.warpAffine(
        cv2.max(across, upright) * 255,
        cv2.invertAffineTransform(there),
        (width, height),
        flags=cv2.INTER_LINEAR,
    )
    return np.asarray(back > 100)
