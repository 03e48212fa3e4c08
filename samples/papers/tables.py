"""Lists and annexes: tables with rules, tables without, a landscape list."""

from __future__ import annotations

from samples import codes
from samples.book import Align
from samples.grid import Column, table
from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.particulars import figures
from samples.papers.signing import signing
from samples.people import some_person, words
from samples.sheet import Look


def _annex_head(desk: Desk, heading: str) -> Office:
    """Print what the list is and which paper it belongs to; returns the office that signs it."""
    book, by = desk.book, desk.local_office("committee_district", "committee_commune", "division")
    if desk.chance(0.45):
        letterhead(desk, by, f"DS-{by.symbol}")
    else:
        label = desk.rng.choice(("PHỤ LỤC", "PHỤ LỤC I", "Phụ lục 02", "BIỂU SỐ 01"))
        book.centred([label], book.left, book.right, bold=True)
    title(desk, heading, rule=False)
    number = f"{desk.rng.randint(10, 4000)}/{desk.rng.choice(('QĐ', 'KH', 'BC', 'TTr'))}-{by.symbol}"
    kind = {"QĐ": "Quyết định", "KH": "Kế hoạch", "BC": "Báo cáo", "TTr": "Tờ trình"}[
        number.split("/")[1].split("-")[0]
    ]
    book.skip(-4)
    small = Look(book.look.family, book.look.size - 1.5, book.look.ink)
    reference = f"(Kèm theo {kind} số {number} {codes.long_date(desk.day)} của {by.spoken})"
    book.paragraph(reference, "center", after=0.0, look=small, italic=True)
    book.skip(3)
    desk.extras["annex_to"] = number
    desk.fields["subject"] = heading
    return by


def _people_rows(desk: Desk, count: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number in range(1, count + 1):
        one = some_person(desk.rng, desk.home)
        money = codes.thousands(desk.rng.randint(2, 40) * 90_000)
        rows.append((str(number), one.name, figures(one.born), one.id_no, one.address.split(",")[0], money))
    return rows


_PEOPLE_HEAD = ("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Địa chỉ", "Số tiền (đồng)")


def _people_columns(width: float) -> tuple[Column, ...]:
    shares: tuple[tuple[float, Align], ...] = (
        (0.07, "center"),
        (0.24, "left"),
        (0.14, "center"),
        (0.19, "center"),
        (0.2, "left"),
        (0.16, "right"),
    )
    return tuple(Column(width * share, align) for share, align in shares)


_HEADINGS = (
    "DANH SÁCH ĐỐI TƯỢNG ĐƯỢC HƯỞNG TRỢ CẤP XÃ HỘI",
    "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ",
    "DANH SÁCH ĐỀ NGHỊ CÔNG NHẬN HÒA GIẢI VIÊN",
    "DANH SÁCH TRẺ EM ĐƯỢC HỖ TRỢ ĂN TRƯA",
    "DANH SÁCH CÔNG DÂN KHÁM SỨC KHỎE NGHĨA VỤ QUÂN SỰ",
)


_SUMMARIES = (
    "KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    "KINH PHÍ THỰC HIỆN CHÍNH SÁCH",
    "TÌNH HÌNH SỐ HÓA HỒ SƠ",
)


def ruled_list(desk: Desk) -> None:
    """A list of people in a table with rules."""
    _list(desk, rules=True, count=desk.rng.randint(5, 24))


def open_list(desk: Desk) -> None:
    """The same without any rules."""
    _list(desk, rules=False, count=desk.rng.randint(5, 20))


def landscape_list(desk: Desk) -> None:
    """A wide table on a page turned sideways (297 × 210 mm)."""
    by = _annex_head(desk, f"TỔNG HỢP {desk.rng.choice(_SUMMARIES)}")
    rng, book = desk.rng, desk.book
    width = book.right - book.left
    head = (
        "STT",
        "Đơn vị",
        "Tổng số tiếp nhận",
        "Trực tuyến",
        "Trực tiếp",
        "Kỳ trước",
        "Đã giải quyết",
        "Trước hạn",
        "Đúng hạn",
        "Quá hạn",
        "Tỷ lệ (%)",
    )
    shares = (0.05, 0.2, *((0.75 / 9,) * 9))
    columns = [
        Column(width * share, "left" if index == 1 else "center") for index, share in enumerate(shares)
    ]
    rows: list[tuple[str, ...]] = [head]
    for number in range(1, rng.randint(7, 15)):
        online, direct, before = rng.randint(10, 900), rng.randint(10, 900), rng.randint(0, 60)
        early, late = rng.randint(5, online + direct - 10), rng.randint(0, 4)
        exact = rng.randint(0, online + direct - early)
        done = early + exact + late
        rate = f"{100 * (early + exact) / done:.2f}".replace(".", ",")
        name = rng.choice(words("units")["unit"])["name"]
        rows.append(
            (
                str(number),
                name,
                codes.thousands(online + direct + before),
                str(online),
                str(direct),
                str(before),
                codes.thousands(done),
                str(early),
                str(exact),
                str(late),
                rate,
            )
        )
    table(book, columns, rows, look=Look(book.look.family, 11.0, book.look.ink))
    signing(desk, by, None)


def _list(desk: Desk, rules: bool, count: int) -> None:
    by = _annex_head(desk, desk.rng.choice(_HEADINGS))
    book = desk.book
    rows = [_PEOPLE_HEAD, *_people_rows(desk, count)]
    table(
        book,
        _people_columns(book.right - book.left),
        rows,
        rules=rules,
        look=Look(book.look.family, 11.5, book.look.ink),
    )
    total = f"Tổng cộng danh sách có {count:02d} người./."
    book.paragraph(total, "left", italic=True)
    if desk.chance(0.7):
        signing(desk, by, None)
