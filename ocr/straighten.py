"""Turns a stored image into the page that readers want, with the orientation net and a search for the skew."""

from __future__ import annotations

from trueocr.page import estimate_skew

from ocr.detect import LineDetector
from ocr.engine import Image
from ocr.upright import Upright, back_matrix, coloured, flattened, grays, levelled, scaled_down, turned


def straightened(image: Image, detector: LineDetector) -> Upright:
    """The page upright and level, its paper evenly white.

    The net sees the level page (a tilted one may look turned); after a quarter turn rows have become columns, so
    that the skew is measured again.
    """
    ink, plain = grays(image)
    size = (ink.shape[1], ink.shape[0])
    ink, scale = scaled_down(ink)
    skew = float(estimate_skew(ink))
    rotation = detector.rotation(levelled(ink, skew))
    turned_ink = turned(ink, rotation)
    if rotation in (90, 270):
        skew = float(estimate_skew(turned_ink))
    page = flattened(levelled(turned_ink, skew))
    plain, _ = scaled_down(plain)
    return Upright(
        page,
        flattened(levelled(turned(plain, rotation), skew)) if coloured(ink, plain) else page,
        rotation,
        skew,
        back_matrix(size, rotation, skew, scale),
        size,
    )
