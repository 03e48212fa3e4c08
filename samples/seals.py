"""Round red seals and how rubber-stamp ink lies on paper."""

from __future__ import annotations

import math
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples import fonts
from samples.handwriting import Colour, Point
from samples.sheet import Sheet
from samples.truth import Box

RED: tuple[Colour, ...] = ((228, 12, 30), (214, 10, 22), (236, 24, 48), (200, 8, 40), (232, 36, 30))


_OVERSAMPLE = 2


def stain(sheet: Sheet, ink: Image.Image, at: tuple[int, int], colour: Colour, strength: float) -> Box:
    """Lay transparent ink (an L mask, 255 = full) over the sheet, so that print below shows through."""
    box = Box(
        max(0, at[0]),
        max(0, at[1]),
        min(sheet.image.width, at[0] + ink.width),
        min(sheet.image.height, at[1] + ink.height),
    )
    if box.x1 <= box.x0 or box.y1 <= box.y0:
        return Box(0, 0, 1, 1)
    window = (box.x0, box.y0, box.x1, box.y1)
    paper = np.asarray(sheet.image.crop(window), dtype=np.float32)
    mask = ink.crop((box.x0 - at[0], box.y0 - at[1], box.x1 - at[0], box.y1 - at[1]))
    amount = np.asarray(mask, dtype=np.float32)[:, :, None] * (strength / 255.0)
    dyed = paper * (1.0 - amount * (1.0 - np.asarray(colour, dtype=np.float32) / 255.0))
    sheet.image.paste(Image.fromarray(dyed.clip(0, 255).astype(np.uint8)), (box.x0, box.y0))
    return box


def worn(mask: Image.Image, rng: Random, amount: float) -> Image.Image:
    """The mask with ink missing in clouds and specks, as a rubber stamp prints."""
    cells = np.random.default_rng(rng.getrandbits(32))
    coarse = Image.fromarray((cells.random((9, 9)) * 255).astype(np.uint8)).resize(
        mask.size, Image.Resampling.BICUBIC
    )
    cloud = np.asarray(coarse, dtype=np.float32) / 255.0
    grain = cells.random((mask.height, mask.width), dtype=np.float32)
    keep = np.clip(1.2 - amount * (0.9 * cloud + 0.7 * grain), 0.15, 1.0)
    return Image.fromarray((np.asarray(mask, dtype=np.float32) * keep).clip(0, 255).astype(np.uint8))


def round_seal(
    sheet: Sheet,
    name: str,
    centre: Point,
    rng: Random,
    colour: Colour | None = None,
    emblem: bool = True,
    strength: float | None = None,
    size_mm: float | None = None,
) -> None:
    """A round office seal, 36 mm across by rule (Circular 07/2010/TT-BCA), `name` around, emblem or star inside."""
    size = size_mm or rng.uniform(34.0, 37.0)
    diameter = sheet.px(size) * _OVERSAMPLE
    mask = Image.new("L", (diameter, diameter))
    draw = ImageDraw.Draw(mask)
    _rings(draw, diameter)
    _ring_text(mask, name.upper(), diameter, rng)
    _emblem(draw, diameter, rng) if emblem else _star(draw, (diameter / 2, diameter / 2), diameter * 0.14)
    turned = mask.rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC)
    small = turned.resize((diameter // _OVERSAMPLE, diameter // _OVERSAMPLE), Image.Resampling.BOX)
    inked = worn(small, rng, rng.choice((0.1, 0.2, 0.3, 0.45, 0.8)))
    at = (sheet.px(centre[0]) - small.width // 2, sheet.px(centre[1]) - small.height // 2)
    box = stain(sheet, inked, at, colour or rng.choice(RED), strength or rng.uniform(0.85, 1.0))
    sheet.note("seal", box, name)


def _rings(draw: ImageDraw.ImageDraw, diameter: int) -> None:
    for inset, line in ((0.01, 0.022), (0.045, 0.008), (0.225, 0.010)):
        edge = diameter * inset
        draw.ellipse(
            (edge, edge, diameter - edge, diameter - edge), outline=255, width=max(1, int(diameter * line))
        )


def _ring_text(mask: Image.Image, text: str, diameter: int, rng: Random) -> None:
    room = 300.0  # degrees of the ring; the star at the bottom takes the rest
    size = int(diameter * 0.105)
    face = fonts.face("arial", size, bold=True)
    radius = diameter * 0.385
    widths = [face.getlength(letter) for letter in text]
    natural = math.degrees(sum(widths) / radius) or 1.0
    stretch = min(1.6, room / natural)
    if stretch < 0.8:
        face = fonts.face("arial", max(6, int(size * stretch / 0.85)), bold=True)
        widths = [face.getlength(letter) for letter in text]
        stretch = min(1.6, room / math.degrees(sum(widths) / radius))
    angle = -90.0 - math.degrees(sum(widths) / radius) * stretch / 2
    for letter, width in zip(text, widths, strict=True):
        step = math.degrees(width / radius) * stretch
        _ring_letter(mask, letter, face, (diameter / 2, diameter / 2), radius, angle + step / 2)
        angle += step
    _star(ImageDraw.Draw(mask), (diameter / 2, diameter * 0.885), diameter * 0.045)


def _ring_letter(
    mask: Image.Image, letter: str, face: ImageFont.FreeTypeFont, centre: Point, radius: float, angle: float
) -> None:
    edge = int(face.size * 2)
    tile = Image.new("L", (edge, edge))
    ImageDraw.Draw(tile).text((edge / 2, edge / 2), letter, font=face, fill=255, anchor="mm")
    tile = tile.rotate(-angle - 90, Image.Resampling.BICUBIC)
    x = centre[0] + radius * math.cos(math.radians(angle)) - edge / 2
    y = centre[1] + radius * math.sin(math.radians(angle)) - edge / 2
    mask.paste(255, (round(x), round(y)), tile)


def _star(draw: ImageDraw.ImageDraw, centre: Point, radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.4
        turn = math.radians(-90 + 36 * corner)
        points.append((centre[0] + reach * math.cos(turn), centre[1] + reach * math.sin(turn)))
    draw.polygon(points, fill=255)


def _emblem(draw: ImageDraw.ImageDraw, diameter: int, rng: Random) -> None:
    """Something like the national emblem: star above, ears of rice left and right, cog wheel and ribbon below."""
    middle = diameter / 2
    _star(draw, (middle, middle - diameter * 0.06), diameter * 0.085)
    line = max(1, int(diameter * 0.011))
    for turn in range(35, 325, 9):
        if 100 > abs(turn - 180) > 8:
            angle = math.radians(turn + 90)
            for reach in (0.165, 0.20):
                x, y = (
                    middle + diameter * reach * math.cos(angle),
                    middle + diameter * reach * math.sin(angle) * 0.98,
                )
                grain = diameter * 0.014
                draw.ellipse((x - grain, y - grain * 1.5, x + grain, y + grain * 1.5), fill=255)
    low = middle + diameter * 0.105
    draw.ellipse(
        (middle - diameter * 0.06, low - diameter * 0.05, middle + diameter * 0.06, low + diameter * 0.07),
        outline=255,
        width=line * 2,
    )
    draw.arc(
        (
            middle - diameter * 0.17,
            middle - diameter * 0.02,
            middle + diameter * 0.17,
            middle + diameter * 0.21,
        ),
        25,
        155,
        fill=255,
        width=line * 3,
    )
