"""What is known about the values that the machine read: one row a value, and counts over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from records.acceptance import OTHER_TYPES, Policy, Threshold
from records.acceptance_fit import DAYS_A_SAMPLE, Tally, step_of
from records.evidence import ValueCheck
from storage.tables_policy import value_checks

_COLUMNS = value_checks.c


class Evidence:
    """The value_checks table. A value that is checked again keeps the later word; a blind word is not overruled."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, checks: Iterable[ValueCheck]) -> None:
        """Write what is known about values."""
        rows = [_row(check) for check in checks]
        if not rows:
            return
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(value_checks)
        changed = {name: statement.excluded[name] for name in rows[0] if name not in ("record", "field")}
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[_COLUMNS.record, _COLUMNS.field],
                set_=changed,
                where=statement.excluded.blind | ~_COLUMNS.blind,
            ),
            rows,
        )

    def tallies(self, since: datetime, now: datetime) -> tuple[Tally, ...]:
        """Checked, wrong and recent values by field, type and step of confidence, from a moment on."""
        recent = case((_COLUMNS.at >= now - timedelta(days=DAYS_A_SAMPLE), 1), else_=0)
        query = (
            select(
                _COLUMNS.field, _COLUMNS.document_type, _COLUMNS.step,
                func.count(_COLUMNS.right), func.sum(_wrong()), func.sum(recent),
            )
            .where(_COLUMNS.step.is_not(None), _COLUMNS.at >= since)
            .group_by(_COLUMNS.field, _COLUMNS.document_type, _COLUMNS.step)
        )  # fmt: skip
        rows = self._connection.execute(query)
        return tuple(Tally(*row[:3], *(int(count or 0) for count in row[3:])) for row in rows)

    def standing(
        self, policy: Policy, threshold: Threshold, since: datetime | None = None
    ) -> tuple[int, int]:
        """How many of the values that a threshold accepts were checked (since then), and how many were wrong."""
        query = select(func.count(_COLUMNS.right), func.sum(_wrong())).where(*_of(policy, threshold))
        if since is not None:
            query = query.where(_COLUMNS.at >= since)
        checked, wrong = self._connection.execute(query).one()
        return checked, int(wrong or 0)


def _of(policy: Policy, threshold: Threshold) -> Iterator[ColumnElement[bool]]:
    yield _COLUMNS.field == threshold.field
    yield _COLUMNS.confidence >= threshold.confidence
    if threshold.document_type == OTHER_TYPES:
        own: Sequence[str] = sorted(policy.own_types(threshold.field))
        yield _COLUMNS.document_type.not_in(own)
    else:
        yield _COLUMNS.document_type == threshold.document_type


def _wrong() -> ColumnElement[int]:
    return case((_COLUMNS.right.is_(False), 1), else_=0)


def _row(check: ValueCheck) -> dict[str, object]:
    names = (
        "record", "field", "document_type", "unit", "station", "confidence", "right", "blind", "policy", "at",
    )  # fmt: skip
    return {**{name: getattr(check, name) for name in names}, "step": step_of(check.confidence)}
