"""`audit`: prove that nothing was changed or lost behind sohoa's back."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.coverage import Moment
from cli.shared import FAILED, errors_said, json_line, services_of, settings_of

if TYPE_CHECKING:
    from config.wiring import Services

MOST_NAMED = 50
AS_JSON = click.option("--json", "as_json", is_flag=True, help="The finding as JSON lines.")


@click.group(invoke_without_command=True)
@AS_JSON
@click.pass_context
def audit(ctx: click.Context, as_json: bool) -> None:
    """Check the audit trail's chain of hashes and every object; status 1 when something is wrong.

    `audit chain` and `audit objects` do one of the two; `audit coverage` recounts the figures of coverage.
    """
    if ctx.invoked_subcommand is None:
        with errors_said(), services_of(settings_of()) as services:
            intact = [_check_chain(services, as_json), _check_objects(services, as_json)]
        sys.exit(0 if all(intact) else FAILED)


@audit.command()
@AS_JSON
def chain(as_json: bool) -> None:
    """Recompute the chain of hashes of the audit trail; names the first broken entry."""
    with errors_said(), services_of(settings_of()) as services:
        sys.exit(0 if _check_chain(services, as_json) else FAILED)


@audit.command()
@AS_JSON
def objects(as_json: bool) -> None:
    """Read every object that a row names and compare its SHA-256; also names objects that no row names."""
    with errors_said(), services_of(settings_of()) as services:
        sys.exit(0 if _check_objects(services, as_json) else FAILED)


@audit.command("coverage")
@click.option("--as-of", type=Moment(), help="Recount what was so at this moment, from the histories.")
@click.option("--repair", is_flag=True, help="Count anew what differs, from now on.")
@AS_JSON
def recount(as_of: datetime | None, repair: bool, as_json: bool) -> None:
    """Recount every figure of coverage from case data, papers and components; names what differs."""
    with errors_said(), services_of(settings_of()) as services:
        same = _check_coverage(services, as_of, as_json)
        if not same and repair:
            with services.database.transaction(patient=True) as tx:
                count = tx.recount.repair(datetime.now(UTC))
            click.echo(f"{count} dossiers counted anew", err=True)
            same = _check_coverage(services, None, as_json)
    sys.exit(0 if same else FAILED)


def _check_coverage(services: Services, as_of: datetime | None, as_json: bool) -> bool:
    with services.database.snapshot(patient=True) as tx:
        found = tx.recount.differences(as_of)
        sums = tx.sums.differences()
    for one in found[:MOST_NAMED]:
        said = f"{one.what} {one.key}: kept {one.kept}, counted {one.counted}"
        json_line(asdict(one)) if as_json else click.echo(said, err=True)
    same = not found and not sums
    if as_json:
        json_line({"check": "coverage", "same": same, "differences": len(found), "sums": sums})
    elif same:
        click.echo("every figure of coverage is what a recount comes to")
    else:
        click.echo(f"{len(found)} figures or dossiers and {sums} sums differ from a recount", err=True)
    return same


def _check_chain(services: Services, as_json: bool) -> bool:
    with services.database.snapshot(patient=True) as tx:
        broken = tx.audit.verify()
    if as_json:
        json_line({"check": "chain", "intact": broken is None, "first_broken": broken})
    elif broken is None:
        click.echo("the audit trail is intact")
    else:
        click.echo(f"the audit trail is broken at entry {broken}", err=True)
    return broken is None


def _check_objects(services: Services, as_json: bool) -> bool:
    from workers.object_check import check_objects

    def on_found(fault: str, sha256: str) -> None:
        json_line({"object": sha256, "fault": fault}) if as_json else click.echo(
            f"{fault}: {sha256}", err=True
        )

    columns = (TextColumn("objects"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, quiet=as_json), transient=True) as progress:
        task = progress.add_task("objects", total=None)
        found = check_objects(
            services,
            on_found=on_found,
            on_checked=lambda done, total: progress.update(task, completed=done, total=total),
        )
    if as_json:
        json_line({"check": "objects", **found.as_dict()})
    else:
        click.echo(
            f"{found.objects} objects, {found.bytes / 1e6:.1f} MB: {found.missing} missing, "
            f"{found.damaged} damaged; {found.orphans} that no row names"
        )
    return found.whole
