"""The data that people choose from: types of papers, org units, procedures. It changes by decision, so it is dated."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import SignedIn
from api.schemas.catalogue import (
    DocumentTypeList,
    DocumentTypeView,
    ProcedureList,
    ProcedureView,
    UnitList,
    UnitView,
)
from api.state import State

router = APIRouter(tags=["Catalogue"])

On = Annotated[date | None, Query(description="Only what is valid on this day.")]


@router.get("/api/document-types", operation_id="list_document_types", summary="Types of papers")
def list_document_types(state: State, caller: SignedIn) -> DocumentTypeList:
    """The taxonomy of papers, with the fields that each has."""
    with state.services.database.snapshot() as tx:
        found = tx.catalogue.document_types()
    return DocumentTypeList(items=[DocumentTypeView.of(kind) for kind in found])


@router.get("/api/units", operation_id="list_units", summary="Org units")
def list_units(state: State, caller: SignedIn, on: On = None) -> UnitList:
    """Org units, also those that have ended: dossiers keep the unit of their day."""
    with state.services.database.snapshot() as tx:
        found = tx.catalogue.units()
    return UnitList(items=[UnitView.of(unit) for unit in found if on is None or unit.valid_on(on)])


@router.get("/api/procedures", operation_id="list_procedures", summary="Procedures")
def list_procedures(state: State, caller: SignedIn, on: On = None) -> ProcedureList:
    """Procedures in every version, or those valid on a day."""
    with state.services.database.snapshot() as tx:
        found = tx.catalogue.procedures(on)
    return ProcedureList(items=[ProcedureView.of(procedure) for procedure in found])
