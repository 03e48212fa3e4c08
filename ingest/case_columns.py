"""The columns of case data: our names, the sync names (MaHoSo …), and how their values are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from records.coverage import VIETNAM
from records.dossier import Channel
from records.vietnamese import folded


@dataclass(frozen=True, slots=True)
class Column:
    """A column of case data."""

    headers: tuple[str, ...]  # besides our own name; compared without marks, case and blanks
    needed: bool = False


COLUMNS: dict[str, Column] = {
    "code": Column(("MaHoSo", "Mã hồ sơ", "Số hồ sơ"), needed=True),
    "procedure": Column(("MaTTHC", "Mã TTHC", "Mã thủ tục", "Mã thủ tục hành chính"), needed=True),
    "unit": Column(("DonViXuLy", "Đơn vị xử lý", "MaDonVi", "Đơn vị"), needed=True),
    "received_at": Column(("NgayTiepNhan", "Ngày tiếp nhận", "Ngày nhận"), needed=True),
    "due_at": Column(("NgayHenTra", "Ngày hẹn trả")),
    "finished_at": Column(("NgayKetThucXuLy", "Ngày kết thúc xử lý", "Ngày xử lý xong")),
    "returned_at": Column(("NgayTra", "Ngày trả", "Ngày trả kết quả")),
    "status": Column(("TrangThaiHoSo", "Trạng thái hồ sơ", "Trạng thái")),
    "channel": Column(("KenhThucHien", "Kênh thực hiện", "Hình thức nộp")),
    "owner": Column(("ChuHoSo", "Chủ hồ sơ", "Người nộp")),
    "components_required": Column(("SoThanhPhanPhaiSoHoa", "Số thành phần phải số hóa")),
    "components": Column(("TaiLieuNop", "ThanhPhanHoSo", "Thành phần hồ sơ", "Thành phần")),
}

FEW = 1024  # different procedures, units or channels in a list of many rows

_CHANNELS = {
    "1": Channel.COUNTER,
    "2": Channel.ONLINE,
    "3": Channel.POST,
    "truc tiep": Channel.COUNTER,
    "truc tuyen": Channel.ONLINE,
    "buu chinh": Channel.POST,
    "counter": Channel.COUNTER,
    "online": Channel.ONLINE,
    "post": Channel.POST,
}
_VIETNAMESE_DAY = re.compile(
    r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?:[ T]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2}))?)?"
)


def column_names(header: Sequence[Any], mapping: Mapping[str, str]) -> dict[str, int]:
    """Our name of each column that is known → its index; the first of two equal headers counts.

    >>> column_names(["MaHoSo", "Ngày tiếp nhận"], {})
    {'code': 0, 'received_at': 1}
    """
    known = _ALIASES | {_key(theirs): ours for theirs, ours in mapping.items()}
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = known.get(_key(str(cell or "")))
        if name is not None and name not in found:
            found[name] = index
    return found


def _key(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", folded(header))


_ALIASES = {_key(alias): name for name, column in COLUMNS.items() for alias in (name, *column.headers)}


def moment_of(untrusted: object, column: str) -> datetime | None:
    """A day or moment, in UTC: a spreadsheet's date, ISO 8601, or 16/12/2021 [08:30]; local time of Viet Nam.

    >>> moment_of("16/12/2021 08:30", "received_at").isoformat()
    '2021-12-16T01:30:00+00:00'

    Raises ValueError, naming the column.
    """
    text = "" if untrusted is None else str(untrusted).strip()
    if not text:
        return None
    try:
        return _written(text)
    except (ValueError, OverflowError):
        raise ValueError(f"{column}: not a date such as 16/12/2021 or 2021-12-16") from None


@lru_cache(maxsize=4096)
def _written(text: str) -> datetime:
    """A list has few days and many rows."""
    found = _VIETNAMESE_DAY.fullmatch(text)
    if found:
        clock = (int(found["H"] or 0), int(found["M"] or 0), int(found["S"] or 0))
        local = datetime(int(found["y"]), int(found["m"]), int(found["d"]), *clock)  # noqa: DTZ001
    else:
        local = datetime.fromisoformat(text)
    return (local if local.tzinfo else local.replace(tzinfo=VIETNAM)).astimezone(UTC)


@lru_cache(maxsize=FEW)
def channel_of(untrusted: str) -> Channel | None:
    """How a dossier came in, by number (1 counter, 2 online, 3 post) or by word; raises ValueError."""
    if not untrusted:
        return None
    key = folded(untrusted)
    for word, channel in _CHANNELS.items():
        if key == word or (len(word) > 1 and word in key):
            return channel
    raise ValueError("channel: not 1 (counter), 2 (online) or 3 (post)")


def count_of(untrusted: object) -> int | None:
    """A count of components; raises ValueError."""
    text = "" if untrusted is None else str(untrusted).strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) > 1000:
        raise ValueError("components_required: not a count")
    return int(text)
