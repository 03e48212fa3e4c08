"""What each station brought in since a moment, counted from the facts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, func, select

from records.ids import StationId
from records.staff import Scope, StationDay
from records.states import FileState, PageState
from storage.scopes import within
from storage.tables import batches, declared_files, files, pages
from storage.tables_intake import withdrawals


def station_days(connection: Connection, scope: Scope, since: datetime) -> dict[StationId, StationDay]:
    """For each station within the scope that opened a batch since then: its batches, pages and failures."""
    recent = (batches.c.opened_at >= since, within(scope, batches.c.unit))
    opened = _counted(connection, select(batches.c.station, func.count()).where(*recent))
    still_open = select(batches.c.station, func.count()).where(*recent, batches.c.completed_at.is_(None))
    unfinished = _counted(connection, still_open)
    of_page = {
        state: _of_batches(connection, pages, pages.c.state == state.value, *recent) for state in PageState
    }
    refused = _of_batches(connection, files, files.c.state == FileState.REFUSED.value, *recent)
    missing, gaps = _not_come(connection, *recent)
    return {
        station: StationDay(
            batches=count,
            unfinished_batches=unfinished[station],
            pages_read=of_page[PageState.RECOGNISED][station],
            pages_waiting=of_page[PageState.RECEIVED][station],
            pages_unreadable=of_page[PageState.UNREADABLE][station],
            files_refused=refused[station],
            files_missing=missing[station],
            sequence_gaps=gaps[station],
        )
        for station, count in opened.items()
    }


def _not_come(
    connection: Connection, *conditions: ColumnElement[bool]
) -> tuple[Counter[StationId], Counter[StationId]]:
    """Declared files that have not come and were not withdrawn, and those of them that a later file has overtaken."""
    promised = declared_files.c
    newest = select(func.max(files.c.sequence)).where(files.c.batch == batches.c.id)
    came = exists().where(files.c.batch == promised.batch, files.c.sequence == promised.sequence)
    gone = exists().where(withdrawals.c.batch == promised.batch, withdrawals.c.sequence == promised.sequence)
    query = (
        select(batches.c.station, func.count())
        .join(declared_files, promised.batch == batches.c.id)
        .where(*conditions, batches.c.completed_at.is_(None), ~came, ~gone)
    )
    overtaken = query.where(promised.sequence < newest.correlate(batches).scalar_subquery())
    return _counted(connection, query), _counted(connection, overtaken)


def _of_batches(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> Counter[StationId]:
    joined = select(batches.c.station, func.count()).join(table, table.c.batch == batches.c.id)
    return _counted(connection, joined.where(*conditions))


def _counted(connection: Connection, query: Select[str, int]) -> Counter[StationId]:
    rows = connection.execute(query.group_by(batches.c.station))
    return Counter({StationId(station): count for station, count in rows})
