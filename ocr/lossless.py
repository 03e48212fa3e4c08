"""A page's image as a PDF stream without losing a bit: the scanner's own JPEG, Flate, or CCITT G4.

Pillow opens the bytes here to learn their shape; a file that it cannot decode is refused, as a validator of PDF/A
would never notice a broken image.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from records.errors import DamagedFile, ImageTooLarge, UnsupportedMediaType
from records.orientation import as_scanned, orientation_of

Pixels = NDArray[Any]  # gray (height, width) or RGB (height, width, 3); 8 bits a sample unless said otherwise
Ink = NDArray[np.bool_]  # (height, width), True where there is ink

MOST_PIXELS = 400_000_000  # an A0 sheet at 400 dpi has 250 million
_UNDECODABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)  # what Pillow raises
_START_OF_JPEG, _END_OF_JPEG = b"\xff\xd8", b"\xff\xd9"
_WAYS = {  # by EXIF's orientation, from the image as stored to the image as shown
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class PdfImage:
    """An image XObject before it has a PDF: its stream as it is stored, and the entries of its dictionary."""

    data: bytes
    width: int
    height: int
    filter: str  # DCTDecode, FlateDecode or CCITTFaxDecode
    colour: str = "DeviceRGB"  # DeviceRGB, DeviceGray or Indexed
    bits: int = 8
    parameters: dict[str, int | bool] = field(default_factory=dict)  # DecodeParms
    palette: bytes = b""  # of an Indexed image, RGB triples
    orientation: int = 1  # how it is turned when it is drawn, as EXIF counts (1 … 8); all else is as stored
    stencil: bool = False  # a mask has no colour of its own: its ink is where the masked image shows
    mask: PdfImage | None = None  # a stencil, of any resolution

    @property
    def stored(self) -> int:
        """The bytes of its stream and its mask's."""
        return len(self.data) + (self.mask.stored if self.mask is not None else 0)


@dataclass(frozen=True, slots=True)
class PageImage:
    """What to draw, one over another, to show a page that is width × height pixels large."""

    images: list[PdfImage]
    width: int
    height: int


def lossless(image: bytes) -> PdfImage:
    """The image of a page with exactly its pixels; a JPEG that its EXIF header turns is turned by the page.

    Raises DamagedFile when it cannot be decoded, UnsupportedMediaType when it is none of JPEG, PNG, TIFF.
    A JPEG whose colours a PDF/A with an sRGB output intent may not hold (CMYK) is turned to RGB and kept by Flate.
    """
    opened = _as_stored(image)
    if image.startswith(_START_OF_JPEG):
        stored = _jpeg(image, opened) if opened.format == "JPEG" else flate(_all_samples(opened))
        return replace(stored, orientation=orientation_of(image))
    if is_bilevel(opened):
        return fax(bilevel_pixels(opened))
    if opened.format == "PNG" and (kept := _png_as_it_is(image)) is not None:
        return kept
    return flate(_all_samples(opened))


def opened_image(image: bytes) -> Image.Image:
    """The decoded image as it is shown; boxes are in its pixels."""
    opened = _as_stored(image)
    way = _WAYS.get(orientation_of(image))
    if way is None:
        return opened
    shown = opened.transpose(way)
    shown.format = opened.format
    return shown


