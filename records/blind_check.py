"""Values that another person reads again without seeing what stands there: a sample, or a second pair of eyes.

open ──► settled            the verifier read the same
  └────► disputed ──► settled     they differ: a third person decides, and a wrong value is corrected
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.ids import RecordId, StaffId, StationId, UnitCode
from records.limits import lower_limit, upper_limit


class CheckPurpose(StrEnum):
    SAMPLE = "sample"  # the policy accepted the value, and nobody looked
    SECOND = "second"  # a person confirmed the value; the policy asks for a second one


class CheckState(StrEnum):
    OPEN = "open"
    DISPUTED = "disputed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class BlindCheck:
    """One value of a confirmed record that is to be read again. The confirmed value stands in the record alone."""

    record: RecordId
    field: str
    purpose: CheckPurpose
    document_type: str  # as the machine read it
    unit: UnitCode
    station: StationId
    opened_at: datetime
    confirmed_by: StaffId  # who may not check it; `policy` when no person confirmed it
    state: CheckState = CheckState.OPEN
    answered_by: StaffId | None = None
    answer: str | None = None  # kept while it is disputed
    settled_at: datetime | None = None
    right: bool | None = None  # whether the confirmed value was, once it is settled


class EstimateBy(StrEnum):
    FIELD = "field"
    TYPE = "type"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class Estimate:
    """How often accepted values are wrong, from the sample that was checked blind."""

    key: str
    checked: int
    wrong: int
    open: int  # drawn and not settled yet

    @property
    def interval(self) -> tuple[float, float]:
        """The rate of wrong ones lies over the first and under the second, each with 95 % certainty."""
        return lower_limit(self.wrong, self.checked), upper_limit(self.wrong, self.checked)
