"""Which unit of the office issued a paper: its name as headers print it, and whether that unit existed on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from classify.fuzzy import distance
from classify.normal_form import normal_form
from records.ids import UnitCode
from records.org_unit import OrgUnit
from records.vietnamese import folded

_COMMITTEE = "uy ban nhan dan"
_COMMUNE, _DISTRICT, _PROVINCE = "commune", "district", "province"
SLIPS = 12  # a letter in so many may be misread


@dataclass(frozen=True, slots=True)
class IssuingUnit:
    """A unit whose name stands in a header. `existed` is False where it had ended, or not begun, on the day."""

    unit: OrgUnit
    existed: bool


class UnitFinder:
    """Knows the office's units by what their headers say."""

    def __init__(self, units: Iterable[OrgUnit]) -> None:
        units = tuple(units)
        self._names = {unit.code: unit.name for unit in units}
        self._by_key: dict[str, list[OrgUnit]] = {}
        for unit in units:
            committee = unit.level in (_COMMUNE, _DISTRICT, _PROVINCE) and unit.symbol == "UBND"
            name = folded(unit.name.split("(")[0])
            self._by_key.setdefault(f"{_COMMITTEE} {name}" if committee else name, []).append(unit)

    def find(self, authority: str, around: str, on: date | None) -> IssuingUnit | None:
        """The unit of this name, of several that of the day; None where the office has none of the name.

        `around`: the parent's name and the place of the date, which tell this office's Phường 1 from another's.
        """
        key = folded(normal_form("issuing_authority", authority) or "")
        near = folded(normal_form("issuing_authority", around) or "")
        whole = [key, *(f"{key} {near[at:]}" for at in _places(near))]
        units = next((self._by_key[one] for one in whole if one in self._by_key), None) or self._near(key)
        units = [unit for unit in units if self._is_here(unit, f"{key} {near}")]
        if not units:
            return None
        then = [unit for unit in units if on is None or unit.valid_on(on)]
        return IssuingUnit((then or units)[0], bool(then))

    def _is_here(self, unit: OrgUnit, said: str) -> bool:
        """Whether a commune's own name or its parent's stands in the header; numbers name wards everywhere."""
        if unit.level != _COMMUNE:
            return True
        names = [unit.name, self._names.get(unit.parent or UnitCode(""), "")]
        return any(bare in said for bare in map(_bare, names) if bare and not bare.isdigit())

    def _near(self, key: str) -> list[OrgUnit]:
        """The units of the one name that is a letter or two away; a number in a name has to be right."""
        close = [
            (edits, known)
            for known in self._by_key
            if abs(len(known) - len(key)) <= 2 and _numbers(known) == _numbers(key)
            if (edits := distance(key, known)) <= len(known) // SLIPS
        ]
        best = sorted(close)[:2]
        if not best or (len(best) == 2 and best[0][0] == best[1][0]):
            return []
        return self._by_key[best[0][1]]


def _places(near: str) -> list[int]:
    """Where in a folded text the name of a city or district begins."""
    return [found.start() for found in re.finditer(r"\b(?:thanh pho|thi xa|huyen|quan|tinh)\b", near)][:3]


def _bare(name: str) -> str:
    return re.sub(r"^(?:thanh pho|thi xa|thi tran|huyen|quan|phuong|xa|tinh) ", "", folded(name))


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if word.isdigit()]
