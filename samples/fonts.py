"""The typefaces that the papers are set in: each covers Vietnamese, or the program says what to install.

Where an optional family is not installed another stands in for it, so the same seed gives the same pixels on machines
with the same typefaces only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")

LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴFJWZ"
    "0123456789.,;:/()-–&%“”²"
)


@dataclass(frozen=True)
class Family:
    """A typeface: its Debian package, the files of its cuts, and who stands in where it is not installed ("" = nobody)."""

    package: str
    regular: str
    bold: str
    italic: str
    bold_italic: str
    stand_in: str = ""

    def cut(self, bold: bool, italic: bool) -> str:
        """The file name of one cut."""
        return (self.regular, self.bold, self.italic, self.bold_italic)[int(bold) + 2 * int(italic)]


def _four(package: str, name: str, stand_in: str = "") -> Family:
    regular, bold, italic, both = (f"{name}-{cut}.ttf" for cut in ("Regular", "Bold", "Italic", "BoldItalic"))
    return Family(package, regular, bold, italic, both, stand_in)


_DEJAVU = (
    "DejaVuSerif.ttf",
    "DejaVuSerif-Bold.ttf",
)  # the core package has no italics: emphasis stays upright
_FREE = ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf")

FAMILIES: dict[str, Family] = {
    "times": _four("fonts-liberation2", "LiberationSerif"),
    "arial": _four("fonts-liberation2", "LiberationSans"),
    "noto-serif": _four("fonts-noto-core", "NotoSerif"),
    "noto-sans": _four("fonts-noto-core", "NotoSans"),
    "dejavu-serif": Family("fonts-dejavu-core", *_DEJAVU, *_DEJAVU),
    "free-serif": Family("fonts-freefont-ttf", *_FREE, stand_in="times"),
    "calibri": _four("fonts-crosextra-carlito", "Carlito", stand_in="noto-sans"),
}

APT_PACKAGES = tuple(sorted({family.package for family in FAMILIES.values() if not family.stand_in}))
OPTIONAL_APT_PACKAGES = tuple(sorted({family.package for family in FAMILIES.values() if family.stand_in}))


class FontMissing(RuntimeError):
    """A typeface of the samples is not on this machine, or lacks Vietnamese letters; the message names the package."""


@cache
def _files() -> dict[str, Path]:
    found = (path for folder in FONT_FOLDERS if folder.is_dir() for path in sorted(folder.rglob("*.ttf")))
    files: dict[str, Path] = {}
    for path in found:
        files.setdefault(path.name, path)
    return files


@cache
def font_file(family: str, bold: bool, italic: bool) -> Path:
    """The file of one cut of a family, or of its stand-in.

    Raises FontMissing when there is neither, or when the file has no full Vietnamese alphabet.
    """
    chosen = FAMILIES[family]
    path = _files().get(chosen.cut(bold, italic))
    if path is None and chosen.stand_in:
        return font_file(chosen.stand_in, bold, italic)
    if path is None:
        raise FontMissing(
            f"{chosen.cut(bold, italic)} is not installed; run: apt-get install {chosen.package}"
        )
    missing = uncovered(path)
    if missing:
        raise FontMissing(f"{path} has no glyph for {missing[:8]!r}; install a newer {chosen.package}")
    return path


def uncovered(path: Path) -> str:
    """The letters of `LETTERS` for which the font file has no glyph ("" when it covers Vietnamese)."""
    with TTFont(path, lazy=True) as font:
        glyphs = font.getBestCmap()
    return "".join(letter for letter in LETTERS if ord(letter) not in glyphs)


@lru_cache(maxsize=256)
def face(family: str, pixels: int, bold: bool = False, italic: bool = False) -> ImageFont.FreeTypeFont:
    """A font ready to draw with, `pixels` high (the em square)."""
    path = font_file(family, bold, italic)
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)
