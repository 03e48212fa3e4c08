"""Worklists: what is to be done before an auditor asks, and which site was asked to do it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.auth import Clerk, CoverageReader, StaffCaller
from api.coverage import narrowed
from api.paging import After, Limit, UnitFilter
from api.problems import problems
from api.schemas.common import Code
from api.schemas.worklist import (
    AssignmentHistory,
    AssignmentView,
    NewAssignment,
    WorkItemList,
    WorkItemView,
    WorklistCounts,
)
from api.state import State
from records.codes import parse_dossier_code
from records.coverage import VIETNAM
from records.dossier import ExemptionReason
from records.errors import DossierUnknown, InvalidDossierCode, NotAllowed, NotFound
from records.ids import DossierCode, UnitCode
from records.worklist import WorklistKind
from storage.database import Transaction
from storage.worklists import Wanted

router = APIRouter(tags=["Worklists"])

DossierKey = Annotated[
    Code, Path(description="Code of the dossier, either form.", examples=["H58.30-220303-0012"])
]
SiteFilter = Annotated[
    Code | None, Query(description="Only dossiers that this org unit was asked to digitize.")
]


@router.get("/api/worklists", operation_id="count_worklists", summary="How much is to be done")
def count_worklists(
    state: State, caller: CoverageReader, unit: UnitFilter = None, site: SiteFilter = None
) -> WorklistCounts:
    """How many entries each list has for the own org units."""
    with state.services.database.snapshot() as tx:
        wanted = Wanted(narrowed(tx, caller, unit), UnitCode(site) if site else None)
        return WorklistCounts(counts={kind: tx.worklists.count(kind, wanted) for kind in WorklistKind})


@router.get("/api/worklists/{kind}", operation_id="list_work", summary="What is to be done")
def list_work(
    kind: Annotated[WorklistKind, Path(description="Which list.")],
    state: State,
    caller: CoverageReader,
    unit: UnitFilter = None,
    site: SiteFilter = None,
    reason: Annotated[
        ExemptionReason | None, Query(description="Of the list `exempt`: only for this reason.")
    ] = None,
    after: After = None,
    limit: Limit = 50,
) -> WorkItemList:
    """Entries for the own org units, the oldest first, which are the urgent ones.

    `missing_result`: resolved dossiers without a digitized result, by their hand-over to the archive within a year;
    `low_resolution`: papers under 200 dpi; `unsigned`; `late`: digitized after the result was handed out; `exempt`:
    components that are not digitized, by reason. A site that was asked to digitize a dossier sees it here, too.
    """
    today = datetime.now(VIETNAM).date()
    with state.services.database.snapshot() as tx:
        wanted = Wanted(narrowed(tx, caller, unit), UnitCode(site) if site else None, reason)
        found = tx.worklists.items(kind, wanted, after=after, limit=limit)
    return WorkItemList(items=[WorkItemView.of(item, today) for item in found.items], next=found.next)


@router.put(
    "/api/dossiers/{code}/assignment",
    operation_id="assign_dossier",
    summary="Ask a site to digitize a dossier",
    responses=problems(NotFound, InvalidDossierCode, NotAllowed),
)
def put_assignment(code: DossierKey, wanted: NewAssignment, state: State, caller: Clerk) -> AssignmentHistory:
    """The site takes the dossier over from whoever was asked before; both stay in the history."""
    with state.services.database.transaction() as tx:
        site = tx.catalogue.unit(UnitCode(wanted.site)).code
        if not caller.scope.covers(site):
            raise NotAllowed("this org unit is not one of your own")
        return _assigned(tx, code, site, caller)


@router.delete(
    "/api/dossiers/{code}/assignment",
    operation_id="unassign_dossier",
    summary="Ask nobody any more",
    responses=problems(NotFound, InvalidDossierCode),
)
def delete_assignment(code: DossierKey, state: State, caller: Clerk) -> AssignmentHistory:
    """The dossier goes back to its own unit; the history stays."""
    with state.services.database.transaction() as tx:
        return _assigned(tx, code, None, caller)


@router.get(
    "/api/dossiers/{code}/assignments",
    operation_id="list_assignments",
    summary="Who was asked",
    responses=problems(NotFound, InvalidDossierCode),
)
def list_assignments(code: DossierKey, state: State, caller: CoverageReader) -> AssignmentHistory:
    """Every site that was ever asked to digitize a dossier, by whom and when."""
    with state.services.database.snapshot() as tx:
        return _history(tx, _visible(tx, code, caller))


def _assigned(tx: Transaction, code: str, site: UnitCode | None, caller: StaffCaller) -> AssignmentHistory:
    dossier, now = _visible(tx, code, caller), datetime.now(UTC)
    if tx.worklists.assign(dossier, site, caller.actor, now):
        tx.audit.append(caller.actor, "dossier.assigned", dossier, {"site": site}, now)
    return _history(tx, dossier)


def _visible(tx: Transaction, code: str, caller: StaffCaller) -> DossierCode:
    try:
        return tx.dossiers.get(parse_dossier_code(code).code, caller.scope).code
    except DossierUnknown:
        raise NotFound("no dossier with this code") from None


def _history(tx: Transaction, dossier: DossierCode) -> AssignmentHistory:
    return AssignmentHistory(items=[AssignmentView.of(one) for one in tx.worklists.assignments_of(dossier)])
