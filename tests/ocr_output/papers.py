"""Small papers for these tests, with the words on them known: drawn text, a red seal, a signature, pale print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from ocr.pdfa import PdfMetadata
from records.fixity import Fixity
from records.ids import DossierCode
from records.page import Box, EngineStamp, Line, PageText, Word, turn_back, union

STAMP = EngineStamp("fixed", "1.0", {"lang": "vie", "ghi chú": "thử"})
ROWS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 492/QĐ-UBND",
    "Căn cứ Luật Tổ chức chính quyền địa phương và đề nghị của Trưởng phòng",
    "ở đây có chữ một ký tự: Ộ ễ ữ ặ ỵ Đ đ ơ ư",
    "Nguyễn Thị Hường, phường Đạo Thạnh, thành phố Mỹ Tho",
)
_FONTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)


def font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A face with Vietnamese letters where there is one; the tests do not read the shapes."""
    found = next((path for path in _FONTS if Path(path).exists()), None)
    return ImageFont.truetype(found, size) if found else ImageFont.load_default(size)


def metadata(title: str = "Quyết định 492/QĐ-UBND <thử> & “kiểm tra”") -> PdfMetadata:
    return PdfMetadata(
        title=title,
        created=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
        engine=STAMP,
        masters=(Fixity.of(b"a page"),),
        dossier=DossierCode("H58.30-220303-0012"),
    )


def paper(
    rows: Sequence[str] = ROWS, *, dpi: int = 150, rotation: int = 0, skew: float = 0.0
) -> tuple[Image.Image, PageText]:
    """An A4 page with these rows, and its words; turned so that `rotation` degrees clockwise set it upright."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("RGB", (width, height), (253, 252, 248))
    draw = ImageDraw.Draw(image)
    lines = [_draw_row(draw, row, number, dpi, skew) for number, row in enumerate(rows)]
    text = PageText(width, height, tuple(lines), STAMP, 0, dpi)
    return image.rotate(rotation, expand=True), turned(text, rotation)


def _draw_row(draw: ImageDraw.ImageDraw, row: str, number: int, dpi: int, skew: float) -> Line:
    face, blank = font(dpi * 14 / 72), dpi * 4 / 72
    x, words = dpi * 0.8, []
    for word in row.split():
        y = dpi * (1.0 + 0.4 * number) + math.tan(math.radians(skew)) * x
        x0, y0, x1, y1 = draw.textbbox((x, y), word, font=face)
        draw.text((x, y), word, font=face, fill=(25, 25, 30))
        words.append(Word(word, Box(int(x0), int(y0), math.ceil(x1), math.ceil(y1)), 0.5 + number / 20))
        x = x1 + blank
    return Line(tuple(words), union([word.box for word in words]), number // 2)


def turned(text: PageText, rotation: int) -> PageText:
    """The words of an upright page as they lie in the image before it is turned upright."""
    sideways = rotation in (90, 270)
    width, height = (text.height, text.width) if sideways else (text.width, text.height)
    stored = PageText(width, height, (), text.engine, rotation, text.dpi)
    lines = tuple(
        Line(
            tuple(Word(word.text, turn_back(word.box, stored), word.confidence) for word in line.words),
            turn_back(line.box, stored),
            line.block,
        )
        for line in text.lines
    )
    return PageText(width, height, lines, text.engine, rotation, text.dpi)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def signed(pdf: bytes, *, compressed: bool = True) -> bytes:
    """The PDF with a signature field and a value as a signing program lays it out (its bytes are not a true one)."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"\x30" * 64)
        value.ByteRange = Array([0, 111111, 222222, 333333])
        field = Dictionary(FT=Name.Sig, T="Signature1", V=opened.make_indirect(value))
        opened.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([opened.make_indirect(field)]))
        file = BytesIO()
        mode = pikepdf.ObjectStreamMode.generate if compressed else pikepdf.ObjectStreamMode.disable
        opened.save(file, object_stream_mode=mode, compress_streams=False)
    if (
        compressed
    ):  # a signing program never puts the value into an object stream, where it could not be covered
        return (
            file.getvalue()
            + b"\n9 0 obj <</Type/Sig/Contents<3030>/ByteRange[0 840 960 240]       >> endobj\n"
        )
    return file.getvalue()
