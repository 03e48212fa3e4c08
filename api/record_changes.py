"""What a clerk does to a record: confirm, discard, re-open, ask for its filing again. Nobody overwrites anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Header, Response

from api.auth import Clerk, StaffCaller
from api.etags import check_version, etag, is_based_on
from api.paging import RecordKey
from api.problems import problems
from api.schemas.record import (
    LONGEST_VALUE,
    Confirming,
    Discarding,
    RecordDetail,
    Reopening,
)
from api.state import ApiState, State
from records.codes import parse_dossier_code
from records.errors import (
    DossierUnknown,
    IllegalTransition,
    InvalidDossierCode,
    InvalidValue,
    NotAllowed,
    NotFound,
    RecordLeased,
    StaleVersion,
    VersionRequired,
)
from records.ids import DocumentTypeCode, RecordId
from records.procedure import DocumentType
from records.record import Confirmation, DossierTag, FieldName, Record
from records.states import RecordState
from records.steps import Step, Todo
from storage.database import Transaction
from workers import pipeline
from workers.rescan import end_requests

router = APIRouter(tags=["Records"])

IfMatch = Annotated[str | None, Header(description="The ETag of the version that the change is based on.")]
_CHANGE = problems(NotFound, IllegalTransition, RecordLeased, StaleVersion, VersionRequired)


@router.put(
    "/api/records/{record}/confirmation",
    operation_id="confirm_record",
    summary="Confirm a record",
    responses={
        **_CHANGE,
        **problems(IllegalTransition, RecordLeased, DossierUnknown, InvalidValue, InvalidDossierCode),
    },
)
def confirm_record(
    record: RecordKey,
    body: Confirming,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> RecordDetail:
    """Answer for what a paper is, what it says and where it belongs. Its PDF/A is made and filed next.

    What the machine read stays beside what is confirmed. The dossier must have been imported. Repeating it, because its
    answer was lost, is safe.
    """
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        kinds = {kind.code: kind for kind in tx.catalogue.document_types()}
    taken = _taken_already(found, caller, if_match)
    if taken is not None and _same(taken, _confirmation(body, found, kinds, caller)):
        return _answer(found, response)
    check_version(if_match, found.version)
    confirmation = _confirmation(body, found, kinds, caller)
    saved, todos = pipeline.confirm(state.services, found, confirmation, caller.actor)
    state.enqueue(todos)
    return _answer(saved, response)


def _confirmation(
    body: Confirming, record: Record, kinds: dict[DocumentTypeCode, DocumentType], caller: StaffCaller
) -> Confirmation:
    kind = kinds.get(DocumentTypeCode(body.document_type))
    if kind is None:
        raise InvalidValue("there is no document type with this code", field="document_type")
    known = {*FieldName, *kind.fields, *(field.name for field in record.fields)}
    for name, value in body.fields.items():
        if name not in known:
            raise InvalidValue("papers of this type have no such field", field=name)
        if len(value or "") > LONGEST_VALUE:
            raise InvalidValue(f"a value has at most {LONGEST_VALUE} characters", field=name)
    code = parse_dossier_code(body.dossier.code).code
    return Confirmation(
        by=caller.staff.id,
        at=datetime.now(UTC),
        document_type=kind.code,
        values={name: value or None for name, value in body.fields.items()},
        tag=DossierTag(code, body.dossier.role, body.dossier.component),
    )


def _taken_already(record: Record, caller: StaffCaller, if_match: str | None) -> Confirmation | None:
    """What this person has confirmed of that very version."""
    given, later = record.confirmation, {RecordState.CONFIRMED: 1, RecordState.FILED: 2}.get(record.state)
    if given is None or later is None or given.by != caller.staff.id:
        return None
    return given if is_based_on(if_match, record.version - later) else None


def _same(one: Confirmation, other: Confirmation) -> bool:
    return (one.document_type, one.values, one.tag) == (other.document_type, other.values, other.tag)


@router.post(
    "/api/records/{record}/discard",
    operation_id="discard_record",
    summary="Discard a record",
    responses=_CHANGE,
)
def discard_record(
    record: RecordKey,
    body: Discarding,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> RecordDetail:
    """Say that a paper is not to be filed, and why. Its master and pages stay."""
    found = _current(state, record, caller, if_match)
    saved = _saved(state, found, found.discarded(), caller, "discarded", body.reason.value)
    return _answer(saved, response)


@router.post(
    "/api/records/{record}/reopen",
    operation_id="reopen_record",
    summary="Re-open a record",
    responses=_CHANGE,
)
def reopen_record(
    record: RecordKey,
    body: Reopening,
    state: State,
    caller: Clerk,
    response: Response,
    if_match: IfMatch = None,
) -> RecordDetail:
    """Take a confirmed, filed or discarded paper back to the desk. The earlier confirmation stays in the history."""
    found = _current(state, record, caller, if_match)
    return _answer(_saved(state, found, found.reopened(), caller, "reopened", body.reason.value), response)


@router.post(
    "/api/records/{record}/undo",
    operation_id="undo_confirmation",
    summary="Undo a confirmation",
    responses={**_CHANGE, **problems(NotAllowed)},
)
def undo_confirmation(
    record: RecordKey, state: State, caller: Clerk, response: Response, if_match: IfMatch = None
) -> RecordDetail:
    """Take one's own confirmation back, for as long as a lease lasts, also when the paper was filed meanwhile; it
    is leased to you again. `If-Match` names the confirmed version.

    Later, or for what somebody else confirmed, re-open it with a reason (`/reopen`).
    """
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
    _check_undo(found, caller, if_match, datetime.now(UTC) - _lease(state))
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        saved = _save(tx, found, found.reopened(), caller, "undone", None, now)
        tx.review_leases.take(saved.id, caller.staff.id, now, now + _lease(state))
    return _answer(saved, response)


def _check_undo(record: Record, caller: StaffCaller, if_match: str | None, since: datetime) -> None:
    """Let the undoing of a confirmation pass that is this person's own, of late, and the last thing people did."""
    filed = record.state is RecordState.FILED
    check_version(if_match, record.version - 1 if filed else record.version)
    if record.confirmation is None or not (filed or record.state is RecordState.CONFIRMED):
        raise IllegalTransition("there is no confirmation to take back")
    if record.confirmation.by != caller.staff.id:
        raise NotAllowed("only who confirmed the record can take that back")
    if record.confirmation.at < since:
        raise IllegalTransition(
            "the confirmation is too old to be taken back; re-open the record with a reason"
        )


