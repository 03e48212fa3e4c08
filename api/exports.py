"""Exports under the sync names, and a dossier's archive package. Each is noted in the audit trail before it leaves."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Query, Response
from fastapi import Path as PathParameter
from fastapi.responses import StreamingResponse

from api.auth import RecordReader
from api.coverage import narrowed, period_of
from api.downloads import BINARY
from api.paging import UnitFilter
from api.problems import problems
from api.schemas.common import Code
from api.state import ApiState, State
from records.codes import parse_dossier_code
from records.errors import (
    DossierUnknown,
    InvalidDossierCode,
    InvalidValue,
    NotAllowed,
    NotFound,
    ObjectMissing,
    ObjectStoreUnavailable,
)
from reports.formats import MEDIA_TYPES, ReportFormat
from workers.exporting import ExportFormat, ExportKind, export_json, export_xlsx
from workers.packaging import write_package

router = APIRouter(tags=["Exports"])

XLSX = MEDIA_TYPES[ReportFormat.XLSX]
CHUNK = 1024 * 1024  # bytes


@router.get(
    "/api/exports/{kind}",
    operation_id="export",
    summary="Export dossiers or papers",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "A JSON document or a spreadsheet, as a stream.",
            "content": {"application/json": {}, XLSX: BINARY},
        },
        **problems(InvalidValue),
    },
)
def get_export(
    kind: Annotated[ExportKind, PathParameter(description="dossiers, or records: their papers.")],
    state: State,
    caller: RecordReader,
    form: Annotated[ExportFormat, Query(alias="format", description="json or xlsx")] = ExportFormat.JSON,
    first: Annotated[
        date | None, Query(alias="from", description="First day of reception (papers: of filing).")
    ] = None,
    last: Annotated[date | None, Query(alias="to", description="Last day, included.")] = None,
    unit: UnitFilter = None,
) -> Response:
    """All of the own org units, or a period: dossiers under MaHoSo, TaiLieuNop{…}, GiayToKetQua{…} with a link to each
    file; papers with what they say. Holds owners' names; who exported what is kept in the audit trail."""
    period = None if first is None and last is None else period_of(first, last)
    with state.services.database.snapshot() as tx:
        scope = narrowed(tx, caller, unit)
    headers = {"Content-Disposition": f'attachment; filename="{kind.value}.{form.value}"'}
    if form is ExportFormat.JSON:
        stream = export_json(state.services, kind, scope, period, caller.actor)
        return StreamingResponse(stream, media_type="application/json", headers=headers)

    def write(path: Path) -> None:
        export_xlsx(state.services, kind, scope, period, caller.actor, path)

    return _sent(state, write, f"{kind.value}.xlsx", XLSX)


@router.get(
    "/api/dossiers/{code}/package",
    operation_id="get_dossier_package",
    summary="A dossier's archive package",
    response_class=StreamingResponse,
    responses={
        200: {"description": "A ZIP of the bag.", "content": {"application/zip": BINARY}},
        **problems(NotFound, InvalidDossierCode, NotAllowed, ObjectMissing, ObjectStoreUnavailable),
    },
)
def get_package(
    code: Annotated[Code, PathParameter(description="Either form.", examples=["H58.30-220303-0012"])],
    state: State,
    caller: RecordReader,
) -> Response:
    """A BagIt 1.0 bag: each paper as PDF/A with its ALTO and metadata, the dossier under the sync names, manifests of
    SHA-256 and SHA-512. It holds all papers or is refused."""
    parsed = parse_dossier_code(code).code

    def write(path: Path) -> None:
        bag = write_package(state.services, parsed, path.parent, caller.scope, caller.actor)
        _zip(bag, path)

    try:
        return _sent(state, write, f"{parsed}.zip", "application/zip")
    except DossierUnknown:
        raise NotFound("no dossier with this code") from None


def _zip(folder: Path, path: Path) -> None:
    """PDFs and images do not get smaller: stored as they are."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            archive.write(file, file.relative_to(folder.parent))


def _sent(state: ApiState, write: Callable[[Path], None], name: str, media_type: str) -> Response:
    """A file that is made in a folder of its own; the folder is gone before the first byte leaves."""
    outgoing = state.services.settings.data_dir / "outgoing"
    outgoing.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=outgoing) as folder:
        write(Path(folder) / name)
        file = (Path(folder) / name).open("rb")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(os.fstat(file.fileno()).st_size),
    }
    return StreamingResponse(_read(file), media_type=media_type, headers=headers)


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
