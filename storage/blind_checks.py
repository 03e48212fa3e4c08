"""Blind checks: drawn, given to people who may do them, answered, disputed, settled, and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from records.blind_check import BlindCheck, CheckPurpose, CheckState, Estimate, EstimateBy
from records.errors import RecordLeased, StaleVersion
from records.ids import RecordId, StaffId, StationId, UnitCode
from records.staff import Scope
from records.states import RecordState
from storage.review_leases import ReviewLeases, free_for
from storage.scopes import within
from storage.tables import records
from storage.tables_policy import blind_checks

_COLUMNS = blind_checks.c
_CONFIRMED = (RecordState.CONFIRMED.value, RecordState.FILED.value)
_KEYS = {
    EstimateBy.FIELD: _COLUMNS.field,
    EstimateBy.TYPE: _COLUMNS.document_type,
    EstimateBy.STATION: _COLUMNS.station,
}
_AT_A_TIME = 20


class BlindChecks:
    """The blind_checks table. Nobody checks what he confirmed, or decides what he checked."""

    def __init__(self, connection: Connection, leases: ReviewLeases) -> None:
        self._connection = connection
        self._leases = leases

    def draw(self, record: RecordId, checks: Iterable[BlindCheck]) -> None:
        """Let these values of a newly confirmed record be checked; what an earlier confirmation left open ends."""
        fresh = [_row(check) for check in checks]
        over = or_(
            _COLUMNS.state != CheckState.SETTLED.value, _COLUMNS.field.in_([row["field"] for row in fresh])
        )
        self._connection.execute(delete(blind_checks).where(_COLUMNS.record == record, over))
        if fresh:
            self._connection.execute(insert(blind_checks), fresh)

    def take_next(
        self,
        person: StaffId,
        state: CheckState,
        scope: Scope,
        now: datetime,
        until: datetime,
        unit: UnitCode | None = None,
    ) -> RecordId | None:
        """Lease the record with the oldest checks in this state that the person may do; None when there is none."""
        query = _papers(person, state, scope, now)
        if unit is not None:
            query = query.where(records.c.unit == unit)
        oldest = query.order_by(func.min(_COLUMNS.opened_at), _COLUMNS.record).limit(_AT_A_TIME)
        for key in self._connection.execute(oldest).scalars().all():
            try:
                return self._leases.take(RecordId(key), person, now, until).record
            except RecordLeased:
                continue
        return None

    def count(self, person: StaffId, state: CheckState, scope: Scope, now: datetime) -> int:
        """How many records have checks in this state that the person may do now."""
        found = _papers(person, state, scope, now).subquery()
        return int(self._connection.execute(select(func.count()).select_from(found)).scalar_one())

    def for_person(self, record: RecordId, person: StaffId, state: CheckState) -> tuple[BlindCheck, ...]:
        """The checks of a record in this state that the person may do, by field."""
        query = select(blind_checks).where(_COLUMNS.record == record, _is_for(person, state))
        rows = self._connection.execute(query.order_by(_COLUMNS.field)).mappings()
        return tuple(_check(row) for row in rows)

    def disputed(self, check: BlindCheck, answer: str | None, person: StaffId) -> None:
        """Keep an answer that differs, for a third person. Raises StaleVersion when somebody was faster."""
        values = {"state": CheckState.DISPUTED.value, "answer": answer or "", "answered_by": person}
        self._change(check, values)

    def settled(self, check: BlindCheck, right: bool, person: StaffId, at: datetime) -> None:
        """Note whether the confirmed value was right; answers are not kept. Raises StaleVersion."""
        values = {
            "state": CheckState.SETTLED.value,
            "answer": None,
            "answered_by": check.answered_by or person,
            "settled_at": at,
            "right": right,
        }
        self._change(check, values)

    def _change(self, check: BlindCheck, values: Mapping[str, object]) -> None:
        here = and_(
            _COLUMNS.record == check.record,
            _COLUMNS.field == check.field,
            _COLUMNS.state == check.state.value,
            _COLUMNS.opened_at == check.opened_at,
        )
        if self._connection.execute(update(blind_checks).where(here).values(values)).rowcount != 1:
            raise StaleVersion()

    def estimates(self, by: EstimateBy, since: datetime, scope: Scope) -> tuple[Estimate, ...]:
        """How often accepted values are wrong, from the samples drawn since then, by field, type or station."""
        key = _KEYS[by]
        query = (
            select(key, _sum(_COLUMNS.right.is_not(None)), _sum(_COLUMNS.right.is_(False)))
            .add_columns(_sum(_COLUMNS.right.is_(None)))
            .where(
                _COLUMNS.purpose == CheckPurpose.SAMPLE.value,
                _COLUMNS.opened_at >= since,
                within(scope, _COLUMNS.unit),
            )
            .group_by(key)
            .order_by(key)
        )
        return tuple(Estimate(row[0], *map(int, row[1:])) for row in self._connection.execute(query))

    def waiting(self) -> dict[CheckState, int]:
        """How many checks are open, and how many disputed."""
        unsettled: Select[Any] = (
            select(_COLUMNS.state, func.count())
            .where(_COLUMNS.state != CheckState.SETTLED.value)
            .group_by(_COLUMNS.state)
        )
        return {CheckState(state): count for state, count in self._connection.execute(unsettled)}


def _papers(person: StaffId, state: CheckState, scope: Scope, now: datetime) -> Select[Any]:
    """The records with checks in this state that the person may do, and that nobody else holds."""
    return (
        select(_COLUMNS.record)
        .join(records, records.c.id == _COLUMNS.record)
        .where(
            _is_for(person, state),
            records.c.state.in_(_CONFIRMED),
            within(scope, records.c.unit),
            free_for(person, now),
        )
        .group_by(_COLUMNS.record)
    )


def _is_for(person: StaffId, state: CheckState) -> ColumnElement[bool]:
    mine = [_COLUMNS.state == state.value, _COLUMNS.confirmed_by != person]
    if state is CheckState.DISPUTED:
        mine.append(_COLUMNS.answered_by != person)
    return and_(*mine)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _row(check: BlindCheck) -> dict[str, Any]:
    return {
        "record": check.record,
        "field": check.field,
        "purpose": check.purpose.value,
        "document_type": check.document_type,
        "unit": check.unit,
        "station": check.station,
        "opened_at": check.opened_at,
        "confirmed_by": check.confirmed_by,
        "state": check.state.value,
    }


def _check(row: RowMapping) -> BlindCheck:
    return BlindCheck(
        record=RecordId(row["record"]),
        field=row["field"],
        purpose=CheckPurpose(row["purpose"]),
        document_type=row["document_type"],
        unit=UnitCode(row["unit"]),
        station=StationId(row["station"]),
        opened_at=row["opened_at"],
        confirmed_by=StaffId(row["confirmed_by"]),
        state=CheckState(row["state"]),
        answered_by=StaffId(row["answered_by"]) if row["answered_by"] else None,
        answer=row["answer"],
        settled_at=row["settled_at"],
        right=row["right"],
    )
