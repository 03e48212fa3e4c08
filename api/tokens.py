"""Keys, session tokens and one-time links: long random words, of which only the SHA-256 is stored.

They are random (256 bits), so a plain hash is enough; passwords, which people choose, go through argon2.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from enum import StrEnum

_BYTES = 32


class TokenKind(StrEnum):
    """What a token opens; it is the token's prefix, so that a leaked one is recognised."""

    STATION = "sohoa_station"
    SESSION = "sohoa_session"
    SETUP = "sohoa_setup"


def new_token(kind: TokenKind) -> str:
    """A fresh token; it is shown once and never stored."""
    return f"{kind.value}_{secrets.token_urlsafe(_BYTES)}"


def new_csrf() -> str:
    return secrets.token_urlsafe(_BYTES)


def token_hash(untrusted_token: str) -> str:
    """What is stored of a token and looked up: 64 hexadecimal digits."""
    return hashlib.sha256(untrusted_token.encode(errors="replace")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def is_kind(untrusted_token: str, kind: TokenKind) -> bool:
    return untrusted_token.startswith(f"{kind.value}_")
