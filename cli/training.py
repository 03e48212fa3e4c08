"""`train`: fit the model of types, from made-up papers and from what clerks confirmed."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.shared import errors_said, json_line, services_of, settings_of

if TYPE_CHECKING:
    from config.wiring import Services

HELD_OUT_SAMPLES = 4  # papers of each kind on which models are compared while there are few confirmations


@click.command()
@click.option("--samples", type=click.IntRange(2, 500), default=30, show_default=True,
              help="Made-up papers of each kind to learn from; a second of work for twenty or so.")  # fmt: skip
@click.option(
    "--rollback", is_flag=True, help="Bring the model before the one in use back, and train nothing."
)
@click.option("--list", "listed", is_flag=True, help="List the versions, and train nothing.")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path),
              help="Write a model of made-up papers to a file, as the project ships it; keep no version.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON lines.")
def train(samples: int, rollback: bool, listed: bool, export: Path | None, as_json: bool) -> None:
    """Train the model that tells the types of papers; it is used only if it is better than the one in use.

    Services that run take a new model up within a minute.
    """
    if export is not None:
        _export(samples, export)
        return
    with errors_said(), services_of(settings_of()) as services:
        if listed:
            _list(services, as_json)
        elif rollback:
            _roll_back(services, as_json)
        else:
            _train(services, samples, as_json)


def _train(services: Services, samples: int, as_json: bool) -> None:
    from workers.training import train as train_model
    from workers.training_samples import sample_examples

    held_out = sample_examples(1000, 1000 + HELD_OUT_SAMPLES)
    done = train_model(services, sample_examples(0, samples), held_out, _actor())
    made, new, old = done.version, done.candidate, done.current
    if as_json:
        told = {"version": made.version, "promoted": done.promoted}
        json_line(told | {"candidate": new.as_dict(), "in_use": old.as_dict()})
        return
    click.echo(
        f"model {made.version}: {made.samples} made-up papers, {made.confirmations} confirmed ones\n"
        f"on {new.papers} papers held out: right {new.accuracy:.1%} (in use {old.accuracy:.1%}), "
        f"log loss {new.log_loss:.3f} (in use {old.log_loss:.3f})\n"
        + ("it is in use now" if done.promoted else "the model in use stays: the new one is not better")
    )


def _roll_back(services: Services, as_json: bool) -> None:
    from workers.training import rolled_back

    version = rolled_back(services, _actor())
    json_line({"in_use": version}) if as_json else click.echo(f"in use now: {_named(version)}")


def _list(services: Services, as_json: bool) -> None:
    from workers.training import in_use

    used = in_use(services)
    with services.database.snapshot() as tx:
        versions = tx.models.list()
    for one in versions:
        mark = "in use" if one.version == used else ""
        if as_json:
            json_line(
                {"version": one.version, "in_use": bool(mark), "made_at": one.made_at, "metrics": one.metrics}
            )
        else:
            click.echo(
                f"{one.version:4} {one.made_at:%Y-%m-%d %H:%M} right {one.metrics['accuracy']:.1%} {mark}"
            )
    if not as_json:
        click.echo(f"in use: {_named(used)}")


def _export(samples: int, target: Path) -> None:
    from classify.type_training import fit
    from workers.training_samples import sample_examples

    target.write_bytes(fit(list(sample_examples(0, samples)), "built-in").to_json())
    click.echo(f"written: {target}")


def _named(version: int) -> str:
    return f"model {version}" if version else "the built-in model"


def _actor() -> str:
    """Who asked, for the audit trail: the account of the machine."""
    return f"cli:{getpass.getuser()}"
