"""Dossiers counted by what the statutory forms ask, in groups that every form can add up in its own way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import add, attrgetter

from records.ids import UnitCode
from records.vietnamese import folded


class Standing(StrEnum):
    """What a case system's status says about counting a dossier."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"  # registered or turned away, so never received: statuses 1 and 3
    GIVEN_BACK = "given_back"  # returned or withdrawn (status 7): on time, as form II.06a says


_NOT_ACCEPTED = re.compile(r"0?[13]|moi dang ky.*|(?:khong|khong duoc) tiep nhan.*|tu choi tiep nhan.*")
_GIVEN_BACK = re.compile(r"0?7|.*\b(?:xin rut|yeu cau rut|rut ho so|tra lai)\b.*")


def standing_of(status: str) -> Standing:
    """What a status means, by its number in the national portal or by its words.

    >>> standing_of("Công dân yêu cầu rút hồ sơ"), standing_of("10")
    (<Standing.GIVEN_BACK: 'given_back'>, <Standing.ACCEPTED: 'accepted'>)
    """
    word = folded(status).strip()
    if _NOT_ACCEPTED.fullmatch(word):
        return Standing.NOT_ACCEPTED
    return Standing.GIVEN_BACK if _GIVEN_BACK.fullmatch(word) else Standing.ACCEPTED


@dataclass(frozen=True, slots=True)
class Group:
    """What the dossiers of a tally have in common, as far as the form asks: by domain, or by the procedure's rules."""

    unit: UnitCode
    domain: str | None  # None: the catalogue does not know the procedure
    certification: bool
    needs_result: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Dossiers of one group, for a period; they were received by its end and not resolved before its begin.

    early + on_time + late are resolved by the end of the period, in_time + overdue are open then.
    """

    carried: int = 0  # received before the period
    online: int = 0
    direct: int = 0  # at the counter, by post, or in a way that nobody noted
    early: int = 0
    on_time: int = 0
    late: int = 0
    in_time: int = 0
    overdue: int = 0
    without_due_date: int = 0  # counted as on time or in time
    not_accepted: int = 0  # counted nowhere else
    with_component: int = 0  # received in the period, with a component filed or re-used
    reused: int = 0  # … one of them re-used, or taken from the national store
    shared: int = 0  # … one of them taken from the national store
    resolved_with_result: int = 0
    resolved_digitised: int = 0
    with_result: int = 0
    digitised: int = 0  # with a component filed, and the result, if the procedure gives one in writing

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, _numbers(self), _numbers(other)))

    @property
    def new(self) -> int:
        return self.online + self.direct

    @property
    def received(self) -> int:
        """Form II.06a, column 3."""
        return self.new + self.carried

    @property
    def resolved(self) -> int:
        """Form II.06a, column 7."""
        return self.early + self.on_time + self.late

    @property
    def open(self) -> int:
        """Form II.06a, column 11."""
        return self.in_time + self.overdue


_numbers = attrgetter(*(field.name for field in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Tally:
    group: Group
    counts: Counts


def summed(tallies: Iterable[Tally], where: Callable[[Group], bool] = lambda group: True) -> Counts:
    """The sum of the tallies whose group meets the condition."""
    rows = [_numbers(tally.counts) for tally in tallies if where(tally.group)]
    return Counts(*map(sum, zip(*rows, strict=True)))
