"""Whether an address can be right as it was read: parts that begin with their level, one level in each."""

from __future__ import annotations

import re
from collections.abc import Collection

from records.vietnamese import folded

_UNITS = r"xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|tp\.?|tinh"
_PART = re.compile(
    rf"(?:{_UNITS}|so|duong|pho|khu|ap|thon|to|khom|xom|ban|buon|lang|ngo|ngach|hem|kiet|quoc lo|tinh lo)\b"
)
_UNIT = re.compile(rf"(?:^|\s)(?:{_UNITS})\s")
_STOP = re.compile(r"(?<!\btp)\.\s")
LEAST_UNITS = 2  # parts that name a unit: with fewer of them it is no address


def well_formed(text: str, provinces: Collection[str]) -> bool:
    """False for an address with a comma in a name or without one between two, or with a province that is none;
    True for what is no address. `provinces`: their names, folded.

    >>> well_formed("số 5, đường Lê Lợi, phường 1, thành phố Mỹ Tho, tỉnh Tiền Giang", {"tien giang"})
    True
    >>> well_formed("phường 1, thành phố Mỹ, Tho, tỉnh Tiền Giang", {"tien giang"})
    False
    >>> well_formed("phường 1 thành phố Mỹ Tho, tỉnh Tiền", {"tien giang"}), well_formed("Nuôi, trồng", set())
    (False, True)
    """
    parts = [part.strip() for part in folded(text).split(",")]
    if len(_UNIT.findall(f"{folded(text)} ")) < LEAST_UNITS:
        return True
    at = next((place for place, part in enumerate(parts) if _PART.match(part)), 0)  # a house's name may lead
    apart = all(_PART.match(part) and len(_UNIT.findall(part)) <= 1 for part in parts[at:])
    named = parts[-1].removeprefix("tinh ")
    return apart and not _STOP.search(folded(text)) and (named == parts[-1] or named in provinces)
