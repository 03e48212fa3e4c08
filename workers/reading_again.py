"""Reads papers again that were read quickly while many waited: once nothing else is to be done, and until a person
has confirmed them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from config.wiring import Services
from records.errors import LeaseLost, Unreadable
from records.ids import PageId, RecordId
from records.page import PageText, mean_confidence
from records.staff import WHOLE_OFFICE
from records.states import RecordState
from records.steps import Claim, Todo
from workers.accept import settled
from workers.judge import proposed_again
from workers.propose import ranked
from workers.scan_doubts import files_of, with_scan_doubts
from workers.words import read_page, searchable, store_words, words_of


def read_again(services: Services, claim: Claim) -> list[Todo]:
    """Read a record's quickly read pages with the better engine and propose its type and fields anew.

    Its pages stay its own: a paper is not parted for a second time. A clerk who confirms it meanwhile wins.
    """
    with services.database.transaction() as tx:
        record = tx.records.get(RecordId(claim.key), WHOLE_OFFICE)
        batch = tx.batches.get(record.batch, WHOLE_OFFICE)
        pages = tx.pages.of_record(record.id)
        drafts = tx.drafts.of_record(record.id)
        cover_code = record.cover_code or tx.records.cover_before(record)
        files = files_of(tx, pages)
    if record.state is not RecordState.CLASSIFIED or record.confirmation is not None:
        raise LeaseLost()  # a person was faster
    better: dict[PageId, PageText] = {}
    for page in pages:
        if page.id in drafts:
            try:
                better[page.id] = read_page(services, page, services.engine)
            except Unreadable:
                continue  # what the quick engine read is better than nothing
    kept = {page.id: store_words(services, page.id, better[page.id]) for page in pages if page.id in better}
    texts = [better.get(page.id) or words_of(services, page) for page in pages]
    barcodes = [page.barcodes for page in pages]
    reading = services.classifier.classify(texts, barcodes, scanned_on=batch.opened_at.date())
    reading = with_scan_doubts(reading, pages, texts, files)
    with services.database.snapshot() as tx:
        policy = tx.policies.current()
        rank = partial(ranked, tx, day=batch.opened_at.date())
        outcome = proposed_again(record, pages, reading, cover_code, policy, rank)
    now = datetime.now(UTC)
    with services.database.transaction() as tx:
        tx.records.read_again(claim, settled(tx, outcome), now)
        tx.drafts.forget(record.id)
        for page_id, text in better.items():
            tx.pages.read_again(
                page_id, kept[page_id], mean_confidence(text), text.engine.name, rotation=text.rotation
            )
            tx.search.note_page(page_id, batch.unit, searchable(text))
    return []
