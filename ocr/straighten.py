"""Turns a stored image into the page that readers want, with the orientation net and a search for the skew."""

from __future__ import annotations

from trueocr.page import estimate_skew

from ocr.detect import LineDetector
from ocr.engine import Image
from ocr.negatives import positive
from ocr.photo import laid_flat
from ocr.reading import LineReader
from ocr.seals import without_seals
from ocr.stamps import find_stamps, without_stamps
from ocr.syllables import is_syllable
from ocr.upright import Upright, back_matrix, coloured, flattened, grays, levelled, scaled_down, turned

SAMPLE = 8  # lines that are read to find out which way is up


def straightened(image: Image, detector: LineDetector, judge: LineReader) -> Upright:
    """The page upright and level, its paper evenly white; of a photograph the sheet alone, laid flat.

    The net sees the level page (a tilted one may look turned); where it is not sure, the turn wins in which `judge`
    reads more syllables. After a quarter turn rows have become columns, so that the skew is measured again.
    """
    stored = image.shape[1], image.shape[0]
    sheet = laid_flat(image)
    ink, plain = _grays(sheet.image if sheet else image)
    size = (ink.shape[1], ink.shape[0])
    ink, scale = scaled_down(ink)
    skew = float(estimate_skew(ink))
    level = levelled(ink, skew)
    turns = detector.rotations(level)
    if len(turns) > 1:
        turns.sort(key=lambda turn: -syllables(turned(level, turn), detector, judge))
    rotation = turns[0]
    turned_ink = turned(ink, rotation)
    if rotation in (90, 270):
        skew = float(estimate_skew(turned_ink))
    page = flattened(levelled(turned_ink, skew))
    plain, _ = scaled_down(plain)
    in_colour = coloured(ink, plain)
    page = page if in_colour else without_seals(page)
    stamps = find_stamps(page, detector, judge)
    page = without_stamps(page, stamps)
    return Upright(
        page,
        flattened(levelled(turned(plain, rotation), skew)) if in_colour else page,
        rotation,
        skew,
        back_matrix(size, rotation, skew, scale),
        stored,
        sheet.matrix if sheet else None,
        stamps,
    )


def _grays(image: Image) -> tuple[Image, Image]:
    """(max(R, G, B), luminance), white print on dark ground made dark on white; one object for a gray image."""
    ink, plain = grays(image)
    if ink is plain:
        (one,) = positive(plain)
        return one, one
    plain, ink = positive(plain, ink)
    return ink, plain


def syllables(gray: Image, detector: LineDetector, judge: LineReader) -> int:
    """How many letters of the longest lines are in words that can be Vietnamese."""
    boxes = sorted(detector.lines(gray), key=lambda box: -box.width)[:SAMPLE]
    words = [word.text for reading in judge.read(gray, boxes) for word in reading.words]
    return sum(len(word) for word in words if len(word) > 1 and is_syllable(word))
