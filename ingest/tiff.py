"""TIFF: one page after the other, upright and in the polarity that the file means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from ingest import tiff_directory, tiff_samples
from ingest.depth import from_opencv, from_pillow, turned, with_white_rest
from ingest.headers import check_size
from ingest.images import PILLOW_ERRORS, check_shows_something, pillow_taking
from ingest.limits import Limits
from ingest.raster import Pixels, Raster
from ingest.tiff_directory import Directory
from records.errors import DamagedFile
from records.page import QualityFlag

_FAX_RATIOS = (1.2, 5.0)  # fax machines scan 204 × 98 dots an inch (ITU-T T.4)


@dataclass(slots=True)
class TiffDocument:
    """A TIFF file; `careful` leaves Pillow out."""

    path: Path
    limits: Limits
    directories: list[Directory]
    careful: bool = False

    @property
    def pages(self) -> int:
        return len(self.directories)

    def page(self, number: int) -> Raster:
        """One page; raises DamagedFile or ImageTooLarge."""
        directory = self.directories[number - 1]
        check_size(directory.width, directory.height, self.limits.pixels)
        pixels, whole = self._pixels(directory)
        if not whole:
            check_shows_something(pixels)
            pixels = with_white_rest(pixels)
        across, down = directory.resolution
        if directory.orientation >= 5:
            across, down = down, across
        pixels, dpi = squared(pixels, across, down)
        return Raster(pixels, dpi=dpi, flags=set() if whole else {QualityFlag.TRUNCATED})

    def close(self) -> None:
        """Nothing is held open."""

    def _pixels(self, directory: Directory) -> tuple[Pixels, bool]:
        for read in self._readers(directory):
            try:
                found = read(directory)
            except (*PILLOW_ERRORS, cv2.error, DamagedFile):
                continue
            if found is not None:
                return found
        raise DamagedFile("the page cannot be decoded")

    def _readers(self, directory: Directory) -> list[Callable[[Directory], tuple[Pixels, bool] | None]]:
        """Those that know this kind of page, the best first."""
        own = [self._by_ourselves] if tiff_samples.reads(directory) else []
        usual = (
            [self._with_opencv] if self.careful else [self._with_pillow, self._with_opencv, self._leniently]
        )
        return [*own, *usual]

    def _by_ourselves(self, directory: Directory) -> tuple[Pixels, bool]:
        with self.path.open("rb") as untrusted:
            pixels, whole = tiff_samples.pixels(untrusted, directory)
        return turned(pixels, directory.orientation), whole

    def _with_pillow(self, directory: Directory, lenient: bool = False) -> tuple[Pixels, bool]:
        # By an open file: for a path Pillow maps raw pages into memory and forgets orientations 5 to 8.
        with (
            pillow_taking(broken_off=lenient),
            self.path.open("rb") as untrusted,
            Image.open(untrusted, formats=("TIFF",)) as image,
        ):
            image.seek(directory.index)
            image.load()
            return from_pillow(image), not lenient

    def _leniently(self, directory: Directory) -> tuple[Pixels, bool]:
        return self._with_pillow(directory, lenient=True)

    def _with_opencv(self, directory: Directory) -> tuple[Pixels, bool] | None:
        done, frames = cv2.imreadmulti(str(self.path), directory.index, 1, flags=cv2.IMREAD_UNCHANGED)
        return (from_opencv(np.asarray(frames[0])), True) if done and frames else None


def open_tiff(path: Path, limits: Limits, careful: bool = False) -> TiffDocument:
    """Read the directories; raises DamagedFile and TooManyPages."""
    with path.open("rb") as untrusted:
        return TiffDocument(path, limits, tiff_directory.pages(untrusted, limits.pages), careful)


def squared(pixels: Pixels, across: float, down: float) -> tuple[Pixels, float]:
    """Pixels with as many dots an inch across as down, and that number; a fax's tall dots are stretched."""
    if across <= 0 or down <= 0:
        return pixels, max(across, down, 0.0)
    ratio = max(across, down) / min(across, down)
    if not _FAX_RATIOS[0] <= ratio <= _FAX_RATIOS[1]:
        return pixels, across
    dpi = max(across, down)
    size = (round(pixels.shape[1] * dpi / across), round(pixels.shape[0] * dpi / down))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST).astype(np.uint8, copy=False), dpi
