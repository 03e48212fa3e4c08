"""The audit trail: who did what to which thing, each entry sealed by the hash of the one before."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Auditor, StaffCaller
from api.paging import After, Limit
from api.schemas.audit import AuditLine, AuditList
from api.schemas.common import Code
from api.state import State
from records.audit import AuditEntry
from records.errors import NotAllowed

router = APIRouter(tags=["Audit"])


@router.get("/api/audit", operation_id="list_audit", summary="Audit trail")
def list_audit(
    state: State,
    caller: Auditor,
    subject: Annotated[Code | None, Query(description="Only entries about the thing with this id.")] = None,
    after: After = None,
    limit: Limit = 50,
) -> AuditList:
    """Entries, newest first. They tell of the whole office, so only accounts that reach everywhere see them."""
    _check_reach(caller)
    with state.services.database.snapshot() as tx:
        found = tx.audit.list(subject=subject, after=after, limit=limit)
    return AuditList(items=[_line(entry) for entry in found.items], next=found.next)


def _check_reach(caller: StaffCaller) -> None:
    if caller.scope.units is not None:
        raise NotAllowed("the audit trail tells of the whole office; this account reaches only some units")


def _line(entry: AuditEntry) -> AuditLine:
    return AuditLine(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        details=json.loads(entry.details),
        hash=entry.hash,
    )
