"""Batches and their files: what was declared, what arrived, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, select, update

from records.batch import (
    DeclaredFile,
    Progress,
    Receipt,
    ScanBatch,
    ScanFile,
    SeenBefore,
    Withdrawal,
    missing_sequences,
)
from records.errors import BatchIncomplete, InvalidManifest, NotFound
from records.fixity import Fixity, Sha256
from records.ids import BatchId, FileId, StationId, UnitCode
from records.page import Page
from records.record import Record
from records.staff import Scope
from records.states import BatchState, FileState
from records.steps import Claim, Step
from storage.cursors import Cursor, Keyset, Slice
from storage.inserts import insert_if_new, insert_new
from storage.leases import settle
from storage.pages import add_pages
from storage.progress import counted, in_state
from storage.records import Records, places
from storage.scopes import within
from storage.tables import batches, declared_files, files
from storage.withdrawals import of_batch, refuse_withdrawn, withdraw

_NEWEST_FIRST = Keyset((batches.c.opened_at, batches.c.id), descending=True)


class Batches:
    """The batches table with its declared and received files."""

    def __init__(self, connection: Connection, record_store: Records) -> None:
        self._connection = connection
        self._records = record_store

    # --- what a station sends ---

    def open(self, batch: ScanBatch) -> ScanBatch:
        """Open a batch, or find it opened; returns it as stored. Raises InvalidManifest for another declaration."""
        sequences = [file.sequence for file in batch.declared]
        if len(set(sequences)) != len(sequences) or any(sequence < 1 for sequence in sequences):
            raise InvalidManifest("the files of a batch are numbered from 1, each number once")
        row = {
            "id": batch.id,
            "station": batch.station,
            "unit": batch.unit,
            "operator": batch.operator,
            "opened_at": batch.opened_at,
            "completed_at": None,
        }
        if insert_if_new(self._connection, batches, row):
            insert_new(self._connection, declared_files, [_declared_row(batch.id, f) for f in batch.declared])
        stored = self._one(batch.id)
        if _declaration(stored) != _declaration(batch):
            raise InvalidManifest("a batch with this id was declared differently")
        return stored

    def receive(self, file: ScanFile) -> ScanFile:
        """Note a file whose object is durable; returns it as stored, with where its bytes were seen before.

        Once per batch and sequence, however often it is sent. Raises NotFound, InvalidManifest when other
        bytes are declared or stored under this number, or FileWithdrawn.
        """
        declared = {one.sequence: one for one in self._one(file.batch).declared}.get(file.sequence)
        if declared is None or (declared.sha256, declared.size) != (file.fixity.sha256, file.fixity.size):
            raise InvalidManifest("the batch does not declare this file under this number")
        refuse_withdrawn(self._connection, file.batch, file.sequence)
        insert_if_new(self._connection, files, _file_row(file))
        stored = self._files(files.c.batch == file.batch, files.c.sequence == file.sequence)[0]
        if stored.fixity != file.fixity:
            raise InvalidManifest("another file was received under this number")
        return stored

    def withdraw(self, batch: BatchId, withdrawal: Withdrawal) -> tuple[Withdrawal, bool]:
        """Take back a declared file that will not come; the withdrawal as stored, and whether it is new.

        Raises NotFound, InvalidManifest for a file that was not declared, or AlreadyReceived.
        """
        self._one(batch)
        return withdraw(self._connection, batch, withdrawal)

    def withdrawals(self, batch: BatchId) -> tuple[Withdrawal, ...]:
        """The declared files of a batch that were taken back, in the order of scanning."""
        return of_batch(self._connection, batch)

    def complete(self, batch: BatchId, at: datetime) -> Receipt:
        """Close the batch: each declared file is stored or withdrawn. Raises BatchIncomplete while one is missing."""
        receipt = self.receipt(batch)
        if receipt.missing:
            raise BatchIncomplete(
                f"{len(receipt.missing)} declared files have not arrived",
                missing=", ".join(map(str, receipt.missing[:20])),
            )
        self._connection.execute(
            update(batches)
            .where(batches.c.id == batch, batches.c.completed_at.is_(None))
            .values(completed_at=at)
        )
        return receipt

    def receipt(self, batch: BatchId) -> Receipt:
        """What was declared, received, stored and taken back so far.

        A row of a file stands only for an object that is durable.
        """
        declared, received = self._one(batch).declared, self.files(batch)
        withdrawn = of_batch(self._connection, batch)
        settled = [file.sequence for file in received] + [one.sequence for one in withdrawn]
        return Receipt(
            batch=batch,
            declared=len(declared),
            received=len(received),
            stored=len(received),
            missing=missing_sequences(declared, settled),
            withdrawn=withdrawn,
            duplicates=tuple(
                (file.sequence, file.duplicate_of) for file in received if file.duplicate_of is not None
            ),
        )

    # --- what the pipeline found ---

    def rasterised(
        self, claim: Claim, new_pages: Sequence[Page], records: Sequence[Record], at: datetime
    ) -> None:
        """Note a file's pages and the records they were put together into; raises LeaseLost.

        Every page belongs to exactly one record.
        """
        values = {"state": FileState.RASTERISED.value, "pages": len(new_pages)}
        settle(self._connection, claim, Step.RASTERISE, at, values)
        file = self.file(FileId(claim.key))
        owners = places(records, [page.id for page in new_pages])
        numbers = {page.id: page.number for page in new_pages}
        for record in records:
            self._records.add(record, file.sequence, numbers[record.pages[0]], at)
        add_pages(self._connection, file.batch, new_pages, owners, at)

    def refused(self, claim: Claim, error_code: str, at: datetime) -> None:
        """Note that a file cannot be opened, and why; its master is kept. Raises LeaseLost."""
        values = {"state": FileState.REFUSED.value, "error_code": error_code}
        settle(self._connection, claim, Step.RASTERISE, at, values)

    # --- what people ask ---

    def get(self, batch: BatchId, scope: Scope) -> ScanBatch:
        """A batch within the scope; raises NotFound."""
        found = self._one(batch)
        if not scope.covers(found.unit):
            raise NotFound("no batch with this id")
        return found

    def station_of(self, batch: BatchId) -> StationId:
        """The station that scanned the batch; raises NotFound."""
        found = self._connection.execute(select(batches.c.station).where(batches.c.id == batch)).scalar()
        if found is None:
            raise NotFound("no batch with this id")
        return StationId(found)

    def list(
        self,
        scope: Scope,
        *,
        after: Cursor | None = None,
        limit: int = 50,
        states: Iterable[BatchState] = (),
        station: StationId | None = None,
        unit: UnitCode | None = None,
    ) -> Slice[ScanBatch]:
        """Batches, newest first; without `states`, those in every state."""
        query: Select[tuple[object]] = select(batches).where(within(scope, batches.c.unit))
        if wanted := frozenset(states):
            query = query.where(in_state(wanted))
        if station is not None:
            query = query.where(batches.c.station == station)
        if unit is not None:
            query = query.where(batches.c.unit == unit)
        found = self._connection.execute(_NEWEST_FIRST.apply(query, after, limit)).mappings().all()
        rows, following = _NEWEST_FIRST.cut(found, limit)
        return Slice(self._with_declared(rows), following)

    def file(self, file: FileId) -> ScanFile:
        """A received file; raises NotFound."""
        found = self._files(files.c.id == file)
        if not found:
            raise NotFound("no file with this id")
        return found[0]

    def files(self, batch: BatchId) -> tuple[ScanFile, ...]:
        """The files of a batch that were received, in the order of scanning."""
        return self._files(files.c.batch == batch)

    def progress(self, batch: BatchId) -> Progress:
        """How far a batch has come; raises NotFound."""
        found = self.progress_many([batch])
        if batch not in found:
            raise NotFound("no batch with this id")
        return found[batch]

    def progress_many(self, ids: Iterable[BatchId]) -> dict[BatchId, Progress]:
        """How far these batches have come; unknown ids are left out."""
        return counted(self._connection, list(ids))

    # --- rows ---

    def _one(self, batch: BatchId) -> ScanBatch:
        row = self._connection.execute(select(batches).where(batches.c.id == batch)).mappings().first()
        if row is None:
            raise NotFound("no batch with this id")
        return self._with_declared([row])[0]

    def _with_declared(self, rows: Sequence[RowMapping]) -> tuple[ScanBatch, ...]:
        query = (
            select(declared_files)
            .where(declared_files.c.batch.in_([row["id"] for row in rows]))
            .order_by(declared_files.c.batch, declared_files.c.sequence)
        )
        declared: dict[str, list[DeclaredFile]] = {row["id"]: [] for row in rows}
        for row in self._connection.execute(query).mappings():
            declared[row["batch"]].append(
                DeclaredFile(row["sequence"], row["name"], Sha256(row["sha256"]), row["size"], row["pages"])
            )
        return tuple(
            ScanBatch(
                id=BatchId(row["id"]),
                station=StationId(row["station"]),
                unit=UnitCode(row["unit"]),
                operator=row["operator"],
                opened_at=row["opened_at"],
                declared=tuple(declared[row["id"]]),
                completed_at=row["completed_at"],
            )
            for row in rows
        )

    def _files(self, *conditions: object) -> tuple[ScanFile, ...]:
        first, other = files.alias("first"), files.alias("other")
        earliest = (
            select(other.c.id)
            .where(other.c.sha256 == files.c.sha256)
            .order_by(other.c.received_at, other.c.id)
            .limit(1)
            .correlate(files)
            .scalar_subquery()
        )
        query = (
            select(
                files,
                first.c.id.label("first_id"),
                first.c.batch.label("first_batch"),
                first.c.sequence.label("first_sequence"),
                first.c.received_at.label("first_at"),
            )
            .select_from(files.join(first, first.c.id == earliest))
            .where(*conditions)  # type: ignore[arg-type]
            .order_by(files.c.batch, files.c.sequence)
        )
        return tuple(_scan_file(row) for row in self._connection.execute(query).mappings())


def _declaration(batch: ScanBatch) -> tuple[object, ...]:
    declared = tuple(sorted(batch.declared, key=lambda file: file.sequence))
    return batch.station, batch.unit, batch.operator, declared


def _declared_row(batch: BatchId, file: DeclaredFile) -> dict[str, object]:
    return {
        "batch": batch,
        "sequence": file.sequence,
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "pages": file.pages,
    }


def _file_row(file: ScanFile) -> dict[str, object]:
    return {
        "id": file.id,
        "batch": file.batch,
        "sequence": file.sequence,
        "name": file.name,
        "sha256": file.fixity.sha256,
        "size": file.fixity.size,
        "media_type": file.media_type,
        "received_at": file.received_at,
        "state": FileState.RECEIVED.value,
        "state_at": file.received_at,
        "attempts": 0,
    }


def _scan_file(row: RowMapping) -> ScanFile:
    """The file; the same bytes received earlier, in this batch or another, make it a duplicate."""
    seen = SeenBefore(
        BatchId(row["first_batch"]), FileId(row["first_id"]), row["first_sequence"], row["first_at"]
    )
    return ScanFile(
        id=FileId(row["id"]),
        batch=BatchId(row["batch"]),
        sequence=row["sequence"],
        name=row["name"],
        fixity=Fixity(Sha256(row["sha256"]), row["size"]),
        media_type=row["media_type"],
        received_at=row["received_at"],
        state=FileState(row["state"]),
        pages=row["pages"],
        error_code=row["error_code"],
        duplicate_of=None if seen.file == row["id"] else seen,
    )
