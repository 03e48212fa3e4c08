"""Reconciliation with the object store asked, too: a row whose object is gone is received and not stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from config.wiring import Services
from records.errors import NotFound
from records.ids import BatchId, StationId
from records.reconciliation import BatchReconciled, Difference, DifferenceKind
from records.staff import Scope


def reconcile(
    services: Services,
    scope: Scope,
    *,
    day: date | None = None,
    station: StationId | None = None,
    batch: BatchId | None = None,
    check_objects: bool = False,
) -> tuple[tuple[BatchReconciled, ...], tuple[Difference, ...]]:
    """The batches with their counts, and the files whose objects are gone (only where the store is asked)."""
    with services.database.snapshot() as tx:
        batches = tx.reconciliation.batches(scope, day=day, station=station, batch=batch)
    lost = _lost(services, scope, day, station, batch) if check_objects else ()
    return tuple(_without(one, lost) for one in batches), lost


def _lost(
    services: Services, scope: Scope, day: date | None, station: StationId | None, batch: BatchId | None
) -> tuple[Difference, ...]:
    with services.database.snapshot() as tx:
        received = tx.reconciliation.received_files(scope, day=day, station=station, batch=batch)
    return tuple(difference for difference, sha256 in received if not services.objects.exists(sha256))


def _without(batch: BatchReconciled, lost: tuple[Difference, ...]) -> BatchReconciled:
    mine = [one for one in lost if one.batch == batch.batch]
    is_open = sum(one.is_open for one in mine)
    return replace(
        batch,
        counts=replace(batch.counts, stored=batch.counts.stored - len(mine)),
        open_differences=batch.open_differences + is_open,
        closed_differences=batch.closed_differences + len(mine) - is_open,
    )


def close_difference(
    services: Services,
    scope: Scope,
    batch: BatchId,
    kind: DifferenceKind,
    subject: str,
    *,
    reason: str,
    actor: str,
) -> Difference:
    """Close a difference that exists now with a reason; raises NotFound. Closing it again changes nothing."""
    found = _existing(services, scope, batch, kind, subject)
    now = datetime.now(UTC)
    with services.database.transaction() as tx:
        closed = tx.reconciliation.close(found, reason, actor, now)
        if found.is_open:
            details: dict[str, object] = {"kind": kind.value, "subject": subject}
            tx.audit.append(actor, "difference.closed", batch, details, now)
    return closed


def _existing(
    services: Services, scope: Scope, batch: BatchId, kind: DifferenceKind, subject: str
) -> Difference:
    if kind is DifferenceKind.NOT_STORED:
        lost = _lost(services, scope, None, None, batch)
        for difference in lost:
            if difference.subject == subject:
                return difference
        raise NotFound("there is no such difference, or it has been made good")
    with services.database.snapshot() as tx:
        return tx.reconciliation.one(batch, kind, subject, scope)
