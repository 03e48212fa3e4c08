"""Passwords: argon2id (RFC 9106), never more than a few at a time, so that sign-in cannot use up the memory."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from records.errors import InvalidValue, TooManyRequests

SHORTEST = 10
LONGEST = 200  # characters; a longer one only costs time
AT_ONCE = 2  # a hash takes 64 MiB and about 0.15 s
QUEUED = 8  # more callers than this are sent away at once: waiting ones hold the server's threads


@dataclass(frozen=True)
class Passwords:
    """Makes and checks hashes."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _working: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))
    _waiting: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(QUEUED))

    def hash(self, untrusted_password: str) -> str:
        """The argon2id hash of a new password; raises InvalidValue when it is too short or too long."""
        password = _prepared(untrusted_password)
        if not SHORTEST <= len(password) <= LONGEST:
            raise InvalidValue(f"a password has {SHORTEST} to {LONGEST} characters", field="password")
        with self._turn():
            return self.hasher.hash(password)

    def matches(self, stored_hash: str | None, untrusted_password: str) -> bool:
        """Whether the password is the one that was hashed.

        Without a stored hash (no such account) it takes as long and says no, so that names cannot be probed.
        Raises TooManyRequests when too many are checked already.
        """
        password = _prepared(untrusted_password)[:LONGEST]
        with self._turn():
            if stored_hash is None:
                self.hasher.hash(password)
                return False
            try:
                return self.hasher.verify(stored_hash, password)
            except (VerificationError, InvalidHashError):
                return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise TooManyRequests("too many people are signing in at this moment", retry_after=2)
        try:
            with self._working:
                yield
        finally:
            self._waiting.release()


def _prepared(untrusted_password: str) -> str:
    """The same password typed on another keyboard is the same (RFC 8265, OpaqueString: NFC)."""
    return unicodedata.normalize("NFC", untrusted_password)
