"""The clerk's desk: leases, the queue, and pages that are moved between papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.common import Code, Incoming, Outgoing
from api.schemas.record import RecordDetail, RecordSummary, record_parts
from records.ids import BatchId, DocumentTypeCode, RecordId, UnitCode
from records.record import Record
from records.review_lease import Doubt, QueueOrder, ReviewLease, Wanted
from records.states import RecordState
from storage.review_queue import Waiting

MOST_SKIPPED = 100
MOST_PARTS = 500
MOST_COUNTED = 1000  # of a queue, each time a paper is handed out
MOST_SHOWN = 10_000  # where the queue is shown


class LeaseView(Outgoing):
    """Who works on a record, until when, and how the record stands now."""

    record: str
    holder: str = Field(description="Account id.")
    holder_name: str = Field(description="Account name.")
    until: datetime = Field(description="Renew before; after it anybody may take the record.")
    version: int = Field(description="Of the record now: a higher one than yours means that it has changed.")
    state: RecordState

    @classmethod
    def of(cls, lease: ReviewLease, record: Record) -> LeaseView:
        return cls(
            record=lease.record,
            holder=lease.holder,
            holder_name=lease.holder_name,
            until=lease.until,
            version=record.version,
            state=record.state,
        )


class QueueFilter(Incoming):
    """Which papers of the queue are wanted, and in what order. Without any condition: all, the oldest first."""

    order: QueueOrder = Field(
        QueueOrder.OLDEST,
        description="due_first: by the due date of the dossier that is proposed; least_doubt, most_doubt: by "
        "how many reasons for doubt there are.",
    )
    unit: Code | None = Field(None, description="Only what this site scanned.")
    batch: UUID | None = None
    document_type: Code | None = None
    doubt: Doubt = Field(Doubt.ANY, description="none: only papers without any doubt; some: only the others.")
    older_than_hours: int | None = Field(None, ge=0, le=100_000, description="Waiting at least so long.")
    due_within_hours: int | None = Field(
        None, ge=-100_000, le=100_000, description="The proposed dossier is due by then, or overdue."
    )

    def wanted(self) -> Wanted:
        return Wanted(
            order=self.order,
            unit=UnitCode(self.unit) if self.unit else None,
            batch=BatchId(str(self.batch)) if self.batch else None,
            document_type=DocumentTypeCode(self.document_type) if self.document_type else None,
            doubt=self.doubt,
            older_than=_hours(self.older_than_hours),
            due_within=_hours(self.due_within_hours),
        )


class Wish(QueueFilter):
    """Which paper is wanted next. Without any condition: the oldest that waits."""

    skip: list[UUID] = Field(default_factory=list, max_length=MOST_SKIPPED, description="Not these records.")

    def wanted(self) -> Wanted:
        return replace(super().wanted(), skip=tuple(RecordId(str(key)) for key in self.skip))


class QueueRequest(QueueFilter):
    """The head of the queue that is to be shown."""

    limit: int = Field(100, ge=1, le=200, description="How many at most.")


class QueueEntry(RecordSummary):
    """A paper that waits."""

    due_at: datetime | None = Field(description="Of the proposed dossier; null: no dossier that is known.")

    @classmethod
    def waiting(cls, waiting: Waiting) -> QueueEntry:
        return cls(**record_parts(waiting.record), due_at=waiting.due_at)


class Queue(Outgoing):
    """The head of the queue: the papers that you would be given, in that order."""

    items: list[QueueEntry]
    waiting: int = Field(
        description="How many of the wanted records are free, those of `items` included; "
        f"at most {MOST_SHOWN} are counted."
    )


def _hours(count: int | None) -> timedelta | None:
    return None if count is None else timedelta(hours=count)


class NextReview(Outgoing):
    """A record that is leased to you; null: nothing that is wanted waits, or others have all of it."""

    record: RecordDetail | None
    lease: LeaseView | None
    following: str | None = Field(
        description="The record that would come next, not leased: its images can be loaded ahead."
    )
    waiting: int = Field(
        description=f"How many wanted records are free without this one; at most {MOST_COUNTED} are counted."
    )


class Splitting(Incoming):
    starts: list[int] = Field(
        min_length=1,
        max_length=MOST_PARTS,
        description="Pages of the record (from 2, in order) with which new papers begin.",
        examples=[[3]],
    )


class Joined(Incoming):
    """A record and its version."""

    record: UUID
    version: int = Field(ge=1)


class Merging(Incoming):
    others: list[Joined] = Field(
        min_length=1, max_length=MOST_PARTS, description="Their pages come behind, in this order."
    )


class Sorting(Incoming):
    pages: list[UUID] = Field(
        min_length=1, max_length=5000, description="Every page of the record, each once, as they should lie."
    )


class Turning(Incoming):
    page: UUID
    rotation: int = Field(
        ge=0, le=270, multiple_of=90, description="Degrees clockwise that stand the stored image upright."
    )


class Arranging(Incoming):
    """What papers the pages of this record, and of others of its batch, really are."""

    papers: list[Annotated[list[UUID], Field(min_length=1)]] = Field(
        min_length=1, max_length=MOST_PARTS, description="The pages of each paper, as they should lie."
    )
    others: list[Joined] = Field(
        default_factory=list, max_length=MOST_PARTS, description="Records whose pages are among them."
    )
    turns: list[Turning] = Field(
        default_factory=list, max_length=5000, description="Pages that do not stand upright."
    )


class Rearranged(Outgoing):
    """The records that came out, in the order of their pages. They are read again; see `state`.

    The ETag of the answer is that of the record that was asked for.
    """

    items: list[RecordDetail]


class Settling(Incoming):
    records: list[Joined] = Field(min_length=1, max_length=200)


class OneSettled(Outgoing):
    record: str
    version: int | None = Field(description="Of the confirmed record; null: refused.")
    refusal: str | None = Field(description="Code of an error.", examples=["stale_version"])


class SettlingOutcome(Outgoing):
    items: list[OneSettled]
