"""What confirmations teach: for each value that the machine read, whether it was right, and whether anybody looked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from records.acceptance import DOSSIER, TYPE, machine_values
from records.ids import RecordId, StationId, UnitCode
from records.record import Confirmation, Record
from records.vietnamese import single_spaced

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_DAY = re.compile(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """One value of a record that the machine read. It holds no text: only whether the text was right."""

    record: RecordId
    field: str
    document_type: str  # as the machine read it
    unit: UnitCode
    station: StationId
    confidence: float
    right: bool | None  # None: nobody looked
    at: datetime  # UTC
    policy: int | None = None  # version of the policy that accepted it
    blind: bool = False  # checked by somebody who did not see what the machine read


def same_value(one: str | None, other: str | None) -> bool:
    """Whether two values say the same: without regard to case, runs of blanks, blanks around a slash, the letter of a
    syllable that carries the tone mark, and the way in which a day is written.

    >>> same_value("12 / QĐ-UBND", "12/qđ-ubnd"), same_value("Hòa", "Hoà"), same_value("Hoà", "Hoa")
    (True, True, False)
    >>> same_value("3/4/2022", "2022-04-03"), same_value("13/2022", "2022-13"), same_value(None, "")
    (True, False, True)
    """
    return _key(one) == _key(other)


def _key(value: str | None) -> str:
    text = re.sub(r"\s*/\s*", "/", single_spaced(value or "")).casefold()
    if day := _DAY.fullmatch(text):
        return f"{day['year']}-{int(day['month']):02}-{int(day['day']):02}"
    return " ".join(_tone_last(word) for word in text.split(" "))


def _tone_last(word: str) -> str:
    """A syllable with its tone marks behind it: both ways of writing (hòa, hoà) are right."""
    marks = unicodedata.normalize("NFD", word)
    letters = "".join(mark for mark in marks if mark not in _TONES)
    return letters + "".join(mark for mark in marks if mark in _TONES)


def values_of(record: Record) -> dict[str, tuple[str, float]]:
    """What the machine read of a record, with its confidence, by name."""
    found = record.classification
    if found is None:
        return {}
    return machine_values(found.document_type, found.confidence, record.fields, record.proposals)


def confirmed_value(confirmation: Confirmation, name: str) -> str | None:
    """What a person answers for under this name; raises KeyError for a field that was not spoken of."""
    if name == TYPE:
        return confirmation.document_type
    return confirmation.tag.code if name == DOSSIER else confirmation.values[name]


def unseen_values(record: Record, confirmation: Confirmation) -> tuple[str, ...]:
    """Names of accepted values that a confirmation leaves as they were read: nobody had to look at them."""
    accepted = record.acceptance.accepted if record.acceptance else ()
    unchanged = {check for check, right in _compared(record, confirmation) if right}
    return tuple(name for name in accepted if name in unchanged)


def value_checks(record: Record, confirmation: Confirmation, station: StationId) -> tuple[ValueCheck, ...]:
    """What a confirmation says about each value that the machine had read."""
    read = values_of(record)
    return tuple(
        ValueCheck(
            record=record.id,
            field=name,
            document_type=read[TYPE][0],
            unit=record.unit,
            station=station,
            confidence=read[name][1],
            right=None if right and name in confirmation.unseen else right,
            at=confirmation.at,
            policy=record.acceptance.policy
            if record.acceptance and name in record.acceptance.accepted
            else None,
        )
        for name, right in _compared(record, confirmation)
    )


def _compared(record: Record, confirmation: Confirmation) -> Iterator[tuple[str, bool]]:
    for name, (value, _) in values_of(record).items():
        try:
            yield name, same_value(value, confirmed_value(confirmation, name))
        except KeyError:
            continue  # the confirmation does not speak of it
