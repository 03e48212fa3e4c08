"""JPEG and PNG: one file is one page, shown upright, with what is left of it when it broke off."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageFile

from ingest.depth import from_opencv, from_pillow, turned, with_white_rest
from ingest.headers import JpegHeader, check_size, jpeg_header, png_size
from ingest.limits import Limits
from ingest.raster import Pixels, Raster
from records.errors import DamagedFile
from records.orientation import orientation_of
from records.page import QualityFlag

# What Pillow is known to raise on damaged headers and tags, besides OSError.
PILLOW_ERRORS = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error,
                 ZeroDivisionError, AttributeError, OverflowError, Image.DecompressionBombError)  # fmt: skip
_X_RESOLUTION, _UNIT = 0x011A, 0x0128


@dataclass(slots=True)
class ImageDocument:
    """A JPEG or PNG file."""

    path: Path
    media_type: str
    limits: Limits
    pages: int = 1

    def page(self, number: int) -> Raster:
        """The only page; `number` is 1."""
        untrusted = self.path.read_bytes()
        decode = jpeg_page if self.media_type == "image/jpeg" else png_page
        return decode(untrusted, self.limits)

    def close(self) -> None:
        """Nothing is held open."""


def jpeg_page(untrusted: bytes, limits: Limits) -> Raster:
    """A JPEG upright; raises DamagedFile or ImageTooLarge.

    The stream itself is kept when it is whole and of a common kind, with the turn that its EXIF header asks for.
    """
    header = jpeg_header(untrusted)
    check_size(header.width, header.height, limits.pixels)
    pixels = turned(jpeg_pixels(untrusted, header), orientation_of(untrusted))
    raster = Raster(pixels, dpi=header.dpi or exif_dpi(untrusted))
    if not header.complete:
        raster.flags.add(QualityFlag.TRUNCATED)
        check_shows_something(raster.pixels)
        raster.pixels = with_white_rest(raster.pixels)
    elif header.is_common:
        raster.jpeg = untrusted
    return raster


def jpeg_pixels(untrusted: bytes, header: JpegHeader) -> Pixels:
    """The pixels of a JPEG as stored, not turned; a broken rest stays gray."""
    if header.components in (1, 3) and header.precision == 8:
        colours = cv2.IMREAD_COLOR if header.components == 3 else cv2.IMREAD_GRAYSCALE
        buffer = np.frombuffer(untrusted, np.uint8)
        pixels = cv2.imdecode(buffer, colours | cv2.IMREAD_IGNORE_ORIENTATION)
        if pixels is not None:
            return pixels.astype(np.uint8, copy=False)
    return _with_pillow(untrusted)[0]


def exif_dpi(untrusted: bytes) -> float:
    """The dpi of the EXIF header, 0 when it does not say; a broken header says nothing."""
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(untrusted), formats=("JPEG",)) as image,
        ):
            tags = image.getexif()
            dpi = float(tags.get(_X_RESOLUTION, 0)) * (2.54 if tags.get(_UNIT) == 3 else 1.0)
    except PILLOW_ERRORS:
        return 0.0
    return dpi if 0 < dpi < 10_000 else 0.0


def png_page(untrusted: bytes, limits: Limits) -> Raster:
    """A PNG of any depth on white paper, the first frame of an animation; raises DamagedFile or ImageTooLarge."""
    check_size(*png_size(untrusted), limits.pixels)
    try:
        pixels, whole, dpi = _with_pillow(untrusted)
    except DamagedFile:
        pixels, whole, dpi = _png_with_opencv(untrusted), True, 0.0
    raster = Raster(pixels, dpi=dpi)
    if not whole:
        raster.flags.add(QualityFlag.TRUNCATED)
        check_shows_something(pixels)
        raster.pixels = with_white_rest(pixels)
    return raster


def _png_with_opencv(untrusted: bytes) -> Pixels:
    samples = cv2.imdecode(np.frombuffer(untrusted, np.uint8), cv2.IMREAD_UNCHANGED)
    if samples is None:
        raise DamagedFile("the PNG cannot be decoded")
    return from_opencv(samples)


def _with_pillow(untrusted: bytes) -> tuple[Pixels, bool, float]:
    """Pixels, whether they are all there, and dpi; raises DamagedFile."""
    for lenient in (False, True):
        try:
            pixels, dpi = _decoded(untrusted, lenient)
        except PILLOW_ERRORS:
            continue
        return pixels, not lenient, dpi
    raise DamagedFile("the image cannot be decoded")


def _decoded(untrusted: bytes, lenient: bool) -> tuple[Pixels, float]:
    with (
        pillow_taking(broken_off=lenient),
        Image.open(io.BytesIO(untrusted), formats=("JPEG", "PNG")) as image,
    ):
        image.load()
        across = image.info.get("dpi", (0.0, 0.0))[0]
        return from_pillow(image), float(across)


@contextmanager
def pillow_taking(*, broken_off: bool) -> Iterator[None]:
    """Pillow without warnings, and whether it hands out what is there of an image that broke off.

    That is a setting of the whole process: left on, the next reader would take a broken image for a whole one.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = broken_off
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def check_shows_something(pixels: Pixels) -> None:
    """Raises DamagedFile when a broken file left nothing but one even colour."""
    if bool((pixels == pixels[0, 0]).all()):
        raise DamagedFile("the file broke off before the first line of the image")
