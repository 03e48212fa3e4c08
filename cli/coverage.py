"""`coverage`: how far the office is from 100 % digitized, now or as of any past moment."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from cli.shared import die, errors_said, json_line, services_of, settings_of
from records.coverage import CoverageRow, Grouping, Period, Rate, moment_asked, total
from records.errors import InvalidValue
from records.forecast import Forecast, Outlook, forecast
from records.ids import UnitCode
from records.report import ReportKind
from records.staff import WHOLE_OFFICE, Scope

if TYPE_CHECKING:
    from storage.database import Transaction

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
FORMATS = ("table", "json", "csv", "xlsx", "pdf")


class Moment(click.ParamType[datetime]):
    """A past moment, in Viet Nam's time unless a zone is given; a day means its end."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return moment_asked(value)
        except ValueError:
            self.fail(f"{value!r} is no day (2022-11-30) and no moment (2022-11-30T17:00)", param, ctx)


@dataclass(frozen=True)
class Asked:
    """What the options of `coverage` and of the reports ask for."""

    period: Period
    unit: str | None
    as_of: datetime | None
    mapped: bool

    def scope(self, tx: Transaction) -> Scope:
        """The unit that is asked for and everything below it; raises NotFound for a unit that is not there."""
        if self.unit is None:
            return WHOLE_OFFICE
        return Scope(tx.catalogue.expand([tx.catalogue.unit(UnitCode(self.unit)).code]))


