"""Reconciliation by batch, station and day, and what differs."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.schemas.common import Incoming, Next, Outgoing, Text
from records.reconciliation import (
    BatchReconciled,
    Difference,
    DifferenceKind,
    Reconciled,
    StationReconciled,
)


class Counts(Outgoing):
    """What each step has: files up to `refused`, pages from there on. The next step must have the same."""

    declared: int
    withdrawn: int
    received: int
    stored: int
    refused: int = Field(description="Stored, and cannot be opened.")
    declared_pages: int = Field(description="Of the files for which the station counted them.")
    pages: int
    read: int = Field(description="By the machine, or by a person who confirmed the paper.")
    classified: int
    tagged: int
    verified: int
    filed: int
    set_aside: int = Field(description="Cover sheets, and papers that a person took out with a reason.")
    balanced: bool

    @classmethod
    def of(cls, counts: Reconciled) -> Counts:
        return cls(**{name: getattr(counts, name) for name in cls.model_fields})


class BatchLine(Outgoing):
    batch: str
    station: str
    unit: str
    open_differences: int
    closed_differences: int
    counts: Counts

    @classmethod
    def of(cls, one: BatchReconciled) -> BatchLine:
        parts = {name: getattr(one, name) for name in cls.model_fields if name != "counts"}
        return cls(**parts, counts=Counts.of(one.counts))


class StationLine(Outgoing):
    station: str
    unit: str
    batches: int
    open_differences: int
    closed_differences: int
    counts: Counts

    @classmethod
    def of(cls, one: StationReconciled) -> StationLine:
        parts = {name: getattr(one, name) for name in cls.model_fields if name != "counts"}
        return cls(**parts, counts=Counts.of(one.counts))


class DayReconciled(Outgoing):
    """A day: every station and batch, and the sum."""

    day: date
    total: Counts
    open_differences: int
    stations: list[StationLine]
    batches: list[BatchLine]


class DifferenceView(Outgoing):
    batch: str
    kind: DifferenceKind
    subject: str = Field(description="A file's number in the batch, or the id of a page or record.")
    file: int = Field(description="The file's number in the batch.")
    page: int | None = Field(description="The page's number in that file.")
    reason: str | None = Field(description="Once closed.")
    closed_by: str | None
    closed_at: datetime | None

    @classmethod
    def of(cls, one: Difference) -> DifferenceView:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class DifferenceList(Outgoing):
    items: list[DifferenceView]
    next: Next


class Closing(Incoming):
    """Why nothing more is to be done about a difference. No person's data."""

    reason: Text = Field(min_length=3, max_length=500)
