"""Official Vietnamese prose: draws clauses from the bank and fills their slots with made-up facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from samples import codes
from samples.offices import Office, some_office
from samples.people import Commune, some_address, some_day, some_name, words

_WORKS = (
    "Đường {street}",
    "Trụ sở làm việc UBND {xa}",
    "Trường Mầm non {ten}",
    "Cầu Kênh {n}",
    "Nhà văn hóa ấp {n}",
    "Nâng cấp, mở rộng tuyến đường huyện {n}",
    "Hệ thống thoát nước khu dân cư {ten}",
    "Chợ {ten}",
    "Trạm Y tế {xa}",
    "Kè chống sạt lở kênh {n}",
)
_FIELDS_OF_WORK = (
    "hộ tịch",
    "đất đai",
    "xây dựng",
    "bảo trợ xã hội",
    "đường bộ",
    "chứng thực",
    "người có công",
)


_YEAR = re.compile(r"(?:/|năm )(20\d\d)")


class Prose(dict[str, str]):
    """Slot name → text, a fresh draw every time a slot is named; made for one office on one day."""

    def __init__(self, rng: Random, office: Office, day: date, domain: str | None = None) -> None:
        super().__init__()
        self.rng, self.office, self.day, self.home = rng, office, day, office.home
        self.bank = words("prose")
        self.domain = domain or rng.choice(sorted(self.bank["domain"]))
        self.governed = home_area if (home_area := office.area) != "cả nước" else self.home.province
        self._said: set[str] = set()
        self._makers = self._slot_makers()

    def __missing__(self, slot: str) -> str:
        return self._makers[slot]()

    def fill(self, template: str) -> str:
        """The template with all slots filled (slots inside slots too); "tỉnh Nghệ An tỉnh" and the like do not occur."""
        for _ in range(3):
            if "{" not in template:
                break
            template = template.format_map(self)
        return template

    def draw(self, name: str, count: int) -> list[str]:
        """`count` different texts of a general list (`bases`, `general`, …), filled, in the bank's order."""
        entries = self._of_the_day(self.bank[name])
        chosen = sorted(self.rng.sample(range(len(entries)), min(count, len(entries))))
        return [self.fill(entries[index]) for index in chosen]

    def one(self, name: str) -> str:
        """One text of a general list, filled."""
        return self.fill(self.rng.choice(self.bank[name]))

    def subject(self) -> str:
        """What the paper is about, without "Về việc"."""
        return self.fill(self.rng.choice(self.bank["domain"][self.domain]["subjects"]))

    def matter(self) -> str:
        """A field of work, to stand after "công tác"."""
        return self.fill(self.rng.choice(self.bank["domain"][self.domain]["matters"]))

    def clauses(self, count: int) -> list[str]:
        """Sentences about the domain, mixed with general ones, in random order."""
        own = self._of_the_day(self._unsaid(self.bank["domain"][self.domain]["clauses"]))
        general = self._unsaid(self.bank["general"])
        share = max(1, round(count * self.rng.uniform(0.55, 0.9)))
        chosen = self.rng.sample(own, min(share, len(own)))
        chosen += self.rng.sample(general, min(count - len(chosen), len(general)))
        self.rng.shuffle(chosen)
        self._said.update(chosen)
        return [self.fill(text) for text in chosen]

    def _unsaid(self, texts: list[str]) -> list[str]:
        """The texts not yet used in this paper; all of them when none is left."""
        return [text for text in texts if text not in self._said] or texts

    def _of_the_day(self, texts: list[str]) -> list[str]:
        """The texts that cite nothing from a year after the paper's own."""
        return [text for text in texts if all(int(year) <= self.day.year for year in _YEAR.findall(text))]

    def person(self) -> str:
        """A person with ông or bà before the name."""
        male = self.rng.random() < 0.5
        return f"{'ông' if male else 'bà'} {some_name(self.rng, male)}"

    def past(self, days: int = 900) -> date:
        """A day before the paper's own."""
        return some_day(self.rng, self.day - timedelta(days=days), self.day - timedelta(days=2))

    def _number(self, low: int, high: int) -> Callable[[], str]:
        return lambda: codes.thousands(self.rng.randint(low, high))

    def _symbol(self, pattern: str) -> Callable[[], str]:
        return lambda: f"{self.rng.randint(1, 3200)}/{pattern}"

    def _commune(self) -> Commune:
        return self.office.some_commune(self.rng)

    def _letter_number(self) -> str:
        return f"{self.rng.randint(11, 4200)}/{some_office(self.rng, self.home.province).letter_symbol(self.rng)}"

    def _works(self) -> str:
        parts = words("people")
        return self.rng.choice(_WORKS).format(
            street=self.rng.choice(parts["streets"]),
            xa=self._commune().name,
            ten=self.rng.choice(parts["given_female"]),
            n=self.rng.randint(1, 40),
        )

    def _slot_makers(self) -> dict[str, Callable[[], str]]:
        rng, home = self.rng, self.home
        parts = words("people")
        return {
            "ngay": lambda: codes.short_date(self.past()),
            "ngay_sinh": lambda: codes.short_date(some_day(rng, date(1938, 1, 1), date(2004, 1, 1))),
            "nam": lambda: str(self.day.year),
            "nam_hoc": lambda: f"{self.day.year} - {self.day.year + 1}",
            "thang": lambda: f"{self.day.month:02d}",
            "quy": lambda: f"quý {rng.choice(('I', 'II', 'III', 'IV'))}",
            "dot": lambda: f"đợt {rng.randint(1, 4)}",
            "qd": self._symbol("QĐ-UBND"),
            "nq": self._symbol("NQ-HĐND"),
            "kh": self._symbol("KH-UBND"),
            "ttr": lambda: f"{rng.randint(1, 700)}/TTr-{some_office(rng, home.province).symbol}",
            "cv": self._letter_number,
            "so_nho": self._number(10, 480),
            "n": self._number(2, 48),
            "n_nho": self._number(2, 9),
            "sl": self._number(420, 28_000),
            "tien": lambda: codes.thousands(rng.randint(12, 48_000) * 125_000),
            "tien_nho": lambda: codes.thousands(rng.randint(3, 18) * 90_000),
            "pt": lambda: f"{rng.uniform(61, 99.9):.{rng.choice((0, 1, 2))}f}".replace(".", ","),
            "pt_nho": lambda: f"{rng.uniform(0.3, 24):.{rng.choice((1, 2))}f}".replace(".", ","),
            "ong_ba": self.person,
            "ong_ba_hoa": lambda: _capital(self.person()),
            "dia_chi": lambda: some_address(rng, self._commune()),
            "dien_thoai": lambda: (
                f"0{rng.choice((273, 255, 277, 238, 91, 98))}.{rng.randint(3, 9)}{rng.randrange(10**6):06d}"
            ),
            "thua": self._number(3, 1_900),
            "to": self._number(1, 78),
            "dt": lambda: f"{codes.thousands(rng.randint(18, 4_800))},{rng.randint(0, 9)}",
            "xa": lambda: self._commune().name,
            "huyen": lambda: home.district,
            "tinh": lambda: home.province,
            "dia_ban": lambda: self.office.area,
            "tren_dia_ban": lambda: f"trên địa bàn {self.office.area}",
            "ubnd": lambda: f"{rng.choice(('Ủy ban nhân dân', 'UBND'))} {self.governed}",
            "coquan": lambda: some_office(rng, home.province).spoken,
            "phong": lambda: some_office(rng, home.province, kinds=("division", "department")).spoken,
            "truong": lambda: some_office(rng, home.province, kinds=("division", "department")).head_spoken,
            "toi": lambda: self.office.spoken,
            "toi_hoa": lambda: self.office.spoken,
            "lanh_dao": lambda: f"Chủ tịch Ủy ban nhân dân {self.governed}",
            "viec": self.matter,
            "viec_ngan": self.matter,
            "linh_vuc": lambda: rng.choice(_FIELDS_OF_WORK),
            "cong_trinh": self._works,
            "dn": lambda: rng.choice(parts["companies"]),
            "hkd": lambda: f"{rng.choice(parts['shops'])} {rng.choice(parts['given_female'])}",
            "ma_hkd": lambda: f"53{rng.choice('ABCDE')}8{rng.randrange(10**6):06d}",
            "truong_hoc": lambda: rng.choice(parts["schools"]),
        }


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
