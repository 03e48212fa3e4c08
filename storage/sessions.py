"""Who is signed in, one-time set-up links, and failed sign-ins. Only hashes of tokens are stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, case, delete, insert, select, update

from records.ids import StaffId
from records.staff import Session
from storage.accounts import Accounts
from storage.inserts import insert_if_new
from storage.tables import login_failures, sessions, setup_tokens


class Sessions:
    """The tables of sessions, set-up tokens and failed sign-ins."""

    def __init__(self, connection: Connection, accounts: Accounts) -> None:
        self._connection = connection
        self._accounts = accounts

    # --- sessions ---

    def open(self, token_hash: str, person: StaffId, csrf: str, at: datetime, expires_at: datetime) -> None:
        """Note a session; sessions that are over are swept out on the way."""
        self._connection.execute(delete(sessions).where(sessions.c.expires_at <= at))
        row = {
            "token_hash": token_hash,
            "staff": person,
            "csrf": csrf,
            "opened_at": at,
            "expires_at": expires_at,
        }
        self._connection.execute(insert(sessions), row)

    def find(self, token_hash: str, now: datetime) -> Session | None:
        """The live session of an active account with this token."""
        query = select(sessions).where(sessions.c.token_hash == token_hash, sessions.c.expires_at > now)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        person = self._accounts.get(StaffId(row["staff"]))
        return Session(person, row["csrf"], row["expires_at"]) if person.active else None

    def extend(self, token_hash: str, expires_at: datetime) -> None:
        """Let a session last longer."""
        self._connection.execute(
            update(sessions).where(sessions.c.token_hash == token_hash).values(expires_at=expires_at)
        )

    def close(self, token_hash: str) -> None:
        """End a session."""
        self._connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

    # --- set-up links ---

    def add_setup_token(self, token_hash: str, expires_at: datetime) -> None:
        """Note a set-up link; earlier ones that were not used end, so that one works at a time."""
        self._connection.execute(delete(setup_tokens).where(setup_tokens.c.used_at.is_(None)))
        row = {"token_hash": token_hash, "expires_at": expires_at, "used_at": None}
        self._connection.execute(insert(setup_tokens), row)

    def setup_token_is_live(self, token_hash: str, now: datetime) -> bool:
        """Whether a set-up link would still be taken."""
        columns = setup_tokens.c
        query = select(columns.token_hash).where(
            columns.token_hash == token_hash, columns.used_at.is_(None), columns.expires_at > now
        )
        return self._connection.execute(query).first() is not None

    def use_setup_token(self, token_hash: str, now: datetime) -> bool:
        """Take a set-up link; True for exactly one of all who try, and only before it expires."""
        columns = setup_tokens.c
        used = update(setup_tokens).where(
            columns.token_hash == token_hash, columns.used_at.is_(None), columns.expires_at > now
        )
        return self._connection.execute(used.values(used_at=now)).rowcount == 1

    # --- failed sign-ins ---

    def note_failure(self, key_hash: str, now: datetime, window: timedelta) -> int:
        """Count a failed sign-in under this key; returns how many there were within the window."""
        columns = login_failures.c
        insert_if_new(self._connection, login_failures, {"key_hash": key_hash, "failures": 0, "since": now})
        over = columns.since <= now - window
        counted = (
            update(login_failures)
            .where(columns.key_hash == key_hash)
            .values(
                failures=case((over, 1), else_=columns.failures + 1),
                since=case((over, now), else_=columns.since),
            )
            .returning(columns.failures)
        )
        return int(self._connection.execute(counted).scalar_one())

    def failures(self, key_hash: str, now: datetime, window: timedelta) -> tuple[int, datetime | None]:
        """How many sign-ins failed within the window, and since when it runs."""
        columns = login_failures.c
        query = select(columns.failures, columns.since).where(
            columns.key_hash == key_hash, columns.since > now - window
        )
        row = self._connection.execute(query).first()
        return (0, None) if row is None else (row[0], row[1])

    def clear_failures(self, key_hash: str) -> None:
        """Forget the failures after a sign-in that succeeded."""
        self._connection.execute(delete(login_failures).where(login_failures.c.key_hash == key_hash))
