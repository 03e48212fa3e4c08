"""What the API hands to the screens: who is signed in. Everything else their modules ask for themselves."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Request

from api.auth import COOKIE
from api.state import ApiState
from api.tokens import token_hash
from records.staff import Session
from web.site import Site


def make_site(state: ApiState) -> Site:
    """The screens over this API."""

    def session_of(request: Request) -> Session | None:
        token = request.cookies.get(COOKIE)
        if not token:
            return None
        with state.services.database.snapshot() as tx:
            return tx.sessions.find(token_hash(token), datetime.now(UTC))

    return Site(session_of)
