"""One sheet of paper being printed: draws words, rules and images on it and remembers where every word stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from samples import fonts, handwriting
from samples.markup import Piece, Token
from samples.truth import Box, Line, Overlay, Word

MM_PER_INCH = 25.4
A4 = (210.0, 297.0)
A4_LANDSCAPE = (297.0, 210.0)


@dataclass(frozen=True)
class Look:
    """A text style: family of `fonts.FAMILIES`, size in points; bold and italic are the mark-up's business."""

    family: str
    size: float
    ink: tuple[int, int, int] = (18, 18, 20)


class Sheet:
    """A white page of `size_mm` at `dpi`; x and y are millimetres from the top left corner, y of text is its base line."""

    def __init__(self, size_mm: tuple[float, float], dpi: int, rng: Random, pen: handwriting.Pen) -> None:
        self.size_mm, self.dpi, self.rng, self.pen = size_mm, dpi, rng, pen
        self.image = Image.new("RGB", (self.px(size_mm[0]), self.px(size_mm[1])), "white")
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[Line] = []
        self.overlays: list[Overlay] = []

    def px(self, mm: float) -> int:
        """Millimetres to whole pixels."""
        return round(mm * self.dpi / MM_PER_INCH)

    def mm(self, pixels: float) -> float:
        """Pixels to millimetres."""
        return pixels * MM_PER_INCH / self.dpi

    def face(self, look: Look, piece: Piece) -> ImageFont.FreeTypeFont:
        """The font of a piece at this sheet's resolution."""
        return fonts.face(look.family, max(4, round(look.size * self.dpi / 72)), piece.bold, piece.italic)

    def blank(self, look: Look) -> float:
        """The width of a blank in millimetres."""
        return self.mm(self.face(look, Piece(" ", False, False, False)).getlength(" "))

    def width(self, token: Token, look: Look) -> float:
        """How long a word is, in millimetres."""
        return self.mm(sum(self._piece_width(piece, look) for piece in token.pieces))

    def _piece_width(self, piece: Piece, look: Look) -> float:
        if piece.pen:
            return handwriting.width(piece.text, self._pen_height(look), self.pen)
        return _length(self.face(look, piece), piece.text)

    def _pen_height(self, look: Look) -> float:
        return look.size * self.dpi / 72 * (0.95 if self.pen.script else 0.82)

    def words(self, placed: list[tuple[Token, float]], y: float, look: Look) -> None:
        """Print one line: words with the x of their left end, all on the base line `y`."""
        drawn = tuple(self._word(token, x, y, look) for token, x in placed)
        if drawn:
            self.lines.append(Line(drawn))

    def _word(self, token: Token, x: float, y: float, look: Look) -> Word:
        left, base, box = x * self.dpi / MM_PER_INCH, self.px(y), None
        for piece in token.pieces:
            part = self._piece(piece, left, base, look)
            box = part if box is None else box.union(part)
            left += self._piece_width(piece, look)
        assert box is not None
        return Word(token.text, box, token.pen, token.tags)

    def _piece(self, piece: Piece, left: float, base: int, look: Look) -> Box:
        if piece.pen:
            lift = self.rng.uniform(-0.04, 0.12) * look.size * self.dpi / 72
            return handwriting.write(
                self.draw, piece.text, (left, base - lift), self._pen_height(look), self.pen, self.rng
            )
        face = self.face(look, piece)
        at = (round(left), base)
        self.draw.text(at, piece.text, font=face, fill=look.ink, anchor="ls")
        return Box(*_ink(face, piece.text)).moved(*at)

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, thickness: float = 0.25, ink: int = 30
    ) -> None:
        """A straight printed line; thickness in millimetres."""
        line = (self.px(x0), self.px(y0), self.px(x1), self.px(y1))
        self.draw.line(line, fill=(ink, ink, ink), width=max(1, self.px(thickness)))

    def dots(self, x0: float, x1: float, y: float, look: Look) -> None:
        """A dotted leader to write on; it is part of the form, no text."""
        face = self.face(look, Piece(".", False, False, False))
        count = int((x1 - x0) / self.mm(face.getlength(".")))
        if count > 0:
            self.draw.text((self.px(x0), self.px(y)), "." * count, font=face, fill=look.ink, anchor="ls")

    def paste(self, picture: Image.Image, x: float, y: float, kind: str, text: str = "") -> None:
        """Lay an opaque picture (bar code, QR code, photo) with its top left corner at (x, y)."""
        at = (self.px(x), self.px(y))
        self.image.paste(picture, at)
        self.note(kind, Box(*at, at[0] + picture.width, at[1] + picture.height), text)

    def note(self, kind: str, box: Box, text: str = "") -> None:
        """Remember an overlay."""
        self.overlays.append(Overlay(kind, box, text))


@lru_cache(maxsize=20_000)
def _length(face: ImageFont.FreeTypeFont, text: str) -> float:
    return face.getlength(text)


@lru_cache(maxsize=20_000)
def _ink(face: ImageFont.FreeTypeFont, text: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = face.getbbox(text, anchor="ls")
    return int(left), int(top), max(int(left) + 1, round(right)), max(int(top) + 1, round(bottom))
