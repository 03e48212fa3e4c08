"""Figures about the whole service, counted from the facts, so that they are right with any number of processes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, case, func, literal, select, union_all

from records.states import PageState, RecordState
from records.steps import Step
from storage.tables import files, pages, records


class Figures:
    """What a monitoring system asks; nothing here tells of a single paper."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages_recognised(self, since: datetime | None = None) -> int:
        """How many pages were read, ever or since a moment."""
        query = select(func.count()).where(pages.c.state == PageState.RECOGNISED.value)
        if since is not None:
            query = query.where(pages.c.state_at >= since)
        return self._connection.execute(query).scalar_one()

    def records_by_state(self) -> dict[RecordState, int]:
        """How many records are in each state; states without records are left out."""
        query = select(records.c.state, func.count()).group_by(records.c.state)
        return {RecordState(state): count for state, count in self._connection.execute(query)}

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


def _failed(table: Table, step: ColumnElement[str]) -> Select[Any]:
    code = table.c.error_code
    return select(step, code, func.count()).where(code.is_not(None)).group_by(step, code)
