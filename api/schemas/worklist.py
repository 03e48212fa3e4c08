"""Worklists and assignments of dossiers to sites."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.schemas.common import Code, Incoming, Next, Outgoing
from records.dossier import ExemptionReason
from records.worklist import Assignment, Urgency, WorkItem, WorklistKind


class WorkItemView(Outgoing):
    """One entry; what does not apply to its kind is null."""

    kind: WorklistKind
    unit: str = Field(description="That handles the dossier, or scanned the paper.")
    day: date | None = Field(description="Resolved, scanned, filed or handed out, in Viet Nam.")
    dossier: str | None
    procedure: str | None
    record: str | None
    component: str | None
    reason: ExemptionReason | None
    dpi: int | None = Field(description="Of the paper's worst page.")
    days_late: int | None
    site: str | None = Field(description="The org unit that was asked to digitize the dossier.")
    hand_over_by: date | None = Field(description="Last day for the hand-over to the archive.")
    urgency: Urgency | None

    @classmethod
    def of(cls, item: WorkItem, today: date) -> WorkItemView:
        own = {name: getattr(item, name) for name in WorkItem.__dataclass_fields__}
        return cls(**own, hand_over_by=item.hand_over_by, urgency=item.urgency(today))


class WorkItemList(Outgoing):
    items: list[WorkItemView]
    next: Next


class WorklistCounts(Outgoing):
    """How many entries each list has."""

    counts: dict[WorklistKind, int]


class NewAssignment(Incoming):
    site: Code = Field(description="Code of the org unit.")


class AssignmentView(Outgoing):
    dossier: str
    site: str
    assigned_by: str
    assigned_at: datetime
    ended_by: str | None
    ended_at: datetime | None

    @classmethod
    def of(cls, one: Assignment) -> AssignmentView:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class AssignmentHistory(Outgoing):
    """Everybody who was ever asked, the first first."""

    items: list[AssignmentView]
