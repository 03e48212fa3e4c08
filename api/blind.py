"""Blind checks and disputes: another person reads again without seeing what stands there; a third one decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Auditor, Clerk, StaffCaller
from api.paging import RecordKey
from api.problems import problems
from api.schemas.blind import (
    BlindTask,
    BlindValues,
    BlindWaiting,
    BlindWish,
    Decided,
    Dispute,
    DisputeTask,
    Estimates,
    EstimateView,
)
from api.schemas.record import LONGEST_VALUE
from api.state import State
from records.acceptance import DOSSIER, TYPE
from records.blind_check import BlindCheck, CheckState, EstimateBy
from records.errors import (
    DossierUnknown,
    IllegalTransition,
    InvalidDossierCode,
    InvalidValue,
    NotFound,
    RecordLeased,
    StaleVersion,
)
from records.evidence import confirmed_value
from records.ids import PageId, RecordId, UnitCode
from records.record import Record
from records.steps import Step, Todo
from storage.database import Transaction
from workers import blind

router = APIRouter(tags=["Review"])

_ANSWER = problems(NotFound, IllegalTransition, RecordLeased, StaleVersion, InvalidValue)


@router.post("/api/reviews/blind/next", operation_id="next_blind_check", summary="Take the next blind check")
def next_check(body: BlindWish, state: State, caller: Clerk) -> BlindTask:
    """A paper of which some values are to be read again, leased to you: never one that you confirmed. Neither the
    machine's nor the confirmed value is in the answer; show the pages and empty fields."""
    with state.services.database.transaction() as tx:
        found = _next(tx, body, state, caller, CheckState.OPEN)
    if found is None:
        return BlindTask(record=None, pages=[], receipt=[], document_type=None, fields=[], until=None)
    record, checks, receipt, until = found
    return BlindTask(
        record=record.id,
        pages=list(record.pages),
        receipt=list(receipt),
        document_type=_shown_type(record, checks),
        fields=[check.field for check in checks],
        until=until,
    )


@router.get("/api/reviews/blind", operation_id="count_blind_checks", summary="Second readings that wait")
def count_checks(state: State, caller: Clerk) -> BlindWaiting:
    """How many papers wait for you to read them again, and to decide between two readings."""
    now = datetime.now(UTC)
    with state.services.database.snapshot() as tx:
        blind_checks, disputes = (
            tx.blind_checks.count(caller.staff.id, wanted, caller.scope, now)
            for wanted in (CheckState.OPEN, CheckState.DISPUTED)
        )
    return BlindWaiting(blind=blind_checks, disputes=disputes)


@router.put(
    "/api/reviews/blind/{record}",
    operation_id="answer_blind_check",
    summary="Answer a blind check",
    status_code=204,
    responses=_ANSWER,
)
def answer_check(record: RecordKey, body: BlindValues, state: State, caller: Clerk) -> None:
    """Say what stands on the paper. What differs from the confirmed value goes to a third person; you are not told."""
    now = datetime.now(UTC)
    _check_lengths(body)
    with state.services.database.transaction() as tx:
        found = _held(tx, record, caller, now)
        blind.answer(tx, found, body.fields, caller.staff.id, caller.actor, now)
        tx.review_leases.release(found.id, caller.staff.id)


@router.post("/api/reviews/disputes/next", operation_id="next_dispute", summary="Take the next dispute")
def next_dispute(body: BlindWish, state: State, caller: Clerk) -> DisputeTask:
    """A paper of which a value was read in two ways, leased to you: never one that you confirmed or checked."""
    with state.services.database.transaction() as tx:
        found = _next(tx, body, state, caller, CheckState.DISPUTED)
    if found is None:
        return DisputeTask(record=None, pages=[], receipt=[], document_type=None, disputes=[], until=None)
    record, checks, receipt, until = found
    return DisputeTask(
        record=record.id,
        pages=list(record.pages),
        receipt=list(receipt),
        document_type=_shown_type(record, checks),
        disputes=[Dispute(field=check.field, candidates=_candidates(record, check)) for check in checks],
        until=until,
    )


