"""Dossiers as the case system knows them, and what an import made of a file."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Next, Outgoing
from api.schemas.record import RecordSummary
from records.dossier import Channel, Dossier, ResultState
from workers.case_import import Imported


class DossierSummary(Outgoing):
    code: str = Field(examples=["H58.30-220303-0012"])
    procedure: str = Field(examples=["1.001193"])
    unit: str
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    resolved_at: datetime | None = Field(description="Finished, else returned.")
    status: str = Field(description="As the case system gives it.")
    channel: Channel | None
    components_required: int | None

    @classmethod
    def of(cls, dossier: Dossier) -> DossierSummary:
        return cls(**{name: getattr(dossier, name) for name in DossierSummary.model_fields})


class DossierList(Outgoing):
    items: list[DossierSummary]
    next: Next


class DossierDetail(DossierSummary):
    """A dossier with its owner (personal data) and its papers."""

    owner: str | None
    result: ResultState = Field(description="Of the digitized result, as coverage counts it.")
    records: list[RecordSummary] = Field(description="Papers confirmed for it or filed in it, oldest first.")

    @classmethod
    def with_records(
        cls, dossier: Dossier, result: ResultState, papers: list[RecordSummary]
    ) -> DossierDetail:
        parts = {name: getattr(dossier, name) for name in DossierSummary.model_fields}
        return cls(**parts, owner=dossier.owner, result=result, records=papers)


class RefusedRowView(Outgoing):
    row: int = Field(description="As a spreadsheet counts: the header is row 1.")
    code: str = Field(examples=["invalid_dossier_code"])
    reason: str = Field(description="Names columns, never what stands in them.")


class ImportReport(Outgoing):
    """What an import did, or in a dry run would do."""

    dry_run: bool
    new: int
    changed: int
    same: int
    refused: int
    refused_rows: list[RefusedRowView] = Field(description="The first 1,000 of them.")
    broken_off: str | None = Field(
        description="Why the rest of the file could not be read; the rows before it were taken."
    )

    @classmethod
    def of(cls, outcome: Imported, *, dry_run: bool) -> ImportReport:
        rows = [
            RefusedRowView(row=row.row, code=row.code, reason=row.reason) for row in outcome.first_refused
        ]
        return cls(
            dry_run=dry_run,
            new=outcome.new,
            changed=outcome.changed,
            same=outcome.same,
            refused=outcome.refused,
            refused_rows=rows,
            broken_off=outcome.broken_off,
        )
