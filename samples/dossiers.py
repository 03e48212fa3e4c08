"""A made-up list of dossiers of the example city, as the provincial system would export it, under the sync names."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from samples.people import some_commune, some_day, some_person, words
from samples.procedures import Procedure, some_procedure

PROVINCE, DISTRICT, PREFIX, CITY = "tỉnh Tiền Giang", "thành phố Mỹ Tho", "H58", 30

COLUMNS = (
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "LinhVuc",
    "ChuHoSo",
    "SoDinhDanh",
    "DiaChi",
    "NgayTiepNhan",
    "NgayHenTra",
    "NgayKetThucXuLy",
    "NgayTra",
    "TrangThaiHoSo",
    "KenhThucHien",
    "DonViXuLy",
    "MaDonVi",
)

# The states of the national sync: 2 received, 4 in process, 5 more papers asked, 9 done, 10 result handed out
_OPEN_STATES = ("2", "4", "4", "5")


def make_dossiers(
    seed: int,
    count: int,
    *,
    first: date = date(2021, 12, 16),
    last: date = date(2022, 11, 30),
    resolved: float = 0.9,
) -> list[dict[str, str]]:
    """`count` dossiers received between two days, with unique codes; keys are `COLUMNS`, all values text.

    Days are ISO (`2022-03-03`), "" where not yet known. TrangThaiHoSo 9 and 10 are resolved. KenhThucHien: 1 counter,
    2 online, 3 post. DonViXuLy is the unit's name, MaDonVi its code in the project's default data. Some codes have the
    2018 form, some the new one. `resolved` is the share that is finished.
    """
    rng = Random(f"dossiers/{seed}")
    sequence: Counter[str] = Counter()
    days = sorted(some_day(rng, first, last) for _ in range(count))
    return [_dossier(rng, day, sequence, last, resolved) for day in days]


def _dossier(
    rng: Random, received: date, sequence: Counter[str], last: date, resolved: float
) -> dict[str, str]:
    procedure = some_procedure(rng)
    unit = _unit(rng, procedure)
    owner = some_person(rng, some_commune(rng, PROVINCE, DISTRICT))
    due = _work_days(received, procedure.days)
    done = min(_work_days(received, max(0, procedure.days - rng.choice((0, 0, 1, 2)))), last)
    if rng.random() < 0.01:
        done = min(due + timedelta(days=rng.randint(1, 9)), last)
    finished = rng.random() < resolved and done >= received
    handed = finished and rng.random() < 0.8
    return {
        "MaHoSo": _code(unit["number"], received, sequence, old=rng.random() < 0.3),
        "MaTTHC": procedure.code,
        "TenTTHC": procedure.name,
        "LinhVuc": procedure.domain,
        "ChuHoSo": owner.name,
        "SoDinhDanh": owner.id_no,
        "DiaChi": owner.address,
        "NgayTiepNhan": received.isoformat(),
        "NgayHenTra": due.isoformat(),
        "NgayKetThucXuLy": done.isoformat() if finished else "",
        "NgayTra": min(done + timedelta(days=rng.randint(0, 3)), last).isoformat() if handed else "",
        "TrangThaiHoSo": ("10" if handed else "9") if finished else rng.choice(_OPEN_STATES),
        "KenhThucHien": rng.choices(("1", "2", "3"), (62, 35, 3))[0],
        "DonViXuLy": unit["name"],
        "MaDonVi": unit["code"],
    }


def _unit(rng: Random, procedure: Procedure) -> dict[str, Any]:
    units = words("units")["unit"]
    if procedure.level == "commune":
        return rng.choice([unit for unit in units if unit["area"]])
    return next(unit for unit in units if procedure.domain in unit["domains"])


def unit_area(code: str) -> str:
    """The commune of a unit inside a sentence ("phường 1"); "" for the city's own divisions."""
    return next((unit["area"] for unit in words("units")["unit"] if unit["code"] == code), "")


def _work_days(start: date, days: int) -> date:
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def _code(unit: int, received: date, sequence: Counter[str], old: bool) -> str:
    office = f"000.{unit:02d}.{CITY}.{PREFIX}" if old else f"{PREFIX}.{CITY}.{unit}"
    stem = f"{office}-{received:%y%m%d}"
    sequence[stem] += 1
    return f"{stem}-{sequence[stem]:04d}"


def as_csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as CSV (UTF-8 with BOM, as spreadsheets want it), header first."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
