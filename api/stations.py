"""Stations: the computers beside the scanners, each with a key of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request

from api.auth import Administrator, OwnStation, SignedIn, clock_skew
from api.problems import problems
from api.schemas.account import (
    OwnStationView,
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
from records.coverage import VIETNAM, Period
from records.errors import InvalidValue, NotFound
from records.ids import StationId, UnitCode, new_id
from records.staff import Station, StationDay
from storage.database import Transaction

router = APIRouter(tags=["Stations"])

StationPath = Annotated[UUID, Path(description="Id of the station.")]


@router.get("/api/stations", operation_id="list_stations", summary="List stations")
def list_stations(state: State, caller: SignedIn) -> StationList:
    """The stations of the own org units: when each was last heard of, how far off its clock is, what it did today."""
    today = datetime.now(VIETNAM).date()
    with state.services.database.snapshot() as tx:
        found = tx.stations.list(caller.scope)
        days = tx.stations.days(caller.scope, Period(today, today).begin)
    idle = StationDay()
    return StationList(
        items=[StationDetail.of_status(status, days.get(status.station.id, idle)) for status in found]
    )


@router.get("/api/station", operation_id="own_station", summary="Say hello as a station")
def own_station(request: Request, state: State, caller: OwnStation) -> OwnStationView:
    """What the service knows of the station that asks, and how far its clock (its `Date` header) is off.

    A station asks now and then while it has nothing to send, so that people see that it is alive.
    """
    now = datetime.now(UTC)
    return OwnStationView(
        **StationView.of(caller.station).model_dump(),
        now=now,
        clock_skew_seconds=clock_skew(request.headers.get("date"), now),
        max_file_bytes=state.services.settings.max_file_mb * 1024 * 1024,
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
