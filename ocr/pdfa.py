"""Writes the file that lasts: a searchable PDF/A-2b (ISO 19005-2) from page images and the words read on them.

`master` keeps every pixel (the scanner's own JPEG bit for bit, else Flate or CCITT G4); `access` is a small copy for
screens, made by `ocr.compress`. The same input gives the same bytes, so that filing twice is filing once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import ImageCms

from ocr.compress import layered
from ocr.glyphless import GlyphlessFont
from ocr.lossless import PageImage, PdfImage, lossless
from ocr.textlayer import characters, text_operators
from ocr.xmp import PdfMetadata, document_information, xmp_packet
from records.orientation import SIDEWAYS
from records.page import PageText

__all__ = ["PdfMetadata", "PdfPage", "Profile", "points_a_pixel", "write_pdfa"]

_POINTS = 72.0  # an inch
_A4 = (595.276, 841.890)  # points, upright
_MOST_SIDE, _LEAST_SIDE = 14_400.0, 3.0  # points (ISO 19005-2, 6.1.13)
_PLAUSIBLE_DPI = range(36, 2401)
_DRAW = {  # by EXIF's orientation: the unit square of the stored image laid on the page as it is shown
    1: "q {w:.4f} 0 0 {h:.4f} 0 0 cm /I{n} Do Q",
    2: "q -{w:.4f} 0 0 {h:.4f} {w:.4f} 0 cm /I{n} Do Q",
    3: "q -{w:.4f} 0 0 -{h:.4f} {w:.4f} {h:.4f} cm /I{n} Do Q",
    4: "q {w:.4f} 0 0 -{h:.4f} 0 {h:.4f} cm /I{n} Do Q",
    5: "q 0 -{h:.4f} -{w:.4f} 0 {w:.4f} {h:.4f} cm /I{n} Do Q",
    6: "q 0 -{h:.4f} {w:.4f} 0 0 {h:.4f} cm /I{n} Do Q",
    7: "q 0 {h:.4f} {w:.4f} 0 0 0 cm /I{n} Do Q",
    8: "q 0 {h:.4f} -{w:.4f} 0 {w:.4f} 0 cm /I{n} Do Q",
}
_HAIR = (
    0.0005  # points; an image that is rounded to be wider than its page is drawn a pixel too wide by pdfium
)
_TURNS = {  # from the page as it is read to the page as it is stored; width and height are those of the stored one
    0: "1 0 0 1 0 0",
    90: "0 1 -1 0 {width:.3f} 0",
    180: "-1 0 0 -1 {width:.3f} {height:.3f}",
    270: "0 -1 1 0 0 {height:.3f}",
}


class Profile(StrEnum):
    MASTER = "master"  # exactly the pixels of the scan
    ACCESS = "access"  # a small copy: ink mask over colour layers


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page to be written: its image as stored (JPEG, PNG or TIFF), and the words, if it was read.

    `dpi` is the scan's resolution, 0 when it is not known: then the image is fitted to A4.
    """

    image: bytes
    text: PageText | None = None
    dpi: int = 0


def write_pdfa(
    pages: Iterable[PdfPage], metadata: PdfMetadata, profile: Profile | str = Profile.MASTER
) -> bytes:
    """The pages, in order, as one PDF/A-2b.

    Raises DamagedFile, ImageTooLarge or UnsupportedMediaType for an image that cannot be used, ValueError when
    there is no page.
    """
    profile = Profile(profile)
    pdf = pikepdf.new()
    read = [(_add_page(pdf, page, profile), page) for page in pages]
    if not read:
        raise ValueError("a PDF needs at least one page")
    _add_text(pdf, read)
    _add_metadata(pdf, metadata, profile)
    file = BytesIO()
    pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The ICC profile of the output intent, with a fixed date: the library stamps the present one."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = struct.pack(
        ">6H", 2022, 1, 1, 0, 0, 0
    )  # ICC.1, 7.2.8: year, month, day, hour, minute, second
    return bytes(profile)


# --- pages ---