def _as_stored(image: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(BytesIO(image), formats=("JPEG", "PNG", "TIFF"))
            if opened.width * opened.height > MOST_PIXELS:
                raise ImageTooLarge(
                    "the page's image has too many pixels", pixels=opened.width * opened.height
                )
            opened.load()
    except UnidentifiedImageError:
        raise UnsupportedMediaType("the page's image is none of JPEG, PNG and TIFF") from None
    except Image.DecompressionBombError as why:
        raise ImageTooLarge("the page's image has too many pixels") from why
    except _UNDECODABLE:
        return _salvaged(image)
    return opened


def _salvaged(image: bytes) -> Image.Image:
    """What can still be seen of a JPEG that broke off; the copy has no format, so it is encoded anew.

    An end marker after the last byte makes the decoder hand out what it has.
    """
    try:
        with Image.open(BytesIO(image + _END_OF_JPEG), formats=("JPEG",)) as opened:
            return opened.convert("RGB")
    except _UNDECODABLE as why:
        raise DamagedFile("the page's image cannot be decoded") from why


def colour_pixels(opened: Image.Image) -> Pixels:
    """8-bit pixels: (height, width) for gray and bilevel images, (height, width, 3) in RGB order for colour."""
    if opened.mode in ("1", "L"):
        return np.asarray(opened.convert("L"))
    if opened.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        return _eight_bits(opened)
    if opened.mode == "P" and opened.palette is not None and "transparency" not in opened.info:
        return np.asarray(opened.convert("RGB"))
    if opened.mode in ("LA", "PA", "RGBA", "P", "La", "RGBa"):
        return _on_white(opened)
    return np.asarray(opened.convert("RGB"))


def fax(ink: Ink, *, stencil: bool = False) -> PdfImage:
    """A (height, width) image of ink (True) by CCITT G4; as a stencil the ink is what lets colour through."""
    height, width = ink.shape
    file = BytesIO()
    # libtiff takes the 1 bits of what it is given as black runs, for which the code is made: so ink is 1 there
    image = Image.fromarray(np.where(ink, np.uint8(255), np.uint8(0))).convert("1", dither=Image.Dither.NONE)
    image.save(file, "TIFF", compression="group4", tiffinfo={278: height})  # 278: all rows in one strip
    with Image.open(file) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        (offset,), (size,) = tags[273], tags[279]
    data = file.getvalue()[offset : offset + size]
    parameters: dict[str, int | bool] = {"K": -1, "Columns": width, "Rows": height, "BlackIs1": False}
    return PdfImage(data, width, height, "CCITTFaxDecode", "DeviceGray", 1, parameters, stencil=stencil)


def flate(samples: Pixels) -> PdfImage:
    """Gray (height, width) or RGB (height, width, 3) samples of 8 or 16 bits by Flate with PNG's predictors."""
    ordered = samples if samples.ndim == 2 else cv2.cvtColor(samples, cv2.COLOR_RGB2BGR)
    done, png = cv2.imencode(".png", ordered, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    assert done, "an image in memory can be encoded"
    kept = _png_as_it_is(png.tobytes())
    assert kept is not None, "the encoder writes neither interlaced nor transparent images"
    return kept


def bilevel_pixels(opened: Image.Image) -> Ink:
    """Where a bilevel image has ink."""
    return np.asarray(opened.convert("L")) < 128


def is_bilevel(opened: Image.Image) -> bool:
    """Whether the image holds only black and white, whatever its depth."""
    if opened.mode == "1":
        return True
    if opened.mode != "L" or opened.format == "JPEG":
        return False
    levels = np.flatnonzero(opened.histogram())
    return set(levels.tolist()) <= {0, 255}


# --- by kind of file ---


def _jpeg(image: bytes, opened: Image.Image) -> PdfImage:
    image = as_scanned(image)
    adobe = opened.info.get("adobe_transform")
    if opened.mode == "L":
        return PdfImage(image, opened.width, opened.height, "DCTDecode", "DeviceGray")
    if opened.mode == "RGB" and (adobe is not None or not _stores_rgb(image)):
        return PdfImage(image, opened.width, opened.height, "DCTDecode")
    return flate(np.asarray(opened.convert("RGB")))


def _stores_rgb(image: bytes) -> bool:
    """Whether the frame names its components R, G, B: readers of PDF disagree on such a file."""
    frame = image.find(b"\x08", image.find(b"\xff\xc0"))
    names = image[frame + 6 : frame + 15 : 3]
    return names == b"RGB"


def _png_as_it_is(image: bytes) -> PdfImage | None:
    """A PNG's own compressed rows, which are Flate with predictor 15; None when PDF has no such form."""
    chunks = list(_chunks(image))
    found = dict(chunks)
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", found[b"IHDR"])
    if interlaced or kind not in (0, 2, 3) or b"tRNS" in found:
        return None
    colours = 3 if kind == 2 else 1
    colour = {0: "DeviceGray", 2: "DeviceRGB", 3: "Indexed"}[kind]
    data = b"".join(body for name, body in chunks if name == b"IDAT")
    parameters: dict[str, int | bool] = {
        "Predictor": 15,
        "Colors": colours,
        "BitsPerComponent": bits,
        "Columns": width,
    }
    palette = found.get(b"PLTE", b"") if kind == 3 else b""
    return PdfImage(data, width, height, "FlateDecode", colour, bits, parameters, palette)


def _chunks(image: bytes) -> Any:
    position = len(_PNG_SIGNATURE)
    while position + 8 <= len(image):
        size, name = struct.unpack(">I4s", image[position : position + 8])
        yield name, image[position + 8 : position + 8 + size]
        position += 12 + size


def _all_samples(opened: Image.Image) -> Pixels:
    if opened.mode in ("I;16", "I;16B", "I;16L"):
        return np.asarray(opened).astype(np.uint16)
    return colour_pixels(opened)


def _eight_bits(opened: Image.Image) -> Pixels:
    """Deep gray samples brought to 0 … 255: 16-bit ones by their scale, others by their own range."""
    samples = np.asarray(opened).astype(np.float64)
    top = 65535.0 if opened.mode != "F" else max(float(samples.max(initial=1.0)), 1.0)
    return np.clip(samples * (255.0 / top), 0, 255).astype(np.uint8)


def _on_white(opened: Image.Image) -> Pixels:
    """Paper is white: what is transparent shows it."""
    over = opened.convert("RGBA")
    return np.asarray(Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB"))
