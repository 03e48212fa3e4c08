"""A file that was scanned twice: who still has the paper at hand takes the second one's papers out."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter

from api.auth import Placer
from api.batches import visible_batch
from api.paging import BatchKey, FileNumber
from api.problems import problems
from api.schemas.batch import DiscardedFile
from api.state import State
from records.errors import IllegalTransition, NotFound, RecordLeased
from records.record import Record
from records.states import RecordState
from storage.database import Transaction
from workers.reuse import DUPLICATE

router = APIRouter(tags=["Batches"])


@router.post(
    "/api/batches/{batch}/files/{sequence}/discard",
    operation_id="discard_duplicate",
    summary="Discard a duplicate file's papers",
    responses=problems(NotFound, IllegalTransition, RecordLeased),
)
def discard_duplicate(batch: BatchKey, sequence: FileNumber, state: State, caller: Placer) -> DiscardedFile:
    """Take out the papers that wait of a file whose bytes were received before; its master and pages stay. Papers that
    somebody has confirmed stay too. Repeating it changes nothing. A file that is no duplicate is refused."""
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        found = visible_batch(tx, batch, caller)
        file = next((one for one in tx.batches.files(found.id) if one.sequence == sequence), None)
        if file is None:
            raise NotFound("no file with this number")
        if file.duplicate_of is None:
            raise IllegalTransition("this file was not received before")
        mine = {page.record for page in tx.pages.of_batch(found.id) if page.file == file.id}
        papers = [one for one in tx.records.of_batch(found.id) if one.id in mine]
        if not papers or any(one.state is RecordState.ASSEMBLED for one in papers):
            raise IllegalTransition("the file is still being read")
        waiting = [one for one in papers if one.state is RecordState.CLASSIFIED]
        tx.review_leases.check([one.id for one in waiting], caller.staff.id, now)
        for one in waiting:
            _discard(tx, one, caller.actor, now)
    return DiscardedFile(sequence=sequence, discarded=len(waiting))


def _discard(tx: Transaction, record: Record, actor: str, now: datetime) -> None:
    saved = tx.records.save(
        record.discarded(),
        expected_version=record.version,
        actor=actor,
        action="discarded",
        at=now,
        reason=DUPLICATE,
    )
    details: dict[str, object] = {"version": saved.version, "reason": DUPLICATE}
    tx.audit.append(actor, "record.discarded", saved.id, details, now)
