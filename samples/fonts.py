"""The typefaces that the papers are set in; every one is known to cover Vietnamese, or the program says which to install."""

from __future__ import annotations

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

_CUTS = ("Regular", "Bold", "Italic", "BoldItalic")

# family → (Debian package, file names in the order of _CUTS)
FAMILIES: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "times": ("fonts-liberation2", tuple(f"LiberationSerif-{cut}.ttf" for cut in _CUTS)),  # type: ignore[dict-item]
    "arial": ("fonts-liberation2", tuple(f"LiberationSans-{cut}.ttf" for cut in _CUTS)),  # type: ignore[dict-item]
    "free-serif": (
        "fonts-freefont-ttf",
        ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf"),
    ),
    "calibri": ("fonts-crosextra-carlito", tuple(f"Carlito-{cut}.ttf" for cut in _CUTS)),  # type: ignore[dict-item]
    "noto-serif": ("fonts-noto-core", tuple(f"NotoSerif-{cut}.ttf" for cut in _CUTS)),  # type: ignore[dict-item]
    "noto-sans": ("fonts-noto-core", tuple(f"NotoSans-{cut}.ttf" for cut in _CUTS)),  # type: ignore[dict-item]
    "dejavu-sans": (
        "fonts-dejavu-extra",
        ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
    ),
    "dejavu-serif": (
        "fonts-dejavu-extra",
        (
            "DejaVuSerifCondensed.ttf",
            "DejaVuSerifCondensed-Bold.ttf",
            "DejaVuSerifCondensed-Italic.ttf",
            "DejaVuSerifCondensed-BoldItalic.ttf",
        ),
    ),
}

APT_PACKAGES = tuple(sorted({package for package, _ in FAMILIES.values()} | {"fonts-dejavu-core"}))


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
    """The file of one cut of a family; raises FontMissing when it is absent or has no full Vietnamese alphabet."""
    package, names = FAMILIES[family]
    name = names[int(bold) + 2 * int(italic)]
    path = _files().get(name)
    if path is None:
        raise FontMissing(f"{name} is not installed; run: apt-get install {package}")
    missing = uncovered(path)
    if missing:
        raise FontMissing(f"{path} has no glyph for {missing[:8]!r}; install a newer {package}")
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