def period_options(command: Callable[..., None]) -> Callable[..., None]:
    """--from, --to, --unit, --as-of and --mapped; see `asked`."""
    options = (
        click.option("--from", "first", type=DAY, required=True, help="First day, for example 2021-12-16."),
        click.option("--to", "last", type=DAY, required=True, help="Last day, included."),
        click.option("--unit", help="Only this org unit and everything below it."),
        click.option(
            "--as-of", type=Moment(), help="As it was shown at this moment, or at the end of this day."
        ),
        click.option("--mapped", is_flag=True, help="Under the units that answer for the dossiers today."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def asked(first: datetime, last: datetime, unit: str | None, as_of: datetime | None, mapped: bool) -> Asked:
    """The options as one question; ends the command when the period ends before it begins."""
    if last < first:
        die(InvalidValue("--to lies before --from"))
    return Asked(Period(first.date(), last.date()), unit, as_of, mapped)


@click.command()
@period_options
@click.option("--by", type=click.Choice([g.value for g in Grouping]), default="unit", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to the screen."
)
@click.option(
    "--trend",
    "weeks",
    type=click.IntRange(5, 104),
    help="The last so many weeks instead, and when 100 % is reached at the pace of four.",
)
def coverage(by: str, form: str, out: Path | None, weeks: int | None, **options: Any) -> None:
    """Show digitized ÷ required, with and without certification."""
    question = asked(**options)
    if weeks is not None:
        _show_trend(question, weeks, as_json=form == "json")
        return
    if form in ("xlsx", "pdf"):
        _write_sheet(question, Grouping(by), form, out)
        return
    with errors_said(), services_of(settings_of()) as services, services.database.snapshot() as tx:
        rows = tx.coverage.rows(
            Grouping(by),
            question.period,
            question.scope(tx),
            as_of=question.as_of,
            mapped=question.mapped,
        )
    _WRITE[form](rows, by, question.period, out)


def _show_trend(question: Asked, weeks: int, *, as_json: bool) -> None:
    with errors_said(), services_of(settings_of()) as services, services.database.snapshot() as tx:
        points = tx.coverage.trend(
            question.period, question.scope(tx), weeks=weeks, as_of=question.as_of, mapped=question.mapped
        )
    found = forecast(points)
    if as_json:
        for point in points:
            rate = Rate(point.digitised, point.required).percent()
            json_line({**asdict(point), "gap": point.gap, "rate_without_certification": rate})
        json_line(asdict(found))
        return
    table = Table("week ending", "required", "digitized", "missing", "rate", title="Without certification")
    for point in points:
        rate_said = str(Rate(point.digitised, point.required))
        table.add_row(
            str(point.day), f"{point.required:,}", f"{point.digitised:,}", f"{point.gap:,}", rate_said
        )
    Console().print(table)
    click.echo(said(found))


def said(found: Forecast) -> str:
    """A forecast as a sentence."""
    if found.outlook is Outlook.REACHED:
        return "Nothing is missing."
    if found.outlook is Outlook.TOO_EARLY:
        return "Too early to tell: fewer than four weeks are known."
    if found.outlook is Outlook.NOT_AT_THIS_PACE:
        return f"100 % is not reached at this pace: the gap shrinks by {found.pace:.1f} dossiers a week."
    until = f"and {found.latest}" if found.latest else "and never: the pace varies that much"
    return (
        f"100 % on {found.day} at {found.pace:.1f} dossiers a week (95 %: between {found.earliest} {until})."
    )


def as_dict(row: CoverageRow) -> dict[str, Any]:
    """A row under the public names; without certification its rate is digitised ÷ required."""
    return {
        "key": row.key,
        "name": row.name,
        "received": row.received,
        "resolved": row.resolved,
        "required": row.required,
        "digitised": row.digitised,
        "rate": row.rate.percent(),
        "rate_without_certification": row.rate_without_certification.percent(),
        "gap": row.gap,
    }


def in_full(row: CoverageRow) -> dict[str, Any]:
    """A row for a table: every rate with what it is made of."""
    return {
        **as_dict(row),
        "rate_numerator": row.digitised_with_certification,
        "rate_denominator": row.required_with_certification,
        "components_required": row.components_required,
        "components_digitised": row.components_digitised,
        "components_rate": row.components_rate.percent(),
    }


def coverage_table(rows: list[CoverageRow], by: str, period: Period) -> Table:
    """The table for people: each rate stands with its fraction; what no row has is no column."""
    sums = total(rows, "total")
    below = sums.components_rate.denominator > 0  # three rates side by side are too wide for a terminal
    columns: list[tuple[str, Callable[[CoverageRow], str]]] = [
        ("received", lambda row: f"{row.received:,}"),
        ("resolved", lambda row: f"{row.resolved:,}"),
        ("digitized", lambda row: _rate(row.rate_without_certification, below)),
        ("and certified", lambda row: _rate(row.rate, below)),
        ("components", lambda row: _rate(row.components_rate, below)),
        ("missing", lambda row: f"{row.gap:,}"),
    ]
    if not sums.components_rate.denominator:
        columns = [column for column in columns if column[0] != "components"]
    table = Table(
        title=f"Digitized by {by}, {period.first} to {period.last}",
        show_footer=True,
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 0),
    )
    table.add_column(by, footer="total", overflow="fold", min_width=10 if below else 18)
    for name, value in columns:
        table.add_column(name, footer=value(sums), justify="right", overflow="fold")
    for row in rows:
        table.add_row(row.name, *(value(row) for _, value in columns))
    return table


def _rate(rate: Rate, below: bool) -> str:
    fraction = f"{rate.numerator:,}/{rate.denominator:,}"
    return f"{rate}\n{fraction}" if below else f"{rate} ({fraction})"


# --- the formats ---


def _write_table(rows: list[CoverageRow], by: str, period: Period, out: Path | None) -> None:
    if out is None:
        Console().print(coverage_table(rows, by, period))
        return
    with out.open("w", encoding="utf-8") as file:
        Console(file=file, width=160).print(coverage_table(rows, by, period))


def _write_json(rows: list[CoverageRow], _by: str, _period: Period, out: Path | None) -> None:
    if out is None:
        for row in rows:
            json_line(as_dict(row))
        return
    import json

    lines = [json.dumps(as_dict(row), ensure_ascii=False) + "\n" for row in rows]
    out.write_text("".join(lines), encoding="utf-8")


def _write_csv(rows: list[CoverageRow], _by: str, _period: Period, out: Path | None) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(in_full(total([], ""))))
    writer.writeheader()
    writer.writerows(in_full(row) for row in rows)
    if out is None:
        click.echo(text.getvalue(), nl=False)
    else:
        out.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _write_sheet(question: Asked, by: Grouping, form: str, out: Path | None) -> None:
    """The sheet with its parameters and fingerprint, which `report --verify` proves."""
    if out is None and sys.stdout.isatty():
        die(InvalidValue(f"{form} is not for a terminal: give --out FILE"))
    from reports.formats import ReportFormat, write
    from workers.reporting import make_report

    with errors_said(), services_of(settings_of()) as services:
        made = make_report(
            services,
            ReportKind.COVERAGE,
            question.period,
            WHOLE_OFFICE,
            unit=UnitCode(question.unit) if question.unit else None,
            as_of=question.as_of,
            mapped=question.mapped,
            by=by,
        )
    content = write(made, ReportFormat(form))
    if out is None:
        click.echo(content, nl=False)
    else:
        out.write_bytes(content)


_WRITE: dict[str, Callable[[list[CoverageRow], str, Period, Path | None], None]] = {
    "table": _write_table,
    "json": _write_json,
    "csv": _write_csv,
}
