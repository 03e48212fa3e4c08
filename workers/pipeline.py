"""The life of a page, top to bottom: receive, rasterise, recognise, classify, confirm, file.

Every step has exactly two short transactions: *claim* (see workers.steps) and *record the outcome*, which counts
only while the lease holds. Objects are written before rows, under the key of their SHA-256, so that writing twice
is writing once. A step returns what comes next; it never enqueues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from config.wiring import Services
from ingest.intake import media_type_of
from ingest.sandbox import RasterPage
from ingest.separate import assemble
from ocr.born_digital import text_layer
from records.acceptance import POLICY_ACTOR, AcceptanceMode
from records.batch import ScanBatch, ScanFile, Withdrawal, WithdrawalReason
from records.errors import BatchClosed, IllegalTransition, InvalidInput, InvalidManifest, Unreadable
from records.fixity import Fixity
from records.ids import FileId, PageId, RecordId, StaffId, StationId, file_id, page_id, record_id
from records.page import Page, mean_confidence
from records.record import Confirmation, Record
from records.staff import WHOLE_OFFICE
from records.states import PageState, RecordState
from records.steps import Claim, Step, Todo
from storage.database import Transaction
from workers.accept import learn, settled, settled_confirmation, with_unseen
from workers.archive import archival_copy
from workers.blind import draw
from workers.judge import check_confirmation, classified, pages_of_first, split_off
from workers.propose import ranked
from workers.reading_again import read_again
from workers.rescan import end_requests
from workers.scan_doubts import files_of, with_scan_doubts
from workers.words import read_page, searchable, store_words, words_of

# --- receive: bytes, name, manifest → ScanFile, master object ---


def receive(
    services: Services, batch: ScanBatch, sequence: int, untrusted_file: Path, fixity: Fixity
) -> tuple[ScanFile, list[Todo]]:
    """Take one declared file of a batch that lies on the local disk, with the fixity that it arrived with.

    When this returns, object and row are durable: the store has compared the bytes with the fixity while it wrote
    them. Sending the same file again is answered in the same way. Raises InvalidInput (nothing is kept),
    BatchClosed, FileWithdrawn, or BackendUnavailable.
    """
    announced = next((file for file in batch.declared if file.sequence == sequence), None)
    if announced is None:
        raise InvalidManifest("the batch declares no file with this number")
    if fixity.sha256 != announced.sha256:
        raise InvalidManifest("another file was declared under this number")
    media_type = media_type_of(untrusted_file)
    services.objects.put(untrusted_file, fixity, media_type)
    scan_file = ScanFile(
        id=file_id(batch.id, sequence),
        batch=batch.id,
        sequence=sequence,
        name=announced.name,
        fixity=fixity,
        media_type=media_type,
        received_at=_now(),
    )
    with services.database.transaction() as tx:
        current = tx.batches.get(batch.id, WHOLE_OFFICE)
        known = sequence in {file.sequence for file in tx.batches.files(batch.id)}
        if current.completed_at is not None and not known:
            raise BatchClosed()
        stored = tx.batches.receive(scan_file)
    return stored, [Todo(Step.RASTERISE, stored.id, batch.station)]


def withdraw(
    services: Services, batch: ScanBatch, sequence: int, reason: WithdrawalReason, *, actor: str
) -> tuple[Withdrawal, list[Todo]]:
    """Take back a declared file that will not come; the papers behind it need not wait for it any more.

    Final; doing it again is answered in the same way. Raises InvalidManifest or AlreadyReceived.
    """
    wanted = Withdrawal(sequence, reason, actor, _now())
    with services.database.transaction() as tx:
        stored, is_new = tx.batches.withdraw(batch.id, wanted)
        if is_new:
            details: dict[str, object] = {"sequence": sequence, "reason": reason.value}
            tx.audit.append(actor, "file.withdrawn", batch.id, details, wanted.at)
    return stored, _classify_next(services, batch)


# --- rasterise: ScanFile → Pages, put together into Records by cover sheet, bar code, or one file = one record ---


def rasterise(services: Services, claim: Claim) -> list[Todo]:
    """Open a file in the sandbox, store its pages' images and put the pages together into records.

    A page of a born-digital PDF whose own text is sound is recognised by that: nobody reads its image.
    """
    with services.database.transaction() as tx:
        scan_file = tx.batches.file(FileId(claim.key))
        batch = tx.batches.get(scan_file.batch, WHOLE_OFFICE)
    try:
        found = list(_stored_pages(services, scan_file))
    except InvalidInput as error:
        with services.database.transaction() as tx:
            tx.batches.refused(claim, error.code, _now())
        return _classify_next(services, batch)
    pages = [page for page, _ in found]
    with services.database.transaction() as tx:
        tx.batches.rasterised(claim, pages, _assembled(batch, pages), _now())
        for page, words in found:
            if words is not None:
                tx.search.note_page(page.id, batch.unit, words)
    unread = [page for page in pages if page.state is PageState.RECEIVED]
    todos = [Todo(Step.RECOGNISE, page.id, batch.station) for page in unread]
    return todos if len(unread) == len(pages) else todos + _classify_next(services, batch)


def _stored_pages(services: Services, scan_file: ScanFile) -> Iterator[tuple[Page, str | None]]:
    """Each page, with its words as they are indexed where it brought them itself."""
    with services.objects.path_or_copy(scan_file.fixity.sha256) as path:
        for raster in services.rasteriser.rasterise(path, scan_file.media_type):
            yield _stored_page(services, scan_file, raster)


def _stored_page(services: Services, scan_file: ScanFile, raster: RasterPage) -> tuple[Page, str | None]:
    data = raster.image.read_bytes()
    image = Fixity.of(data)
    services.objects.put(raster.image, image, raster.media_type)
    page = Page(
        id=page_id(scan_file.id, raster.number),
        file=scan_file.id,
        number=raster.number,
        width=raster.width,
        height=raster.height,
        image=image,
        media_type=raster.media_type,
        quality=raster.quality,
        barcodes=raster.barcodes,
    )
    text = text_layer(raster.words, data, raster.media_type, raster.quality.dpi)
    if text is None:
        return page, None
    fixity = store_words(services, page.id, text)
    return page.recognised(fixity, mean_confidence(text), text.engine.name, text.rotation), searchable(text)


def _assembled(batch: ScanBatch, pages: list[Page]) -> list[Record]:
    by_number = {page.number: page for page in pages}
    records = []
    for assembly in assemble(pages):
        members = tuple(by_number[number].id for number in assembly.pages)
        records.append(
            Record(
                id=record_id(members[0]),
                batch=batch.id,
                unit=batch.unit,
                pages=members,
                state=RecordState.ASSEMBLED,
                created_at=_now(),
                is_cover=assembly.cover,
                cover_code=assembly.dossier_code,
            )
        )
    return records


# --- recognise: page image → PageText (lines, words with box and confidence, engine) → ALTO derivative ---


def recognise(services: Services, claim: Claim) -> list[Todo]:
    """Read a page. One that the engine cannot read is parked where a clerk still sees its image.

    While many pages wait, the quick engine reads; what it read is noted as a draft, to be read again.
    """
    threshold = services.settings.quick_from
    with services.database.transaction() as tx:
        page = tx.pages.get(PageId(claim.key), WHOLE_OFFICE)
        batch = tx.batches.get(tx.batches.file(page.file).batch, WHOLE_OFFICE)
        many_wait = threshold > 0 and tx.drafts.waiting_pages(threshold) >= threshold
    quick = services.quick_engine if many_wait else None
    try:
        text = read_page(services, page, quick or services.engine)
    except Unreadable as error:
        with services.database.transaction() as tx:
            tx.pages.unreadable(claim, error.code, _now())
        return _classify_next(services, batch)
    fixity = store_words(services, page.id, text)
    with services.database.transaction() as tx:
        tx.pages.recognised(
            claim, fixity, mean_confidence(text), text.engine.name, _now(), rotation=text.rotation
        )
        tx.drafts.forget_page(page.id)  # a page that a person has turned is read anew
        if quick:
            tx.drafts.note(page.id, text.engine.name, _now())
        tx.search.note_page(page.id, batch.unit, searchable(text))
    return _classify_next(services, batch)


def _classify_next(services: Services, batch: ScanBatch) -> list[Todo]:
    """Ask for the batch's next record; its claim succeeds only once its pages and all before it are done."""
    with services.database.transaction() as tx:
        following = tx.records.next_assembled(batch.id)
    return [Todo(Step.CLASSIFY, following, batch.station)] if following else []


