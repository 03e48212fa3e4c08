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
from workers.duplicates import discard_duplicate_file

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
        discarded = discard_duplicate_file(tx, file, caller.staff.id, caller.actor, now)
    return DiscardedFile(sequence=sequence, discarded=discarded)
