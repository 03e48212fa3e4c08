"""`import-dossiers`: the office's case list in."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import click

from cli.shared import FAILED, errors_said, json_line, services_of, settings_of


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
