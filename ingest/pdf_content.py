"""What lies on a PDF page: one scan and nothing else, a scan with stamps on it, or a page made of text and lines."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_POINTS_AN_INCH = 72
HIDDEN_TEXT = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_ANNOTATION_HIDDEN = 0x02 | 0x20  # Hidden, NoView (ISO 32000-1, table 165)
_NOT_DRAWN = (pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP)
_EDGE = 0.03  # of the sheet: how far a scan's edge may lie from the sheet's and still fill it
_LARGE = 0.5  # of the sheet's area: an image that sets the resolution of its page
_DEPTH = 4  # nested form objects that are looked into
_MAX_OBJECTS = 20_000  # a page with more is no scan, and looking at all of them takes time
_UPRIGHT = 0.02  # sine of the angle under which an image counts as upright


@dataclass(frozen=True, slots=True)
class Placed:
    """An image on the page: its unit square is mapped by (a b c d e f), in points, y upwards."""

    object: pdfium.PdfImage
    matrix: tuple[float, float, float, float, float, float]
    pixels: tuple[int, int]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in points."""
        a, b, c, d, e, f = self.matrix
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def dpi(self) -> float:
        """Pixels an inch on the sheet, the larger of both directions."""
        a, b, c, d, _, _ = self.matrix
        across, down = math.hypot(a, b), math.hypot(c, d)
        if across < 1 or down < 1:
            return 0.0
        return max(self.pixels[0] / across, self.pixels[1] / down) * _POINTS_AN_INCH

    def sheet_pixels(self, page: pdfium.PdfPage) -> tuple[int, int]:
        """Width and height of the page as shown, in the image's own pixels."""
        left, bottom, right, top = self.box
        across, down = self.pixels if abs(self.matrix[0]) >= abs(self.matrix[1]) else self.pixels[::-1]
        sheet = page.get_bbox()
        width = max(1, round(across * (sheet[2] - sheet[0]) / (right - left)))
        height = max(1, round(down * (sheet[3] - sheet[1]) / (top - bottom)))
        return (width, height) if page.get_rotation() % 180 == 0 else (height, width)

    def orientation(self, page_rotation: int) -> int:
        """The EXIF orientation (1 … 8) that shows the stored pixels as the page does; 0 when they lie askew."""
        a, b, c, d, _, _ = self.matrix
        right, up = _direction(a, b), _direction(c, d)
        for _ in range(page_rotation // 90 % 4):  # the page is turned clockwise
            right, up = (right[1], -right[0]), (up[1], -up[0])
        return _ORIENTATIONS.get((right, up), 0)


_Step = tuple[int, int]
_ORIENTATIONS: dict[tuple[_Step, _Step], int] = {
    ((1, 0), (0, 1)): 1,
    ((-1, 0), (0, 1)): 2,
    ((-1, 0), (0, -1)): 3,
    ((1, 0), (0, -1)): 4,
    ((0, -1), (-1, 0)): 5,
    ((0, -1), (1, 0)): 6,
    ((0, 1), (1, 0)): 7,
    ((0, 1), (-1, 0)): 8,
}


def _direction(x: float, y: float) -> _Step:
    length = math.hypot(x, y)
    if length == 0 or min(abs(x), abs(y)) / length > _UPRIGHT:
        return 0, 0
    return (int(math.copysign(1, x)), 0) if abs(x) > abs(y) else (0, int(math.copysign(1, y)))


@dataclass(frozen=True, slots=True)
class Content:
    """`scan` is the image that fills the sheet, if there is one; the rest is what can be seen besides it."""

    scan: Placed | None
    stamped: bool  # annotations or drawing over the scan
    letters: int  # visible characters of the page's own text
    largest_dpi: float  # of images that cover much of the sheet; 0 = there is none
    most_pixels: int  # of any image on it
    images: float = 0.0  # share of the sheet that images cover, each counted by itself
    is_mostly_hidden: bool = False  # of its pieces of text, more are not drawn than drawn

    @property
    def is_only_scan(self) -> bool:
        return self.scan is not None and not self.stamped and self.letters == 0


def content(page: pdfium.PdfPage) -> Content:
    """Look at the objects of a page in the order in which they are drawn.

    What lies under the scan is covered by it; text that is not drawn (render mode 3, the usual layer of an OCR
    program) or is transparent does not count.
    """
    sheet = page.get_bbox()
    textpage: pdfium.PdfTextPage | None = None
    scan, drawn, letters, largest, most = None, False, 0, 0.0, 0
    images, hidden = 0.0, 0
    for seen, (item, matrix) in enumerate(_objects(page)):
        if seen > _MAX_OBJECTS:
            return Content(None, True, _MAX_OBJECTS, largest, most, images, hidden > 0)
        kind = item.type
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            placed = Placed(item, matrix, item.get_px_size())
            most = max(most, placed.pixels[0] * placed.pixels[1])
            share = _share(placed.box, sheet)
            images += share
            largest = max(largest, placed.dpi if share >= _LARGE else 0.0)
            if _fills(placed.box, sheet):
                scan, drawn, letters = placed, scan is not None, 0
            else:
                drawn = True
        elif kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            if _is_seen(item):
                textpage = textpage or page.get_textpage()
                letters += _length(item, textpage)
                hidden -= 1
            else:
                hidden += 1
        elif kind != pdfium_c.FPDF_PAGEOBJ_FORM and _is_seen(item):
            drawn = True
    return Content(scan, drawn or has_visible_annotations(page), letters, largest, most, images, hidden > 0)


_Matrix = tuple[float, float, float, float, float, float]


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[pdfium.PdfObject, _Matrix]]:
    """Every object with its matrix on the page; those inside forms by way of their forms' matrices."""
    forms: list[pdfium.PdfMatrix] = []
    for item in page.get_objects(max_depth=_DEPTH):
        del forms[item.level :]
        matrix = item.get_matrix()
        for outer in reversed(forms):
            matrix = matrix.multiply(outer)
        if item.type == pdfium_c.FPDF_PAGEOBJ_FORM:
            forms.append(item.get_matrix())
        yield item, matrix.get()


