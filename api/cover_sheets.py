"""Cover sheets to print: one A4 page for each dossier, with a code that the service reads back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from api.auth import SignedIn
from api.downloads import file_headers
from api.problems import problems
from api.schemas.common import Code
from api.state import State
from records.codes import parse_dossier_code
from records.coverage import VIETNAM
from records.dossier import Dossier
from records.errors import DossierUnknown, InvalidDossierCode
from reports.cover_sheet import CoverSheet, write_cover_sheets

router = APIRouter(tags=["Batches"])

MOST = 100  # sheets in one go
PDF = "application/pdf"


@router.get(
    "/api/cover-sheets",
    operation_id="get_cover_sheets",
    summary="Print cover sheets",
    response_class=Response,
    responses={
        200: {
            "description": "One A4 page for each dossier.",
            "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(DossierUnknown, InvalidDossierCode),
    },
)
def get_cover_sheets(
    state: State,
    caller: SignedIn,
    codes: Annotated[list[Code], Query(min_length=1, max_length=MOST, description="Dossier codes.")],
) -> Response:
    """A sheet for each dossier of the own org units, to be laid before its papers: Code 128, QR code, and words."""
    wanted = [parse_dossier_code(code).code for code in dict.fromkeys(codes)]
    with state.services.database.snapshot() as tx:
        found = [tx.dossiers.get(code, caller.scope) for code in wanted]
        procedures = {one.code: one.name for one in tx.catalogue.procedures()}
        units = {one.code: one.name for one in tx.catalogue.units()}
    base = state.services.settings.base_url

    def sheet(dossier: Dossier) -> CoverSheet:
        return CoverSheet(
            code=dossier.code,
            address=f"{base}/look-up?mahs={quote(dossier.code)}",
            owner=dossier.owner or "",
            procedure=procedures.get(dossier.procedure, dossier.procedure),
            unit=units.get(dossier.unit, dossier.unit),
            received_on=dossier.received_at.astimezone(VIETNAM).date(),
        )

    content = write_cover_sheets([sheet(one) for one in found], datetime.now(UTC))
    headers = file_headers(str(len(content)), PDF, "cover-sheets")
    del headers["ETag"]
    return Response(content, media_type=PDF, headers=headers)
