"""One step of one thing, done at most once: claim it, do it, and say what became of it.

not claimable           → nothing (done already, somebody else is at it, or too early)
died too often          → parked where a person sees it
back end ill            → lease given back, attempt not counted; the sweep asks again
lease lost meanwhile    → outcome dropped; the new owner's counts
a fault of our own      → attempt counted; the sweep asks again until the step is parked
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from config.logging import log_ids
from config.wiring import Services
from records.errors import AttemptsExhausted, BackendUnavailable, DecodeMemory, LeaseLost
from records.steps import Claim, Step, Todo
from workers.pipeline import STEPS

log = logging.getLogger(__name__)

MOST_AT_ONCE = 20  # steps; a long batch whose first page came last goes on in a task of its own


def run_step(services: Services, todo: Todo) -> list[Todo]:
    """Do a step if it is there to be done; returns what comes next. Never raises for a document's sake."""
    with log_ids(step=todo.step.value, key=todo.key, station=todo.station):
        try:
            claim = claim_step(services, todo)
            return [] if claim is None else _run(services, claim)
        except BackendUnavailable as error:
            log.warning("step_put_off", extra={"code": error.code})
            return []


def run_on(services: Services, todo: Todo) -> list[Todo]:
    """Do a step and, at once, what classifying it leads to; returns what is left to be asked for.

    Classifying takes a moment. Asked for, it would wait its turn among the queues, which is after a page of every
    station: papers would be read faster than they are classified, and nobody could begin with them.
    """
    now: list[Todo] = [todo]
    later: list[Todo] = []
    for _ in range(MOST_AT_ONCE):
        if not now:
            break
        for following in run_step(services, now.pop(0)):
            (now if following.step is Step.CLASSIFY else later).append(following)
    return [*now, *later]


def claim_step(services: Services, todo: Todo) -> Claim | None:
    """The right to do this step now, or None; a step that died too often is parked on the way."""
    settings = services.settings
    now = datetime.now(UTC)
    with services.database.transaction() as tx:
        claim = tx.steps.claim(
            todo.step,
            todo.key,
            now=now,
            lease=timedelta(seconds=settings.lease_seconds),
            max_attempts=settings.max_attempts,
            patience=timedelta(minutes=settings.patience_minutes),
        )
        if claim is None and tx.steps.exhausted(
            todo.step, todo.key, now=now, max_attempts=settings.max_attempts
        ):
            tx.steps.park(todo.step, todo.key, AttemptsExhausted.code, now)
            log.error("step_parked", extra={"code": AttemptsExhausted.code})
    return claim


def _run(services: Services, claim: Claim) -> list[Todo]:
    try:
        todos = STEPS[claim.step](services, claim)
    except LeaseLost:
        log.warning("lease_lost", extra={"attempt": claim.attempt})
        return []
    except BackendUnavailable as error:
        _give_back(services, claim, error.code, refund=True)
        raise
    except MemoryError:
        _give_back(services, claim, DecodeMemory.code, refund=False)
        return []
    except Exception:
        log.exception("step_failed", extra={"attempt": claim.attempt})
        _give_back(services, claim, "error", refund=False)
        return []
    log.info("step_done", extra={"attempt": claim.attempt})
    return todos


def _give_back(services: Services, claim: Claim, code: str, *, refund: bool) -> None:
    with services.database.transaction() as tx:
        tx.steps.release(claim, code, refund=refund)
