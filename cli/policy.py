"""`policy`: which values are accepted without a look, under which promise, and what it rests on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from cli import indicators
from cli.shared import errors_said, json_line, services_of, settings_of
from records.acceptance import AcceptanceMode, Policy
from records.blind_check import Estimate, EstimateBy
from records.staff import WHOLE_OFFICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ESTIMATE_DAYS = 90


@click.group()
def policy() -> None:
    """Show, fit or change the acceptance policy, and the dated figures of the indicators. Every version stays."""


for command in (indicators.indicators, indicators.enter, indicators.withdraw):
    policy.add_command(command)


@policy.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON line.")
def show(as_json: bool) -> None:
    """The policy that counts now, what each threshold rests on, and what blind checks found."""
    since = datetime.now(UTC) - timedelta(days=ESTIMATE_DAYS)
    with errors_said(), services_of(settings_of()) as services, services.database.snapshot() as tx:
        current = tx.policies.current()
        found = {by: tx.blind_checks.estimates(by, since, WHOLE_OFFICE) for by in EstimateBy}
    _say(current, as_json)
    if not as_json and any(found.values()):
        _say_estimates(found)


@policy.command()
@click.option(
    "--since-days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Evidence of."
)
@click.option(
    "--prior",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of observations from elsewhere (document_type, field, confidence, right); marked as a prior.",
)
@click.option("--json", "as_json", is_flag=True, help="As one JSON line.")
def fit(since_days: int, prior: Path | None, as_json: bool) -> None:
    """Fit every threshold anew from confirmations."""
    from workers.policy_fit import fit as fitted
    from workers.policy_fit import read_observations

    with errors_said(), services_of(settings_of()) as services:
        tallies = read_observations(prior.read_text(encoding="utf-8")) if prior else None
        with services.database.transaction() as tx:
            new = fitted(
                tx, actor="cli", now=datetime.now(UTC), since=timedelta(days=since_days), prior=tallies
            )
    _say(new, as_json)


@policy.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON line each.")
def history(as_json: bool) -> None:
    """The last 200 versions, newest first: who made them, when and why."""
    with errors_said(), services_of(settings_of()) as services, services.database.snapshot() as tx:
        for one in tx.policies.list(limit=200).items:
            _say(one, as_json, thresholds=False)


@policy.command("set")
@click.option("--bound", type=float, help="Promised rate of wrong accepted values, for example 0.005.")
@click.option("--certainty", type=float, help="Of the promise, for example 0.95.")
@click.option("--mode", type=click.Choice([mode.value for mode in AcceptanceMode]), help="How far it goes.")
@click.option("--second", multiple=True, metavar="FIELD=SHARE", help="What a second person checks; * is any.")
@click.option(
    "--always", metavar="FIELDS", help="What is always looked at: place,issue_date; '' for nothing."
)
@click.option("--json", "as_json", is_flag=True, help="As one JSON line.")
def set_rules(
    bound: float | None,
    certainty: float | None,
    mode: str | None,
    second: tuple[str, ...],
    always: str | None,
    as_json: bool,
) -> None:
    """Change the promise, how far acceptance goes, what is always looked at, and what a second person checks."""
    from workers.policy_fit import change

    with errors_said(), services_of(settings_of()) as services, services.database.transaction() as tx:
        new = change(
            tx,
            actor="cli",
            now=datetime.now(UTC),
            bound=bound,
            certainty=certainty,
            mode=AcceptanceMode(mode) if mode else None,
            second=_shares(second),
            always=None if always is None else [name.strip() for name in always.split(",") if name.strip()],
        )
    _say(new, as_json)


def _shares(given: tuple[str, ...]) -> Mapping[str, float] | None:
    if not given:
        return None
    try:
        return {field: float(share) for field, share in (one.split("=", 1) for one in given)}
    except ValueError:
        raise click.UsageError("--second takes FIELD=SHARE, for example issue_date=0.05") from None


def _say_estimates(found: Mapping[EstimateBy, Sequence[Estimate]]) -> None:
    table = Table(
        "accepted values, checked blind", "checked", "wrong", "rate between", "and", "open",
        title=f"the last {ESTIMATE_DAYS} days",
    )  # fmt: skip
    for by, estimates in found.items():
        for one in estimates:
            over, under = one.interval
            counts = (str(one.checked), str(one.wrong), f"{over:.2%}", f"{under:.2%}", str(one.open))
            table.add_row(f"{by.value} {one.key}", *counts)
    Console().print(table)


def _say(found: Policy, as_json: bool, *, thresholds: bool = True) -> None:
    from storage.codecs import encode

    if as_json:
        told: Any = encode(found)
        json_line(told)
        return
    console = Console()
    console.print(
        f"version {found.version} of {found.at:%Y-%m-%d %H:%M} UTC by {found.actor} ({found.reason}); mode "
        f"{found.mode.value}; wrong under {found.bound:.2%} with {found.certainty:.0%} certainty",
        highlight=False,
    )
    if found.second or found.always:
        shares = ", ".join(f"{field} {share:.1%}" for field, share in sorted((found.second or {}).items()))
        console.print(
            f"a second person checks: {shares or 'nothing'}; always looked at: {', '.join(found.always) or 'nothing'}",
            highlight=False,
        )
    if not thresholds:
        return
    if not found.thresholds:
        console.print("nothing is accepted without a look: there is not enough evidence yet", highlight=False)
        return
    table = Table("field", "type", "from", "checked", "wrong", "under", "sample", "rests on")
    table.columns[0].no_wrap = True
    for one in found.thresholds:
        basis = "STOPPED" if one.stopped else one.source.value
        table.add_row(
            one.field, one.document_type, f"{one.confidence:.3f}", str(one.checked), str(one.wrong),
            f"{one.limit:.2%}", f"{one.share:.1%}", basis,
        )  # fmt: skip
    console.print(table)
