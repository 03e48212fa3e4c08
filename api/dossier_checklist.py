"""A dossier as a checklist of its result and components, and the history of it and its papers."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from fastapi import APIRouter

from api.auth import RecordReader, StaffCaller
from api.components import DossierKey
from api.problems import problems
from api.schemas.dossier_checklist import CheckedView, Checklist, DossierEvent, DossierEvents
from api.state import State
from records.audit import AuditEntry
from records.checklist import checklist
from records.codes import parse_dossier_code
from records.coverage import VIETNAM
from records.dossier import Dossier
from records.errors import DossierUnknown, InvalidDossierCode, NotFound
from records.record import Record, Role
from records.staff import WHOLE_OFFICE
from records.states import RecordState
from storage.database import Transaction

router = APIRouter(tags=["Dossiers"])

_REFUSALS = problems(NotFound, InvalidDossierCode)


@router.get(
    "/api/dossiers/{code}/checklist",
    operation_id="get_checklist",
    summary="What a dossier has and lacks",
    responses=_REFUSALS,
)
def get_checklist(code: DossierKey, state: State, caller: RecordReader) -> Checklist:
    """Its result and each component: digitised, re-used, exempt with the reason, not needed, or missing.

    Where the case system lists no components, those of the procedure on the day of reception.
    """
    with state.services.database.snapshot() as tx:
        dossier = _visible(tx, code, caller)
        papers = [one for one in tx.records.of_dossier(dossier.code, WHOLE_OFFICE) if _is_filed(one)]
        day = dossier.received_at.astimezone(VIETNAM).date()
        procedure = tx.catalogue.procedure_of(dossier.procedure, day)
        checked = checklist(
            tx.components.of_dossier(dossier.code),
            tx.components.of_procedure(dossier.procedure, day),
            {name: paper.id for paper in papers if (name := _component(paper))},
            {one.component: one.reused_from for one in tx.owners.reused_in(dossier.code)},
            in_reach=procedure is None or procedure.in_reach,
        )
        result = tx.coverage.result_of(dossier.code)
    return Checklist(
        result=result,
        results=[paper.id for paper in papers if _role(paper) is Role.RESULT],
        components=[CheckedView.of_checked(one) for one in checked],
        unnamed=[paper.id for paper in papers if _role(paper) is Role.COMPONENT and not _component(paper)],
    )


@router.get(
    "/api/dossiers/{code}/history",
    operation_id="dossier_history",
    summary="History of a dossier",
    responses=_REFUSALS,
)
def get_history(code: DossierKey, state: State, caller: RecordReader) -> DossierEvents:
    """What the case system said, and what people and the pipeline did to the dossier and its papers."""
    with state.services.database.snapshot() as tx:
        dossier = _visible(tx, code, caller)
        papers = {str(one.id) for one in tx.records.of_dossier(dossier.code, caller.scope)}
        done = [_event(entry, papers) for entry in tx.audit.about({dossier.code, *papers})]
        told = [_told(at, source) for at, source in tx.dossiers.told(dossier.code)]
    return DossierEvents(items=sorted((*done, *told), key=lambda one: one.at, reverse=True))


def _visible(tx: Transaction, code: str, caller: StaffCaller) -> Dossier:
    try:
        return tx.dossiers.get(parse_dossier_code(code).code, caller.scope)
    except DossierUnknown:
        raise NotFound("no dossier with this code") from None


def _is_filed(paper: Record) -> bool:
    return paper.state is RecordState.FILED and paper.confirmation is not None


def _role(paper: Record) -> Role | None:
    return paper.confirmation.tag.role if paper.confirmation else None


def _component(paper: Record) -> str | None:
    return paper.confirmation.tag.component if paper.confirmation and _role(paper) is Role.COMPONENT else None


def _event(entry: AuditEntry, papers: set[str]) -> DossierEvent:
    details: dict[str, Any] = json.loads(entry.details)
    named = {name: details.get(name) for name in ("component", "reason", "site")}
    record = entry.subject if entry.subject in papers else None
    return DossierEvent(
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        record=record,
        **{name: str(value) if value is not None else None for name, value in named.items()},
    )


def _told(at: datetime, source: str) -> DossierEvent:
    return DossierEvent(
        at=at, actor=source, action="dossier.told", record=None, component=None, reason=None, site=None
    )
