"""What is put on a paper after printing: round red seals, signatures, incoming and urgency stamps, e-signature notes."""

from __future__ import annotations

import math
from datetime import datetime
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw

from samples import fonts, handwriting
from samples.handwriting import Colour, Point, curve
from samples.seals import RED, round_seal, stain, worn
from samples.sheet import Sheet
from samples.truth import Box


def signature(sheet: Sheet, name: str, centre: Point, rng: Random, width_mm: float | None = None) -> None:
    """A signature over (x, y): an initial, a run of waves and a long stroke, in pen ink."""
    ink = rng.choice([(20, 22, 30), (25, 35, 110), (30, 50, 150), (15, 15, 20)])
    width = sheet.px(width_mm or rng.uniform(28, 46))
    x, y = sheet.px(centre[0]) - width // 2, sheet.px(centre[1])
    height = width * rng.uniform(0.16, 0.32)
    thick = max(1.6, sheet.dpi / 200 * rng.uniform(2.2, 4.6))
    pen = handwriting.Pen(ink, thick / height, rng.uniform(0.1, 0.5), 0.05, script=True)
    given = name.split()[-1]
    box = handwriting.write(sheet.draw, given[: rng.randint(1, 3)], (x + width * 0.18, y), height, pen, rng)
    for path in _flourish(rng, float(x), float(y), float(width), height):
        box = box.union(_ink_path(sheet, path, thick, ink, rng))
    sheet.note("signature", _clip(box, sheet), name)


def _flourish(rng: Random, x: float, y: float, width: float, height: float) -> list[list[Point]]:
    waves = [(x + width * 0.42, y)]
    count = rng.randint(3, 7)
    for step in range(count):
        swing = height * rng.uniform(0.15, 0.75) * (1 if step % 2 else -0.35)
        waves.append((x + width * (0.42 + 0.4 * step / count), y - swing))
    waves.append((x + width * rng.uniform(0.9, 1.25), y - height * rng.uniform(-0.2, 0.9)))
    paths = [curve(waves, 6)]
    if rng.random() < 0.75:
        under = [
            (x + width * rng.uniform(0.0, 0.3), y + height * rng.uniform(0.2, 0.8)),
            (x + width * 0.55, y + height * rng.uniform(-0.2, 0.4)),
            (x + width * rng.uniform(0.85, 1.2), y - height * rng.uniform(0.0, 0.8)),
        ]
        paths.append(curve(under, 10))
    if rng.random() < 0.5:
        loop = [
            (x + width * (0.3 + 0.28 * math.cos(turn / 5)), y - height * (0.4 + 0.75 * math.sin(turn / 5)))
            for turn in range(rng.randint(12, 30), rng.randint(44, 60), 4)
        ]
        paths.append(curve(loop, 5))
    return paths


def _ink_path(sheet: Sheet, path: list[Point], thick: float, ink: Colour, rng: Random) -> Box:
    swell = rng.uniform(0, math.pi)
    for number, (start, end) in enumerate(pairwise(path)):
        pressure = 0.75 + 0.4 * math.sin(swell + number / 5)
        sheet.draw.line((start, end), fill=ink, width=max(1, round(thick * pressure)))
    xs, ys = [p[0] for p in path], [p[1] for p in path]
    return Box(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1)


def _clip(box: Box, sheet: Sheet) -> Box:
    width, height = sheet.image.size
    return Box(max(0, box.x0), max(0, box.y0), max(1, min(width, box.x1)), max(1, min(height, box.y1)))


def incoming_stamp(sheet: Sheet, org: str, corner: Point, rng: Random) -> None:
    """The boxed stamp of incoming mail with a hand-written number and date; it may lie over the text."""
    width, height = rng.uniform(46, 56), rng.uniform(20, 25)
    patch = Sheet((width, height), sheet.dpi, rng, handwriting.some_pen(rng))
    draw, edge = patch.draw, patch.px(0.5)
    draw.rectangle((1, 1, patch.image.width - 2, patch.image.height - 2), outline="black", width=edge)
    first, left = patch.px(height * 0.26), patch.px(width * 0.3)
    draw.line((0, first, patch.image.width, first), fill="black", width=edge)
    draw.line((left, first, left, patch.image.height), fill="black", width=edge)
    _fitted(patch, org.upper(), (1.5, width - 1.5), height * 0.19, 9.0)
    word = rng.choice((("CV", "ĐẾN"), ("CÔNG VĂN", "ĐẾN"), ("VĂN BẢN", "ĐẾN"), ("", "ĐẾN")))
    for row, text in enumerate(word):
        _fitted(patch, text, (1.0, width * 0.3 - 1.0), height * (0.55 + 0.26 * row), 11.0)
    number, day = (
        str(rng.randint(20, 4800)),
        f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{rng.randint(18, 25)}",
    )
    labels = (("Số:", number), ("Ngày:", day), ("Chuyển:", rng.choice(("", "", "VP", "LĐ"))))
    face = fonts.face("times", int(8.5 * sheet.dpi / 72))
    for row, (label, value) in enumerate(labels):
        y = patch.px(height * (0.45 + 0.23 * row))
        draw.text((left + patch.px(1), y), label, font=face, fill="black", anchor="ls")
        at = (left + patch.px(2) + face.getlength(label), y - patch.px(0.3))
        handwriting.write(draw, value, at, patch.px(3.6), patch.pen, rng, (0, 0, 0))
    mask = Image.eval(patch.image.convert("L"), lambda value: 255 - value)
    mask = mask.rotate(rng.uniform(-4, 4), Image.Resampling.BICUBIC, expand=True)
    colour = rng.choice(((200, 30, 45), (200, 30, 45), (40, 50, 140), (30, 30, 34)))
    box = stain(
        sheet, worn(mask, rng, 0.4), (sheet.px(corner[0]), sheet.px(corner[1])), colour, rng.uniform(0.7, 1.0)
    )
    sheet.note("incoming_stamp", box, " / ".join(part for part in (org.upper(), *word, number, day) if part))