def _lease(state: ApiState) -> timedelta:
    return timedelta(seconds=state.services.settings.review_lease_seconds)


@router.post(
    "/api/records/{record}/filing",
    operation_id="file_record_again",
    summary="Ask for the filing again",
    status_code=202,
    responses=problems(NotFound, IllegalTransition),
)
def file_again(record: RecordKey, state: State, caller: Clerk, response: Response) -> RecordDetail:
    """Try again to make the PDF/A of a confirmed record whose filing has failed (`filing_failed`)."""
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        if not tx.records.ask_filing_again(found.id):
            raise IllegalTransition("no filing of this record has failed")
        tx.audit.append(caller.actor, "record.filing_asked", found.id, {}, now)
        asked = tx.records.get(found.id, caller.scope)
        station = tx.batches.station_of(found.batch)
    state.enqueue([Todo(Step.FILE, found.id, station)])
    return _answer(asked, response)


def _current(state: ApiState, key: RecordKey, caller: StaffCaller, if_match: str | None) -> Record:
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(key)), caller.scope)
    check_version(if_match, found.version)
    return found


def _saved(
    state: ApiState, before: Record, after: Record, caller: StaffCaller, action: str, reason: str
) -> Record:
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        saved = _save(tx, before, after, caller, action, reason, now)
        end_requests(tx, saved, caller.actor, now)
        tx.review_leases.release(saved.id, caller.staff.id)
    return saved


def _save(
    tx: Transaction,
    before: Record,
    after: Record,
    caller: StaffCaller,
    action: str,
    reason: str | None,
    now: datetime,
) -> Record:
    tx.review_leases.check([before.id], caller.staff.id, now)
    saved = tx.records.save(
        after, expected_version=before.version, actor=caller.actor, action=action, at=now, reason=reason
    )
    details: dict[str, object] = {"version": saved.version, "reason": reason}
    tx.audit.append(caller.actor, f"record.{action}", saved.id, details, now)
    return saved


def _answer(record: Record, response: Response) -> RecordDetail:
    response.headers["ETag"] = etag(record.version)
    return RecordDetail.of(record)
