"""What scanning does to a paper: crooked, noisy, blurred, faded, cut off, turned; and where the words end up by it."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from samples.truth import Box

Array = npt.NDArray[np.float32]
MOSTLY = 0.8  # the share of a word that must still be on the page for it to count as being there
_GRAIN = 512  # edge of the noise tile; drawn once a page and laid like tiles


@dataclass(frozen=True)
class Damage:
    """One scan's settings and accidents. Degrees are clockwise; amounts are in gray levels of 255 unless said."""

    mode: str = "color"  # color, gray, 1bit
    rotation: int = 0  # how the paper lay: 0, 90, 180, 270 clockwise
    skew: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)  # millimetres
    blur: float = 0.0  # pixels of radius at 200 dpi
    noise: float = 0.0
    jpeg: int | None = None
    threshold: int = 150  # for 1bit
    tint: tuple[int, int, int] = (255, 255, 255)
    uneven: float = 0.0  # how much darker one edge is
    fade: float = 0.0  # share by which print is paler
    bleed: float = 0.0  # share of the other side's ink
    border: float = 0.0  # millimetres of black scanner lid along an edge
    speckle: int = 0
    streaks: int = 0
    holes: bool = False

    def names(self) -> tuple[str, ...]:
        """The damages that really happened, as words."""
        happened = {
            "upside_down": self.rotation == 180,
            "sideways": self.rotation in (90, 270),
            "skewed": abs(self.skew) >= 0.3,
            "cut_off": max(map(abs, self.shift)) > 15,
            "blurred": self.blur > 0.5,
            "noisy": self.noise > 4,
            "jpeg": self.jpeg is not None and self.jpeg < 60,
            "tinted": min(self.tint) < 244,
            "uneven": self.uneven > 0.06,
            "faded": self.fade > 0.2,
            "bleed_through": self.bleed > 0.03,
            "dark_border": self.border > 0,
            "speckled": self.speckle > 150,
            "streaked": self.streaks > 0,
            "punched": self.holes,
        }
        return tuple(name for name, there in happened.items() if there)


CLEAN = Damage()


def some_damage(rng: Random, severity: float = 1.0, mode: str | None = None, upright: bool = False) -> Damage:
    """A scan as offices make them; `severity` 0 is a careful flatbed, 1 the usual mix, 2 a bad day."""

    def chance(share: float) -> bool:
        return rng.random() < share * severity

    mode = mode or rng.choices(("color", "gray", "1bit"), (62, 20, 18))[0]
    rotation = rng.choices((0, 180, 90, 270), (88, 6, 3, 3))[0] if severity and not upright else 0
    skew = rng.gauss(0, 0.45 if not chance(0.12) else 1.9) * min(1.0, severity)
    warm = rng.choice(
        ((255, 255, 255), (252, 252, 253), (250, 249, 246), (247, 244, 234), (244, 245, 248), (238, 231, 212))
    )
    cut = (rng.choice((-1, 1)) * rng.uniform(18, 28), 0.0)
    nudge = (rng.gauss(0, 1.2) * min(1.0, severity), rng.gauss(0, 1.5) * min(1.0, severity))
    return Damage(
        mode=mode,
        rotation=rotation,
        skew=round(max(-5.0, min(5.0, skew)), 3),
        shift=cut if chance(0.02) else nudge,
        blur=rng.uniform(0.3, 0.75) if chance(0.55) else (rng.uniform(0.8, 1.2) if chance(0.06) else 0.0),
        noise=rng.uniform(1.0, 5.0) if chance(0.7) else (rng.uniform(6, 13) if chance(0.15) else 0.0),
        jpeg=rng.choice((35, 45, 55, 65, 75, 75, 82, 90)) if mode != "1bit" and chance(0.85) else None,
        threshold=rng.randint(118, 196),
        tint=warm if chance(0.8) else (255, 255, 255),
        uneven=rng.uniform(0.03, 0.16) if chance(0.16) else 0.0,
        fade=rng.uniform(0.1, 0.45) if chance(0.14) else 0.0,
        bleed=rng.uniform(0.04, 0.13) if chance(0.12) else 0.0,
        border=rng.uniform(1.0, 6.0) if chance(0.14) else 0.0,
        speckle=rng.randint(20, 120) if chance(0.35) else (rng.randint(200, 900) if chance(0.08) else 0),
        streaks=rng.randint(1, 3) if chance(0.05) else 0,
        holes=chance(0.07),
    )


