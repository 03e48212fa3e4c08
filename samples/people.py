"""Made-up people: names, addresses, id numbers with the right structure. Nobody real is meant."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def words(name: str) -> dict[str, Any]:
    """One of the TOML files of `samples/data`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Commune:
    """A commune with what lies above it; names as they stand inside a sentence ("xã Mỹ Phong")."""

    name: str
    district: str
    seat: str
    province: str
    province_short: str
    code: str
    prefix: str

    @property
    def address(self) -> str:
        """Commune, district, province."""
        return ", ".join((self.name, self.district, self.province))


@dataclass(frozen=True)
class Person:
    """A made-up citizen. `id_no` is a 12-digit citizen id (or an old 9-digit one)."""

    name: str
    male: bool
    born: date
    id_no: str
    address: str
    home: Commune
    ethnic: str
    job: str
    phone: str

    @property
    def sex(self) -> str:
        """As the forms write it."""
        return "Nam" if self.male else "Nữ"

    @property
    def polite(self) -> str:
        """Ông or Bà."""
        return "Ông" if self.male else "Bà"


def some_commune(rng: Random, province: str | None = None, district: str | None = None) -> Commune:
    """Any commune of the gazetteer, of one province or district when named."""
    provinces = [p for p in words("places")["province"] if province in (None, p["name"])]
    home = rng.choice(provinces)
    area = rng.choice([d for d in home["districts"] if district in (None, d["name"])])
    return Commune(
        rng.choice(area["communes"]),
        area["name"],
        area["seat"],
        home["name"],
        home["short"],
        home["code"],
        home["prefix"],
    )


def some_name(rng: Random, male: bool) -> str:
    """A full name: family, middle, given."""
    parts, sex = words("people"), "male" if male else "female"
    return f"{rng.choice(parts['family'])} {rng.choice(parts['middle_' + sex])} {rng.choice(parts['given_' + sex])}"


def citizen_id(rng: Random, province_code: str, male: bool, born: date) -> str:
    """Twelve digits: province, century and sex, year of birth, six more (Decree 137/2015, article 13)."""
    century = (born.year // 100 - 19) * 2 + (0 if male else 1)
    return f"{province_code}{century}{born.year % 100:02d}{rng.randrange(1_000_000):06d}"


def some_day(rng: Random, first: date, last: date) -> date:
    """Any day from `first` to `last`."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def some_address(rng: Random, home: Commune) -> str:
    """House and street, or hamlet, and the commune."""
    parts = words("people")
    if rng.random() < 0.55:
        alley = f"/{rng.randint(1, 60)}" if rng.random() < 0.3 else ""
        return f"số {rng.randint(1, 640)}{alley}, đường {rng.choice(parts['streets'])}, {home.address}"
    return f"{rng.choice(parts['hamlets'])}, {home.address}"


def some_person(
    rng: Random, home: Commune | None = None, male: bool | None = None, born: tuple[int, int] = (1945, 2003)
) -> Person:
    """A citizen who lives in `home`, born in the span of years."""
    home = home or some_commune(rng)
    sex = rng.random() < 0.5 if male is None else male
    birth = some_day(rng, date(born[0], 1, 1), date(born[1], 12, 31))
    parts = words("people")
    id_no = citizen_id(rng, home.code, sex, birth) if rng.random() < 0.85 else f"3{rng.randrange(10**8):08d}"
    return Person(
        some_name(rng, sex),
        sex,
        birth,
        id_no,
        some_address(rng, home),
        home,
        rng.choice(parts["ethnic"]),
        rng.choice(parts["jobs"]),
        f"0{rng.choice(('90', '91', '93', '97', '98', '36', '38', '78', '84'))}{rng.randrange(10**7):07d}",
    )
