"""What the touch screens ask: how far a dossier is, by the code on its receipt. For everybody, without signing in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from api.problems import problems
from api.schemas.common import Incoming, Outgoing, Text
from api.state import State
from records.codes import find_dossier_code, parse_dossier_code
from records.dossier import Stage, stage_of
from records.errors import DossierUnknown, InvalidDossierCode, TooManyRequests
from records.ids import DossierCode
from records.staff import WHOLE_OFFICE

router = APIRouter(tags=["Look-up"])


class LookUpRequest(Incoming):
    """A code as typed or scanned: the receipt's bar code, or the address in its QR code."""

    code: Annotated[Text, Field(min_length=1, max_length=300, examples=["H58.30-220303-0012"])]


class LookedUp(Outgoing):
    """No more than the receipt says, and how far it is."""

    code: str
    procedure: str = Field(description="Its name.")
    unit: str = Field(description="The name of the unit that handles it.")
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    stage: Stage


@router.post(
    "/api/look-up",
    operation_id="look_up",
    summary="How far a dossier is",
    responses=problems(InvalidDossierCode, DossierUnknown, TooManyRequests),
)
def look_up(asked: LookUpRequest, request: Request, state: State) -> LookedUp:
    """The state of one dossier, without its owner and its papers. An address may ask 60 times a minute."""
    state.pace.take(request.client.host if request.client else "")
    code = _code(asked.code)
    with state.services.database.snapshot() as tx:
        dossier = tx.dossiers.get(code, WHOLE_OFFICE)
        procedures = {one.code: one.name for one in tx.catalogue.procedures(dossier.received_at.date())}
        units = {unit.code: unit.name for unit in tx.catalogue.units()}
    return LookedUp(
        code=dossier.code,
        procedure=procedures.get(dossier.procedure, dossier.procedure),
        unit=units.get(dossier.unit, dossier.unit),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        returned_at=dossier.returned_at,
        stage=stage_of(dossier, datetime.now(UTC)),
    )


def _code(untrusted: str) -> DossierCode:
    """The code of a bar code or of a QR code's address, or as people type it. Raises InvalidDossierCode."""
    found = find_dossier_code(untrusted.upper())  # a reader types as the Caps Lock of its keyboard stands
    return found.code if found else parse_dossier_code(untrusted).code
