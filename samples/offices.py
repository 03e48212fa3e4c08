"""Offices that issue papers: how they call themselves in a header, in a number, in a sentence and over a signature."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from samples.people import Commune, some_commune

# spoken name, symbol, units that draft letters
DEPARTMENTS = (
    ("Sở Tài chính", "STC", ("QLNS", "HCSN", "VP")),
    ("Sở Nội vụ", "SNV", ("CCVC", "TCBC", "VP")),
    ("Sở Tư pháp", "STP", ("HCTP", "XDKT&TDTHPL", "VP")),
    ("Sở Xây dựng", "SXD", ("QLXD", "QHKT", "TTr")),
    ("Sở Giao thông vận tải", "SGTVT", ("QLVT", "KCHT", "VP")),
    ("Sở Tài nguyên và Môi trường", "STNMT", ("QLĐĐ", "CCBVMT", "VP")),
    ("Sở Y tế", "SYT", ("NVY", "TCCB", "VP")),
    ("Sở Giáo dục và Đào tạo", "SGDĐT", ("GDTrH", "TCCB", "KHTC")),
    ("Sở Lao động - Thương binh và Xã hội", "SLĐTBXH", ("BTXH", "NCC", "VP")),
    ("Sở Thông tin và Truyền thông", "STTTT", ("CNTT&BCVT", "TTBCXB", "VP")),
    ("Sở Nông nghiệp và Phát triển nông thôn", "SNN&PTNT", ("KHTC", "CCTT&BVTV", "VP")),
    ("Sở Kế hoạch và Đầu tư", "SKH&ĐT", ("ĐKKD", "THQH", "KTĐN")),
    ("Sở Công Thương", "SCT", ("QLTM", "QLCN", "VP")),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", ("QLVH", "QLDL", "VP")),
)
DIVISIONS = (
    ("Phòng Nội vụ", "NV"),
    ("Phòng Tư pháp", "TP"),
    ("Phòng Tài chính - Kế hoạch", "TCKH"),
    ("Phòng Tài nguyên và Môi trường", "TNMT"),
    ("Phòng Lao động - Thương binh và Xã hội", "LĐTBXH"),
    ("Phòng Văn hóa và Thông tin", "VHTT"),
    ("Phòng Giáo dục và Đào tạo", "GDĐT"),
    ("Phòng Quản lý đô thị", "QLĐT"),
    ("Phòng Kinh tế", "KT"),
    ("Phòng Kinh tế và Hạ tầng", "KTHT"),
    ("Phòng Y tế", "YT"),
)
MINISTRIES = (
    ("Bộ Tài chính", "BTC", ("QLGCS", "HCSN", "ĐT")),
    ("Bộ Nội vụ", "BNV", ("CCHC", "CQĐP", "VTLTNN")),
    ("Bộ Tư pháp", "BTP", ("HTQTCT", "PLHSHC")),
    ("Bộ Xây dựng", "BXD", ("HĐXD", "QLN")),
    ("Bộ Tài nguyên và Môi trường", "BTNMT", ("TCQLĐĐ", "PC")),
    ("Bộ Thông tin và Truyền thông", "BTTTT", ("CĐSQG", "THH")),
    ("Bộ Giáo dục và Đào tạo", "BGDĐT", ("GDTrH", "QLCL")),
    ("Bộ Y tế", "BYT", ("KCB", "DP")),
    ("Bộ Lao động - Thương binh và Xã hội", "BLĐTBXH", ("CBTXH", "NCC")),
)
COUNCIL_UNITS = ("VP", "NC", "KTTH", "NĐ", "TTHC", "KGVX", "CNXD", "NNTN", "KSTTHC", "NL", "ĐTĐT")

KINDS = (
    "committee_province",
    "committee_district",
    "committee_commune",
    "department",
    "division",
    "ministry",
)


@dataclass(frozen=True)
class Office:
    """An issuing body. `lines` is its name in a header, `parent` what stands above in plain type."""

    kind: str
    spoken: str
    area: str
    home: Commune
    symbol: str
    units: tuple[str, ...]
    parent: tuple[str, ...]
    lines: tuple[str, ...]
    head: str
    deputy: str
    place: str

    @property
    def authority(self) -> str:
        """The issuing authority as the header says it, in one line."""
        return " ".join(self.lines)

    @property
    def committee(self) -> bool:
        """Whether it is a people's committee."""
        return self.kind.startswith("committee")

    @property
    def head_spoken(self) -> str:
        """Its head inside a sentence ("Giám đốc Sở Tài chính")."""
        title = {
            "CHỦ TỊCH": "Chủ tịch",
            "GIÁM ĐỐC": "Giám đốc",
            "TRƯỞNG PHÒNG": "Trưởng",
            "BỘ TRƯỞNG": "Bộ trưởng",
        }[self.head]
        return f"{title} {self.spoken[0].lower() + self.spoken[1:] if title == 'Trưởng' else self.spoken}"

    def letter_symbol(self, rng: Random) -> str:
        """What stands after the number of a letter (`UBND-VP`, `STTTT-CNTT&BCVT`, `TNMT`)."""
        if not self.units or rng.random() < 0.06:
            return self.symbol
        return f"{self.symbol}-{rng.choice(self.units)}"

    def some_commune(self, rng: Random) -> Commune:
        """A commune that this office may write about."""
        if self.kind == "committee_commune":
            return self.home
        district = self.home.district if self.kind in ("committee_district", "division") else None
        return some_commune(rng, self.home.province, district)


