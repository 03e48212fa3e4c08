"""A lease of a record to the person who works on it: who, and until when. It ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from records.ids import BatchId, DocumentTypeCode, RecordId, StaffId, UnitCode


@dataclass(frozen=True, slots=True)
class ReviewLease:
    """The right to change a record undisturbed."""

    record: RecordId
    holder: StaffId
    holder_name: str  # account name
    until: datetime  # UTC


class QueueOrder(StrEnum):
    """What comes first."""

    OLDEST = "oldest"
    DUE_FIRST = "due_first"  # the dossier that is due soonest; papers without a known dossier last
    LEAST_DOUBT = "least_doubt"
    MOST_DOUBT = "most_doubt"


class Doubt(StrEnum):
    """Which papers of the queue are wanted."""

    ANY = "any"
    NONE = "none"  # nothing is doubtful: confirmed in one glance
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to work on."""

    order: QueueOrder = QueueOrder.OLDEST
    unit: UnitCode | None = None
    batch: BatchId | None = None
    document_type: DocumentTypeCode | None = None
    doubt: Doubt = Doubt.ANY
    older_than: timedelta | None = None
    due_within: timedelta | None = None
    skip: tuple[RecordId, ...] = ()
