"""What stations, workers and clerks do, in short words, so that a contract test tells its story and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from records.batch import DeclaredFile, ScanBatch, ScanFile
from records.fixity import Fixity, Sha256
from records.ids import (
    BatchId,
    DocumentTypeCode,
    DossierCode,
    FileId,
    PageId,
    RecordId,
    StaffId,
    StationId,
    UnitCode,
    file_id,
    new_id,
    page_id,
    record_id,
)
from records.page import Page, QualityReport
from records.record import Classification, Confirmation, DossierTag, Record, Role
from records.staff import WHOLE_OFFICE, Station
from records.states import RecordState
from records.steps import Claim, Step
from storage.database import Database, Transaction

START = datetime(2022, 3, 1, 8, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
PATIENCE = timedelta(hours=1)
MAX_ATTEMPTS = 3

WARD, OTHER_WARD = UnitCode("P1"), UnitCode("P2")
STATION, OTHER_STATION = StationId("station-1"), StationId("station-2")
DECISION = DocumentTypeCode("QD")
CODE = DossierCode("H58.30-220303-0012")
SCAN = Fixity.of(b"a scan")


def set_up(tx: Transaction) -> None:
    """The default data, and a station in each of two wards."""
    tx.catalogue.seed()
    tx.stations.add(Station(STATION, "Scanner 1", WARD), "key-1", START)
    tx.stations.add(Station(OTHER_STATION, "Scanner 2", OTHER_WARD), "key-2", START)


def a_batch(files: int = 1, *, station: StationId = STATION, unit: UnitCode = WARD) -> ScanBatch:
    """A batch that declares so many files, each with bytes of its own."""
    batch = BatchId(new_id())
    declared = tuple(
        DeclaredFile(number, f"scan{number}.pdf", *_bytes(batch, number), pages=None)
        for number in range(1, files + 1)
    )
    return ScanBatch(batch, station, unit, "hoa", START, declared)


def _bytes(batch: BatchId, number: int) -> tuple[Sha256, int]:
    fixity = Fixity.of(f"{batch}/{number}".encode())
    return fixity.sha256, fixity.size


def a_file(batch: ScanBatch, sequence: int, at: datetime = START) -> ScanFile:
    """The file that a batch declares under this number."""
    declared = next(file for file in batch.declared if file.sequence == sequence)
    return ScanFile(
        id=file_id(batch.id, sequence),
        batch=batch.id,
        sequence=sequence,
        name=declared.name,
        fixity=Fixity(declared.sha256, declared.size),
        media_type="application/pdf",
        received_at=at,
    )


def a_page(file: FileId, number: int) -> Page:
    """A page that was rasterised and not yet read."""
    quality = QualityReport(200, "pdf", "colour", 0.25, 0.5, 0.05)
    return Page(page_id(file, number), file, number, 1654, 2339, SCAN, "image/jpeg", quality)


def a_record(batch: ScanBatch, pages: Sequence[PageId], at: datetime = START) -> Record:
    """A record that was put together from these pages."""
    return Record(record_id(pages[0]), batch.id, batch.unit, tuple(pages), RecordState.ASSEMBLED, at)


def proposed(record: Record, reasons: tuple[str, ...] = ()) -> Record:
    """The record as the classifier leaves it."""
    return record.classified(Classification(DECISION, 0.75), (), (), reasons)


def confirmed(record: Record, role: Role = Role.RESULT, code: DossierCode = CODE) -> Record:
    """The record as a clerk leaves it."""
    answer = Confirmation(StaffId("clerk"), START, DECISION, {"place": "Mỹ Tho"}, DossierTag(code, role))
    return record.confirmed(answer)


@dataclass
class Office:
    """A database, and the time of day."""

    database: Database
    now: datetime = field(default=START)

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.now += span

    def scan(self, files: int = 1, *, station: StationId = STATION, unit: UnitCode = WARD) -> ScanBatch:
        """Open a batch and send all its files."""
        with self.database.transaction() as tx:
            batch = tx.batches.open(a_batch(files, station=station, unit=unit))
            for declared in batch.declared:
                tx.batches.receive(a_file(batch, declared.sequence, self.now))
        return batch

    def claim(self, step: Step, key: str, *, max_attempts: int = MAX_ATTEMPTS) -> Claim | None:
        """Try to get hold of a step."""
        with self.database.transaction() as tx:
            return tx.steps.claim(
                step, key, now=self.now, lease=LEASE, max_attempts=max_attempts, patience=PATIENCE
            )

    def claimed(self, step: Step, key: str) -> Claim:
        """Get hold of a step that is there to be done."""
        claim = self.claim(step, key)
        assert claim is not None
        return claim

    def rasterise(self, batch: ScanBatch, sequence: int = 1, records: Sequence[int] = (1,)) -> list[Record]:
        """Rasterise a file into records of so many pages each."""
        file = file_id(batch.id, sequence)
        claim = self.claimed(Step.RASTERISE, file)
        pages = [a_page(file, number) for number in range(1, sum(records) + 1)]
        ids = iter(page.id for page in pages)
        made = [a_record(batch, [next(ids) for _ in range(size)], self.now) for size in records]
        with self.database.transaction() as tx:
            tx.batches.rasterised(claim, pages, made, self.now)
        return made

    def recognise(self, record: Record) -> None:
        """Read all pages of a record."""
        for page in record.pages:
            claim = self.claimed(Step.RECOGNISE, page)
            with self.database.transaction() as tx:
                tx.pages.recognised(claim, Fixity.of(page.encode()), 0.9, "tesseract", self.now)

    def classify(self, record: Record, reasons: tuple[str, ...] = ()) -> Record:
        """Classify a record that is read and whose turn it is."""
        claim = self.claimed(Step.CLASSIFY, record.id)
        outcome = proposed(self.record(record.id), reasons)
        with self.database.transaction() as tx:
            tx.records.classified(claim, outcome, None, self.now)
        return outcome

    def classified(self, batch: ScanBatch | None = None) -> Record:
        """A record of one page that waits for a clerk."""
        (record,) = self.rasterise(batch or self.scan())
        self.recognise(record)
        return self.classify(record)

    def confirm(self, record: Record, role: Role = Role.RESULT, code: DossierCode = CODE) -> Record:
        """Confirm a record as a clerk does."""
        return self.save(confirmed(record, role, code), record.version, "confirmed")

    def save(self, record: Record, expected_version: int, action: str) -> Record:
        """Save what a clerk changed."""
        with self.database.transaction() as tx:
            return tx.records.save(
                record, expected_version=expected_version, actor="clerk", action=action, at=self.now
            )

    def file(self, record: Record) -> Record:
        """File a confirmed record."""
        claim = self.claimed(Step.FILE, record.id)
        with self.database.transaction() as tx:
            tx.records.filed(claim, self.record(record.id).filed(SCAN), self.now)
        return self.record(record.id)

    def record(self, key: RecordId) -> Record:
        """A record as it is stored."""
        with self.database.snapshot() as tx:
            return tx.records.get(key, WHOLE_OFFICE)

    def unfinished(self, limit: int = 100) -> list[tuple[Step, str]]:
        """What the sweep would ask for."""
        with self.database.snapshot() as tx:
            found = tx.steps.unfinished(
                now=self.now, limit=limit, max_attempts=MAX_ATTEMPTS, patience=PATIENCE
            )
        return [(todo.step, todo.key) for todo in found]


def split(record: Record, after: int) -> tuple[Record, tuple[PageId, ...]]:
    """The record with its first pages only, and the pages that are left over."""
    return replace(record, pages=record.pages[:after]), record.pages[after:]
