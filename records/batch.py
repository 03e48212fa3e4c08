"""A batch: what a station declared, what arrived, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from records.fixity import Fixity, Sha256
from records.ids import BatchId, FileId, StationId, UnitCode
from records.states import BatchState, FileState, PageState, RecordState


@dataclass(frozen=True, slots=True)
class DeclaredFile:
    """A file as the station announced it."""

    sequence: int  # from 1, the order of scanning
    name: str  # as on the station; shown to people, never used as a path
    sha256: Sha256
    size: int  # bytes
    pages: int | None = None  # as counted by the station, where it can


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """Where the same bytes were received earlier."""

    batch: BatchId
    file: FileId
    sequence: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A file that is durable: its object is stored and its row committed."""

    id: FileId
    batch: BatchId
    sequence: int
    name: str
    fixity: Fixity
    media_type: str  # by content: application/pdf, image/tiff, image/jpeg or image/png
    received_at: datetime
    state: FileState = FileState.RECEIVED
    pages: int | None = None  # once rasterised
    error_code: str | None = None
    duplicate_of: SeenBefore | None = None


@dataclass(frozen=True, slots=True)
class ScanBatch:
    """What one operator fed into one scanner in one go."""

    id: BatchId
    station: StationId
    unit: UnitCode  # the site of the station
    operator: str  # account name of the person beside the scanner
    opened_at: datetime
    declared: tuple[DeclaredFile, ...]
    completed_at: datetime | None = None

    @property
    def declared_pages(self) -> int | None:
        counts = [file.pages for file in self.declared]
        return None if None in counts else sum(count or 0 for count in counts)


@dataclass(frozen=True, slots=True)
class Progress:
    """The counts from which a batch's state is derived, and the reconciliation that is shown to people."""

    declared_files: int
    received_files: int
    declared_pages: int | None
    files: dict[FileState, int]
    pages: dict[PageState, int]
    records: dict[RecordState, int]
    complete: bool

    @property
    def total_pages(self) -> int:
        return sum(self.pages.values())

    @property
    def unfinished(self) -> int:
        """Things that the pipeline still has to do."""
        return (
            self.files.get(FileState.RECEIVED, 0)
            + self.pages.get(PageState.RECEIVED, 0)
            + self.records.get(RecordState.ASSEMBLED, 0)
            + self.records.get(RecordState.CONFIRMED, 0)
        )

    @property
    def state(self) -> BatchState:
        if not self.complete:
            return BatchState.OPEN
        if self.unfinished:
            return BatchState.PROCESSING
        if self.records.get(RecordState.CLASSIFIED, 0):
            return BatchState.WAITING
        return BatchState.DONE if any(self.records.values()) else BatchState.FAILED


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to `complete`: declared = received = stored, or what is missing."""

    batch: BatchId
    declared: int
    received: int
    stored: int
    missing: tuple[int, ...]  # sequence numbers
    duplicates: tuple[tuple[int, SeenBefore], ...]

    @property
    def balanced(self) -> bool:
        return self.declared == self.received == self.stored


def missing_sequences(declared: Iterable[DeclaredFile], received: Iterable[int]) -> tuple[int, ...]:
    """Sequence numbers that were declared and have not arrived, in order."""
    there = set(received)
    return tuple(sorted(file.sequence for file in declared if file.sequence not in there))
