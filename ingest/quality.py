"""What is wrong with a scan, told from its pixels while the paper is still in the hand."""

from __future__ import annotations

from ingest.encode import is_bilevel
from ingest.ink import Ink, ink_of
from ingest.raster import Raster
from ingest.sheet import effective_dpi
from ingest.skew import skew_of
from records.page import QualityFlag, QualityReport

LEAST_DPI = 200  # Decree 30/2020, Annex I
_DPI_TOLERANCE = 0.98
_MOST_SKEW = 2.0  # degrees
_LEAST_SHARPNESS = 0.4
_DARK_PAPER = 110  # of 255: the sheet itself
_DARK_SHARE = 0.35  # of the page under ink
_PALE_DEPTH = 0.4  # of the print against its paper
_FEW_LETTERS = 25  # under which skew, blur and paleness of a page say nothing


def measured(raster: Raster) -> QualityReport:
    """The report on a page."""
    dpi, source = effective_dpi(raster.width, raster.height, raster.dpi, raster.dpi_source)
    ink = ink_of(raster.pixels, dpi)
    colour = colour_mode(raster)
    has_text = not ink.is_blank and ink.letters >= _FEW_LETTERS
    skew = skew_of(ink.text) if has_text else 0.0
    sharpness = ink.sharpness if has_text and colour != "bilevel" else 1.0
    flags = set(raster.flags) | _flags_of_scan(raster, dpi, colour) | _flags_of_ink(ink, has_text)
    if abs(skew) > _MOST_SKEW:
        flags.add(QualityFlag.SKEWED)
    if sharpness < _LEAST_SHARPNESS:
        flags.add(QualityFlag.BLURRED)
    return QualityReport(
        dpi=dpi,
        dpi_source=source,
        colour=colour,
        skew=round(skew, 2),
        sharpness=round(sharpness, 3),
        ink=round(ink.share, 4),
        cut_edges=ink.cut_edges,
        flags=tuple(sorted(flags)),
    )


def colour_mode(raster: Raster) -> str:
    """How the page was scanned, "colour", "gray" or "bilevel": by its channels, since black print has no colour."""
    if raster.scanned_as:
        return raster.scanned_as
    if raster.pixels.ndim == 3:
        return "colour"
    return "bilevel" if is_bilevel(raster.pixels) else "gray"


def _flags_of_scan(raster: Raster, dpi: int, colour: str) -> set[QualityFlag]:
    """Resolution and colour; a page that was never on paper has no scanner to set right."""
    flags = set()
    if dpi < LEAST_DPI * _DPI_TOLERANCE:
        flags.add(QualityFlag.LOW_RESOLUTION)
    if colour != "colour" and not raster.is_born_digital:
        flags.add(QualityFlag.NOT_COLOUR)
    return flags


def _flags_of_ink(ink: Ink, has_text: bool) -> set[QualityFlag]:
    found = {
        QualityFlag.BLANK: ink.is_blank,
        QualityFlag.CUT_OFF: bool(ink.cut_edges),
        QualityFlag.TOO_DARK: ink.paper < _DARK_PAPER or ink.share > _DARK_SHARE,
        QualityFlag.TOO_PALE: has_text and ink.depth < _PALE_DEPTH,
    }
    return {flag for flag, holds in found.items() if holds}
