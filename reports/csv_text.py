"""A report as CSV: one row a line under the keys of the API, and the statement as the last line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from records.report import Report

STATEMENT = "#sohoa"


def write_csv(report: Report) -> str:
    """The report as text; a byte-order mark lets spreadsheets take it for UTF-8."""
    rows = [flat(row) for row in report.rows()]
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, fieldnames=_names(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    csv.writer(out, lineterminator="\n").writerow(
        (STATEMENT, json.dumps(report.statement(), ensure_ascii=False))
    )
    return out.getvalue()


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row without nesting: a rate as per cent, with its fraction beside it.

    >>> flat({"rate": {"numerator": 1, "denominator": 2, "percent": 50.0}})
    {'rate': 50.0, 'rate_numerator': 1, 'rate_denominator': 2}
    """
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            parts = {f"{name}_numerator": value["numerator"], f"{name}_denominator": value["denominator"]}
            found |= {name: value["percent"], **parts}
        else:
            found[name] = value
    return found


def _names(rows: list[dict[str, Any]]) -> list[str]:
    """Every name that a row has, in the order of the fullest row."""
    return list(dict.fromkeys(name for row in sorted(rows, key=len, reverse=True) for name in row))


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless(-1)
    ("'=1+1", -1)
    """
    risky = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if risky else value
