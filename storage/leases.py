"""The lease that guards a step, as SQL: who may claim, and whose outcome counts.

Every change here is one conditional UPDATE. It either finds the row as it was expected or changes nothing; so two
workers, a repeated message and a crash between any two lines all come to the same end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, not_, or_, update

from records.errors import LeaseLost
from records.states import FileState, PageState, RecordState
from records.steps import Claim, Step
from storage.drafts import is_draft
from storage.tables import files, pages, records

FREE: dict[str, None] = {"lease_token": None, "lease_until": None}


@dataclass(frozen=True)
class Work:
    """Where a step's work lies: the table, and the state in which the step is still to be done."""

    table: Table
    state: FileState | PageState | RecordState

    def is_open(self) -> ColumnElement[bool]:
        """Still to be done. The state stands in the SQL as it is, so that the partial indexes are used."""
        is_open = self.table.c.state == bindparam(None, self.state.value, literal_execute=True)
        if self.state is RecordState.CONFIRMED:
            return and_(is_open, not_(self.table.c.filing_parked))
        if self.state is RecordState.CLASSIFIED:
            return and_(is_open, is_draft())
        return is_open

    def is_free(self, now: datetime) -> ColumnElement[bool]:
        """Held by nobody, or by somebody whose lease is over."""
        return or_(self.table.c.lease_until.is_(None), self.table.c.lease_until < now)


WORK = {
    Step.RASTERISE: Work(files, FileState.RECEIVED),
    Step.RECOGNISE: Work(pages, PageState.RECEIVED),
    Step.CLASSIFY: Work(records, RecordState.ASSEMBLED),
    Step.FILE: Work(records, RecordState.CONFIRMED),
    Step.READ_AGAIN: Work(records, RecordState.CLASSIFIED),
}


def take(
    connection: Connection,
    step: Step,
    key: str,
    *conditions: ColumnElement[bool],
    token: str,
    now: datetime,
    lease: timedelta,
    max_attempts: int,
) -> Claim | None:
    """Lease the row if it is open, free, has an attempt left and meets the conditions."""
    work = WORK[step]
    columns = work.table.c
    attempt = connection.execute(
        update(work.table)
        .where(
            columns.id == key, work.is_open(), work.is_free(now), columns.attempts < max_attempts, *conditions
        )
        .values(lease_token=token, lease_until=now + lease, attempts=columns.attempts + 1)
        .returning(columns.attempts)
    ).scalar()
    return None if attempt is None else Claim(step, key, token, attempt)


def settle(
    connection: Connection, claim: Claim, step: Step, at: datetime, values: Mapping[str, object]
) -> None:
    """Write the outcome of a claimed step and end its lease; raises LeaseLost when it is not ours any more."""
    if claim.step is not step:
        raise ValueError(f"a claim on {claim.step} has no outcome of {step}")
    work = WORK[step]
    columns = work.table.c
    changed = connection.execute(
        update(work.table)
        .where(columns.id == claim.key, work.is_open(), columns.lease_token == claim.token)
        .values(attempts=0, state_at=at, last_error=None, **FREE, **values)
    ).rowcount
    if changed != 1:
        raise LeaseLost()


def give_back(connection: Connection, claim: Claim, error_code: str, *, refund: bool) -> bool:
    """End a lease without an outcome; says whether it was still ours."""
    work = WORK[claim.step]
    columns = work.table.c
    attempts = columns.attempts - 1 if refund else columns.attempts
    changed = connection.execute(
        update(work.table)
        .where(columns.id == claim.key, work.is_open(), columns.lease_token == claim.token)
        .values(attempts=attempts, last_error=error_code, **FREE)
    ).rowcount
    return changed == 1