# --- classify: page texts → Classification and Fields with evidence; the dossier is proposed ---


def classify(services: Services, claim: Claim) -> list[Todo]:
    """Say what a record is and propose its dossier; two papers in one record are parted here, but never
    pages that a person put together."""
    with services.database.transaction() as tx:
        record = tx.records.get(RecordId(claim.key), WHOLE_OFFICE)
        batch = tx.batches.get(record.batch, WHOLE_OFFICE)
        pages = tx.pages.of_record(record.id)
        cover_code = record.cover_code or tx.records.cover_before(record)
        files = files_of(tx, pages)
    texts = [words_of(services, page) for page in pages]
    starts = () if record.arranged else services.classifier.document_starts(texts)
    start = pages_of_first(starts, len(pages))
    kept = pages[:start]
    reading = services.classifier.classify(
        texts[:start], [page.barcodes for page in kept], scanned_on=batch.opened_at.date()
    )
    reading = with_scan_doubts(reading, kept, texts[:start], files)
    record = replace(record, pages=tuple(page.id for page in kept))
    with services.database.snapshot() as tx:
        policy = tx.policies.current()
        outcome = classified(
            record, kept, reading, cover_code, policy, partial(ranked, tx, day=batch.opened_at.date())
        )
    rest = split_off(outcome, pages[start:]) if start < len(pages) else None
    with services.database.transaction() as tx:
        outcome = settled(tx, outcome)
        tx.records.classified(claim, outcome, rest, _now())
        if outcome.state is RecordState.COVER:
            tx.owners.note(outcome)
        sure = outcome.settled_as is not None and policy.mode is AcceptanceMode.BY_POLICY
        if sure:
            _confirm_by_policy(tx, outcome, batch.station)
    filing = [Todo(Step.FILE, outcome.id, batch.station)] if sure else []
    return filing + _classify_next(services, batch)


