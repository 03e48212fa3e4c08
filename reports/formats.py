"""The forms in which a report is handed out."""

from __future__ import annotations

import json
from enum import StrEnum

from records.report import Report
from reports.csv_text import write_csv
from reports.pdf import write_pdf
from reports.xlsx import write_xlsx


class ReportFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA_TYPES = {
    ReportFormat.JSON: "application/json",
    ReportFormat.CSV: "text/csv; charset=utf-8",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.PDF: "application/pdf",
}


def write(report: Report, form: ReportFormat) -> bytes:
    """The report as the bytes of a file."""
    if form is ReportFormat.XLSX:
        return write_xlsx(report)
    if form is ReportFormat.PDF:
        return write_pdf(report)
    if form is ReportFormat.CSV:
        return write_csv(report).encode()
    return (json.dumps(report.as_dict(), ensure_ascii=False, indent=1) + "\n").encode()


def file_name(report: Report, form: ReportFormat) -> str:
    """A name of our own: kind, what it is broken down by, and period."""
    asked = report.request
    kind = asked.kind.value if asked.by is None else f"{asked.kind.value}-{asked.by.value}"
    return f"{kind}-{asked.period.first}-{asked.period.last}.{form.value}"
