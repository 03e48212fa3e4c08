"""Worklists: what is to be done before an auditor asks, the urgent first, and who was asked to do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from records.dossier import ExemptionReason
from records.ids import DossierCode, ProcedureCode, RecordId, UnitCode

SOON_DAYS = 90


class WorklistKind(StrEnum):
    MISSING_RESULT = "missing_result"  # resolved dossiers in need of a result of which none is filed
    LOW_RESOLUTION = "low_resolution"  # papers with a page under 200 dpi (Decree 30/2020, Annex I)
    UNSIGNED = "unsigned"  # filed papers whose lasting copy bears no electronic signature
    LATE = "late"  # dossiers whose result was digitized after it had been handed to the person
    EXEMPT = "exempt"  # components that are not digitized, each with its reason


class Urgency(StrEnum):
    """How far the hand-over to the archive is, which the law wants within a year of the end of the work."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One entry; what does not apply to its kind is empty."""

    kind: WorklistKind
    unit: UnitCode  # that handles the dossier, or scanned the paper
    day: date | None  # resolved, scanned, filed or handed out, in Viet Nam
    dossier: DossierCode | None = None
    procedure: ProcedureCode | None = None
    record: RecordId | None = None
    component: str | None = None
    reason: ExemptionReason | None = None
    dpi: int | None = None  # of its worst page
    days_late: int | None = None
    site: UnitCode | None = None  # that was asked to digitize the dossier

    @property
    def hand_over_by(self) -> date | None:
        """The last day for the hand-over to the archive: a year after the dossier was resolved."""
        return a_year_after(self.day) if self.kind is WorklistKind.MISSING_RESULT and self.day else None

    def urgency(self, today: date) -> Urgency | None:
        due = self.hand_over_by
        if due is None:
            return None
        left = (due - today).days
        return Urgency.OVERDUE if left < 0 else Urgency.SOON if left <= SOON_DAYS else Urgency.LATER


def a_year_after(day: date) -> date:
    """
    >>> a_year_after(date(2024, 2, 29)), a_year_after(date(2022, 3, 5))
    (datetime.date(2025, 2, 28), datetime.date(2023, 3, 5))
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A site that was asked to digitize a dossier; the history only grows."""

    dossier: DossierCode
    site: UnitCode
    assigned_by: str
    assigned_at: datetime
    ended_by: str | None = None
    ended_at: datetime | None = None
