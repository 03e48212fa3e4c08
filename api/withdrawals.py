"""Declared files that will not come: a station takes them back, so that its batch can be completed."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth import BatchSender
from api.batches import visible_batch
from api.paging import BatchKey, FileNumber
from api.problems import problems
from api.schemas.batch import WithdrawalRequest, WithdrawnFile
from api.state import State
from config.logging import log_ids
from records.errors import AlreadyReceived, InvalidManifest, NotFound
from workers import pipeline

router = APIRouter(tags=["Batches"])


@router.put(
    "/api/batches/{batch}/files/{sequence}/withdrawal",
    operation_id="withdraw_file",
    summary="Withdraw a declared file",
    responses=problems(NotFound, InvalidManifest, AlreadyReceived),
)
def withdraw_file(
    batch: BatchKey, sequence: FileNumber, body: WithdrawalRequest, state: State, caller: BatchSender
) -> WithdrawnFile:
    """Take back a declared file that was refused or is gone, so that the batch can be completed without it.

    Final and safe to repeat: the first reason stays. A file that is durable cannot be withdrawn.
    """
    with state.services.database.snapshot() as tx:
        found = visible_batch(tx, batch, caller)
    with log_ids(batch=found.id, station=found.station):
        withdrawal, todos = pipeline.withdraw(
            state.services, found, sequence, body.reason, actor=caller.actor
        )
    state.enqueue(todos)
    return WithdrawnFile.of(withdrawal)
