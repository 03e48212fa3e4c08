"""`audit`: prove that nothing was changed behind sohoa's back."""

from __future__ import annotations

import sys

import click

from cli.shared import FAILED, errors_said, json_line, services_of, settings_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The finding as one JSON line.")
def audit(as_json: bool) -> None:
    """Recompute the audit trail's chain of hashes; status 1 and the first broken entry when it was tampered with."""
    with errors_said(), services_of(settings_of()) as services, services.database.snapshot() as tx:
        broken = tx.audit.verify()
    if as_json:
        json_line({"intact": broken is None, "first_broken": broken})
    elif broken is None:
        click.echo("the audit trail is intact")
    else:
        click.echo(f"the audit trail is broken at entry {broken}", err=True)
    sys.exit(0 if broken is None else FAILED)
