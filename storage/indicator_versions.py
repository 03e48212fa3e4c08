"""The versions of indicators that people entered: rows that only grow; a withdrawal is noted, nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from records.errors import NotFound, StaleVersion
from records.indicator_versions import IndicatorVersion
from storage.inserts import insert_if_new
from storage.tables_policy import indicator_versions

_COLUMNS = indicator_versions.c


class IndicatorVersions:
    """The indicator_versions table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> tuple[IndicatorVersion, ...]:
        """All of them, also what was withdrawn, by indicator and version."""
        query = select(indicator_versions).order_by(_COLUMNS.indicator, _COLUMNS.version)
        return tuple(_version(row) for row in self._connection.execute(query).mappings())

    def get(self, indicator: str, version: int) -> IndicatorVersion:
        """One of them; raises NotFound."""
        query = select(indicator_versions).where(_COLUMNS.indicator == indicator, _COLUMNS.version == version)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("this indicator has no version of this number")
        return _version(row)

    def add(self, new: IndicatorVersion) -> None:
        """Note a new version; raises StaleVersion when somebody else made this number."""
        row = {name: getattr(new, name) for name in new.__dataclass_fields__}
        if not insert_if_new(self._connection, indicator_versions, row):
            raise StaleVersion()

    def withdraw(self, gone: IndicatorVersion) -> None:
        """Note who withdrew a version and when; the first to do so is kept."""
        same = (_COLUMNS.indicator == gone.indicator, _COLUMNS.version == gone.version)
        noted = update(indicator_versions).where(*same, _COLUMNS.withdrawn_at.is_(None))
        self._connection.execute(noted.values(withdrawn_at=gone.withdrawn_at, withdrawn_by=gone.withdrawn_by))

    def known(self, moment: datetime) -> tuple[IndicatorVersion, ...]:
        """Those that stood at a moment."""
        return tuple(one for one in self.list() if one.stood(moment))


def _version(row: RowMapping) -> IndicatorVersion:
    return IndicatorVersion(**{name: row[name] for name in IndicatorVersion.__dataclass_fields__})
