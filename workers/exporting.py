"""Exports under the sync names, as streams: a few hundred dossiers or papers in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from config.wiring import Services
from records.coverage import Period
from records.dossier import Dossier
from records.ids import DocumentTypeCode, DossierCode, ProcedureCode, RecordId
from records.staff import Scope
from records.sync import FiledPaper, SubmittedComponent, dossier_as_sync, record_as_sync
from reports.sync_book import write_dossiers, write_records
from storage.cursors import Cursor
from storage.database import Transaction

PART = 500


class ExportKind(StrEnum):
    DOSSIERS = "dossiers"
    RECORDS = "records"


class ExportFormat(StrEnum):
    JSON = "json"
    XLSX = "xlsx"


_ROOTS = {ExportKind.DOSSIERS: "HoSo", ExportKind.RECORDS: "GiayTo"}


@dataclass(frozen=True)
class Contents:
    """What stands behind some dossiers: names, papers, and the address under which people get a file."""

    procedures: Mapping[ProcedureCode, str]
    types: Mapping[DocumentTypeCode, str]
    papers: Mapping[DossierCode, Sequence[FiledPaper]]
    components: Mapping[DossierCode, Sequence[SubmittedComponent]]
    base_url: str

    def as_sync(self, dossier: Dossier) -> dict[str, Any]:
        return dossier_as_sync(
            dossier,
            self.procedures.get(dossier.procedure, ""),
            self.papers.get(dossier.code, ()),
            self.components.get(dossier.code, ()),
            self.name_of,
            self.link,
        )

    def name_of(self, kind: DocumentTypeCode) -> str:
        return self.types.get(kind, kind)

    def link(self, record: RecordId) -> str:
        """Where the file lies; whoever follows it signs in first."""
        return f"{self.base_url}/api/records/{record}/pdf"


def contents_of(tx: Transaction, dossiers: Sequence[Dossier], base_url: str, scope: Scope) -> Contents:
    """What an export of these dossiers needs besides them."""
    codes = [dossier.code for dossier in dossiers]
    return Contents(
        procedures={one.code: one.name for one in tx.catalogue.procedures()},
        types={one.code: one.name_vi for one in tx.catalogue.document_types()},
        papers=tx.exports.of_dossiers(codes, scope),
        components=tx.exports.components_of(codes),
        base_url=base_url,
    )


def dossiers_of(services: Services, scope: Scope, period: Period | None) -> Iterator[dict[str, Any]]:
    """The dossiers that were received in the period, or all, in the order of reception."""
    after: Cursor | None = None
    while True:
        with services.database.snapshot() as tx:
            part = tx.dossiers.list(
                scope,
                received_from=period.begin if period else None,
                received_before=period.end if period else None,
                after=after,
                limit=PART,
            )
            known = contents_of(tx, part.items, services.settings.base_url, scope)
        yield from map(known.as_sync, part.items)
        after = part.next
        if after is None:
            return


def records_of(services: Services, scope: Scope, period: Period | None) -> Iterator[dict[str, Any]]:
    """The papers that were filed in the period, or all, in the order of scanning."""
    with services.database.snapshot() as tx:
        known = contents_of(tx, (), services.settings.base_url, scope)
    after: Cursor | None = None
    while True:
        with services.database.snapshot() as tx:
            part = tx.exports.filed(scope, period, after=after, limit=PART)
        yield from (record_as_sync(paper, known.name_of, known.link) for paper in part.items)
        after = part.next
        if after is None:
            return


_ROWS = {ExportKind.DOSSIERS: dossiers_of, ExportKind.RECORDS: records_of}
_BOOKS = {ExportKind.DOSSIERS: write_dossiers, ExportKind.RECORDS: write_records}


def export_json(
    services: Services, kind: ExportKind, scope: Scope, period: Period | None, actor: str
) -> Iterator[bytes]:
    """One JSON document in portions: a list under HoSo or GiayTo, a line each. Noted in the audit trail first."""
    _remember(services, kind, ExportFormat.JSON, scope, period, actor)
    return _json_lines(_ROOTS[kind], _ROWS[kind](services, scope, period))


def _json_lines(root: str, rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    yield f'{{"{root}": ['.encode()
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n").encode() + json.dumps(row, ensure_ascii=False).encode()
    yield b"\n]}\n"


def export_xlsx(
    services: Services, kind: ExportKind, scope: Scope, period: Period | None, actor: str, path: Path
) -> int:
    """A spreadsheet at `path`; returns how many dossiers or papers it has. Noted in the audit trail first."""
    _remember(services, kind, ExportFormat.XLSX, scope, period, actor)
    return _BOOKS[kind](_ROWS[kind](services, scope, period), path)


def _remember(
    services: Services,
    kind: ExportKind,
    form: ExportFormat,
    scope: Scope,
    period: Period | None,
    actor: str,
) -> None:
    """Who took citizens' data out, of what and when: written before the first byte leaves."""
    details: dict[str, object] = {
        "format": form.value,
        "from": period.first.isoformat() if period else None,
        "to": period.last.isoformat() if period else None,
        "units": None if scope.units is None else sorted(scope.units),
    }
    with services.database.transaction() as tx:
        tx.audit.append(actor, f"{kind.value}.exported", kind.value, details, datetime.now(UTC))