@dataclass(frozen=True)
class Move:
    """The affine map from the printed page to the scan (pixels): x' = a·x + b·y + c, y' = d·x + e·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: int
    height: int

    def box(self, box: Box) -> Box | None:
        """Where a box lies on the scan, clipped to it; None when too little of it is still there to be read."""
        corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x0, box.y1), (box.x1, box.y1)]
        xs = [self.a * x + self.b * y + self.c for x, y in corners]
        ys = [self.d * x + self.e * y + self.f for x, y in corners]
        whole = Box(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys)))
        seen = Box(max(0, whole.x0), max(0, whole.y0), min(self.width, whole.x1), min(self.height, whole.y1))
        if seen.x1 <= seen.x0 or seen.y1 <= seen.y0:
            return None
        share = (seen.x1 - seen.x0) * (seen.y1 - seen.y0) / ((whole.x1 - whole.x0) * (whole.y1 - whole.y0))
        return seen if share >= MOSTLY else None


def move(size: tuple[int, int], dpi: int, damage: Damage) -> Move:
    """How the damage moves points of a page of `size` pixels: skew about the centre, shift, then quarter turns."""
    width, height = size
    turn = math.radians(damage.skew)
    cos, sin = math.cos(turn), math.sin(turn)
    cx, cy = width / 2, height / 2
    sx, sy = (mm * dpi / 25.4 for mm in damage.shift)
    a, b, c = cos, -sin, cx - cos * cx + sin * cy + sx
    d, e, f = sin, cos, cy - sin * cx - cos * cy + sy
    if damage.rotation == 90:
        return Move(-d, -e, height - f, a, b, c, height, width)
    if damage.rotation == 180:
        return Move(-a, -b, width - c, -d, -e, height - f, width, height)
    if damage.rotation == 270:
        return Move(d, e, f, -a, -b, width - c, height, width)
    return Move(a, b, c, d, e, f, width, height)


_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def scan(
    page: Image.Image, dpi: int, damage: Damage, rng: Random, back: Image.Image | None = None
) -> Image.Image:
    """The printed page (RGB) as the scanner delivers it: RGB, L or 1 as `damage.mode` says; `back` is the other side."""
    if damage == CLEAN:
        return page
    image = page if damage.mode == "color" else page.convert("L")
    image = _bent(image, dpi, damage)
    if damage.blur:
        image = image.filter(ImageFilter.GaussianBlur(damage.blur * dpi / 200))
    image = _toned(image, damage, rng, back)
    if damage.mode == "1bit":
        image = image.point(lambda value: 255 if value >= damage.threshold else 0)
    _dirt(image, dpi, damage, rng)
    if damage.rotation:
        image = image.transpose(_TURNS[damage.rotation])
    if damage.mode == "1bit":
        return image.convert("1", dither=Image.Dither.NONE)
    return _through_jpeg(image, damage.jpeg)


def _bent(image: Image.Image, dpi: int, damage: Damage) -> Image.Image:
    """Skewed and shifted; the inverse of `move` without the quarter turns, as PIL wants it."""
    flat = move(image.size, dpi, Damage(skew=damage.skew, shift=damage.shift))
    if abs(damage.skew) < 0.02:
        moved = Image.new(image.mode, image.size, "white")
        moved.paste(image, (round(flat.c), round(flat.f)))
        return moved
    turn = math.radians(damage.skew)
    cos, sin = math.cos(turn), math.sin(turn)
    back = (cos, sin, -(cos * flat.c + sin * flat.f), -sin, cos, sin * flat.c - cos * flat.f)
    return image.transform(
        image.size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC, fillcolor="white"
    )


def _toned(image: Image.Image, damage: Damage, rng: Random, back: Image.Image | None) -> Image.Image:
    """Faded, stained by the other side, lit unevenly, grained, on tinted paper."""
    gray = image.mode == "L"
    pixels: Array = np.asarray(image, dtype=np.float32)
    if gray:
        pixels = pixels[:, :, None]
    if damage.fade:
        pixels = 255.0 - (255.0 - pixels) * np.float32(1.0 - damage.fade)
    shade = _shade(pixels.shape[:2], damage, back)
    if damage.noise:
        shade = shade * (1.0 + _grain(pixels.shape[:2], rng) * np.float32(damage.noise / 255.0))
    tint = np.asarray(damage.tint if not gray else (sum(damage.tint) / 3,), dtype=np.float32) / 255.0
    pixels = pixels * shade[:, :, None] * tint
    if damage.noise:
        pixels += (_grain(pixels.shape[:2], rng) * np.float32(damage.noise * 0.5))[:, :, None]
    done = np.clip(pixels, 0, 255).astype(np.uint8)
    return Image.fromarray(done[:, :, 0] if gray else done)


def _shade(shape: tuple[int, int], damage: Damage, back: Image.Image | None) -> Array:
    shade = np.ones(shape, dtype=np.float32)
    if damage.uneven:
        shade -= np.linspace(0, damage.uneven, shape[1], dtype=np.float32)[None, :] ** 1
        shade -= (np.linspace(1, 0, shape[0], dtype=np.float32)[:, None] ** 3) * np.float32(damage.uneven / 2)
    if damage.bleed and back is not None:
        ghost = back.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((shape[1], shape[0]))
        soft = np.asarray(ghost.filter(ImageFilter.BoxBlur(2)), dtype=np.float32) / 255.0
        shade *= 1.0 - (1.0 - soft) * np.float32(damage.bleed)
    return shade


def _grain(shape: tuple[int, int], rng: Random) -> Array:
    tile = np.random.default_rng(rng.getrandbits(32)).standard_normal((_GRAIN, _GRAIN), dtype=np.float32)
    repeats = (shape[0] // _GRAIN + 1, shape[1] // _GRAIN + 1)
    return np.tile(tile, repeats)[: shape[0], : shape[1]]


def _dirt(image: Image.Image, dpi: int, damage: Damage, rng: Random) -> None:
    """Specks, streaks of a dirty feeder, punch holes and the scanner's lid, drawn in place."""
    draw, (width, height) = ImageDraw.Draw(image), image.size
    for _ in range(damage.speckle):
        x, y, r = rng.randrange(width), rng.randrange(height), rng.random() ** 3 * 0.25 * dpi / 25.4
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_gray(image, rng.randint(20, 150)))
    for _ in range(damage.streaks):
        x = rng.randrange(width)
        draw.line(
            (x, 0, x + rng.randint(-3, 3), height),
            fill=_gray(image, rng.randint(120, 215)),
            width=rng.randint(1, 2),
        )
    if damage.holes:
        _punch(draw, image, dpi, rng)
    if damage.border:
        edge = round(damage.border * dpi / 25.4)
        sides = (
            (0, 0, edge, height),
            (width - edge, 0, width, height),
            (0, 0, width, edge),
            (0, height - edge, width, height),
        )
        draw.rectangle(sides[rng.randrange(4)], fill=_gray(image, rng.randint(5, 60)))


def _punch(draw: ImageDraw.ImageDraw, image: Image.Image, dpi: int, rng: Random) -> None:
    x, r, middle = 11 * dpi / 25.4, 3 * dpi / 25.4, image.height / 2 + rng.uniform(-5, 5) * dpi / 25.4
    shade = _gray(image, rng.randint(30, 140))
    for y in (middle - 40 * dpi / 25.4, middle + 40 * dpi / 25.4):
        draw.ellipse((x - r, y - r, x + r, y + r), fill=shade)


def _gray(image: Image.Image, level: int) -> int | tuple[int, int, int]:
    return level if image.mode in ("L", "1") else (level, level, level)


def _through_jpeg(image: Image.Image, quality: int | None) -> Image.Image:
    if quality is None:
        return image
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    stream.seek(0)
    with Image.open(stream) as decoded:
        decoded.load()
        return decoded.copy()
