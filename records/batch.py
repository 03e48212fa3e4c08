"""A batch: what a station declared, what arrived, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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


class WithdrawalReason(StrEnum):
    """Why a declared file will not come. The first four are also the codes with which an upload is refused."""

    EMPTY_FILE = "empty_file"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    FILE_TOO_LARGE = "file_too_large"
    FIXITY_MISMATCH = "fixity_mismatch"  # the file changed on the station after it was declared
    LOST = "lost"  # the station has it no more
    UNWANTED = "unwanted"  # the operator took it out: scanned twice, not meant for this batch
    OTHER_REFUSAL = "other_refusal"  # refused with a code that the station does not know


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A declared file that was taken back, for good."""

    sequence: int
    reason: WithdrawalReason
    by: str  # station id or account name
    at: datetime


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
    withdrawn_files: int
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
    """The answer to `complete`: declared = received + withdrawn, received = stored; or what is missing."""

    batch: BatchId
    declared: int
    received: int
    stored: int
    missing: tuple[int, ...]  # sequence numbers
    withdrawn: tuple[Withdrawal, ...]
    duplicates: tuple[tuple[int, SeenBefore], ...]

    @property
    def balanced(self) -> bool:
        return self.declared == self.received + len(self.withdrawn) and self.received == self.stored


def missing_sequences(declared: Iterable[DeclaredFile], settled: Iterable[int]) -> tuple[int, ...]:
    """Sequence numbers that were declared and were neither received nor withdrawn, in order."""
    done = set(settled)
    return tuple(sorted(file.sequence for file in declared if file.sequence not in done))
