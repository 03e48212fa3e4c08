"""A paper that is digitised already becomes a component of another dossier, and counts there as re-used."""

from __future__ import annotations

from datetime import date, datetime

from records.errors import NotFound
from records.ids import DossierCode, RecordId
from records.owner import ReusedComponent
from storage.database import Transaction


def reuse(
    tx: Transaction,
    dossier: DossierCode,
    record: RecordId,
    owner: str,
    *,
    valid_on: date,
    component: str | None,
    actor: str,
    at: datetime,
) -> ReusedComponent:
    """Use a filed paper of this owner again in a dossier, as a component; repeating it changes nothing.

    Without a code of the procedure's list, the type of the paper stands for the component. Raises NotReusable.
    """
    kind = tx.owners.type_of(record)
    reused = tx.owners.reuse(
        dossier, record, owner, valid_on=valid_on, component=component or kind, actor=actor, at=at
    )
    tx.components.reuse(dossier, reused.component, True, actor, at)
    tx.audit.append(actor, "paper.reused", record, {"dossier": dossier}, at)
    return reused


def withdraw(tx: Transaction, dossier: DossierCode, record: RecordId, *, actor: str, at: datetime) -> None:
    """Take a re-used paper out of a dossier; the paper stays where it is filed. Raises NotFound."""
    there = next((one for one in tx.owners.reused_in(dossier) if one.reused_from == record), None)
    if there is None:
        raise NotFound("the dossier does not use this paper")
    tx.owners.withdraw(dossier, record, at)
    if there.component not in {one.component for one in tx.owners.reused_in(dossier)}:
        tx.components.reuse(dossier, there.component, False, actor, at)
    tx.audit.append(actor, "paper.reuse_withdrawn", record, {"dossier": dossier}, at)
