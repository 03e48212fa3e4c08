"""The audit trail: entries that each carry the hash of the one before, so that a change of the past shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64  # what stands before the first entry


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which thing. Never a document's text or a person's data, for entries cannot be erased."""

    sequence: int  # from 1, without gaps
    at: datetime  # UTC
    actor: str  # account name, station id, or pipeline
    action: str  # noun.participle: record.confirmed
    subject: str  # an id
    details: str  # canonical JSON
    previous: str  # SHA-256 of the entry before
    hash: str


def canonical(details: dict[str, object]) -> str:
    """Details as the one JSON text that is hashed: sorted keys, no blanks, ASCII.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"\\\\u00e9","b":1}'
    """
    return json.dumps(details, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def chained(
    sequence: int, at: datetime, actor: str, action: str, subject: str, details: str, previous: str
) -> AuditEntry:
    """The entry with its hash: SHA-256 over the hash before it and the canonical JSON of its contents."""
    moment = at.astimezone(UTC)
    contents = [sequence, moment.isoformat(timespec="microseconds"), actor, action, subject, details]
    text = previous + json.dumps(contents, separators=(",", ":"), ensure_ascii=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return AuditEntry(sequence, moment, actor, action, subject, details, previous, digest)
