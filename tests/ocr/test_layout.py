"""The reading order of hand-made pages: every line is 20 pixels high."""

from ocr.layout import reading_order
from ocr.reading import LineBox
from ocr.rules import Rule, Rules, cut_at_rules, framed


def line(x0: float, x1: float, y: float) -> LineBox:
    return LineBox(x0, y, x1, y + 20)


def order(lines: dict[str, LineBox], rules: Rules = Rules()) -> list[str]:  # noqa: B008 -- frozen and empty
    names = list(lines)
    blocks = reading_order(list(lines.values()), rules, names)
    return [" ".join(names[i] for i in row) for block in blocks for row in block]


def test_a_letter_head_is_read_agency_first_then_motto() -> None:
    head = {
        "CỘNG HÒA": line(500, 900, 0),
        "ỦY BAN": line(50, 300, 0),
        "Độc lập": line(550, 850, 30),
        "TỈNH": line(80, 280, 30),
        "ngày": line(560, 860, 72),
        "Số": line(90, 270, 70),
        "QUYẾT ĐỊNH": line(300, 640, 130),
    }
    assert order(head) == ["ỦY BAN", "TỈNH", "Số", "CỘNG HÒA", "Độc lập", "ngày", "QUYẾT ĐỊNH"]


def test_receivers_come_before_a_signature_that_begins_higher() -> None:
    foot = {
        "last words of the text, over the whole width": line(50, 900, 0),
        "CHỦ TỊCH": line(600, 800, 60),
        "Nơi nhận:": line(50, 150, 85),
        "- Như trên;": line(50, 160, 110),
        "- Lưu: VT": line(50, 150, 135),
        "Nguyễn An": line(590, 810, 240),
    }
    assert order(foot)[1:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT", "CHỦ TỊCH", "Nguyễn An"]


def test_a_form_in_two_columns_is_read_row_by_row() -> None:
    form = {
        "Giới tính: Nam": line(50, 300, 0),
        "Sinh ngày: 5/2": line(500, 800, 0),
        "Dân tộc: Kinh": line(50, 290, 30),
        "Quốc tịch: VN": line(500, 790, 30),
    }
    assert order(form) == ["Giới tính: Nam Sinh ngày: 5/2", "Dân tộc: Kinh Quốc tịch: VN"]


def test_a_ruled_table_is_read_cell_by_cell_along_its_rows() -> None:
    upright = tuple(Rule(x, 0, 120) for x in (0, 100, 400, 600))
    level = tuple(Rule(y, 0, 600) for y in (0, 40, 120))
    table = {
        "STT": line(20, 80, 10),
        "Tên": line(150, 300, 10),
        "Số": line(450, 550, 10),
        "1": line(40, 60, 60),
        "Giấy": line(110, 380, 50),
        "phép": line(110, 300, 80),
        "02": line(450, 500, 70),
    }
    assert order(table, Rules(upright, level)) == ["STT", "Tên", "Số", "1", "Giấy", "phép", "02"]


def test_a_line_over_a_table_rule_is_cut() -> None:
    rules = Rules((Rule(100, 0, 200),), ())
    cut = cut_at_rules([line(10, 300, 50)], rules)
    assert [(round(box.x0), round(box.x1)) for box in cut] == [(10, 98), (102, 300)]


def test_a_rule_that_ends_inside_a_line_does_not_cut_it() -> None:
    rules = Rules((Rule(100, 60, 75),), ())
    assert len(cut_at_rules([line(10, 300, 50)], rules)) == 1


def test_a_page_without_lines_has_no_blocks() -> None:
    assert reading_order([], Rules()) == []


def test_a_title_above_signatures_without_receivers_is_read_before_them() -> None:
    form = {
        "Mỹ Tho, ngày 5": line(500, 800, 0),
        "NGƯỜI NỘP": line(50, 250, 40),
        "NGƯỜI NHẬN": line(550, 760, 40),
        "Trần An": line(80, 220, 160),
        "Lê Bình": line(580, 730, 160),
    }
    assert order(form) == ["Mỹ Tho, ngày 5", "NGƯỜI NỘP", "Trần An", "NGƯỜI NHẬN", "Lê Bình"]


def test_a_page_number_is_not_drawn_into_the_signature_below_it() -> None:
    page = {
        "2": line(450, 460, 0),
        "TM. ỦY BAN": line(600, 800, 50),
        "Nơi nhận:": line(50, 150, 75),
        "- Lưu": line(50, 120, 100),
    }
    assert order(page) == ["2", "Nơi nhận:", "- Lưu", "TM. ỦY BAN"]


def test_close_lines_share_a_block_and_distant_ones_do_not() -> None:
    boxes = [line(50, 900, 0), line(50, 880, 28), line(50, 900, 90)]
    assert reading_order(boxes, Rules()) == [[[0], [1]], [[2]]]


def test_a_scanner_streak_through_a_table_is_no_rule() -> None:
    level = [Rule(100, 0, 600), Rule(200, 0, 600)]
    assert framed(Rule(300, 98, 203), level, 20)
    assert not framed(Rule(300, 0, 900), level, 20)
    assert not framed(Rule(300, 110, 190), level[:1], 20)


def test_a_head_with_a_narrow_gutter_is_still_two_columns() -> None:
    head = {
        "UBND THÀNH PHỐ LONG XUYÊN": line(20, 496, 0),
        "CỘNG HÒA XÃ HỘI": line(502, 900, 0),
        "PHÒNG TÀI CHÍNH": line(100, 400, 28),
        "Độc lập": line(600, 850, 29),
    }
    assert order(head) == ["UBND THÀNH PHỐ LONG XUYÊN", "PHÒNG TÀI CHÍNH", "CỘNG HÒA XÃ HỘI", "Độc lập"]


def test_the_border_of_a_certificate_is_no_table() -> None:
    upright = tuple(Rule(x, 0, 400) for x in (0, 60, 840, 900))
    level = tuple(Rule(y, 0, 900) for y in (0, 400))
    certificate = {
        "GIẤY CHỨNG NHẬN": line(250, 640, 60),
        "Năm sinh: 1979": line(100, 300, 120),
        "Số định danh: 1": line(480, 700, 120),
        "Nơi cư trú: một nơi, một phố": line(100, 780, 150),
    }
    found = order(certificate, Rules(upright, level))
    assert found[1:] == ["Năm sinh: 1979 Số định danh: 1", "Nơi cư trú: một nơi, một phố"]


def test_a_stamp_in_the_margin_makes_no_column_of_the_text_beside_it() -> None:
    page = {
        "ĐẾN": line(0, 40, 30),
        "Một dòng dài, hết cả bề rộng trang giấy": line(100, 900, 30),
        "hai dòng dài, hết cả bề rộng trang giấy": line(100, 900, 60),
        "Nơi nhận:": line(100, 200, 100),
        "TM. ỦY BAN": line(600, 860, 100),
        "- Như trên;": line(100, 220, 125),
        "- Lưu: VT": line(100, 200, 150),
        "Nguyễn An": line(640, 840, 200),
    }
    assert order(page)[2:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT", "TM. ỦY BAN", "Nguyễn An"]


def test_a_line_over_the_whole_width_ends_the_row_of_a_form() -> None:
    form = {
        "Giới tính: Nữ": line(50, 250, 0),
        "Dân tộc: Tày": line(380, 560, 0),
        "Quốc tịch: Việt Nam": line(700, 900, 0),
        "Nơi sinh: một nơi xa ở cuối": line(50, 600, 30),
    }
    assert order(form) == [
        "Giới tính: Nữ Dân tộc: Tày Quốc tịch: Việt Nam",
        "Nơi sinh: một nơi xa ở cuối",
    ]
