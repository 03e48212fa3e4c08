"""Blind checks through their life: drawn from a confirmation, answered by another person, decided by a third."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from records.acceptance import DOSSIER, TYPE, Policy
from records.blind_check import BlindCheck, CheckPurpose, CheckState
from records.codes import parse_dossier_code
from records.errors import IllegalTransition, InvalidValue, NotFound
from records.evidence import ValueCheck, confirmed_value, same_value, values_of
from records.ids import DocumentTypeCode, StaffId, StationId
from records.record import Confirmation, DossierTag, Record
from records.staff import WHOLE_OFFICE
from storage.database import Transaction
from workers.accept import keep_promise
from workers.judge import check_confirmation

_CHANCE: Callable[[], float] = random.SystemRandom().random
CORRECTED = "blind_check"  # the reason in a record's history


def draw(
    tx: Transaction,
    record: Record,
    confirmation: Confirmation,
    station: StationId,
    chance: Callable[[], float] = _CHANCE,
) -> None:
    """Draw which values of a confirmation are read again: accepted ones as a sample, others as the policy asks."""
    policy = tx.policies.current()
    drawn = [
        BlindCheck(
            record=record.id,
            field=name,
            purpose=purpose,
            document_type=record.classification.document_type if record.classification else "",
            unit=record.unit,
            station=station,
            opened_at=confirmation.at,
            confirmed_by=confirmation.by,
        )
        for name, purpose, share in _shares(policy, record, confirmation)
        if chance() < share
    ]
    tx.blind_checks.draw(record.id, drawn)


def _shares(
    policy: Policy, record: Record, confirmation: Confirmation
) -> Iterator[tuple[str, CheckPurpose, float]]:
    kind = record.classification.document_type if record.classification else ""
    said = [TYPE, DOSSIER, *(name for name, value in confirmation.values.items() if value is not None)]
    for name in said:
        if name in confirmation.unseen:
            threshold = policy.threshold(name, kind)
            yield name, CheckPurpose.SAMPLE, threshold.share if threshold else 0.0
        else:
            yield name, CheckPurpose.SECOND, policy.second_share(name)


def answer(
    tx: Transaction,
    record: Record,
    values: Mapping[str, str | None],
    person: StaffId,
    actor: str,
    at: datetime,
) -> None:
    """Take what a verifier read, for every open check of a record. What differs goes to a third person.

    Raises NotFound when nothing is there for this person to check, InvalidValue unless every value is named.
    """
    confirmation = _confirmation(record)
    checks = _named(tx.blind_checks.for_person(record.id, person, CheckState.OPEN), values)
    agreed = 0
    for check in checks:
        said = values[check.field]
        if same_value(said, confirmed_value(confirmation, check.field)):
            _settle(tx, record, check, confirmed_value(confirmation, check.field), True, person, at)
            agreed += 1
        else:
            tx.blind_checks.disputed(check, said, person)
    details: dict[str, object] = {"agreed": agreed, "disputed": len(checks) - agreed}
    tx.audit.append(actor, "record.checked_blind", record.id, details, at)


def decide(
    tx: Transaction,
    record: Record,
    values: Mapping[str, str | None],
    person: StaffId,
    actor: str,
    at: datetime,
) -> tuple[Record, tuple[str, ...]]:
    """Take a third person's word on every disputed value; returns the record and the fields that it corrected.

    A corrected record is confirmed anew by this person, and filed anew. Raises NotFound when nothing is disputed
    that this person may decide, InvalidValue, DossierUnknown, StaleVersion.
    """
    confirmation = _confirmation(record)
    checks = _named(tx.blind_checks.for_person(record.id, person, CheckState.DISPUTED), values)
    wrong = []
    for check in checks:
        right = same_value(values[check.field], confirmed_value(confirmation, check.field))
        _settle(tx, record, check, values[check.field], right, person, at)
        wrong += [] if right else [check.field]
    details: dict[str, object] = {"decided": len(checks), "corrected": len(wrong)}
    tx.audit.append(actor, "record.dispute_decided", record.id, details, at)
    if not wrong:
        return record, ()
    corrected = _corrected(tx, confirmation, {name: values[name] for name in wrong}, person, at)
    return _confirmed_anew(tx, record, corrected, actor, at), tuple(wrong)


def _confirmation(record: Record) -> Confirmation:
    if record.confirmation is None:
        raise IllegalTransition("the record is not confirmed")
    return record.confirmation


def _named(checks: tuple[BlindCheck, ...], values: Mapping[str, str | None]) -> tuple[BlindCheck, ...]:
    if not checks:
        raise NotFound("there is nothing here for you to check")
    if {check.field for check in checks} != set(values):
        raise InvalidValue("give every value that is asked for, and no other", field="fields")
    return checks


def _settle(
    tx: Transaction,
    record: Record,
    check: BlindCheck,
    truth: str | None,
    right: bool,
    person: StaffId,
    at: datetime,
) -> None:
    """Note the truth about a value: for the estimate, and for what the machine had read."""
    tx.blind_checks.settled(check, right, person, at)
    read = values_of(record).get(check.field)
    if read is None:
        return
    learnt = ValueCheck(
        record=record.id,
        field=check.field,
        document_type=check.document_type,
        unit=check.unit,
        station=check.station,
        confidence=read[1],
        right=same_value(read[0], truth),
        at=at,
        policy=record.confirmation.policy if record.confirmation else None,
        blind=True,
    )
    tx.evidence.note([learnt])
    keep_promise(tx, [learnt], at)


def _corrected(
    tx: Transaction, before: Confirmation, truth: Mapping[str, str | None], person: StaffId, at: datetime
) -> Confirmation:
    values = {
        **before.values,
        **{name: value for name, value in truth.items() if name not in (TYPE, DOSSIER)},
    }
    kind = DocumentTypeCode(truth.get(TYPE) or before.document_type)
    if kind not in {known.code for known in tx.catalogue.document_types()}:
        raise InvalidValue("there is no document type with this code", field=TYPE)
    code = parse_dossier_code(truth.get(DOSSIER) or before.tag.code).code
    tx.dossiers.get(code, WHOLE_OFFICE)
    corrected = Confirmation(
        by=person,
        at=at,
        document_type=kind,
        values=values,
        tag=DossierTag(code, before.tag.role, before.tag.component),
        unseen=tuple(name for name in before.unseen if name not in truth),
        policy=before.policy,
    )
    check_confirmation(corrected, at)
    return corrected


def _confirmed_anew(
    tx: Transaction, record: Record, corrected: Confirmation, actor: str, at: datetime
) -> Record:
    opened = tx.records.save(
        record.reopened(),
        expected_version=record.version,
        actor=actor,
        action="reopened",
        at=at,
        reason=CORRECTED,
    )
    saved = tx.records.save(
        opened.confirmed(corrected),
        expected_version=opened.version,
        actor=actor,
        action="confirmed",
        at=at,
        reason=CORRECTED,
    )
    tx.owners.note(saved)
    tx.audit.append(actor, "record.confirmed", saved.id, {"version": saved.version, "reason": CORRECTED}, at)
    return saved
