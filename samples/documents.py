"""Makes one paper: writes it at a desk, damages its pages as a scanner does, and tells the truth about both."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from random import Random
from typing import Any

from PIL import Image

from samples.damage import CLEAN, Damage, Move, move, scan, some_damage
from samples.papers import LAYOUTS
from samples.papers.desk import Desk, new_desk
from samples.sheet import Sheet
from samples.truth import COMMON_FIELDS, Box, DocumentTruth, Field, Line, Overlay, PageTruth, Word

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
    dpi = dpi or rng.choice(DPIS)
    desk = new_desk(rng, dpi, given, layout.size_mm)
    layout.write(desk)
    if clean:
        plan = [CLEAN] * len(desk.book.sheets)
    else:
        plan = (
            [damage] * len(desk.book.sheets)
            if damage
            else _damages(rng, len(desk.book.sheets), severity, mode, upright)
        )
    pages, truths = [], []
    for number, (sheet, one) in enumerate(zip(desk.book.sheets, plan, strict=True), 1):
        back = desk.book.sheets[number].image if number < len(desk.book.sheets) else sheet.image
        page = scan(sheet.image, dpi, one, rng, None if layout.separator else back)
        page.info["dpi"] = (dpi, dpi)
        pages.append(page)
        truths.append(_page_truth(number, sheet, one, move(sheet.image.size, dpi, one)))
    return Document(
        tuple(pages), _truth(kind, layout.document_type, seed, layout.separator, desk, tuple(truths))
    )


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


def _damages(rng: Random, pages: int, severity: float, mode: str | None, upright: bool) -> list[Damage]:
    """The pages of one paper go through the same scanner: mode and quality alike, skew and turn each its own."""
    first = some_damage(rng, severity, mode, upright)
    rest = [some_damage(rng, severity, first.mode, upright) for _ in range(pages - 1)]
    alike = {
        name: getattr(first, name)
        for name in ("mode", "blur", "noise", "jpeg", "threshold", "tint", "fade", "holes")
    }
    return [first] + [Damage(**{**one.__dict__, **alike}) for one in rest]


def _page_truth(number: int, sheet: Sheet, damage: Damage, moved: Move) -> PageTruth:
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
    return DocumentTruth(kind, code, seed, separator, pages, fields, dict(desk.extras))


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
