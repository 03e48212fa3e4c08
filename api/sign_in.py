"""Signing in, without HTTP: who somebody is, for how long, and how often wrong passwords may be tried.

Failures are counted for an account from an address, and for an address over all accounts; never for an account over
all addresses, so that nobody can lock a colleague out from elsewhere. Each further failure doubles the wait, up to
the end of a quarter of an hour.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.passwords import Passwords
from api.tokens import TokenKind, new_csrf, new_token, token_hash
from records.errors import InvalidValue, NotFound, NotSignedIn, TooManyRequests
from records.ids import StaffId, new_id
from records.staff import Credentials, Session, Staff, StaffRole
from storage.database import Database, Transaction

WINDOW = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=10)
SETUP_LIFE = timedelta(hours=24)


@dataclass(frozen=True)
class Opened:
    """A new session; the token is known only here."""

    token: str
    session: Session


@dataclass(frozen=True)
class Attempts:
    """Something that failures are counted for, and how many are free."""

    key_hash: str
    free: int

    def wait(self, failures: int) -> timedelta:
        """How long after the first failure nothing is taken.

        >>> [Attempts("", 5).wait(n).total_seconds() for n in (4, 5, 6, 60)]
        [0.0, 10.0, 20.0, 900.0]
        """
        if failures < self.free:
            return timedelta(0)
        doublings = min(failures - self.free, 10)
        return min(WINDOW, FIRST_WAIT * (1 << doublings))


def attempts_of(name: str, address: str) -> tuple[Attempts, Attempts]:
    """What a failure counts for. The office may stand behind one address, so that one has more room."""
    place = network_of(address)
    return (
        Attempts(token_hash(f"account\x1f{name}\x1f{place}"), 5),
        Attempts(token_hash(f"address\x1f{place}"), 50),
    )


def network_of(address: str) -> str:
    """An address as one household has it: all of an IPv4 address, the first 64 bits of an IPv6 address.

    >>> network_of("2001:db8::1") == network_of("2001:db8::2")
    True
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return address if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


def sign_in(
    database: Database,
    passwords: Passwords,
    *,
    name: str,
    password: str,
    address: str,
    now: datetime,
    lasts: timedelta,
) -> Opened:
    """A new session for the account. Raises NotSignedIn (never saying which part was wrong) or TooManyRequests."""
    folded_name = name.strip().lower()
    counted = attempts_of(folded_name, address)
    with database.snapshot() as tx:
        _check_waits(tx, counted, now)
        known = tx.accounts.credentials(folded_name)
    if not passwords.matches(known.password_hash if known else None, password) or known is None:
        with database.transaction() as tx:
            for attempts in counted:
                tx.sessions.note_failure(attempts.key_hash, now, WINDOW)
        raise NotSignedIn("the name or the password is wrong")
    with database.transaction() as tx:
        tx.sessions.clear_failures(counted[0].key_hash)
        return _opened(tx, known, now, lasts)


def _check_waits(tx: Transaction, counted: tuple[Attempts, ...], now: datetime) -> None:
    for attempts in counted:
        failures, since = tx.sessions.failures(attempts.key_hash, now, WINDOW)
        left = (since + attempts.wait(failures) - now) if since else timedelta(0)
        if left > timedelta(0):
            raise TooManyRequests(
                "too many wrong passwords from this address", retry_after=int(left.total_seconds()) + 1
            )


def _opened(tx: Transaction, known: Credentials, now: datetime, lasts: timedelta) -> Opened:
    token, csrf = new_token(TokenKind.SESSION), new_csrf()
    tx.sessions.open(token_hash(token), known.staff.id, csrf, now, now + lasts)
    tx.audit.append(known.staff.name, "session.opened", known.staff.id, {}, now)
    return Opened(token, Session(known.staff, csrf, now + lasts))


def new_setup_token(database: Database, now: datetime) -> str | None:
    """A one-time token for the first administrator; None once there is an account. Earlier tokens end."""
    with database.transaction() as tx:
        if tx.accounts.count():
            return None
        token = new_token(TokenKind.SETUP)
        tx.sessions.add_setup_token(token_hash(token), now + SETUP_LIFE)
    return token


def set_up(
    database: Database, passwords: Passwords, *, token: str, name: str, password: str, now: datetime
) -> Staff:
    """The first administrator, for whoever holds the set-up link; raises NotFound for a used or old one."""
    with database.snapshot() as tx:
        if not tx.sessions.setup_token_is_live(token_hash(token), now):
            raise NotFound("this set-up link was used or is too old; start the service again for a new one")
    hashed = passwords.hash(password)
    person = Staff(StaffId(new_id()), name, StaffRole.ADMINISTRATOR, (), everywhere=True)
    with database.transaction() as tx:
        if tx.accounts.count() or not tx.sessions.use_setup_token(token_hash(token), now):
            raise NotFound("this set-up link was used or is too old; start the service again for a new one")
        tx.accounts.add(person, hashed, now)
        tx.audit.append(person.name, "staff.added", person.id, {"role": person.role.value}, now)
    return person


def change_password(
    database: Database, passwords: Passwords, *, person: Staff, old: str, new: str, now: datetime
) -> None:
    """Set another password and end all sessions of the account; raises InvalidValue when the old one is wrong."""
    with database.snapshot() as tx:
        known = tx.accounts.credentials(person.name)
    if known is None or not passwords.matches(known.password_hash, old):
        raise InvalidValue("the old password is wrong", field="old_password")
    hashed = passwords.hash(new)
    with database.transaction() as tx:
        tx.accounts.set_password_hash(person.id, hashed)
        tx.audit.append(person.name, "staff.password_changed", person.id, {}, now)
