"""What the policy accepts of a reading, and what every confirmation teaches it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from records.acceptance import (
    DOSSIER,
    POLICY_ACTOR,
    TYPE,
    AcceptanceMode,
    EvidenceSource,
    Policy,
    Threshold,
    accepted_values,
)
from records.acceptance_fit import DAYS_LATELY, broken_lately
from records.errors import StaleVersion
from records.evidence import ValueCheck, unseen_values, value_checks, values_of
from records.ids import DocumentTypeCode, DossierCode, StaffId, StationId
from records.limits import upper_limit
from records.record import (
    Acceptance,
    Classification,
    Confirmation,
    DossierProposal,
    DossierTag,
    Field,
    Record,
    Role,
)
from records.review import ReviewReason, reason_and_field
from storage.database import Transaction

_ROLES = {"input": Role.COMPONENT, "result": Role.RESULT}
_TRIES = 5


def accepted(
    policy: Policy,
    classification: Classification,
    fields: Sequence[Field],
    proposals: Sequence[DossierProposal],
) -> Acceptance | None:
    """What the policy accepts of a reading; None where there is no policy that accepts anything."""
    if policy.mode is AcceptanceMode.OFF or not policy.thresholds:
        return None
    return accepted_values(policy, classification.document_type, classification.confidence, fields, proposals)


def remaining(reasons: Iterable[str], acceptance: Acceptance | None) -> tuple[str, ...]:
    """The reasons for doubt that a promise does not settle."""
    settled = frozenset(acceptance.accepted if acceptance else ())
    return tuple(reason for reason in reasons if not _is_settled(reason, settled))


def _is_settled(word: str, settled: Collection[str]) -> bool:
    try:
        reason, field = reason_and_field(word)
    except ValueError:
        return False
    if reason is ReviewReason.TYPE_UNSURE:
        return TYPE in settled
    return reason is ReviewReason.FIELD_UNSURE and field in settled


def settled_as(record: Record, types_role: str | None, known: Collection[DossierCode]) -> Role | None:
    """The role in which a record may be confirmed without a look, or None when a person must look.

    Everything that was read is accepted, nothing is doubtful, the one dossier that is proposed has been imported,
    and papers of this type are always components, or always results.
    """
    read = values_of(record)
    accepted_names = set(record.acceptance.accepted if record.acceptance else ())
    if record.review_reasons or DOSSIER not in read or not set(read) <= accepted_names:
        return None
    return _ROLES.get(types_role or "") if read[DOSSIER][0] in known else None


def settled_confirmation(record: Record, by: StaffId, at: datetime) -> Confirmation:
    """The confirmation of a settled record as it was read."""
    assert record.settled_as is not None, "only a settled record is confirmed without a look"
    read = values_of(record)
    return Confirmation(
        by=by,
        at=at,
        document_type=DocumentTypeCode(read[TYPE][0]),
        values={field.name: field.value for field in record.fields if field.name != "dossier_code"},
        tag=DossierTag(DossierCode(read[DOSSIER][0]), record.settled_as),
    )


def with_unseen(record: Record, confirmation: Confirmation) -> Confirmation:
    """The confirmation that says which of its values rest on the policy alone."""
    unseen = unseen_values(record, confirmation)
    policy = record.acceptance.policy if record.acceptance and unseen else None
    return replace(confirmation, unseen=unseen, policy=policy)


def learn(tx: Transaction, record: Record, confirmation: Confirmation, station: StationId) -> None:
    """Note what a confirmation says about the values that were read, and stop what breaks its promise."""
    checks = value_checks(record, confirmation, station)
    tx.evidence.note(checks)
    keep_promise(tx, checks, confirmation.at)


def keep_promise(tx: Transaction, checks: Iterable[ValueCheck], at: datetime) -> None:
    """Stop accepting by a threshold once the rate of wrong values is not known to be under the bound any more.

    Only wrong values can break a promise, so nothing is counted for right ones.
    """
    for check in checks:
        if check.right is False:
            _stop_if_broken(tx, check, at)


def _stop_if_broken(tx: Transaction, check: ValueCheck, at: datetime) -> None:
    for _ in range(_TRIES):
        policy = tx.policies.current()
        threshold = policy.threshold(check.field, check.document_type)
        if threshold is None or threshold.stopped or check.confidence < threshold.confidence:
            return
        checked, wrong = standing(tx, policy, threshold)
        lately = tx.evidence.standing(policy, threshold, since=at - timedelta(days=DAYS_LATELY))
        kept = upper_limit(wrong, checked, policy.certainty) <= policy.bound
        if kept and not broken_lately(*lately, policy.bound):
            return
        try:
            tx.policies.add(policy.stopped(threshold, policy.version + 1, at, wrong, checked))
        except StaleVersion:
            continue  # another confirmation was faster: look at what it left
        subject = f"{threshold.field}:{threshold.document_type}"
        details: dict[str, object] = {
            "checked": checked,
            "wrong": wrong,
            "checked_lately": lately[0],
            "wrong_lately": lately[1],
            "version": policy.version + 1,
        }
        tx.audit.append(POLICY_ACTOR, "policy.stopped", subject, details, at)
        return


def standing(tx: Transaction, policy: Policy, threshold: Threshold) -> tuple[int, int]:
    """Checked and wrong values behind a threshold: the office's own, and those of a prior that it still rests on."""
    checked, wrong = tx.evidence.standing(policy, threshold)
    if threshold.source is EvidenceSource.PRIOR:
        return checked + threshold.checked, wrong + threshold.wrong
    return checked, wrong


def settled(tx: Transaction, record: Record) -> Record:
    """The record, marked if nothing of it is doubtful and the policy accepts all of it (see `settled_as`)."""
    if record.acceptance is None or record.classification is None:
        return record
    known = tx.dossiers.known(proposal.code for proposal in record.proposals)
    kinds = {kind.code: kind.role for kind in tx.catalogue.document_types()}
    role = settled_as(record, kinds.get(record.classification.document_type), known)
    return replace(record, settled_as=role)
