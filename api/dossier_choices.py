"""Choosing a dossier by a few letters: the request is a body, because a name must not stand in an address."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from api.auth import SignedIn
from api.schemas.common import Incoming, Outgoing, ShortText
from api.schemas.dossier import DossierSummary
from api.state import State
from records.dossier import Dossier
from workers.dossier_choice import find_dossiers

router = APIRouter(tags=["Dossiers"])


class DossierWish(Incoming):
    text: ShortText = Field(
        min_length=1, description="Part of a code, or words of the owner's name or of the procedure."
    )
    limit: int = Field(12, ge=1, le=50)


class DossierChoice(DossierSummary):
    """A dossier with what a person knows it by."""

    owner: str | None
    procedure_name: str | None

    @classmethod
    def named(cls, dossier: Dossier, procedure_name: str | None) -> DossierChoice:
        parts = DossierSummary.of(dossier).model_dump()
        return cls(**parts, owner=dossier.owner, procedure_name=procedure_name)


class DossierChoices(Outgoing):
    items: list[DossierChoice]


@router.post("/api/dossiers/find", operation_id="find_dossiers", summary="Choose a dossier")
def find(wish: DossierWish, state: State, caller: SignedIn) -> DossierChoices:
    """Dossiers of the own org units that fit a few letters, with or without tone marks: codes first, newest first."""
    with state.services.database.snapshot() as tx:
        names = {one.code: one.name for one in tx.catalogue.procedures()}
        found = find_dossiers(tx, wish.text, caller.scope, wish.limit, names)
    return DossierChoices(items=[DossierChoice.named(one, names.get(one.procedure)) for one in found])
