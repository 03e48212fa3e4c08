"""Numbers and codes as the papers carry them: dossier codes of both forms, receipts' URLs, dates in words and figures."""

from __future__ import annotations

from datetime import date
from random import Random

PORTALS = (
    "https://hcc.{slug}.gov.vn/portaldvc/KenhTin/tra-cuu.aspx?mahs={code}",
    "https://dichvucong.{slug}.gov.vn/tra-cuu-ho-so?mahs={code}",
    "http://motcua.{slug}.gov.vn/tracuu?mahs={code}",
    "https://dichvucong.gov.vn/p/home/dvc-tra-cuu-ho-so.html?mahs={code}",
)


def dossier_code(
    rng: Random, prefix: str, received: date, unit: int | None = None, old: bool | None = None
) -> str:
    """A dossier code: `000.17.22.H56-210531-0001` (2018 form) or `H58.30-220303-0012` (new form).

    `prefix` is the province ("H58"); `unit` numbers the office inside it.
    """
    unit = rng.randint(10, 45) if unit is None else unit
    old = received.year < 2022 and rng.random() < 0.7 if old is None else old
    office = f"000.{unit:02d}.{rng.choice((0, 16, 22)):02d}.{prefix}" if old else f"{prefix}.{unit}"
    return f"{office}-{received:%y%m%d}-{rng.randint(1, 480):04d}"


def look_up_url(rng: Random, code: str, slug: str) -> str:
    """What the receipt's QR code says: the portal's look-up page with the code as `mahs`."""
    return rng.choice(PORTALS).format(code=code, slug=slug)


def short_date(day: date) -> str:
    """`05/3/2022`: days under 10 and the months 1 and 2 take a zero (Decree 30/2020, annex I)."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def long_date(day: date) -> str:
    """`ngày 05 tháng 3 năm 2022`."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def thousands(number: int) -> str:
    """`1.250.000`, the Vietnamese grouping."""
    return f"{number:,}".replace(",", ".")


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    """A whole number under a billion in words ("một triệu hai trăm năm mươi nghìn").

    >>> in_words(1_250_000)
    'một triệu hai trăm năm mươi nghìn'
    """
    if number == 0:
        return "không"
    parts: list[str] = []
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group, number = divmod(number, size)
        if group:
            parts.append(f"{_hundreds(group, full=bool(parts))} {name}".strip())
    return " ".join(parts)


def _hundreds(group: int, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0 and ones:
        said.append(f"lẻ {_DIGITS[ones]}" if said else _DIGITS[ones])
    elif tens:
        said.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
        if ones:
            said.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 else _DIGITS[ones])
    return " ".join(said)
