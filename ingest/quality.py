"""What is wrong with a scan, told from its pixels while the paper is still in the hand."""

from __future__ import annotations

import cv2
import numpy as np

from ingest.encode import is_bilevel
from ingest.ink import ink_of
from ingest.raster import Pixels, Raster
from ingest.sheet import effective_dpi
from ingest.skew import skew_of
from records.page import QualityFlag, QualityReport

LEAST_DPI = 200  # Decree 30/2020, Annex I
_DPI_TOLERANCE = 0.98
_MOST_SKEW = 2.0  # degrees
_LEAST_SHARPNESS = 0.3
_NEUTRAL = 6  # of 255 levels between the channels of a pixel that is still gray
_DARK_PAPER = 110  # of 255: the sheet itself
_DARK_SHARE = 0.35  # of the page under ink
_PALE_CONTRAST = 0.4  # of the ink against the paper


def measured(raster: Raster, gray: Pixels) -> QualityReport:
    """The report on a page; `gray` is the same page as one channel, at full size."""
    dpi, source = effective_dpi(raster.width, raster.height, raster.dpi, raster.dpi_source)
    ink = ink_of(gray, dpi)
    colour = colour_mode(raster.pixels)
    skew = 0.0 if ink.is_blank else skew_of(ink.text)
    sharpness = 1.0 if colour == "bilevel" else ink.sharpness
    cut = ink.cut_edges
    flags = set(raster.flags)
    flags |= {flag for flag, holds in (
        (QualityFlag.LOW_RESOLUTION, dpi < LEAST_DPI * _DPI_TOLERANCE),
        (QualityFlag.BLANK, ink.is_blank),
        (QualityFlag.SKEWED, abs(skew) > _MOST_SKEW),
        (QualityFlag.BLURRED, not ink.is_blank and sharpness < _LEAST_SHARPNESS),
        (QualityFlag.CUT_OFF, bool(cut)),
        (QualityFlag.NOT_COLOUR, colour != "colour"),
        (QualityFlag.TOO_DARK, ink.paper < _DARK_PAPER or ink.share > _DARK_SHARE),
        (QualityFlag.TOO_PALE, not ink.is_blank and ink.contrast < _PALE_CONTRAST),
    ) if holds}  # fmt: skip
    return QualityReport(
        dpi=dpi,
        dpi_source=source,
        colour=colour,
        skew=round(skew, 2),
        sharpness=round(sharpness, 3),
        ink=round(ink.share, 4),
        cut_edges=cut,
        flags=tuple(sorted(flags)),
    )


def gray_of(pixels: Pixels) -> Pixels:
    """The page as one channel."""
    if pixels.ndim == 2:
        return pixels
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def colour_mode(pixels: Pixels) -> str:
    """ "colour", "gray" or "bilevel", by what is in the pixels and not by how they are stored."""
    if pixels.ndim == 2:
        return "bilevel" if is_bilevel(pixels) else "gray"
    scale = min(1.0, 600 / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return "colour" if int(spread.max()) > _NEUTRAL else "gray"
