"""Figures about the whole service, counted from the facts, so that they are right with any number of processes.

They are asked for every few seconds, so each query walks an index of the few rows that it counts: what waits, what
failed, what was read within the last hour. Nothing here counts all that was ever done.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)

from records.states import PageState, RecordState
from records.steps import Step
from storage.tables import files, pages, records

WAITING = (RecordState.ASSEMBLED, RecordState.CLASSIFIED, RecordState.CONFIRMED)


class Figures:
    """What a monitoring system asks; nothing here tells of a single paper."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages_recognised(self, since: datetime) -> int:
        """How many pages were read since a moment."""
        is_read = pages.c.state == bindparam(None, PageState.RECOGNISED.value, literal_execute=True)
        query = select(func.count()).select_from(pages).where(is_read, pages.c.state_at >= since)
        return self._connection.execute(query).scalar_one()

    def waiting_records(self) -> dict[RecordState, int]:
        """How many records wait for a machine or a person, by the state in which they do."""
        counts = {state: self._connection.execute(_in_state(state)).scalar_one() for state in WAITING}
        return {state: count for state, count in counts.items() if count}

    def failures(self) -> dict[tuple[Step, str], int]:
        """How many files, pages and records carry an error now, by the step that failed and the error's code."""
        filing = records.c.state == RecordState.CONFIRMED.value
        of_record = case((filing, Step.FILE.value), else_=Step.CLASSIFY.value)
        query = union_all(
            _failed(files, literal(Step.RASTERISE.value)),
            _failed(pages, literal(Step.RECOGNISE.value)),
            _failed(records, of_record),
        )
        found: dict[tuple[Step, str], int] = {}
        for step, code, count in self._connection.execute(query):
            found[Step(step), code] = found.get((Step(step), code), 0) + count
        return found


def _in_state(state: RecordState) -> Select[Any]:
    return select(func.count()).select_from(records).where(records.c.state == state.value)


def _failed(table: Table, step: ColumnElement[str]) -> Select[Any]:
    code = table.c.error_code
    return select(step, code, func.count()).where(code.is_not(None)).group_by(step, code)
