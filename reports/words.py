"""The Vietnamese words of the forms, and how their cells are written."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from records.coverage import VIETNAM, Grouping, Rate
from records.report import Cell, Line, LineKind, Note, Report, ReportKind

SYMBOLS = {
    ReportKind.II_06A: "Biểu số II.06a/VPCP/KSTT",
    ReportKind.DIGITIZATION: "Biểu tổng hợp số hóa",
    ReportKind.INDICATORS: "Bộ chỉ số theo Quyết định số 766/QĐ-TTg",
    ReportKind.COVERAGE: "Bảng tỷ lệ số hóa",
}
TITLES = {
    ReportKind.II_06A: "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    ReportKind.DIGITIZATION: "TÌNH HÌNH SỐ HÓA HỒ SƠ, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH THEO ĐƠN VỊ",
    ReportKind.INDICATORS: "CÁC CHỈ TIÊU SỐ HÓA HỒ SƠ",
    ReportKind.COVERAGE: "TỶ LỆ SỐ HÓA HỒ SƠ, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
}
GROUPINGS = {
    Grouping.UNIT: "đơn vị",
    Grouping.AGENCY: "cơ quan",
    Grouping.PROCEDURE: "thủ tục",
    Grouping.DOMAIN: "lĩnh vực",
    Grouping.LEVEL: "cấp",
    Grouping.CHANNEL: "hình thức nộp",
    Grouping.STATION: "máy quét",
    Grouping.OFFICER: "cán bộ",
    Grouping.MONTH: "tháng",
    Grouping.WEEK: "tuần",
    Grouping.UNIT_MONTH: "đơn vị và tháng",
}
LEVELS = {
    "central": "Cấp trung ương",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}
CHANNELS = {"counter": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính công ích"}
NOTES = {
    "without_due_date": "{} hồ sơ không có ngày hẹn trả được tính là đúng hạn, trong hạn.",
    "not_accepted": "{} hồ sơ mới đăng ký hoặc không được tiếp nhận không tính vào biểu này.",
    "certification": "{} hồ sơ chứng thực, không thuộc phạm vi số hóa, vẫn được tính trong biểu này.",
}
RATES = {
    "in_time": "Tỷ lệ giải quyết trước hạn và đúng hạn",
    "late": "Tỷ lệ giải quyết quá hạn",
}
UNIT_OF_COUNT = "Đơn vị tính: hồ sơ thủ tục hành chính"
TOTAL, UNKNOWN_DOMAIN, UNKNOWN = "Tổng số", "Lĩnh vực chưa xác định", "Chưa xác định"
MAPPED = "Số liệu quy về đơn vị hành chính hiện nay."
NOT_AVAILABLE, NOT_GIVEN = "N/A", "–"
FINGERPRINT = "Dấu vân tay"
LEFT_SIGNATURE = ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)")
RIGHT_SIGNATURE = ("THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)")
BLANK = "………………………………"  # where no one unit stands above all that are counted
PLACE_AND_DATE = "…………, ngày …… tháng …… năm ………"


def period_line(report: Report) -> str:
    first, last = report.request.period.first, report.request.period.last
    return f"Kỳ báo cáo: từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}"


def broken_down_line(report: Report) -> str:
    """By what a coverage table is broken down; empty for the statutory forms, whose layout says it."""
    by = report.request.by
    return f"Chia theo {GROUPINGS[by]}" if by else ""


def issuer_line(report: Report) -> str:
    return f"Đơn vị báo cáo: {report.unit_name or BLANK}"


def as_of_line(report: Report) -> str:
    return f"Số liệu tính đến {local(report.request.as_of)}"


def note_lines(report: Report) -> list[str]:
    """What a reader must know about the figures, a sentence each."""
    found = [rate_line(name, rate) for name, rate in report.rates]
    found += [note_line(note) for note in report.notes]
    return [MAPPED, *found] if report.request.mapped else found


def rate_line(name: str, rate: Rate) -> str:
    """A rate with its fraction beside it."""
    return f"{RATES[name]}: {shown(rate)} ({whole(rate.numerator)}/{whole(rate.denominator)})."


def note_line(note: Note) -> str:
    return NOTES[note.code].format(whole(note.count))


def fingerprint_line(report: Report) -> str:
    return f"{FINGERPRINT} (SHA-256): {report.fingerprint}"


def local(moment: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> local(datetime(2022, 11, 30, 17, 5, tzinfo=UTC))
    '00:05:00 ngày 01/12/2022'
    """
    return f"{moment.astimezone(VIETNAM):%H:%M:%S ngày %d/%m/%Y}"


def whole(number: int) -> str:
    """
    >>> whole(20742)
    '20.742'
    """
    return f"{number:,}".replace(",", ".")


def shown(cell: Cell) -> str:
    """A cell as a Vietnamese reader writes it.

    >>> shown(Rate(20255, 20325)), shown(Rate(0, 0)), shown(None), shown(Decimal("3.50"))
    ('99,66 %', 'N/A', '–', '3,50')
    """
    if isinstance(cell, Rate):
        percent = cell.percent()
        return NOT_AVAILABLE if percent is None else f"{percent:.2f} %".replace(".", ",")
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    if cell is None:
        return NOT_GIVEN
    return whole(cell) if isinstance(cell, int) else cell


def named(line: Line, place: int, by: Grouping | None = None) -> tuple[Cell, ...]:
    """A line's cells with the words for its kind in the cell for the name."""
    name = line.cells[place]
    if line.kind is LineKind.TOTAL:
        name = TOTAL
    elif line.kind is LineKind.SECTION:
        name = LEVELS.get(str(name), str(name))
    elif by is not None:
        name = _NAMED.get(by, {}).get(str(name), UNKNOWN if name == "?" else name)
    elif name == "?":
        name = UNKNOWN_DOMAIN
    return (*line.cells[:place], name, *line.cells[place + 1 :])


def body(report: Report) -> list[tuple[Line, tuple[Cell, ...]]]:
    """Every line with its cells as the form shows them; the total stands last, as in the forms."""
    place = [column.key for column in report.columns].index("name")
    return [(line, named(line, place, report.request.by)) for line in report.lines]


_NAMED = {Grouping.LEVEL: LEVELS, Grouping.CHANNEL: CHANNELS}