@router.put(
    "/api/reviews/disputes/{record}",
    operation_id="decide_dispute",
    summary="Decide a dispute",
    responses={**_ANSWER, **problems(DossierUnknown, InvalidDossierCode)},
)
def decide_dispute(record: RecordKey, body: BlindValues, state: State, caller: Clerk) -> Decided:
    """Say what stands on the paper, one of the candidates or something else. A confirmed value that was wrong is
    corrected: you answer for the paper now, and it is filed anew. Earlier versions stay in the history."""
    now = datetime.now(UTC)
    _check_lengths(body)
    with state.services.database.transaction() as tx:
        found = _held(tx, record, caller, now)
        saved, corrected = blind.decide(tx, found, body.fields, caller.staff.id, caller.actor, now)
        tx.review_leases.release(found.id, caller.staff.id)
        station = tx.batches.station_of(found.batch)
    if corrected:
        state.enqueue([Todo(Step.FILE, saved.id, station)])
    return Decided(version=saved.version, corrected=list(corrected))


@router.get(
    "/api/policy/estimates", operation_id="get_estimates", summary="How often accepted values are wrong"
)
def get_estimates(
    state: State,
    caller: Auditor,
    by: Annotated[EstimateBy, Query(description="One row for each of these.")] = EstimateBy.FIELD,
    days: Annotated[int, Query(ge=1, le=3650, description="Samples drawn in the last so many days.")] = 90,
) -> Estimates:
    """The rate of wrong values among those accepted without a look, with its interval, as blind checks found it."""
    since = datetime.now(UTC) - timedelta(days=days)
    with state.services.database.snapshot() as tx:
        found = tx.blind_checks.estimates(by, since, caller.scope)
    return Estimates(by=by, items=[EstimateView.of(one) for one in found])


def _next(
    tx: Transaction, body: BlindWish, state: State, caller: StaffCaller, wanted: CheckState
) -> tuple[Record, tuple[BlindCheck, ...], tuple[PageId, ...], datetime] | None:
    now, person = datetime.now(UTC), caller.staff.id
    until = now + timedelta(seconds=state.services.settings.review_lease_seconds)
    unit = UnitCode(body.unit) if body.unit else None
    key = tx.blind_checks.take_next(person, wanted, caller.scope, now, until, unit)
    if key is None:
        return None
    record, checks = tx.records.get(key, caller.scope), tx.blind_checks.for_person(key, person, wanted)
    return record, checks, _receipt(tx, record, checks), until


def _receipt(tx: Transaction, record: Record, checks: tuple[BlindCheck, ...]) -> tuple[PageId, ...]:
    """Where the dossier's code stands when it does not stand on the paper itself."""
    sheet = tx.records.sheet_before(record) if any(check.field == DOSSIER for check in checks) else None
    return sheet.pages if sheet else ()


def _held(tx: Transaction, key: RecordKey, caller: StaffCaller, now: datetime) -> Record:
    found = tx.records.get(RecordId(str(key)), caller.scope)
    tx.review_leases.check([found.id], caller.staff.id, now)
    return found


def _shown_type(record: Record, checks: tuple[BlindCheck, ...]) -> str | None:
    """The type tells which fields there are, unless it is what is asked."""
    asked = any(check.field == TYPE for check in checks)
    return None if asked or record.confirmation is None else record.confirmation.document_type


def _candidates(record: Record, check: BlindCheck) -> list[str]:
    assert record.confirmation is not None, "only confirmed records have checks"
    return sorted({confirmed_value(record.confirmation, check.field) or "", check.answer or ""})


def _check_lengths(body: BlindValues) -> None:
    for name, value in body.fields.items():
        if len(value or "") > LONGEST_VALUE:
            raise InvalidValue(f"a value has at most {LONGEST_VALUE} characters", field=name)
