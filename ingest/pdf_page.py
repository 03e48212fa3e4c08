"""One page of a PDF as an image: a scan is taken out as it was stored, any other page is drawn as a reader shows it."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.depth import turned, with_white_rest, without_idle_colour
from ingest.headers import check_size, jpeg_header
from ingest.images import jpeg_pixels
from ingest.limits import DRAWN_PIXELS, Limits
from ingest.pdf_content import Content, Placed, content
from ingest.raster import Pixels, Raster
from records.errors import DamagedFile, ImageTooLarge
from records.orientation import PLAIN, orientation_of, with_orientation
from records.page import QualityFlag

_DRAWN_DPI = 300.0  # of a page without a scan: what the text recogniser reads best
_LEAST_DPI, _MOST_DPI = 72.0, 600.0
_BORN_DIGITAL_LETTERS = 40  # of a page's own text; the stamp of a signature that was printed into it has less
_POINTS_AN_INCH = 72
_GRAY_SPACES = (pdfium_c.FPDF_COLORSPACE_DEVICEGRAY, pdfium_c.FPDF_COLORSPACE_CALGRAY)
_CHECK_WIDTH = 320  # pixels of the small picture on which an extracted scan is compared with the page
_CHECK_DIFFERENCE = 12.0  # mean of 255 levels: another polarity or a missing half is beyond it


def rasterised(page: pdfium.PdfPage, limits: Limits) -> Raster:
    """One page, upright as a reader shows it; raises DamagedFile, ImageTooLarge or PdfiumError."""
    found = content(page)
    if found.most_pixels > limits.pixels:
        raise ImageTooLarge(pixels=found.most_pixels, limit=limits.pixels)
    if found.scan is not None and found.is_only_scan:
        taken = _taken_out(page, found.scan, limits)
        if taken is not None and _shows_the_same(page, taken.pixels):
            return taken
    return _drawn(page, found, limits)


def _taken_out(page: pdfium.PdfPage, scan: Placed, limits: Limits) -> Raster | None:
    """The scan's own pixels, or None where they cannot stand for the page."""
    orientation = scan.orientation(page.get_rotation())
    if orientation == 0:
        return None
    check_size(*scan.pixels, limits.pixels)
    if scan.object.get_filters()[-1:] == ["DCTDecode"]:
        return _jpeg_taken_out(scan, orientation)
    pixels = _bitmap_pixels(scan.object.get_bitmap())
    return Raster(turned(pixels, orientation), dpi=scan.dpi, dpi_source="pdf")


def _jpeg_taken_out(scan: Placed, orientation: int) -> Raster | None:
    untrusted = bytes(scan.object.get_data(decode_simple=True))
    header = jpeg_header(untrusted)
    if not header.is_common or (header.width, header.height) != scan.pixels:
        return None
    pixels = jpeg_pixels(untrusted, header)
    raster = Raster(turned(pixels, orientation), dpi=scan.dpi, dpi_source="pdf")
    if not header.complete:
        raster.flags.add(QualityFlag.TRUNCATED)
        raster.pixels = with_white_rest(raster.pixels)
    elif orientation_of(untrusted) == PLAIN:  # a PDF reader ignores EXIF, a browser does not
        raster.jpeg = with_orientation(untrusted, orientation)
    return raster


def _shows_the_same(page: pdfium.PdfPage, pixels: Pixels) -> bool:
    """Whether these pixels look like the page: it may clip, mask, invert or recolour the image that it draws."""
    width = min(_CHECK_WIDTH, pixels.shape[1])
    height = max(1, round(width * page.get_height() / page.get_width()))
    shown = _render(page, width, height)
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    difference = cv2.absdiff(cv2.blur(shown, (3, 3)), cv2.blur(small, (3, 3)))
    return float(np.mean(cv2.mean(difference)[:3])) <= _CHECK_DIFFERENCE


def _drawn(page: pdfium.PdfPage, found: Content, limits: Limits) -> Raster:
    """The page as a reader shows it, with its annotations, at the resolution of its scan or at 300 dpi."""
    across, down = page.get_width() / _POINTS_AN_INCH, page.get_height() / _POINTS_AN_INCH
    if across <= 0 or down <= 0:
        raise DamagedFile("the page has no area")
    dpi = _dpi(found, across * down, min(limits.pixels, DRAWN_PIXELS))
    width, height = max(1, round(across * dpi)), max(1, round(down * dpi))
    if found.scan is not None and math.isclose(dpi, found.scan.dpi):
        width, height = found.scan.sheet_pixels(page)  # each pixel of the scan falls on one of the drawing
    check_size(width, height, limits.pixels)
    return Raster(
        without_idle_colour(_render(page, width, height)),
        dpi=dpi,
        dpi_source="pdf",
        scanned_as=_colour_of(found.scan) if found.scan else "",
        is_born_digital=found.largest_dpi == 0,
    )


def _colour_of(scan: Placed) -> str:
    """The colour mode of the scan itself, whatever colour the stamps on it have."""
    known = scan.object.get_metadata()
    if known.colorspace in _GRAY_SPACES and known.bits_per_pixel <= 16:
        return "bilevel" if known.bits_per_pixel == 1 else "gray"
    return "colour"


def _dpi(found: Content, square_inches: float, allowed: int) -> float:
    wanted = min(max(found.largest_dpi or _DRAWN_DPI, _LEAST_DPI), _MOST_DPI)
    if found.letters > _BORN_DIGITAL_LETTERS:
        wanted = max(wanted, _DRAWN_DPI)
    return min(wanted, math.sqrt(allowed / square_inches))


def _render(page: pdfium.PdfPage, width: int, height: int) -> Pixels:
    bitmap = pdfium.PdfBitmap.new_native(width, height, pdfium_c.FPDFBitmap_BGR)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        area = (bitmap, page, 0, 0, width, height, 0, pdfium_c.FPDF_ANNOT)
        pdfium_c.FPDF_RenderPageBitmap(*area)
        if page.formenv:
            pdfium_c.FPDF_FFLDraw(page.formenv, *area)
        return np.ascontiguousarray(bitmap.to_numpy())
    finally:
        bitmap.close()


def _bitmap_pixels(bitmap: pdfium.PdfBitmap) -> Pixels:
    """A copy of pdfium's bitmap as gray or three channels; pdfium's own memory goes with the bitmap."""
    samples = bitmap.to_numpy()
    if samples.ndim == 3 and samples.shape[2] == 1:
        samples = samples[:, :, 0]
    return without_idle_colour(np.array(samples[:, :, :3] if samples.ndim == 3 else samples))
