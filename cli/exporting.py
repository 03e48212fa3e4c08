"""`export` and `package`: dossiers and papers out, under the sync names or as bags for the archive."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cli.shared import DAY, errors_said, period_of, services_of, settings_of
from records.codes import parse_dossier_code
from records.ids import UnitCode
from records.staff import WHOLE_OFFICE, Scope

_FILE = click.Path(dir_okay=False, path_type=Path)
_ACTOR = "cli"


@click.command()
@click.argument("kind", type=click.Choice(["dossiers", "records"]))
@click.option("--from", "first", type=DAY, help="First day of reception (records: of filing).")
@click.option("--to", "last", type=DAY, help="Last day, included.")
@click.option("--unit", help="Only this org unit and everything below it.")
@click.option("--format", "form", type=click.Choice(["json", "xlsx"]), default="json", show_default=True)
@click.option("--out", type=_FILE, required=True, help="The file to write.")
def export(
    kind: str, first: datetime | None, last: datetime | None, unit: str | None, form: str, out: Path
) -> None:
    """Write dossiers or their papers under the sync names (MaHoSo, TaiLieuNop, GiayToKetQua), with a link to each file.

    The file holds citizens' names: it is for its owner only, and the audit trail keeps who wrote it.
    """
    from workers.exporting import ExportKind, export_json, export_xlsx

    if (first is None) != (last is None):
        raise click.UsageError("give --from and --to, or neither")
    period = period_of(first, last) if first and last else None
    with errors_said(), services_of(settings_of()) as services:
        with services.database.snapshot() as tx:
            scope = Scope(tx.catalogue.expand([UnitCode(unit)])) if unit else WHOLE_OFFICE
        out.touch(mode=0o600)
        if form == "xlsx":
            export_xlsx(services, ExportKind(kind), scope, period, _ACTOR, out)
        else:
            with out.open("wb") as file:
                file.writelines(export_json(services, ExportKind(kind), scope, period, _ACTOR))
    click.echo(f"{out}: {out.stat().st_size:,} bytes", err=True)


@click.command()
@click.argument("codes", nargs=-1, required=True, metavar="CODE…")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder for the bags."
)
def package(codes: tuple[str, ...], out: Path) -> None:
    """Write a dossier as a BagIt bag for the archive: PDF/A, words, metadata and the fixity of it all."""
    from workers.packaging import write_package

    with errors_said(), services_of(settings_of()) as services:
        for code in codes:
            where = write_package(services, parse_dossier_code(code).code, out, WHOLE_OFFICE, _ACTOR)
            click.echo(where)
