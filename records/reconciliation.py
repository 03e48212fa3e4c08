"""Reconciliation: declared = received = stored = read = classified = tagged = verified = filed, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from records.ids import BatchId, StationId, UnitCode


class DifferenceKind(StrEnum):
    """What one step has and the next one lacks. The subject is a file's number in its batch, a page or a record."""

    NOT_RECEIVED = "not_received"  # a file: declared, neither here nor withdrawn
    NOT_STORED = "not_stored"  # a file: received, and its object is gone from the store
    REFUSED = "refused"  # a file: stored, and cannot be opened
    NOT_OPENED = "not_opened"  # a file: stored, and not taken apart into pages yet
    PAGES_DIFFER = "pages_differ"  # a file: it has another number of pages than the station counted
    NOT_READ = "not_read"  # a page: neither the machine nor, by confirming its paper, a person has read it
    NOT_CLASSIFIED = "not_classified"  # a record: nothing says what it is yet
    NOT_VERIFIED = "not_verified"  # a record: no person has confirmed what it is and where it belongs
    NOT_FILED = "not_filed"  # a record: confirmed, and its lasting copy is not in the dossier


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that somebody must look at: it goes away by itself when it is made good, or is closed with a reason."""

    batch: BatchId
    kind: DifferenceKind
    subject: str
    file: int  # the file's number in the batch
    page: int | None = None  # in that file
    reason: str | None = None  # once closed
    closed_by: str | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The counts of one batch, or their sum. Files up to `stored`, pages from there on.

    Cover sheets and papers that a person took out are set aside: they count as done with `filed`.
    """

    declared: int = 0
    withdrawn: int = 0
    received: int = 0
    stored: int = 0
    refused: int = 0
    declared_pages: int = 0  # of files for which the station counted them
    pages: int = 0
    read: int = 0
    classified: int = 0
    tagged: int = 0
    verified: int = 0
    filed: int = 0
    set_aside: int = 0

    def __add__(self, other: Reconciled) -> Reconciled:
        return Reconciled(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Reconciled)))

    @property
    def balanced(self) -> bool:
        """Whether every step has what the one before it had."""
        return (
            self.declared == self.received + self.withdrawn
            and self.received == self.stored
            and self.refused == 0
            and self.pages == self.read == self.classified
            and self.pages - self.set_aside == self.tagged == self.verified == self.filed
        )


@dataclass(frozen=True, slots=True)
class BatchReconciled:
    """A batch with its counts and the number of differences that nobody has closed."""

    batch: BatchId
    station: StationId
    unit: UnitCode
    counts: Reconciled
    open_differences: int
    closed_differences: int


@dataclass(frozen=True, slots=True)
class StationReconciled:
    station: StationId
    unit: UnitCode
    batches: int
    counts: Reconciled
    open_differences: int
    closed_differences: int


def by_station(batches: Iterable[BatchReconciled]) -> tuple[StationReconciled, ...]:
    """The sums of each station, by its id."""
    found: dict[StationId, list[BatchReconciled]] = {}
    for batch in batches:
        found.setdefault(batch.station, []).append(batch)
    return tuple(
        StationReconciled(
            station,
            members[0].unit,
            len(members),
            sum((one.counts for one in members), Reconciled()),
            sum(one.open_differences for one in members),
            sum(one.closed_differences for one in members),
        )
        for station, members in sorted(found.items())
    )