def _confirm_by_policy(tx: Transaction, record: Record, station: StationId) -> None:
    """Confirm a settled record in the name of the policy that accepts all of it."""
    now = _now()
    confirmation = with_unseen(record, settled_confirmation(record, StaffId(POLICY_ACTOR), now))
    _save_confirmation(tx, record, confirmation, f"{POLICY_ACTOR}:{confirmation.policy}", "settled", station)


# --- confirm: corrections → confirmed values beside the extracted ones (a clerk, through the API) ---


def confirm(
    services: Services,
    record: Record,
    confirmation: Confirmation,
    actor: str,
    reason: str | None = None,
) -> tuple[Record, list[Todo]]:
    """Take a person's word for what a record says and where it belongs.

    Raises StaleVersion when somebody else was faster, RecordLeased while somebody else works on it,
    IllegalTransition, DossierUnknown or InvalidValue.
    """
    check_confirmation(confirmation, _now())
    with services.database.transaction() as tx:
        tx.review_leases.check([record.id], confirmation.by, _now())
        tx.dossiers.get(confirmation.tag.code, WHOLE_OFFICE)
        station = tx.batches.station_of(record.batch)
        given = with_unseen(record, confirmation)
        end_requests(tx, record, actor, confirmation.at)
        saved = _save_confirmation(tx, record, given, actor, reason, station)
        tx.review_leases.release(saved.id, confirmation.by)
    return saved, [Todo(Step.FILE, saved.id, station)]


def confirm_settled(services: Services, record: Record, by: StaffId, actor: str) -> tuple[Record, list[Todo]]:
    """Take a person's word for a record of which everything is accepted, as it was read and without a look.

    Raises what `confirm` raises, and IllegalTransition for a record that a person must look at.
    """
    if record.settled_as is None:
        raise IllegalTransition("a person must look at this paper")
    return confirm(services, record, settled_confirmation(record, by, _now()), actor, "settled")


def _save_confirmation(
    tx: Transaction,
    record: Record,
    confirmation: Confirmation,
    actor: str,
    reason: str | None,
    station: StationId,
) -> Record:
    saved = tx.records.save(
        record.confirmed(confirmation),
        expected_version=record.version,
        actor=actor,
        action="confirmed",
        at=confirmation.at,
        reason=reason,
    )
    learn(tx, record, confirmation, station)
    draw(tx, record, confirmation, station)
    tx.owners.note(saved)
    details: dict[str, object] = {"version": saved.version}
    if confirmation.unseen:
        details |= {"policy": confirmation.policy, "unseen": len(confirmation.unseen)}
    tx.audit.append(actor, "record.confirmed", saved.id, details, _now())
    return saved


# --- file: record → searchable PDF/A, placed in its dossier as a component or the result ---


def file(services: Services, claim: Claim) -> list[Todo]:
    """Make the record's lasting copy and file it under its dossier."""
    with services.database.transaction() as tx:
        record = tx.records.get(RecordId(claim.key), WHOLE_OFFICE)
        pages = tx.pages.of_record(record.id)
        scan_file = tx.batches.file(pages[0].file)
    try:
        fixity = archival_copy(services, record, pages, scan_file)
    except Unreadable as error:
        with services.database.transaction() as tx:
            tx.records.filing_failed(claim, error.code, _now())
        return []
    with services.database.transaction() as tx:
        tx.records.filed(claim, record.filed(fixity), _now())
    return []


STEPS: dict[Step, Callable[[Services, Claim], list[Todo]]] = {
    Step.RASTERISE: rasterise,
    Step.RECOGNISE: recognise,
    Step.CLASSIFY: classify,
    Step.FILE: file,
    Step.READ_AGAIN: read_again,
}


def _now() -> datetime:
    return datetime.now(UTC)
