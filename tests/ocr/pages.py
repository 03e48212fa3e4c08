"""Pages drawn for the engines' tests: black print on white, nothing of a real person."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image as PilImage
from PIL import ImageDraw, ImageFont

from ocr.engine import Image

LINES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương",
    "về việc thực hiện thủ tục hành chính",
    "Quyết định này có hiệu lực kể từ ngày ký",
)
_FONTS = (
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def printed(
    lines: tuple[str, ...] = LINES,
    *,
    size: tuple[int, int] = (1240, 900),
    print_size: int = 40,
    colour: tuple[int, int, int] = (20, 20, 20),
) -> Image:
    """An RGB page of `size` (width, height) with lines from the top left, about 200 dpi."""
    page = PilImage.new("RGB", size, (255, 255, 255))
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((100, 100 + number * print_size * 2), line, font=_font(print_size), fill=colour)
    return np.asarray(page, np.uint8)
