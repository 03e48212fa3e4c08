"""Stations: the computers beside the scanners, each with a key of its own. Only the key's hash is stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, select, update

from records.errors import InvalidValue, NotFound
from records.ids import StationId, UnitCode
from records.staff import Scope, Station, StationDay, StationStatus
from storage.inserts import insert_if_new
from storage.scopes import within
from storage.station_days import station_days
from storage.tables import stations


class Stations:
    """The stations table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, station: Station, key_hash: str | None, at: datetime) -> None:
        """Add a station; raises InvalidValue when its name is taken."""
        row = {
            "id": station.id,
            "name": station.name,
            "unit": station.unit,
            "active": station.active,
            "key_hash": key_hash,
            "added_at": at,
        }
        if not insert_if_new(self._connection, stations, row):
            raise InvalidValue("a station with this name exists")

    def list(self, scope: Scope) -> tuple[StationStatus, ...]:
        """The stations within the scope by name, with when they were last heard of."""
        query = select(stations).where(within(scope, stations.c.unit)).order_by(stations.c.name)
        return tuple(
            StationStatus(_station(row), row["last_seen_at"], row["clock_skew_seconds"])
            for row in self._connection.execute(query).mappings()
        )

    def days(self, scope: Scope, since: datetime) -> dict[StationId, StationDay]:
        """What each station within the scope brought in since then; stations that were idle are left out."""
        return station_days(self._connection, scope, since)

    def get(self, station: StationId) -> Station:
        """A station; raises NotFound."""
        found = self._first(stations.c.id == station)
        if found is None:
            raise NotFound("no station with this id")
        return found

    def by_name(self, name: str) -> Station | None:
        """The station of this name, active or not."""
        return self._first(stations.c.name == name)

    def by_key_hash(self, key_hash: str) -> Station | None:
        """The active station that holds the key with this hash."""
        return self._first(stations.c.key_hash == key_hash, stations.c.active)

    def set_key_hash(self, station: StationId, key_hash: str) -> None:
        """Give a station another key: the old one ends. Raises NotFound."""
        self._change(station, key_hash=key_hash)

    def disable(self, station: StationId) -> None:
        """Take no more from this station; what it sent stays. Raises NotFound."""
        self._change(station, active=False)

    def enable(self, station: StationId) -> None:
        """Take from this station again. Raises NotFound."""
        self._change(station, active=True)

    def touch(self, station: StationId, at: datetime, clock_skew_seconds: float | None = None) -> None:
        """Note that a station was heard of, and by how much its clock is ahead of ours, if it said."""
        values: dict[str, object] = {"last_seen_at": at}
        if clock_skew_seconds is not None:
            values["clock_skew_seconds"] = clock_skew_seconds
        self._change(station, **values)

    def _change(self, station: StationId, **values: object) -> None:
        changed = self._connection.execute(update(stations).where(stations.c.id == station).values(values))
        if changed.rowcount != 1:
            raise NotFound("no station with this id")

    def _first(self, *conditions: ColumnElement[bool]) -> Station | None:
        row = self._connection.execute(select(stations).where(*conditions)).mappings().first()
        return None if row is None else _station(row)


def _station(row: RowMapping) -> Station:
    return Station(StationId(row["id"]), row["name"], UnitCode(row["unit"]), row["active"])
