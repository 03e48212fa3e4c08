"""`worklist`: what is to be done before an auditor asks."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from cli.shared import errors_said, json_line, services_of, settings_of
from records.coverage import VIETNAM
from records.dossier import ExemptionReason
from records.ids import UnitCode
from records.staff import WHOLE_OFFICE, Scope
from records.worklist import WorkItem, WorklistKind

if TYPE_CHECKING:
    from config.wiring import Services
    from storage.worklists import Wanted

_PART = 500


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in WorklistKind]))
@click.option("--unit", help="Only this org unit and everything below it.")
@click.option("--site", help="Only dossiers that this org unit was asked to digitize.")
@click.option(
    "--reason", type=click.Choice([reason.value for reason in ExemptionReason]), help="Of `exempt` only."
)
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="How many at most.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
def worklist(
    kind: str, unit: str | None, site: str | None, reason: str | None, limit: int, form: str
) -> None:
    """Show what is missing, poor, unsigned, late or exempt, the urgent first."""
    from storage.worklists import Wanted

    with errors_said(), services_of(settings_of()) as services:
        with services.database.snapshot() as tx:
            scope = (
                Scope(tx.catalogue.expand([tx.catalogue.unit(UnitCode(unit)).code])) if unit else WHOLE_OFFICE
            )
            wanted = Wanted(
                scope, UnitCode(site) if site else None, ExemptionReason(reason) if reason else None
            )
            count = tx.worklists.count(WorklistKind(kind), wanted)
        rows = [_row(item) for item in _items(services, WorklistKind(kind), wanted, limit)]
    _PRINT[form](rows, f"{kind.replace('_', ' ')}: {count:,}")


def _items(services: Services, kind: WorklistKind, wanted: Wanted, limit: int) -> Iterator[WorkItem]:
    after: str | None = None
    while limit > 0:
        with services.database.snapshot() as tx:
            part = tx.worklists.items(kind, wanted, after=after, limit=min(_PART, limit))
        yield from part.items
        limit, after = limit - len(part.items), part.next
        if after is None:
            return


def _row(item: WorkItem) -> dict[str, Any]:
    today: date = datetime.now(VIETNAM).date()
    values = {name: getattr(item, name) for name in WorkItem.__dataclass_fields__ if name != "kind"}
    return values | {"hand_over_by": item.hand_over_by, "urgency": item.urgency(today)}


def _print_table(rows: list[dict[str, Any]], title: str) -> None:
    table = Table(title=title)
    names = [name for name in (rows[0] if rows else ()) if any(row[name] is not None for row in rows)]
    for name in names:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in names))
    Console(width=None if sys.stdout.isatty() else 140).print(table)


def _print_json(rows: list[dict[str, Any]], _: str) -> None:
    for row in rows:
        json_line(row)


def _print_csv(rows: list[dict[str, Any]], _: str) -> None:
    if rows:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


_PRINT = {"table": _print_table, "json": _print_json, "csv": _print_csv}
