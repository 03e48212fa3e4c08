"""`report`: the statutory forms as table or file, and the proof that a file says what the history says."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from cli.coverage import Moment
from cli.shared import DAY, FAILED, errors_said, period_of, services_of, settings_of
from records.ids import UnitCode
from records.report import FORMS as KINDS
from records.report import Cell, LineKind, Report, ReportKind
from records.staff import WHOLE_OFFICE

if TYPE_CHECKING:
    from workers.reporting import Difference, Verification

FORMS = ["table", "json", "csv", "xlsx", "pdf"]
_MOST_DIFFERENCES = 50


@click.command()
@click.argument("kind", required=False, type=click.Choice([kind.value for kind in KINDS]))
@click.option("--from", "first", type=DAY, help="First day, for example 2021-12-16.")
@click.option("--to", "last", type=DAY, help="Last day, included.")
@click.option("--unit", help="Only this org unit and everything below it.")
@click.option("--as-of", type=Moment(), help="As it was shown at this moment, or at the end of this day.")
@click.option("--mapped", is_flag=True, help="Counted under the units that follow the old ones.")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option(
    "--verify",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Recompute this report's file from the history and name the cells that differ.",
)
def report(
    kind: str | None,
    first: datetime | None,
    last: datetime | None,
    unit: str | None,
    as_of: datetime | None,
    mapped: bool,
    form: str,
    out: Path | None,
    verify: Path | None,
) -> None:
    """Make form II.06a, the digitization sheet or the indicators of Decision 766, each with its fingerprint."""
    if verify is not None:
        _verify(verify)
        return
    if kind is None or first is None or last is None:
        raise click.UsageError(
            "name a report (II.06a, digitization or 766) with --from and --to, or --verify FILE"
        )
    if form in ("xlsx", "pdf") and out is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is not for a terminal: give --out FILE")
    from workers.reporting import make_report

    with errors_said(), services_of(settings_of()) as services:
        made = make_report(
            services,
            ReportKind(kind),
            period_of(first, last),
            WHOLE_OFFICE,
            unit=UnitCode(unit) if unit else None,
            as_of=as_of,
            mapped=mapped,
        )
    if form == "table":
        _print(made, out)
    else:
        _write(made, form, out)


def _write(made: Report, form: str, out: Path | None) -> None:
    from reports.formats import ReportFormat, write

    content = write(made, ReportFormat(form))
    if out is None:
        sys.stdout.buffer.write(content)
        return
    out.write_bytes(content)
    click.echo(f"{out}: {len(content):,} bytes, fingerprint {made.fingerprint}", err=True)


def _print(made: Report, out: Path | None) -> None:
    """The table for people, with the sums below."""
    from reports import words

    table = Table(
        title=f"{made.request.kind.value} · {made.request.period.first} to {made.request.period.last}"
    )
    for column in made.columns:
        if column.key == "name":
            table.add_column("name", overflow="fold", min_width=14)
        else:
            table.add_column(column.key.replace("_", " "), justify="right")
    for line, cells in words.body(made):
        table.add_row(*map(_shown, cells), style=None if line.kind is LineKind.ROW else "bold")
    with out.open("w", encoding="utf-8") if out else nullcontext(sys.stdout) as file:
        console = Console(file=file, width=None if out is None and sys.stdout.isatty() else 160)
        console.print(table)
        for name, rate in made.rates:
            console.print(f"{name.replace('_', ' ')}: {rate} ({rate.numerator:,}/{rate.denominator:,})")
        for note in made.notes:
            console.print(f"{note.code.replace('_', ' ')}: {note.count:,}")
        console.print(f"as of {made.request.as_of.isoformat()}, fingerprint {made.fingerprint}")


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _verify(file: Path) -> None:
    from workers.reporting import verify_report

    with errors_said(), services_of(settings_of()) as services:
        found = verify_report(services, file.read_bytes(), WHOLE_OFFICE)
    asked = found.request
    click.echo(
        f"{asked.kind.value}, {asked.period.first} to {asked.period.last}, as of {asked.as_of.isoformat()}"
    )
    if found.same:
        click.echo(f"same: recomputed from the history, fingerprint {found.recomputed}")
        return
    _name(found)
    sys.exit(FAILED)


def _name(found: Verification) -> None:
    """What differs, on stderr."""
    if found.earlier:
        agree = "its figures are those of the history" if not found.cells else "its figures differ, too"
        click.echo(f"made by another version, whose fingerprint cannot be recomputed; {agree}", err=True)
    elif found.fingerprint != found.recomputed:
        click.echo(
            f"the file states the fingerprint {found.fingerprint}\nrecomputed it is    {found.recomputed}",
            err=True,
        )
    for difference in () if found.earlier else found.inputs:
        click.echo(f"counted from something else: {_said(difference)}", err=True)
    for difference in found.cells[:_MOST_DIFFERENCES]:
        click.echo(f"differs: {_said(difference)}", err=True)
    if len(found.cells) > _MOST_DIFFERENCES:
        click.echo(f"… and {len(found.cells) - _MOST_DIFFERENCES} more", err=True)


def _said(difference: Difference) -> str:
    return f"{difference.place}: in the file {difference.in_file!r}, recomputed {difference.recomputed!r}"
