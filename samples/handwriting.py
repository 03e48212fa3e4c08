"""Writes with a pen: numbers and days in the blanks, filled forms, signatures; strokes from the Hershey fonts, shaken."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from PIL import ImageDraw

from samples.truth import Box

Point = tuple[float, float]
Stroke = list[Point]
Colour = tuple[int, int, int]

_DATA = Path(__file__).parent / "data"
_CAP_HEIGHT = 21.0  # Hershey units from the base line (y = 9) to the top of a capital (y = -12)
_BASE = 9.0

# Each mark as strokes around (0, 0), in units of the lower-case height
_MARKS: dict[str, list[Stroke]] = {
    "\u0300": [[(-0.3, -0.35), (0.25, 0.1)]],  # grave
    "\u0301": [[(0.3, -0.35), (-0.2, 0.1)]],  # acute
    "\u0309": [[(-0.15, -0.35), (0.15, -0.4), (0.15, -0.15), (0.0, 0.05)]],  # hook above
    "\u0303": [[(-0.4, 0.0), (-0.2, -0.2), (0.1, 0.0), (0.4, -0.2)]],  # tilde
    "\u0302": [[(-0.35, 0.1), (0.0, -0.25), (0.35, 0.1)]],  # circumflex
    "\u0306": [[(-0.35, -0.25), (-0.1, 0.05), (0.1, 0.05), (0.35, -0.25)]],  # breve
}
_DOT_BELOW = "\u0323"
_HORN = "\u031b"


@dataclass(frozen=True)
class Pen:
    """One person's hand: ink, thickness (share of the letter height), slant, and how unsteady it is."""

    ink: Colour
    thickness: float
    slant: float
    shake: float
    script: bool


def some_pen(rng: Random) -> Pen:
    """A pen as found in an office: mostly blue or black ball pen, some thick gel pens."""
    ink = rng.choice([(25, 30, 35), (20, 20, 25), (28, 40, 120), (35, 55, 150), (20, 25, 80)])
    return Pen(
        ink, rng.uniform(0.075, 0.15), rng.uniform(0.0, 0.35), rng.uniform(0.012, 0.036), rng.random() < 0.35
    )


@cache
def _glyphs(name: str) -> dict[str, tuple[float, list[Stroke]]]:
    """Letter → (advance, strokes) in Hershey units, x from 0, y down, of one .jhf file."""
    joined: list[str] = []
    for row in (_DATA / f"{name}.jhf").read_text("ascii").splitlines():
        if joined and len(joined[-1]) < 8 + 2 * int(joined[-1][5:8]):
            joined[-1] += row
        elif row.strip():
            joined.append(row)
    return {chr(32 + order): _glyph(row[8:]) for order, row in enumerate(joined) if order < 95}


def _glyph(pairs: str) -> tuple[float, list[Stroke]]:
    left, right = ord(pairs[0]) - ord("R"), ord(pairs[1]) - ord("R")
    strokes: list[Stroke] = [[]]
    for at in range(2, len(pairs) - 1, 2):
        if pairs[at : at + 2] == " R":
            strokes.append([])
        else:
            strokes[-1].append(
                (float(ord(pairs[at]) - ord("R") - left), float(ord(pairs[at + 1]) - ord("R")))
            )
    return float(right - left), [stroke for stroke in strokes if stroke]


def width(text: str, height: float, pen: Pen) -> float:
    """The length in pixels of `text` written with capitals `height` pixels high."""
    return sum(_advance(letter, pen) for letter in text) * height / _CAP_HEIGHT


def _letter(letter: str, pen: Pen) -> tuple[str, list[str]]:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if letter in "đĐ":
        base, marks = ("d" if letter == "đ" else "D"), ["bar"]
    return base, marks


def _advance(letter: str, pen: Pen) -> float:
    base, _ = _letter(letter, pen)
    return _font(base, pen).get(base, (14.0, []))[0] * (1.0 if pen.script and base.islower() else 0.86)


def _font(base: str, pen: Pen) -> dict[str, tuple[float, list[Stroke]]]:
    return _glyphs("scripts" if pen.script and base.islower() else "futural")


