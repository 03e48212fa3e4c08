"""`import-dossiers`: the office's case list in."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.shared import FAILED, errors_said, json_line, services_of, settings_of

if TYPE_CHECKING:
    from ingest.case_data import RefusedRow
    from workers.case_import import Imported


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
@click.option("--dry-run", is_flag=True, help="Say what each row would do, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as one JSON line.")
def import_dossiers(
    file: Path, mapping: Path | None, refused: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Take in the office's case list: CSV, XLSX or JSON, under our names or the sync names (MaHoSo, …).

    Status 1 when a row was refused or the file breaks off; what can be taken is taken all the same.
    """
    from workers.case_import import import_cases

    headers = json.loads(mapping.read_text(encoding="utf-8")) if mapping else None
    with errors_said(), services_of(settings_of()) as services, _report(refused) as on_refused:
        outcome = import_cases(
            services, file, actor="cli", mapping=headers, dry_run=dry_run, on_refused=on_refused
        )
    if as_json:
        json_line(outcome.as_dict())
    else:
        _say(outcome, dry_run)
    sys.exit(FAILED if outcome.refused or outcome.broken_off else 0)


@contextmanager
def _report(path: Path | None) -> Iterator[Callable[[RefusedRow], None]]:
    """Writes every refused row as it comes."""
    if path is None:
        yield lambda row: None
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("row", "code", "reason"))
        yield lambda row: writer.writerow((row.row, row.code, row.reason))


def _say(outcome: Imported, dry_run: bool) -> None:
    would = "would be: " if dry_run else ""
    counts = f"new {outcome.new}, changed {outcome.changed}, same {outcome.same}, refused {outcome.refused}"
    click.echo(would + counts)
    for row in outcome.first_refused[:20]:
        click.echo(f"  row {row.row}: {row.reason} ({row.code})", err=True)
    if outcome.broken_off:
        rows = outcome.taken + outcome.refused
        click.echo(f"the file breaks off after {rows} rows: {outcome.broken_off}", err=True)
