"""Lays out lines on a page as an engine would hand them on: words with boxes, for tests without images."""

from __future__ import annotations

from dataclasses import replace

from classify.print_width import units
from records.page import Box, EngineStamp, Line, PageText, Word, turn_back

WIDTH, HEIGHT = 2480, 3508  # A4 at 300 dpi
LEFT, RIGHT = 400, 2230  # margins of the body
SIZE = 56  # of the print, in pixels
PITCH = 66  # from line to line
LEFT_BLOCK, RIGHT_BLOCK = 680, 1680  # middles of the head's two blocks
MIDDLE = (LEFT + RIGHT) // 2
SIGNATURE = 1760

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


class Sheet:
    """A page in the making; every method puts print on it and returns the sheet."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.y = 300

    def at(self, text: str, *, y: int, left: int | None = None, middle: int | None = None, sure: float = 0.96,
           size: int = SIZE) -> Sheet:  # fmt: skip
        """One line of print; `sure` is the confidence of its words."""
        width = round(units(text) * size)
        x = left if left is not None else (middle if middle is not None else MIDDLE) - width // 2
        words = []
        for word in text.split():
            end = x + round(units(word) * size)
            words.append(Word(word, Box(x, y, end, y + size), sure))
            x = end + round(0.26 * size)
        box = Box(words[0].box.x0, y, words[-1].box.x1, y + size)
        self.lines.append(Line(tuple(words), box))
        return self

    def block(self, *texts: str, y: int, middle: int, sure: float = 0.96) -> Sheet:
        """Lines one under the other around the same middle."""
        for index, text in enumerate(texts):
            self.at(text, y=y + index * PITCH, middle=middle, sure=sure)
        return self

    def head(self, *agency: str, number: str | None = None, dated: str | None = None) -> Sheet:
        """The head of Decree 30/2020: agency and number left, motto and date right."""
        self.block(*agency, y=300, middle=LEFT_BLOCK)
        self.block(*MOTTO, y=300, middle=RIGHT_BLOCK)
        below = 300 + max(len(agency), 2) * PITCH + 40
        if number:
            self.at(number, y=below, middle=LEFT_BLOCK)
        if dated:
            self.at(dated, y=below, middle=RIGHT_BLOCK)
        self.y = below + 2 * PITCH
        return self

    def centred(self, *texts: str) -> Sheet:
        self.block(*texts, y=self.y, middle=MIDDLE)
        self.y += len(texts) * PITCH
        return self

    def paragraph(self, *texts: str) -> Sheet:
        """Body: the first line indented, all but the last as wide as the margins."""
        self.y += PITCH // 2
        for index, text in enumerate(texts):
            left = LEFT + (150 if index == 0 else 0)
            self._body(text, left, stretch=index < len(texts) - 1)
            self.y += PITCH
        return self

    def _body(self, text: str, left: int, stretch: bool) -> None:
        self.at(text, y=self.y, left=left)
        if stretch:  # justified: the last word ends at the right margin
            line = self.lines.pop()
            shift = (RIGHT - line.box.x1) / max(1, len(line.words) - 1)
            words = tuple(
                replace(word, box=_moved(word.box, round(shift * index)))
                for index, word in enumerate(line.words)
            )
            self.lines.append(Line(words, Box(line.box.x0, line.box.y0, words[-1].box.x1, line.box.y1)))

    def signed(self, *title: str, name: str, recipients: bool = True) -> Sheet:
        """Recipients at the left, title and name at the right, room for the seal between them."""
        self.y += PITCH
        if recipients:
            self.at("Nơi nhận:", y=self.y, left=LEFT)
            self.at("- Như trên;", y=self.y + PITCH, left=LEFT)
        self.block(*title, y=self.y, middle=SIGNATURE)
        self.y += len(title) * PITCH + 5 * PITCH
        self.at(name, y=self.y, middle=SIGNATURE)
        self.y += PITCH
        return self

    def page(self, rotation: int = 0) -> PageText:
        """The page as stored: `rotation` is the clockwise turn that it needs to stand upright."""
        upright = PageText(WIDTH, HEIGHT, tuple(self.lines), EngineStamp("test", "1"))
        if rotation == 0:
            return upright
        sideways = rotation in (90, 270)
        width, height = (HEIGHT, WIDTH) if sideways else (WIDTH, HEIGHT)
        stored = PageText(width, height, (), upright.engine, rotation)
        lines = tuple(
            Line(
                tuple(replace(w, box=turn_back(w.box, stored)) for w in line.words),
                turn_back(line.box, stored),
            )
            for line in upright.lines
        )
        return replace(stored, lines=lines)


def _moved(box: Box, by: int) -> Box:
    return Box(box.x0 + by, box.y0, box.x1 + by, box.y1)


BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và Luật",
    "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính",
    "quyền địa phương ngày 22 tháng 11 năm 2019 theo Quyết định số 165/QĐ-BTC;",
)


def decision(number: str = "Số: 492/QĐ-UBND", dated: str = "Mỹ Tho, ngày 03 tháng 3 năm 2022") -> Sheet:
    """A whole decision of a city's people's committee."""
    return (
        Sheet()
        .head("ỦY BAN NHÂN DÂN", "THÀNH PHỐ MỸ THO", number=number, dated=dated)
        .centred("QUYẾT ĐỊNH", "Về việc phê duyệt danh sách hộ được hỗ trợ", "xây dựng nhà ở năm 2022")
        .paragraph(*BODY)
        .paragraph(*BODY)
        .signed("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", name="Trần Văn Minh")
    )
