"""Entries of the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas.common import Next, Outgoing


class AuditLine(Outgoing):
    sequence: int = Field(description="From 1, without gaps.")
    at: datetime
    actor: str = Field(description="Account name, station id, or pipeline.")
    action: str = Field(examples=["record.confirmed"])
    subject: str = Field(description="Id of the thing.")
    details: dict[str, Any] = Field(description="Never a document's text or a person's data.")
    hash: str = Field(description="SHA-256 over the entry and the hash of the one before.")


class AuditList(Outgoing):
    items: list[AuditLine]
    next: Next
