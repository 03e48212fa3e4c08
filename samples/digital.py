"""Papers as a word processor exports them: PDFs whose pages are text in a real typeface, with or without an image.

Its codes may lie, as those of the old Vietnamese fonts do: the shapes are right and what is copied from them is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from statistics import median
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from samples.fonts import font_file
from samples.truth import Line, PageTruth

A4 = (595.0, 842.0)  # points
SHOWN, HIDDEN = 0, 3  # text render modes (ISO 32000-1, 9.3.6)


@dataclass(frozen=True)
class Run:
    """Text on one baseline; x and y in points from the top left corner of the page."""

    text: str
    x: float
    y: float
    size: float = 13.0
    mode: int = SHOWN
    gray: float = 0.0  # 0 black … 1 white


@dataclass(frozen=True)
class DigitalPage:
    """Runs in the order in which the file holds them; a JPEG, if there is one, covers `image_box` under them."""

    runs: Sequence[Run]
    size: tuple[float, float] = A4
    jpeg: tuple[bytes, int, int] | None = None  # bytes, width, height in pixels
    image_box: tuple[float, float, float, float] | None = (
        None  # x0, y0, x1, y1 in points; None: the whole page
    )
    rotate: int = 0


def digital_pdf(
    pages: Sequence[DigitalPage], *, codes: Callable[[str], str] = lambda letter: letter
) -> bytes:
    """A PDF of these pages. `codes` says as which letters the file passes each shape off."""
    pdf = pikepdf.new()
    font = _font(pdf, sorted({c for page in pages for run in page.runs for c in run.text}), codes)
    for page in pages:
        resources = Dictionary(Font=Dictionary(F1=font))
        content = b"\n".join(_drawn(run, page.size[1]) for run in page.runs)
        if page.jpeg is not None:
            resources.XObject = Dictionary(Im0=_image(pdf, *page.jpeg))
            content = _placed(page) + content
        box = Array([0, 0, *page.size])
        entries: dict[str, Any] = {"Resources": resources, "Contents": Stream(pdf, content)}
        made = Dictionary(Type=Name.Page, MediaBox=box, Rotate=page.rotate, **entries)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def as_digital(truth: PageTruth, *, by_rows: bool = False) -> DigitalPage:
    """A made page as if it had never been printed: each word where it stands on the paper.

    In the order in which it was written, or `by_rows` from top to bottom across all columns, as programs do that
    know of no columns.
    """
    scale = 72 / truth.dpi
    lines = sorted(truth.lines, key=lambda line: line.box.y1) if by_rows else truth.lines
    runs = [run for line in lines for run in _set(line, scale)]
    return DigitalPage(runs, (truth.width * scale, truth.height * scale))


def _set(line: Line, scale: float) -> Iterator[Run]:
    """A line in one size, each word where it begins, standing on its letters' own baseline."""
    size = median((w.box.x1 - w.box.x0) * scale / max(_width(w.text, 1.0), 0.1) for w in line.words)
    for word in line.words:
        yield Run(word.text + " ", word.box.x0 * scale, word.box.y1 * scale - _depth(word.text) * size, size)


def row(text: str, number: int, *, x: float = 70.0, size: float = 13.0, **how: Any) -> Run:
    """A line of a page, by its number from 0."""
    return Run(text, x, 80 + 24.0 * number, size, **how)


def _drawn(run: Run, height: float) -> bytes:
    glyphs = "".join(f"{_glyph(c):04x}" for c in run.text)
    place = f"1 0 0 1 {run.x:.2f} {height - run.y:.2f} Tm"
    return f"BT /F1 {run.size:.2f} Tf {run.mode} Tr {run.gray} g {place} <{glyphs}> Tj ET".encode()


def _placed(page: DigitalPage) -> bytes:
    x0, y0, x1, y1 = page.image_box or (0, 0, *page.size)
    return f"q {x1 - x0} 0 0 {y1 - y0} {x0} {page.size[1] - y1} cm /Im0 Do Q\n".encode()


def _image(pdf: pikepdf.Pdf, jpeg: bytes, width: int, height: int) -> Stream:
    return Stream(
        pdf, jpeg, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
        Filter=Name.DCTDecode, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
    )  # fmt: skip


@cache
def _face() -> TTFont:
    return TTFont(font_file("times", False, False))


def _glyph(letter: str) -> int:
    face = _face()
    name = face.getBestCmap().get(ord(letter), ".notdef")
    return int(face.getGlyphID(name))


def _width(text: str, size: float) -> float:
    face = _face()
    advances = face["hmtx"]
    names = face.getBestCmap()
    units = sum(advances[names.get(ord(c), ".notdef")][0] for c in text)
    return float(units / face["head"].unitsPerEm * size)


def _depth(text: str) -> float:
    """How far the letters reach below the baseline, in units of the size."""
    face = _face()
    shapes, names = face["glyf"], face.getBestCmap()
    lowest = min(getattr(shapes[names.get(ord(c), ".notdef")], "yMin", 0) for c in text)
    return float(max(0, -lowest) / face["head"].unitsPerEm)


def _font(pdf: pikepdf.Pdf, letters: Sequence[str], codes: Callable[[str], str]) -> Dictionary:
    """The typeface, embedded whole; glyphs are numbered as in its file (Identity-H)."""
    file = font_file("times", False, False).read_bytes()
    program = Stream(pdf, file, Length1=len(file))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/Times"), Flags=4, FontBBox=Array([-200, -300, 1200, 1000]),
        ItalicAngle=0, Ascent=891, Descent=-216, CapHeight=660, StemV=80,
        FontFile2=pdf.make_indirect(program),
    )  # fmt: skip
    widths = Array([])
    for letter in letters:
        widths.append(_glyph(letter))
        widths.append(Array([round(_width(letter, 1000.0))]))
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Times"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), DW=500, W=widths, CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    outer = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Times"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=Stream(pdf, _to_unicode(letters, codes)),
    )  # fmt: skip
    return pdf.make_indirect(outer)


def _to_unicode(letters: Sequence[str], codes: Callable[[str], str]) -> bytes:
    said = "\n".join(f"<{_glyph(c):04x}> <{codes(c).encode('utf-16-be').hex()}>" for c in letters)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Codes def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{said}\nendbfchar\nendcmap end end"
    ).encode()
