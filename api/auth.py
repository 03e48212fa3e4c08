"""Who is asking, and whether this door opens for them: station keys, sessions, roles, org units, CSRF."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from api.state import ApiState, State
from api.tokens import TokenKind, is_kind, same, token_hash
from records.errors import NotAllowed, NotSignedIn
from records.ids import StationId
from records.staff import Scope, Session, Staff, StaffRole, Station

COOKIE = "sohoa_session"
CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    description="A station's key, or the token of a session (for scripts).",
)
_cookie = APIKeyCookie(
    name=COOKIE,
    auto_error=False,
    scheme_name="session",
    description="Set by POST /api/session. Changes need the header X-CSRF-Token besides.",
)


@dataclass(frozen=True)
class StaffCaller:
    """A person who is signed in."""

    session: Session
    scope: Scope
    token_hash: str
    by_cookie: bool

    @property
    def staff(self) -> Staff:
        return self.session.staff

    @property
    def actor(self) -> str:
        return self.staff.name


@dataclass(frozen=True)
class StationCaller:
    """The program beside a scanner."""

    station: Station

    @property
    def scope(self) -> Scope:
        return Scope(frozenset({self.station.unit}))

    @property
    def actor(self) -> str:
        return self.station.id


Caller = StaffCaller | StationCaller


async def caller_of(
    request: Request,
    state: State,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    cookie: Annotated[str | None, Security(_cookie)],
) -> Caller:
    """Whoever asks. Raises NotSignedIn, or NotAllowed when a change by cookie comes without its CSRF token."""
    token = bearer.credentials if bearer else cookie
    if not token:
        raise NotSignedIn()
    caller = await run_in_threadpool(_identified, state, token, bearer is None, request.headers.get("date"))
    if isinstance(caller, StaffCaller) and caller.by_cookie and request.method not in _SAFE_METHODS:
        await _check_csrf(request, caller.session.csrf)
    request.scope["actor"] = _logged(caller)
    return caller


def _identified(state: ApiState, token: str, by_cookie: bool, sent_at: str | None) -> Caller:
    if is_kind(token, TokenKind.STATION) and not by_cookie:
        return _station(state, token_hash(token), sent_at)
    hashed = token_hash(token)
    with state.services.database.snapshot() as tx:
        session = tx.sessions.find(hashed, datetime.now(UTC))
        if session is None:
            raise NotSignedIn()
        return StaffCaller(session, tx.catalogue.scope_of(session.staff), hashed, by_cookie)


def _station(state: ApiState, key_hash: str, sent_at: str | None) -> StationCaller:
    now, database = datetime.now(UTC), state.services.database
    with database.snapshot() as tx:
        station = tx.stations.by_key_hash(key_hash)
    if station is None:
        raise NotSignedIn()
    if state.sightings.is_due(station.id, now):
        with database.transaction() as tx:
            tx.stations.touch(station.id, now, clock_skew(sent_at, now))
    return StationCaller(station)


def clock_skew(sent_at: str | None, now: datetime) -> float | None:
    """By how many seconds a station's clock is ahead, as its Date header tells (RFC 9110, 6.6.1)."""
    try:
        sent = parsedate_to_datetime(sent_at or "")
        return round((sent - now).total_seconds(), 1)
    except (ValueError, TypeError, OverflowError):
        return None


async def _check_csrf(request: Request, csrf: str) -> None:
    sent: object = request.headers.get(CSRF_HEADER)
    if sent is None and not request.url.path.startswith("/api/"):  # a plain form of a page
        sent = (await request.form()).get(CSRF_FIELD)
    if not isinstance(sent, str) or not same(sent, csrf):
        raise NotAllowed("the CSRF token is missing or is not this session's")


def _logged(caller: Caller) -> str:
    """Who, for the log: an id, no name."""
    return f"staff:{caller.staff.id}" if isinstance(caller, StaffCaller) else f"station:{caller.station.id}"


def staff_with(*roles: StaffRole) -> Callable[..., Awaitable[StaffCaller]]:
    """A dependency that lets these roles in, and the administrator always; without roles, any account."""

    async def dependency(caller: Annotated[Caller, Depends(caller_of)]) -> StaffCaller:
        if not isinstance(caller, StaffCaller):
            raise NotAllowed("this is for people, not for stations")
        if roles and caller.staff.role not in (*roles, StaffRole.ADMINISTRATOR):
            raise NotAllowed(f"this needs the role {' or '.join(roles)}")
        return caller

    return dependency


def station_or(*roles: StaffRole) -> Callable[..., Awaitable[Caller]]:
    """A dependency that lets stations in, and staff as `staff_with` does."""
    people = staff_with(*roles)

    async def dependency(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
        return caller if isinstance(caller, StationCaller) else await people(caller)

    return dependency


async def own_station(caller: Annotated[Caller, Depends(caller_of)]) -> StationCaller:
    """A dependency that lets stations in and nobody else."""
    if not isinstance(caller, StationCaller):
        raise NotAllowed("this is for stations, not for people")
    return caller


def station_id(caller: Caller) -> StationId | None:
    """The station to which a caller is held; None for people, whose scope says it all."""
    return caller.station.id if isinstance(caller, StationCaller) else None


_R = StaffRole
OwnStation = Annotated[StationCaller, Depends(own_station)]
SignedIn = Annotated[StaffCaller, Depends(staff_with())]
BatchSender = Annotated[Caller, Depends(station_or(_R.OPERATOR))]
PageScanner = Annotated[Caller, Depends(station_or(_R.OPERATOR, _R.CLERK))]
Placer = Annotated[StaffCaller, Depends(staff_with(_R.OPERATOR, _R.CLERK))]
BatchReader = Annotated[Caller, Depends(station_or())]
RecordReader = Annotated[StaffCaller, Depends(staff_with(_R.CLERK, _R.AUDITOR))]
Clerk = Annotated[StaffCaller, Depends(staff_with(_R.CLERK))]
CoverageReader = Annotated[StaffCaller, Depends(staff_with(_R.CLERK, _R.AUDITOR))]
Auditor = Annotated[StaffCaller, Depends(staff_with(_R.AUDITOR))]
Administrator = Annotated[StaffCaller, Depends(staff_with(_R.ADMINISTRATOR))]
