"""Stations: the computers beside the scanners, each with a key of its own."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from api.auth import Administrator, SignedIn
from api.problems import problems
from api.schemas.account import (
    StationAddition,
    StationChange,
    StationDetail,
    StationKey,
    StationList,
    StationView,
    StationWithKey,
)
from api.staff import check_units
from api.state import State
from api.tokens import TokenKind, new_token, token_hash
from records.coverage import VIETNAM
from records.errors import InvalidValue, NotFound
from records.ids import StationId, UnitCode, new_id
from records.staff import Station, StationDay
from storage.database import Transaction

router = APIRouter(tags=["Stations"])

StationPath = Annotated[UUID, Path(description="Id of the station.")]


@router.get("/api/stations", operation_id="list_stations", summary="List stations")
def list_stations(state: State, caller: SignedIn) -> StationList:
    """The stations of the own org units: when each was last heard of, how far off its clock is, what it did today."""
    morning = datetime.combine(datetime.now(VIETNAM).date(), time(), VIETNAM)
    with state.services.database.snapshot() as tx:
        found = tx.stations.list(caller.scope)
        days = tx.stations.days(caller.scope, morning)
    idle = StationDay()
    return StationList(
        items=[StationDetail.of_status(status, days.get(status.station.id, idle)) for status in found]
    )


@router.post(
    "/api/stations",
    operation_id="add_station",
    summary="Add a station",
    status_code=201,
    responses=problems(InvalidValue),
)
def add_station(body: StationAddition, state: State, caller: Administrator) -> StationWithKey:
    """Register a station. Its key is in this answer and nowhere else."""
    now, key = datetime.now(UTC), new_token(TokenKind.STATION)
    station = Station(StationId(new_id()), body.name, UnitCode(body.unit))
    with state.services.database.transaction() as tx:
        check_units(tx, (station.unit,))
        tx.stations.add(station, token_hash(key), now)
        tx.audit.append(caller.actor, "station.added", station.id, {"unit": station.unit}, now)
    return StationWithKey(**StationView.of(station).model_dump(), key=key)


@router.patch(
    "/api/stations/{id}",
    operation_id="change_station",
    summary="Change a station",
    responses=problems(NotFound),
)
def change_station(id: StationPath, body: StationChange, state: State, caller: Administrator) -> StationKey:
    """Lock or unlock a station, or give it a new key. What it sent stays."""
    now = datetime.now(UTC)
    key = new_token(TokenKind.STATION) if body.new_key else None
    with state.services.database.transaction() as tx:
        station = tx.stations.get(StationId(str(id)))
        _save(tx, station, body.active, key)
        details: dict[str, object] = {"active": body.active, "new_key": body.new_key}
        tx.audit.append(caller.actor, "station.changed", station.id, details, now)
        changed = tx.stations.get(station.id)
    return StationKey(**StationView.of(changed).model_dump(), key=key)


def _save(tx: Transaction, station: Station, active: bool | None, key: str | None) -> None:
    if key is not None:
        tx.stations.set_key_hash(station.id, token_hash(key))
    if active is not None:
        (tx.stations.enable if active else tx.stations.disable)(station.id)
