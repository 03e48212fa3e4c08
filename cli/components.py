"""`import-components`: which components of which procedure must be digitized, as dated data."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.shared import FAILED, errors_said, services_of, settings_of


@click.command("import-components")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_components(file: Path) -> None:
    """Take in a CSV of procedure, component, name, must_digitize, valid_from, valid_to, confidence.

    must_digitize: prior_result, sector_law, provincial_list, on_demand or no. A later version ends the one before
    it; dossiers are counted anew from now on, and what was shown before stays as it was shown.
    """
    from ingest.component_list import read_component_list
    from records.components import ProcedureComponent

    with errors_said(), services_of(settings_of()) as services:
        rows = list(read_component_list(file))
        taken = [row for row in rows if isinstance(row, ProcedureComponent)]
        now = datetime.now(UTC)
        with services.database.transaction(patient=True) as tx:
            changed = tx.components.add_to_procedures(taken, now)
            details: dict[str, object] = {"changed": changed, "refused": len(rows) - len(taken)}
            tx.audit.append("cli", "components.imported", "procedures", details, now)
    click.echo(f"changed {changed}, same {len(taken) - changed}, refused {len(rows) - len(taken)}")
    for row in rows:
        if not isinstance(row, ProcedureComponent):
            click.echo(f"  row {row.row}: {row.reason} ({row.code})", err=True)
    sys.exit(FAILED if len(taken) < len(rows) else 0)