def _length(item: pdfium.PdfObject, textpage: pdfium.PdfTextPage) -> int:
    """How many characters a text object draws; two bytes each in pdfium's answer, with a closing zero."""
    return max(1, int(pdfium_c.FPDFTextObj_GetText(item, textpage, None, 0)) // 2 - 1)


def _is_seen(item: pdfium.PdfObject) -> bool:
    if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
        if pdfium_c.FPDFTextObj_GetTextRenderMode(item) in HIDDEN_TEXT:
            return False
    elif item.type == pdfium_c.FPDF_PAGEOBJ_PATH:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return False
    red, green, blue, alpha = (ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(255))
    pdfium_c.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return bool(alpha.value > 0)


def has_visible_annotations(page: pdfium.PdfPage) -> bool:
    """Whether annotations or form fields draw anything, such as the stamp of an electronic signature."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if _draws(annotation):
                return True
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    return False


def _draws(annotation: object) -> bool:
    if pdfium_c.FPDFAnnot_GetFlags(annotation) & _ANNOTATION_HIDDEN:
        return False
    if pdfium_c.FPDFAnnot_GetSubtype(annotation) in _NOT_DRAWN:
        return False
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, rect)
    return bool(abs(rect.right - rect.left) > 1 and abs(rect.top - rect.bottom) > 1)


_Rect = tuple[float, float, float, float]


def _share(box: _Rect, sheet: _Rect) -> float:
    across = min(box[2], sheet[2]) - max(box[0], sheet[0])
    down = min(box[3], sheet[3]) - max(box[1], sheet[1])
    area = (sheet[2] - sheet[0]) * (sheet[3] - sheet[1])
    return max(0.0, across) * max(0.0, down) / area if area > 0 else 0.0


def _fills(box: _Rect, sheet: _Rect) -> bool:
    across, down = (sheet[2] - sheet[0]) * _EDGE, (sheet[3] - sheet[1]) * _EDGE
    return all(
        abs(edge - wanted) <= allowed
        for edge, wanted, allowed in zip(box, sheet, (across, down, across, down), strict=True)
    )