def write(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: Point,
    height: float,
    pen: Pen,
    rng: Random,
    ink: Colour | None = None,
) -> Box:
    """Write `text` from `at` (left end of the base line, pixels), capitals `height` pixels high; the ink's box."""
    scale = height / _CAP_HEIGHT
    x, box = at[0], None
    for letter in text:
        drift = rng.gauss(0, pen.shake * height * 1.1)
        strokes = _strokes(letter, pen, rng)
        for stroke in strokes:
            path = [
                (x + (px + pen.slant * (_BASE - py)) * scale, at[1] + drift + (py - _BASE) * scale)
                for px, py in stroke
            ]
            part = _trace(draw, path, max(1.0, pen.thickness * height), ink or pen.ink, rng)
            box = part if box is None else box.union(part)
        x += _advance(letter, pen) * scale * rng.uniform(0.92, 1.06)
    return box or Box(int(at[0]), int(at[1] - height), int(at[0]) + 1, int(at[1]))


def _strokes(letter: str, pen: Pen, rng: Random) -> list[Stroke]:
    base, marks = _letter(letter, pen)
    advance, drawn = _font(base, pen).get(base, (14.0, []))
    strokes = [list(stroke) for stroke in drawn]
    if marks and base == "i":
        strokes = [stroke for stroke in strokes if min(y for _, y in stroke) > -8] or strokes
    top = min((y for stroke in strokes for _, y in stroke), default=-5.0) - 3.4
    for mark in marks:
        strokes.extend(_mark(mark, advance, top, base.isupper()))
        top -= 4.6 if mark in _MARKS else 0.0
    return [_shaken(stroke, pen, rng) for stroke in strokes]


def _shaken(stroke: Stroke, pen: Pen, rng: Random) -> Stroke:
    """The stroke a little stretched, turned and trembling, as no letter is written twice alike."""
    amount, stretch, turn = pen.shake * _CAP_HEIGHT * 0.5, rng.uniform(0.93, 1.07), rng.gauss(0, pen.shake)
    return [
        (x * stretch + y * turn + rng.gauss(0, amount), y - x * turn + rng.gauss(0, amount))
        for x, y in stroke
    ]


def _mark(mark: str, advance: float, top: float, capital: bool) -> list[Stroke]:
    middle = advance / 2
    if mark == "bar":  # of đ across the stem, of Đ across the left edge
        return (
            [[(-1.5, -1.5), (8, -1.8)]] if capital else [[(advance - 9, top + 8), (advance + 1, top + 7.4)]]
        )
    if mark == _DOT_BELOW:
        return [[(middle, 13.0), (middle + 1, 13.6)]]
    if mark == _HORN:
        return [[(advance - 4, top + 4), (advance - 1, top + 2), (advance - 1.5, top)]]
    return [[(middle + x * 11.5, top + y * 9) for x, y in stroke] for stroke in _MARKS.get(mark, [])]


def _trace(draw: ImageDraw.ImageDraw, path: Stroke, thickness: float, ink: Colour, rng: Random) -> Box:
    smooth = curve(path, 3) if len(path) > 2 else path
    width_px = max(1, round(thickness * rng.uniform(0.85, 1.2)))
    draw.line(smooth, fill=ink, width=width_px, joint="curve")
    for x, y in (smooth[0], smooth[-1]):
        draw.ellipse(
            (x - width_px / 2, y - width_px / 2, x + width_px / 2 - 0.5, y + width_px / 2 - 0.5), fill=ink
        )
    xs, ys = [x for x, _ in smooth], [y for _, y in smooth]
    half = width_px / 2
    return Box(
        math.floor(min(xs) - half),
        math.floor(min(ys) - half),
        math.ceil(max(xs) + half),
        math.ceil(max(ys) + half),
    )


def curve(points: Stroke, steps: int) -> Stroke:
    """A Catmull-Rom spline through the points, `steps` segments between two of them."""
    padded = [points[0], *points, points[-1]]
    smooth: Stroke = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            smooth.append(_spline(a, b, c, d, step / steps))
    return [*smooth, points[-1]]


def _spline(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def one(p: float, q: float, r: float, s: float) -> float:
        return 0.5 * (
            2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3
        )

    return one(a[0], b[0], c[0], d[0]), one(a[1], b[1], c[1], d[1])
