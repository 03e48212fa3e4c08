"""A paper that was scanned twice: the second scan is taken out with its reason; master and pages stay."""

from __future__ import annotations

from datetime import datetime

from records.batch import ScanFile
from records.errors import IllegalTransition
from records.ids import StaffId
from records.record import Record
from records.states import RecordState
from storage.database import Transaction

DUPLICATE = "duplicate"  # why the scan is not filed


def discard_duplicate(tx: Transaction, record: Record, actor: str, at: datetime, **details: object) -> Record:
    """Take one paper out; `details` go into the audit trail. Raises StaleVersion or IllegalTransition."""
    saved = tx.records.save(
        record.discarded(),
        expected_version=record.version,
        actor=actor,
        action="discarded",
        at=at,
        reason=DUPLICATE,
    )
    said: dict[str, object] = {"version": saved.version, "reason": DUPLICATE, **details}
    tx.audit.append(actor, "record.discarded", saved.id, said, at)
    return saved


def discard_duplicate_file(tx: Transaction, file: ScanFile, by: StaffId, actor: str, at: datetime) -> int:
    """Take out the papers that wait of a file whose bytes were received before; returns how many.

    Papers that somebody has confirmed stay, and repeating it changes nothing. Raises IllegalTransition for a file that
    is no duplicate or is still being read, and RecordLeased.
    """
    if file.duplicate_of is None:
        raise IllegalTransition("this file was not received before")
    mine = {page.record for page in tx.pages.of_batch(file.batch) if page.file == file.id}
    papers = [one for one in tx.records.of_batch(file.batch) if one.id in mine]
    if not papers or any(one.state is RecordState.ASSEMBLED for one in papers):
        raise IllegalTransition("the file is still being read")
    waiting = [one for one in papers if one.state is RecordState.CLASSIFIED]
    tx.review_leases.check([one.id for one in waiting], by, at)
    for one in waiting:
        discard_duplicate(tx, one, actor, at)
    return len(waiting)
