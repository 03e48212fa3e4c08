"""Batches, their files and their progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from api.schemas.common import Code, Incoming, Next, Outgoing, Sha256Hex, ShortText
from api.schemas.page import PageSummary
from api.schemas.record import RecordSummary
from records.batch import (
    DeclaredFile,
    Progress,
    Receipt,
    ScanBatch,
    ScanFile,
    SeenBefore,
    Withdrawal,
    WithdrawalReason,
)
from records.fixity import parse_sha256
from records.page import Page
from records.states import BatchState, FileState

MOST_FILES = 2000
MOST_BYTES = 1 << 40


class FileDeclaration(Incoming):
    """A file that will be sent."""

    sequence: int = Field(ge=1, le=100_000, description="Order of scanning, from 1; each number once.")
    name: ShortText = Field(description="As on the station, for people only.", examples=["scan-0001.pdf"])
    sha256: Sha256Hex
    size: int = Field(ge=0, le=MOST_BYTES, description="Bytes.", examples=[184320])
    pages: int | None = Field(None, ge=0, le=100_000, description="As counted by the station, where it can.")

    def declared(self) -> DeclaredFile:
        return DeclaredFile(self.sequence, self.name, parse_sha256(self.sha256), self.size, self.pages)


class BatchOpening(Incoming):
    """What an operator feeds into a scanner in one go, announced before it is sent."""

    id: UUID = Field(description="Made by the client; the idempotency key of the batch.")
    operator: Code = Field(description="Account name of the person beside the scanner.", examples=["lan"])
    station: Code | None = Field(
        None,
        description="Only for staff: the station in whose name the files are sent. A station's key says it.",
    )
    files: list[FileDeclaration] = Field(min_length=1, max_length=MOST_FILES)


class Seen(Outgoing):
    """Where the same bytes were received earlier."""

    batch: str
    file: str
    sequence: int
    received_at: datetime

    @classmethod
    def of(cls, seen: SeenBefore) -> Seen:
        return cls(batch=seen.batch, file=seen.file, sequence=seen.sequence, received_at=seen.received_at)


class StoredFile(Outgoing):
    """A file whose object and row are durable."""

    id: str
    sequence: int
    name: str
    sha256: str
    size: int = Field(description="Bytes.")
    media_type: str = Field(description="By content.", examples=["application/pdf"])
    received_at: datetime
    state: FileState
    pages: int | None = Field(description="Once its pages are known.")
    error_code: str | None = Field(description="Why it could not be opened; see the table of codes.")
    duplicate_of: Seen | None = Field(description="Where the same bytes were received earlier.")

    @classmethod
    def of(cls, file: ScanFile) -> StoredFile:
        seen = file.duplicate_of
        return cls(
            id=file.id, sequence=file.sequence, name=file.name,
            sha256=file.fixity.sha256, size=file.fixity.size,
            media_type=file.media_type, received_at=file.received_at, state=file.state,
            pages=file.pages, error_code=file.error_code, duplicate_of=Seen.of(seen) if seen else None,
        )  # fmt: skip


class DiscardedFile(Outgoing):
    """What became of a file that was received before."""

    sequence: int
    discarded: int = Field(description="Papers that waited and are taken out now.")


class WithdrawalRequest(Incoming):
    """Why a declared file will not come."""

    reason: WithdrawalReason = Field(
        description="The code with which the upload was refused, or the station's own reason.",
        examples=["unsupported_media_type"],
    )


class WithdrawnFile(Outgoing):
    """A declared file that was taken back. It stays in view, and in the audit trail."""

    sequence: int
    reason: WithdrawalReason
    withdrawn_by: str = Field(description="Id of the station, or account name.")
    withdrawn_at: datetime

    @classmethod
    def of(cls, withdrawal: Withdrawal) -> WithdrawnFile:
        return cls(
            sequence=withdrawal.sequence,
            reason=withdrawal.reason,
            withdrawn_by=withdrawal.by,
            withdrawn_at=withdrawal.at,
        )


class BatchProgress(Outgoing):
    """Counts by state, and the state of the batch that follows from them."""

    state: BatchState
    declared_files: int
    received_files: int
    withdrawn_files: int
    declared_pages: int | None = Field(description="Null unless the station counted the pages of every file.")
    total_pages: int
    unfinished: int = Field(description="What the pipeline still has to do.")
    files: dict[str, int] = Field(examples=[{"rasterised": 3}])
    pages: dict[str, int] = Field(examples=[{"recognised": 7, "received": 2}])
    records: dict[str, int] = Field(examples=[{"classified": 2, "assembled": 1}])

    @classmethod
    def of(cls, progress: Progress) -> BatchProgress:
        return cls(
            state=progress.state,
            declared_files=progress.declared_files,
            received_files=progress.received_files,
            withdrawn_files=progress.withdrawn_files,
            declared_pages=progress.declared_pages,
            total_pages=progress.total_pages,
            unfinished=progress.unfinished,
            files={state.value: count for state, count in progress.files.items()},
            pages={state.value: count for state, count in progress.pages.items()},
            records={state.value: count for state, count in progress.records.items()},
        )


class BatchSummary(Outgoing):
    """A batch in a list."""

    id: str
    station: str
    unit: str
    operator: str
    opened_at: datetime
    completed_at: datetime | None
    state: BatchState
    progress: BatchProgress

    @classmethod
    def of(cls, batch: ScanBatch, progress: Progress) -> BatchSummary:
        return cls(**summary_of(batch, progress))


def summary_of(batch: ScanBatch, progress: Progress) -> dict[str, Any]:
    names = ("id", "station", "unit", "operator", "opened_at", "completed_at")
    counts = {"state": progress.state, "progress": BatchProgress.of(progress)}
    return {name: getattr(batch, name) for name in names} | counts


class BatchList(Outgoing):
    items: list[BatchSummary]
    next: Next


class Duplicate(Outgoing):
    sequence: int
    seen: Seen


class Reconciliation(Outgoing):
    """Declared = received + withdrawn, received = stored; or what is missing."""

    declared: int
    received: int
    stored: int
    withdrawn: int = Field(description="Declared files that were taken back and will not come.")
    balanced: bool
    missing: list[int] = Field(description="Sequence numbers that have not arrived.")
    duplicates: list[Duplicate]

    @classmethod
    def of(cls, receipt: Receipt) -> Reconciliation:
        return cls(
            declared=receipt.declared,
            received=receipt.received,
            stored=receipt.stored,
            withdrawn=len(receipt.withdrawn),
            balanced=receipt.balanced,
            missing=list(receipt.missing),
            duplicates=[Duplicate(sequence=n, seen=Seen.of(seen)) for n, seen in receipt.duplicates],
        )


class FileDetail(StoredFile):
    """A file with its pages."""

    page_list: list[PageSummary]

    @classmethod
    def with_pages(cls, file: ScanFile, pages: Sequence[Page]) -> FileDetail:
        return cls(**StoredFile.of(file).model_dump(), page_list=[PageSummary.of(page) for page in pages])


class BatchDetail(BatchSummary):
    """A batch with everything that is known of it."""

    reconciliation: Reconciliation
    files: list[FileDetail]
    withdrawn: list[WithdrawnFile]
    records: list[RecordSummary]
