"""`policy indicators`, `enter` and `withdraw`: the dated thresholds and points of Decision 766."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from cli.shared import DAY, errors_said, json_line, services_of, settings_of
from records.indicator_versions import IndicatorVersion

JSON = click.option("--json", "as_json", is_flag=True, help="As one JSON line each.")


@click.command()
@JSON
def indicators(as_json: bool) -> None:
    """Thresholds and points from day to day, and every version that was entered."""
    from storage.codecs import encode
    from workers.indicator_rules import scored

    with errors_said(), services_of(settings_of()) as services, services.database.snapshot() as tx:
        rules, entered = scored(tx.catalogue.indicators()), tx.indicator_versions.list()
    if as_json:
        for one in (*rules, *entered):
            json_line(encode(one))
        return
    table = Table("indicator", "from", "to", "full points at", "points")
    for rule in rules:
        days = (str(rule.valid_from or "-"), str(rule.valid_to or "-"))
        table.add_row(rule.id, *days, _share(rule.threshold), _number(rule.max_points))
    Console().print(table)
    for version in entered:
        click.echo(_said(version))


@click.command()
@click.argument("indicator")
@click.option("--from", "first", type=DAY, required=True, help="The first day on which it counts.")
@click.option("--threshold", type=float, help="In per cent, for full points; none: nothing is scored.")
@click.option("--points", type=float, help="At most.")
@click.option("--source", required=True, help="The decision that says so.")
@JSON
def enter(
    indicator: str,
    first: datetime,
    threshold: float | None,
    points: float | None,
    source: str,
    as_json: bool,
) -> None:
    """Let a threshold and points of an indicator count from a day on. What was entered before stays."""
    from workers.indicator_rules import enter as entered

    with errors_said(), services_of(settings_of()) as services, services.database.transaction() as tx:
        new = entered(
            tx,
            indicator,
            first.date(),
            threshold=None if threshold is None else round(threshold / 100, 6),
            max_points=points,
            source=source,
            actor="cli",
            now=datetime.now(UTC),
        )
    _say(new, as_json)


@click.command()
@click.argument("indicator")
@click.argument("version", type=click.IntRange(1))
@JSON
def withdraw(indicator: str, version: int, as_json: bool) -> None:
    """Take a version back whose day has not come; it stays in the history."""
    from workers.indicator_rules import withdraw as withdrawn

    with errors_said(), services_of(settings_of()) as services, services.database.transaction() as tx:
        gone = withdrawn(tx, indicator, version, actor="cli", now=datetime.now(UTC))
    _say(gone, as_json)


def _say(one: IndicatorVersion, as_json: bool) -> None:
    from storage.codecs import encode

    if as_json:
        json_line(encode(one))
    else:
        click.echo(_said(one))


def _said(one: IndicatorVersion) -> str:
    figures = f"{_share(one.threshold)} for {_number(one.max_points)} points"
    gone = (
        f"; withdrawn by {one.withdrawn_by} {one.withdrawn_at:%Y-%m-%d %H:%M} UTC" if one.withdrawn_at else ""
    )
    entered = f"entered by {one.actor} {one.at:%Y-%m-%d %H:%M} UTC"
    return f"{one.indicator} version {one.version} from {one.valid_from}: {figures} ({one.source}), {entered}{gone}"


def _share(value: float | None) -> str:
    return "not given" if value is None else f"{100 * value:g} %"


def _number(value: float | None) -> str:
    return "not given" if value is None else f"{value:g}"