def _add_page(pdf: Pdf, page: PdfPage, profile: Profile) -> pikepdf.Object:
    image = layered(page.image, page.dpi) if profile is Profile.ACCESS else _master(page)
    width, height = image.width, image.height
    scale = points_a_pixel(width, height, page.dpi)
    drawn, images = [], Dictionary()
    for number, layer in enumerate(image.images):
        images[f"/I{number}"] = _image(pdf, layer)
        across, up = width * scale - _HAIR, height * scale - _HAIR
        drawn.append(_DRAW[layer.orientation].format(w=across, h=up, n=number))
    content = "\n".join(drawn).encode("ascii")
    rotation = page.text.rotation if page.text is not None else 0
    dictionary = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, _rounded(width * scale), _rounded(height * scale)]),
        Rotate=rotation,
        Resources=Dictionary(XObject=images),
        Contents=Stream(pdf, content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(dictionary)))
    return pdf.pages[-1].obj


def _master(page: PdfPage) -> PageImage:
    image = lossless(page.image)
    sides = (image.height, image.width) if image.orientation in SIDEWAYS else (image.width, image.height)
    return PageImage([image], *sides)


def points_a_pixel(width: int, height: int, dpi: int) -> float:
    """The size of a pixel on the page: by the scan's resolution, or so that the image fills A4, turned to fit.

    >>> round(points_a_pixel(2480, 3508, 300), 3), round(points_a_pixel(3508, 2480, 0), 3)
    (0.24, 0.24)
    """
    if dpi in _PLAUSIBLE_DPI:
        scale = _POINTS / dpi
    else:
        sheet = _A4 if height >= width else (_A4[1], _A4[0])
        scale = min(sheet[0] / width, sheet[1] / height)
    scale = min(scale, _MOST_SIDE / max(width, height))
    return max(scale, _LEAST_SIDE / min(width, height))


def _rounded(points: float) -> float:
    return round(points, 3)


def _image(pdf: Pdf, image: PdfImage) -> pikepdf.Object:
    stream = Stream(pdf, image.data)
    stream.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        BitsPerComponent=image.bits,
        Filter=Name("/" + image.filter),
    )
    if image.parameters:
        stream.DecodeParms = Dictionary({f"/{key}": value for key, value in image.parameters.items()})
    if image.stencil:
        stream.ImageMask = True
    elif image.colour == "Indexed":
        table = pikepdf.String(image.palette)
        stream.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, len(image.palette) // 3 - 1, table])
    else:
        stream.ColorSpace = Name("/" + image.colour)
    if image.mask is not None:
        stream.Mask = _image(pdf, image.mask)
    return pdf.make_indirect(stream)


def _add_text(pdf: Pdf, read: list[tuple[pikepdf.Object, PdfPage]]) -> None:
    used = {character for _, page in read if page.text is not None for character in characters(page.text)}
    if not used:
        return
    font = GlyphlessFont.of(used)
    embedded = font.embedded(pdf)
    for target, page in read:
        if page.text is not None and page.text.width and characters(page.text):
            _add_words(pdf, target, page.text, font)
            target.Resources.Font = Dictionary(F=embedded)


def _add_words(pdf: Pdf, target: pikepdf.Object, text: PageText, font: GlyphlessFont) -> None:
    """Words over what is drawn already; the page is turned by /Rotate, so the words are written turned back."""
    width, height = (float(side) for side in list(target.MediaBox)[2:])
    operators = text_operators(text, font, width / text.width)
    turn = _TURNS[text.rotation].format(width=width, height=height).encode("ascii")
    target.Contents = Stream(pdf, b"%s\nq %s cm\n%s\nQ" % (target.Contents.read_bytes(), turn, operators))


# --- the document ---


def _add_metadata(pdf: Pdf, metadata: PdfMetadata, profile: Profile) -> None:
    packet = Stream(pdf, xmp_packet(metadata, profile))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
    icc = Stream(pdf, srgb_profile())
    icc.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        RegistryName=pikepdf.String("http://www.color.org"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(icc),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = pikepdf.String(metadata.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for key, value in document_information(metadata).items():
        pdf.docinfo[Name(key)] = pikepdf.String(value)
