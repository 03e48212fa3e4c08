"""Makes one paper: writes it at a desk, damages its pages as a scanner does, and tells the truth about both."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from PIL import Image

from samples.damage import CLEAN, Damage, Move, move, scan, some_damage
from samples.papers import LAYOUTS
from samples.papers.desk import Desk, new_desk
from samples.sheet import Sheet
from samples.truth import COMMON_FIELDS, Box, DocumentTruth, Field, Line, Overlay, PageTruth, Word

# What all pages of a paper share, since one scanner with one setting takes them
_ALIKE = ("mode", "blur", "noise", "jpeg", "threshold", "tint", "fade", "holes")
DPIS = (150, 200, 200, 200, 200, 240, 300, 300)


@dataclass(frozen=True)
class Document:
    """A made paper: one PIL image a page (modes RGB, L or 1, `info["dpi"]` set) and the truth about them."""

    pages: tuple[Image.Image, ...]
    truth: DocumentTruth


def kinds() -> tuple[str, ...]:
    """Every kind of paper that `make_document` knows."""
    return tuple(LAYOUTS)


def make_document(
    seed: int,
    kind: str | None = None,
    *,
    dpi: int | None = None,
    mode: str | None = None,
    clean: bool = False,
    severity: float = 1.0,
    upright: bool = False,
    damage: Damage | None = None,
    **given: Any,
) -> Document:
    """Make the paper of this seed; the same arguments give the same pixels.

    kind: one of `kinds()`, any by default. dpi: 150–300 by default. mode: `color`, `gray` or `1bit`.
    clean: no damage at all. severity: 0 (careful) to 2 (bad day). upright: never sideways or upside down.
    damage: exactly this damage for every page. given: facts to print (see `papers.desk.Desk`).
    Raises KeyError for an unknown kind and fonts.FontMissing when a typeface is not installed.
    """
    rng = Random(f"{seed}/{kind}")
    kind = kind or rng.choices(list(LAYOUTS), [layout.weight for layout in LAYOUTS.values()])[0]
    layout = LAYOUTS[kind]
    desk = new_desk(rng, dpi or rng.choice(DPIS), given, layout.size_mm)
    layout.write(desk)
    sheets = desk.book.sheets
    exactly = CLEAN if clean else damage
    damages = [exactly] * len(sheets) if exactly else _damages(rng, sheets, severity, mode, upright)
    pages = _scanned(rng, sheets, damages, shine_through=not layout.separator)
    truths = tuple(
        _page_truth(n, sheet, one) for n, (sheet, one) in enumerate(zip(sheets, damages, strict=True), 1)
    )
    return Document(pages, _truth(kind, layout.document_type, seed, layout.separator, desk, truths))


def _scanned(
    rng: Random, sheets: Sequence[Sheet], damages: Sequence[Damage], shine_through: bool
) -> tuple[Image.Image, ...]:
    """The sheets as the scanner delivers them; the next sheet (or the same one) is what may shine through."""
    pages = []
    for number, (sheet, damage) in enumerate(zip(sheets, damages, strict=True), 1):
        back = sheets[number].image if number < len(sheets) else sheet.image
        page = scan(sheet.image, sheet.dpi, damage, rng, back if shine_through else None)
        page.info["dpi"] = (sheet.dpi, sheet.dpi)
        pages.append(page)
    return tuple(pages)


def make_blank(
    rng: Random, front: PageTruth, damage: Damage, image: Image.Image
) -> tuple[Image.Image, PageTruth]:
    """The empty back of a scanned page: paper, dirt, and perhaps a shadow of the front."""
    size = image.size
    page = scan(Image.new("RGB", size, "white"), front.dpi, damage, rng, image if damage.bleed else None)
    page.info["dpi"] = (front.dpi, front.dpi)
    return page, PageTruth(
        number=front.number,
        width=size[0],
        height=size[1],
        dpi=front.dpi,
        mode=damage.mode,
        rotation=0,
        skew=damage.skew,
        blank=True,
        damages=damage.names(),
        lines=(),
        overlays=(),
    )


def _damages(
    rng: Random, sheets: Sequence[Sheet], severity: float, mode: str | None, upright: bool
) -> list[Damage]:
    """The pages of one paper go through the same scanner: mode and quality alike, skew and turn each its own."""
    first = some_damage(rng, severity, mode, upright)
    rest = [some_damage(rng, severity, first.mode, upright) for _ in sheets[1:]]
    alike = {name: getattr(first, name) for name in _ALIKE}
    damages = [first, *(replace(one, **alike) for one in rest)]
    return [_fed(rng, sheet, one, upright) for sheet, one in zip(sheets, damages, strict=True)]


def _fed(rng: Random, sheet: Sheet, damage: Damage, upright: bool) -> Damage:
    """A wide sheet goes through a feeder on its side, two times of three."""
    if upright or sheet.size_mm[0] <= sheet.size_mm[1]:
        return damage
    return replace(damage, rotation=rng.choice((0, 90, 270)))


def _page_truth(number: int, sheet: Sheet, damage: Damage) -> PageTruth:
    moved = move(sheet.image.size, sheet.dpi, damage)
    lines = tuple(line for line in (_moved_line(line, moved) for line in sheet.lines) if line)
    overlays = tuple(
        Overlay(overlay.kind, box, overlay.text)
        for overlay in sheet.overlays
        if (box := moved.box(overlay.box))
    )
    return PageTruth(
        number=number,
        width=moved.width,
        height=moved.height,
        dpi=sheet.dpi,
        mode=damage.mode,
        rotation=damage.rotation,
        skew=damage.skew,
        blank=not sheet.lines and not sheet.overlays,
        damages=damage.names(),
        lines=lines,
        overlays=overlays,
    )


def _moved_line(line: Line, moved: Move) -> Line | None:
    words = []
    for word in line.words:
        box = moved.box(word.box)
        if box:
            words.append(Word(word.text, box, word.handwritten, word.tags))
    return Line(tuple(words)) if words else None


def _truth(
    kind: str, code: str, seed: int, separator: bool, desk: Desk, pages: tuple[PageTruth, ...]
) -> DocumentTruth:
    names = [*COMMON_FIELDS, *(name for name in desk.fields if name not in COMMON_FIELDS)]
    fields = {name: _field(name, desk.fields.get(name), pages) for name in names}
    cut = _cut_fields(desk, pages)
    extras = desk.extras | ({"cut_fields": cut} if cut else {})
    return DocumentTruth(kind, code, seed, separator, pages, fields, extras)


def _cut_fields(desk: Desk, pages: tuple[PageTruth, ...]) -> list[str]:
    """The fields of which words fell off the edge of the scan; nobody can read them in full."""
    printed = Counter(
        tag for sheet in desk.book.sheets for line in sheet.lines for w in line.words for tag in w.tags
    )
    seen = Counter(tag for page in pages for line in page.lines for w in line.words for tag in w.tags)
    return sorted((printed - seen).keys() & desk.fields.keys())


def _field(name: str, value: str | None, pages: tuple[PageTruth, ...]) -> Field:
    """The field with the place of its words: those tagged with its name on the first page that has any."""
    for page in pages:
        words = [word for line in page.lines for word in line.words if name in word.tags]
        if words:
            box: Box = Line(tuple(words)).box
            return Field(name, value, page.number, box, any(word.handwritten for word in words))
    return Field(name, value)


def fingerprint(document: Document) -> int:
    """A checksum of all pixels, for tests of repeatability."""
    value = 0
    for page in document.pages:
        value = zlib.crc32(page.tobytes(), value)
    return value