def some_office(
    rng: Random, province: str | None = None, kinds: tuple[str, ...] = KINDS, home: Commune | None = None
) -> Office:
    """Any office of these kinds, in the province (or exactly the commune `home`) when given."""
    return office(rng, rng.choice(kinds), home or some_commune(rng, province))


def office(rng: Random, kind: str, home: Commune) -> Office:
    """An office of this kind whose area holds `home`."""
    if kind.startswith("committee"):
        return _committee(rng, kind, home)
    if kind == "department":
        return _department(rng, home)
    if kind == "division":
        return _division(rng, home)
    ministry, symbol, units = rng.choice(MINISTRIES)
    lines = _halves(ministry)
    return Office(
        kind, ministry, "cả nước", home, symbol, units, (), lines, "BỘ TRƯỞNG", "THỨ TRƯỞNG", "Hà Nội"
    )


def _department(rng: Random, home: Commune) -> Office:
    spoken, symbol, units = rng.choice(DEPARTMENTS)
    area, place = home.province, home.province_short
    parent: tuple[str, ...] = (f"UBND {area.upper()}",) if rng.random() < 0.8 else _committee_lines(area)
    lines, head = _halves(spoken), ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    return Office("department", spoken, area, home, symbol, units, parent, lines, *head, place)


def _division(rng: Random, home: Commune) -> Office:
    spoken, symbol = rng.choice(DIVISIONS)
    area = home.district
    parent: tuple[str, ...] = (f"UBND {area.upper()}",) if rng.random() < 0.7 else _committee_lines(area)
    lines, head = _halves(spoken), ("TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")
    return Office("division", spoken, area, home, symbol, (), parent, lines, *head, home.seat)


def _committee(rng: Random, kind: str, home: Commune) -> Office:
    area = {
        "committee_province": home.province,
        "committee_district": home.district,
        "committee_commune": home.name,
    }[kind]
    place = {"committee_province": home.province_short, "committee_district": home.seat}.get(
        kind, _bare(home.name)
    )
    lines = _committee_lines(area, rng.choice(("ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN")))
    parent: tuple[str, ...] = ()
    if kind == "committee_commune" and rng.random() < 0.35:
        parent = (f"UBND {home.district.upper()}",)
    units = COUNCIL_UNITS if kind != "committee_commune" else ("VP", "TP", "ĐC")
    return Office(
        kind,
        f"Ủy ban nhân dân {area}",
        area,
        home,
        "UBND",
        units,
        parent,
        lines,
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        place,
    )


def _committee_lines(area: str, name: str = "ỦY BAN NHÂN DÂN") -> tuple[str, ...]:
    return (name, area.upper())


def _halves(spoken: str) -> tuple[str, ...]:
    """A long name in two header lines, a short one in one."""
    words = spoken.upper().split()
    if len(words) <= 4:
        return (" ".join(words),)
    middle = (len(words) + 1) // 2
    if words[middle - 1] in ("-", "VÀ"):
        middle -= 1
    return (" ".join(words[:middle]), " ".join(words[middle:]))


def _bare(commune: str) -> str:
    """The place of a commune's papers: "Mỹ Phong", but "Phường 1" for numbered wards."""
    kind, _, name = commune.partition(" ")
    if kind == "thị":
        return commune.removeprefix("thị trấn ")
    return commune[0].upper() + commune[1:] if name.isdigit() else name
