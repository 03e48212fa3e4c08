"""Pages that a clerk parts, joins, sorts or turns: written as one, and what comes out is read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from config.wiring import Services
from records.ids import PageId, StaffId
from records.record import Record
from records.steps import Step, Todo


def rearrange(
    services: Services,
    before: Sequence[Record],
    after: Sequence[Record],
    *,
    person: StaffId,
    actor: str,
    action: str,
    turns: Mapping[PageId, int],
    now: datetime,
) -> tuple[tuple[Record, ...], list[Todo]]:
    """Write records whose pages a person moved; what comes out stays leased to that person.

    Raises StaleVersion when somebody was faster, RecordLeased while somebody else works on one of them.
    """
    until = now + timedelta(seconds=services.settings.review_lease_seconds)
    with services.database.transaction() as tx:
        tx.review_leases.check([record.id for record in before], person, now)
        versions = {record.id: record.version for record in before}
        saved = tx.arrangements.save(after, based_on=versions, actor=actor, action=action, at=now)
        for page, degrees in turns.items():
            tx.arrangements.turn(page, degrees, now)
        for record in saved:
            tx.audit.append(actor, f"record.{action}", record.id, {"version": record.version}, now)
            if record.pages:
                tx.review_leases.take(record.id, person, now, until)
            else:
                tx.review_leases.release(record.id, person)
        station = tx.batches.station_of(saved[0].batch)
    read = [record for record in saved if record.pages and turns.keys().isdisjoint(record.pages)]
    todos = [Todo(Step.RECOGNISE, page, station) for page in turns]
    return saved, [*todos, *(Todo(Step.CLASSIFY, record.id, station) for record in read)]
