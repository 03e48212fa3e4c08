"""`reconcile`: does every step have what the one before it had?"""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from cli.shared import DAY, FAILED, errors_said, json_line, services_of, settings_of
from records.ids import StationId, UnitCode
from records.reconciliation import (
    BatchReconciled,
    Difference,
    Reconciled,
    StationReconciled,
    by_station,
)
from records.staff import WHOLE_OFFICE, Scope

_STEPS = (
    "declared", "withdrawn", "received", "stored", "refused", "pages", "read", "classified", "tagged", "verified",
    "filed", "set_aside",
)  # fmt: skip
_MOST = 200  # differences that are shown


@click.command()
@click.option("--day", type=DAY, required=True, help="The day on which batches were opened, in Viet Nam.")
@click.option("--station", help="Only this station (its id).")
@click.option("--unit", help="Only this org unit and everything below it.")
@click.option("--check-objects", is_flag=True, help="Ask the object store for every master.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a batch, then one a difference.")
def reconcile(
    day: datetime, station: str | None, unit: str | None, check_objects: bool, as_json: bool
) -> None:
    """Hold what was declared against what was received, stored, read, classified, tagged, verified and filed.

    Status 1 while a difference is open: make it good, or close it with a reason on the screen or through the API.
    """
    from workers.reconciling import reconcile as reconciled

    at = StationId(station) if station else None
    with errors_said(), services_of(settings_of()) as services:
        with services.database.snapshot() as tx:
            scope = Scope(tx.catalogue.expand([UnitCode(unit)])) if unit else WHOLE_OFFICE
        batches, lost = reconciled(services, scope, day=day.date(), station=at, check_objects=check_objects)
        with services.database.snapshot() as tx:
            names = {one.station.id: one.station.name for one in tx.stations.list(scope)}
            found = tx.reconciliation.differences(
                scope, day=day.date(), station=at, is_open=True, limit=_MOST
            )
    differences = [*(one for one in lost if one.is_open), *found.items]
    if as_json:
        _print_json(batches, differences)
    else:
        _print(by_station(batches), names, f"Opened on {day:%Y-%m-%d}")
        _name(differences)
    sys.exit(FAILED if any(one.open_differences for one in batches) else 0)


def _print_json(batches: tuple[BatchReconciled, ...], differences: list[Difference]) -> None:
    for batch in batches:
        json_line({**asdict(batch), "balanced": batch.counts.balanced})
    for difference in differences:
        json_line({"difference": asdict(difference)})


def _print(stations: tuple[StationReconciled, ...], names: dict[StationId, str], title: str) -> None:
    table = Table(title=title, show_footer=True)
    total = sum((one.counts for one in stations), Reconciled())
    table.add_column("station", footer="all", overflow="fold", min_width=12)
    for step in _STEPS:
        table.add_column(step.replace("_", " "), justify="right", footer=f"{getattr(total, step):,}")
    table.add_column("open", justify="right", footer=str(sum(one.open_differences for one in stations)))
    for one in stations:
        counts = [f"{getattr(one.counts, step):,}" for step in _STEPS]
        name = names.get(one.station, one.station)
        table.add_row(f"{name} ({one.unit})", *counts, str(one.open_differences))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _name(differences: list[Difference]) -> None:
    for one in differences:
        page = "" if one.page is None else f", page {one.page}"
        click.echo(f"{one.kind.value}: batch {one.batch}, file {one.file}{page} ({one.subject})")
