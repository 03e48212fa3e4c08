"""`import-dossiers` and `coverage`: the office's case list in, and how far it is from 100 % digitized out."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from cli.shared import FAILED, die, errors_said, json_line, services_of, settings_of
from records.coverage import CoverageRow, Grouping, Period, Rate, total
from records.errors import InvalidValue
from records.ids import UnitCode
from records.staff import WHOLE_OFFICE, Scope

if TYPE_CHECKING:
    from config.wiring import Services

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command("import-dossiers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON: their header → our name.",
)
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write refused rows with reasons as CSV.",
)
@click.option("--dry-run", is_flag=True, help="Check the file and write nothing to the database.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as one JSON line.")
def import_dossiers(
    file: Path, mapping: Path | None, refused: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Take in the office's case list: CSV or XLSX, under our names or the sync names (MaHoSo, NgayTiepNhan, …)."""
    from workers.case_import import import_cases

    headers = json.loads(mapping.read_text(encoding="utf-8")) if mapping else None
    with errors_said(), services_of(settings_of()) as services:
        outcome = import_cases(services, file, actor="cli", mapping=headers, dry_run=dry_run)
    if refused:
        with refused.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("row", "code", "reason"))
            writer.writerows((row.row, row.code, row.reason) for row in outcome.refused)
    if as_json:
        json_line(outcome.as_dict())
    else:
        click.echo(
            f"new {outcome.new}, changed {outcome.changed}, same {outcome.same}, refused {len(outcome.refused)}"
        )
        for row in outcome.refused[:20]:
            click.echo(f"  row {row.row}: {row.reason} ({row.code})", err=True)
    sys.exit(FAILED if outcome.refused else 0)


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="First day, for example 2021-12-16.")
@click.option("--to", "last", type=DAY, required=True, help="Last day, included.")
@click.option("--by", type=click.Choice([g.value for g in Grouping]), default="unit", show_default=True)
@click.option("--unit", help="Only this org unit and everything below it.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
def coverage(first: datetime, last: datetime, by: str, unit: str | None, form: str) -> None:
    """Show digitized ÷ required, with and without certification."""
    if last < first:
        die(InvalidValue("--to lies before --from"))
    period = Period(first.date(), last.date())
    with errors_said(), services_of(settings_of()) as services:
        rows = _rows(services, Grouping(by), period, unit)
    _PRINT[form](rows, by)


def _rows(services: Services, by: Grouping, period: Period, unit: str | None) -> list[CoverageRow]:
    with services.database.transaction() as tx:
        scope = Scope(tx.catalogue.expand([UnitCode(unit)])) if unit else WHOLE_OFFICE
        return tx.coverage.rows(by, period, scope)


def as_dict(row: CoverageRow) -> dict[str, Any]:
    """A row under the public names."""
    return {
        "key": row.key,
        "name": row.name,
        "received": row.received,
        "resolved": row.resolved,
        "required": row.required,
        "digitised": row.digitised,
        "rate": row.rate.percent(),
        "rate_numerator": row.digitised_with_certification,
        "rate_denominator": row.required_with_certification,
        "rate_without_certification": row.rate_without_certification.percent(),
        "gap": row.gap,
        "components_required": row.components_required,
        "components_digitised": row.components_digitised,
        "components_rate": row.components_rate.percent(),
    }


def coverage_table(rows: list[CoverageRow], by: str) -> Table:
    """The table for people: each rate stands with its fraction."""
    table = Table(title=f"Digitized by {by}", show_footer=True)
    sums = total(rows, "total")
    columns: list[tuple[str, str]] = [
        ("received", str(sums.received)),
        ("resolved", str(sums.resolved)),
        ("without certification", _rate(sums.rate_without_certification)),
        ("with certification", _rate(sums.rate)),
        ("components", _rate(sums.components_rate)),
        ("missing", str(sums.gap)),
    ]
    table.add_column(by, footer="total", overflow="fold")
    for name, footer in columns:
        table.add_column(name, footer=footer, justify="right")
    for row in rows:
        table.add_row(
            row.name, str(row.received), str(row.resolved), _rate(row.rate_without_certification),
            _rate(row.rate), _rate(row.components_rate), str(row.gap),
        )  # fmt: skip
    return table


def _rate(rate: Rate) -> str:
    return f"{rate} ({rate.numerator:,}/{rate.denominator:,})"


def _print_table(rows: list[CoverageRow], by: str) -> None:
    Console().print(coverage_table(rows, by))


def _print_json(rows: list[CoverageRow], by: str) -> None:
    for row in rows:
        json_line(as_dict(row))


def _print_csv(rows: list[CoverageRow], by: str) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(as_dict(total([], ""))))
    writer.writeheader()
    writer.writerows(as_dict(row) for row in rows)
    click.echo(out.getvalue(), nl=False)


_PRINT = {"table": _print_table, "json": _print_json, "csv": _print_csv}
