"""Components of a dossier: what the case system lists, and what is exempt from digitization and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as PathParameter

from api.auth import Clerk, RecordReader, StaffCaller
from api.problems import problems
from api.schemas.common import Code
from api.schemas.component import ComponentChange, ComponentHistory, ComponentList, ComponentView, Exempting
from api.state import ApiState, State
from records.codes import parse_dossier_code
from records.dossier import ExemptionReason
from records.errors import DossierUnknown, InvalidDossierCode, NotFound
from records.ids import DossierCode
from storage.database import Transaction

router = APIRouter(tags=["Dossiers"])

_REFUSALS = problems(NotFound, InvalidDossierCode)
DossierKey = Annotated[Code, PathParameter(description="Code of the dossier, either form.")]
ComponentKey = Annotated[Code, PathParameter(description="Code of the component.", examples=["TP01"])]


@router.get(
    "/api/dossiers/{code}/components",
    operation_id="list_components",
    summary="Components of a dossier",
    responses=_REFUSALS,
)
def list_components(code: DossierKey, state: State, caller: RecordReader) -> ComponentList:
    """What the case system lists for a dossier, and what is exempt."""
    with state.services.database.snapshot() as tx:
        dossier = _visible(tx, code, caller)
        return ComponentList(items=[ComponentView.of(one) for one in tx.components.of_dossier(dossier)])


@router.get(
    "/api/dossiers/{code}/components/{component}/history",
    operation_id="component_history",
    summary="History of a component",
    responses=_REFUSALS,
)
def component_history(
    code: DossierKey, component: ComponentKey, state: State, caller: RecordReader
) -> ComponentHistory:
    """Everything that was ever said of a component, the first first."""
    with state.services.database.snapshot() as tx:
        dossier = _visible(tx, code, caller)
        return ComponentHistory(
            items=[ComponentChange.of(version) for version in tx.components.history(dossier, component)]
        )


@router.put(
    "/api/dossiers/{code}/components/{component}/exemption",
    operation_id="exempt_component",
    summary="Exempt a component",
    responses=_REFUSALS,
)
def exempt_component(
    code: DossierKey, component: ComponentKey, body: Exempting, state: State, caller: Clerk
) -> ComponentView:
    """Say why a component is not digitized (Circular 01/2023). It no longer counts as missing; the history stays."""
    return _exempted(state, code, component, body.reason, caller)


@router.delete(
    "/api/dossiers/{code}/components/{component}/exemption",
    operation_id="end_exemption",
    summary="End an exemption",
    responses=_REFUSALS,
)
def end_exemption(code: DossierKey, component: ComponentKey, state: State, caller: Clerk) -> ComponentView:
    """Say that a component is to be digitized after all."""
    return _exempted(state, code, component, None, caller)


def _visible(tx: Transaction, code: str, caller: StaffCaller) -> DossierCode:
    try:
        return tx.dossiers.get(parse_dossier_code(code).code, caller.scope).code
    except DossierUnknown:
        raise NotFound("no dossier with this code") from None


def _exempted(
    state: ApiState, code: str, component: str, reason: ExemptionReason | None, caller: StaffCaller
) -> ComponentView:
    now = datetime.now(UTC)
    action = "component.exempted" if reason else "component.exemption_ended"
    details: dict[str, object] = {"component": component, "reason": reason.value if reason else None}
    with state.services.database.transaction() as tx:
        dossier = _visible(tx, code, caller)
        changed = tx.components.exempt(dossier, component, reason, caller.actor, now)
        tx.audit.append(caller.actor, action, dossier, details, now)
    return ComponentView.of(changed)