def _fitted(sheet: Sheet, text: str, span: tuple[float, float], y: float, size: float) -> None:
    """Centre bold text between two x, smaller when it is too long."""
    face = fonts.face("arial", int(size * sheet.dpi / 72), bold=True)
    room = sheet.px(span[1] - span[0])
    if text and face.getlength(text) > room:
        face = fonts.face("arial", max(5, int(face.size * room / face.getlength(text))), bold=True)
    at = (sheet.px((span[0] + span[1]) / 2), sheet.px(y))
    sheet.draw.text(at, text, font=face, fill="black", anchor="ms")


def word_stamp(
    sheet: Sheet,
    text: str,
    centre: Point,
    rng: Random,
    angle: float | None = None,
    colour: Colour | None = None,
    arrow: bool = False,
) -> None:
    """A red word stamp in a frame ("HỎA TỐC", "BẢN SAO", "ĐÃ THU TIỀN"), turned by `angle` degrees."""
    face = fonts.face("times", int(rng.uniform(13, 17) * sheet.dpi / 72), bold=True)
    width, height = int(face.getlength(text)) + sheet.px(8), int(face.size * 1.7)
    mask = Image.new("L", (width + height, height * 2))
    draw = ImageDraw.Draw(mask)
    line, top = max(2, sheet.px(0.6)), height // 2
    if arrow:
        tip = width + height // 2
        shape = [
            (0, top),
            (width, top),
            (width, top - height // 3),
            (tip, top + height // 2),
            (width, top + height + height // 3),
            (width, top + height),
            (0, top + height),
            (height // 3, top + height // 2),
            (0, top),
        ]
        draw.line(shape, fill=255, width=line, joint="curve")
    else:
        draw.rectangle((2, top, width, top + height), outline=255, width=line)
    draw.text((width / 2, top + height / 2), text, font=face, fill=255, anchor="mm")
    turned = mask.rotate(
        rng.uniform(-6, 6) if angle is None else angle, Image.Resampling.BICUBIC, expand=True
    )
    at = (sheet.px(centre[0]) - turned.width // 2, sheet.px(centre[1]) - turned.height // 2)
    box = stain(
        sheet, worn(turned, rng, rng.uniform(0.2, 0.8)), at, colour or rng.choice(RED), rng.uniform(0.7, 1.0)
    )
    sheet.note("stamp", box, text)


def e_signature(sheet: Sheet, authority: str, place: str, signed: datetime, rng: Random) -> None:
    """The note that e-signing software prints top right: blue letters, a small seal beside."""
    x, y = sheet.size_mm[0] - rng.uniform(40, 48), rng.uniform(3.0, 6.0)
    stamp = signed.strftime("%d/%m/%Y %H:%M:%S")
    rows = [f"Ký bởi: {authority}", f"Cơ quan: {place}", f"Thời gian ký: {stamp}"]
    face = fonts.face("arial", max(6, int(rng.uniform(5.0, 6.2) * sheet.dpi / 72)))
    box = Box(sheet.px(x), sheet.px(y), sheet.px(x) + 1, sheet.px(y) + 1)
    for row, text in enumerate(rows):
        at = (sheet.px(x), sheet.px(y) + int(face.size * 1.15 * (row + 0.8)))
        sheet.draw.text(at, text, font=face, fill=(20, 20, 220), anchor="ls")
        box = box.union(Box(at[0], at[1] - int(face.size), at[0] + int(face.getlength(text)), at[1] + 2))
    sheet.note("e_signature", _clip(box, sheet), " ".join(rows))
    if rng.random() < 0.8:
        round_seal(sheet, authority, (x - 14, 13), rng, size_mm=rng.uniform(16, 23))
