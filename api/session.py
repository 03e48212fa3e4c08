"""Sessions: sign in, see who is signed in, change the password, sign out; and the one-time set-up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.auth import COOKIE, SignedIn
from api.problems import problems
from api.schemas.account import (
    FirstAdministrator,
    NewSession,
    PasswordChange,
    SessionView,
    SignIn,
    StaffView,
)
from api.sign_in import change_password, set_up, sign_in
from api.state import State
from records.errors import DatabaseUnavailable, InvalidValue, NotFound, NotSignedIn, TooManyRequests

router = APIRouter(tags=["Session"])


@router.post(
    "/api/session",
    operation_id="sign_in",
    summary="Sign in",
    status_code=201,
    responses=problems(NotSignedIn, TooManyRequests, InvalidValue, DatabaseUnavailable),
)
def open_session(body: SignIn, request: Request, response: Response, state: State) -> NewSession:
    """Open a session. Browsers get a cookie; scripts take `token` as a bearer token. Wrong passwords slow down."""
    settings = state.services.settings
    lasts = timedelta(hours=settings.session_hours)
    opened = sign_in(
        state.services.database,
        state.passwords,
        name=body.name,
        password=body.password.get_secret_value(),
        address=request.client.host if request.client else "",
        now=datetime.now(UTC),
        lasts=lasts,
    )
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
    )
    session = opened.session
    return NewSession(
        staff=StaffView.of(session.staff),
        csrf=session.csrf,
        expires_at=session.expires_at,
        token=opened.token,
    )


@router.get("/api/session", operation_id="get_session", summary="Show who is signed in")
def get_session(caller: SignedIn) -> SessionView:
    """The account, its roles and org units, and the CSRF token of the session."""
    session = caller.session
    return SessionView(staff=StaffView.of(session.staff), csrf=session.csrf, expires_at=session.expires_at)


@router.delete("/api/session", operation_id="sign_out", summary="Sign out", status_code=204)
def close_session(response: Response, state: State, caller: SignedIn) -> None:
    """End the session; its cookie and token are worth nothing from here on."""
    with state.services.database.transaction() as tx:
        tx.sessions.close(caller.token_hash)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


@router.put(
    "/api/session/password",
    operation_id="change_password",
    summary="Change the own password",
    status_code=204,
    responses=problems(InvalidValue, TooManyRequests),
)
def put_password(body: PasswordChange, response: Response, state: State, caller: SignedIn) -> None:
    """Set another password. All sessions of the account end, this one too: sign in again."""
    change_password(
        state.services.database,
        state.passwords,
        person=caller.staff,
        old=body.old_password.get_secret_value(),
        new=body.new_password.get_secret_value(),
        now=datetime.now(UTC),
    )
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


@router.post(
    "/api/setup/{token}",
    operation_id="set_up",
    summary="Make the first administrator",
    status_code=201,
    responses=problems(NotFound, InvalidValue, DatabaseUnavailable),
)
def post_setup(
    token: Annotated[str, Path(max_length=200, description="From the one-time link.")],
    body: FirstAdministrator,
    state: State,
) -> StaffView:
    """Works once, within 24 hours, and only while there is no account: the link is printed when the service starts."""
    person = set_up(
        state.services.database,
        state.passwords,
        token=token,
        name=body.name,
        password=body.password.get_secret_value(),
        now=datetime.now(UTC),
    )
    return StaffView.of(person)
