"""A statutory report as JSON, and what became of checking one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.schemas.common import Outgoing
from api.schemas.coverage import Share
from records.report import Report
from workers.reporting import Difference, Verification


class ReportColumn(Outgoing):
    key: str = Field(examples=["received"])
    number: str = Field(description="As the form's numbering row has it.", examples=["3 = 4+5+6"])
    labels: list[str] = Field(description="The Vietnamese heads, from the merged one down.")
    dossiers: bool = Field(
        description="Whether dossiers stand behind its figures; thresholds and points have none."
    )


class ReportNote(Outgoing):
    code: str = Field(examples=["without_due_date"])
    count: int


class ReportInputs(Outgoing):
    """What the report was counted from: digests of ids and versions, and the head of the audit trail."""

    dossiers: int
    dossiers_sha256: str
    papers: int
    papers_sha256: str
    catalogue_sha256: str
    audit_sequence: int
    audit_hash: str


class ReportView(Outgoing):
    """A report. Each row has `line` (row, section or total), `key`, and a value for each column's key."""

    sohoa_report: int = Field(description="Version of this form of the statement.")
    report: str = Field(examples=["II.06a"])
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    unit: str | None
    units: list[str] | None = Field(description="The org units that the caller reaches; null: all.")
    mapped: bool
    as_of: datetime
    inputs: ReportInputs
    fingerprint: str = Field(description="SHA-256 over request, inputs and every cell.")
    unit_name: str
    columns: list[ReportColumn]
    rows: list[dict[str, Any]]
    notes: list[ReportNote]
    rates: dict[str, Share]

    @classmethod
    def of(cls, report: Report) -> ReportView:
        return cls.model_validate(report.as_dict())


class DifferenceView(Outgoing):
    place: str = Field(examples=["cell C7"])
    in_file: str | None
    recomputed: str | None

    @classmethod
    def of(cls, difference: Difference) -> DifferenceView:
        return cls(place=difference.place, in_file=difference.in_file, recomputed=difference.recomputed)


class VerificationView(Outgoing):
    """Whether a report's file says what the history says."""

    same: bool
    report: str
    first: date
    last: date
    as_of: datetime
    format: str
    fingerprint: str = Field(description="As the file states it.")
    recomputed: str
    inputs: list[DifferenceView] = Field(
        description="Parts that the report was counted from and that differ."
    )
    cells: list[DifferenceView] = Field(description="Places in the file that differ; the first 200.")

    @classmethod
    def of(cls, found: Verification) -> VerificationView:
        asked = found.request
        return cls(
            same=found.same,
            report=asked.kind.value,
            first=asked.period.first,
            last=asked.period.last,
            as_of=asked.as_of,
            format=found.form.value,
            fingerprint=found.fingerprint,
            recomputed=found.recomputed,
            inputs=[DifferenceView.of(one) for one in found.inputs],
            cells=[DifferenceView.of(one) for one in found.cells[:200]],
        )
