"""A paper that is digitised already becomes a component of another dossier, and counts there as re-used."""

from __future__ import annotations

from datetime import date, datetime

from records.errors import NotFound, NotReusable
from records.ids import DossierCode, RecordId
from records.owner import DigitisedPaper, ReusedComponent, ownership
from records.record import Record
from records.states import RecordState
from storage.database import Transaction
from workers.duplicates import discard_duplicate


def reuse(
    tx: Transaction,
    dossier: DossierCode,
    record: RecordId,
    owner: str | None,
    *,
    valid_on: date,
    component: str | None,
    actor: str,
    at: datetime,
) -> ReusedComponent:
    """Use a filed paper of this owner again in a dossier, as a component; repeating it changes nothing.

    Without an owner, the dossier's own papers must name him. Without a code of the procedure's list, the type of the
    paper stands for the component. Raises NotReusable.
    """
    kind = tx.owners.type_of(record)
    reused = tx.owners.reuse(
        dossier, record, owner, valid_on=valid_on, component=component or kind, actor=actor, at=at
    )
    tx.components.reuse(dossier, reused.component, True, actor, at)
    tx.audit.append(actor, "paper.reused", record, {"dossier": dossier}, at)
    return reused


def known_before(tx: Transaction, record: Record, valid_on: date) -> tuple[DigitisedPaper, ...]:
    """What may be the very paper that a record is a scan of: filed, of the same owner and type, and holding."""
    found = ownership(record)
    if found is None or record.classification is None or record.state is not RecordState.CLASSIFIED:
        return ()
    papers = tx.owners.digitised(found.owner, record.classification.document_type, valid_on)
    return tuple(paper for paper in papers if paper.may_be(found.issued))


def replace_scan(
    tx: Transaction,
    record: Record,
    paper: RecordId,
    dossier: DossierCode,
    owner: str | None,
    *,
    valid_on: date,
    component: str | None,
    actor: str,
    at: datetime,
) -> Record:
    """Use a filed paper instead of this scan of it: the dossier gets that one, the scan is discarded as a duplicate.

    Without an owner, the record says whose paper it is. Raises NotReusable, StaleVersion or IllegalTransition.
    """
    said = ownership(record)
    whose = owner or (said.owner if said else None)
    if whose is None:
        raise NotReusable()
    reuse(tx, dossier, paper, whose, valid_on=valid_on, component=component, actor=actor, at=at)
    return discard_duplicate(tx, record, actor, at, reused=paper)


def withdraw(tx: Transaction, dossier: DossierCode, record: RecordId, *, actor: str, at: datetime) -> None:
    """Take a re-used paper out of a dossier; the paper stays where it is filed. Raises NotFound."""
    there = next((one for one in tx.owners.reused_in(dossier) if one.reused_from == record), None)
    if there is None:
        raise NotFound("the dossier does not use this paper")
    tx.owners.withdraw(dossier, record, at)
    if there.component not in {one.component for one in tx.owners.reused_in(dossier)}:
        tx.components.reuse(dossier, there.component, False, actor, at)
    tx.audit.append(actor, "paper.reuse_withdrawn", record, {"dossier": dossier}, at)
