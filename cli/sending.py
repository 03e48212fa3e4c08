"""`ingest`: send files to the service as a station does."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.shared import FAILED, json_line
from station.client import Client, LocalFile, Sent, ServiceRefused, ServiceUnreachable, send_batch


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--url",
    default="http://127.0.0.1:8766",
    envvar="SOHOA_PUBLIC_URL",
    show_default=True,
    help="The service.",
)
@click.option(
    "--key", required=True, envvar="SOHOA_STATION_KEY", help="The station's key (or SOHOA_STATION_KEY)."
)
@click.option("--operator", default="operator", show_default=True, help="Who stands beside the scanner.")
@click.option("--batch", help="The batch's UUID, to go on with one that broke off.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file, and one for the batch.")
def ingest(
    files: tuple[Path, ...], url: str, key: str, operator: str, batch: str | None, as_json: bool
) -> None:
    """Send FILES, in this order, as one batch. Sending the same batch again harms nothing.

    A file that the service refuses is withdrawn with its reason, and the batch is completed without it.
    """
    console = Console(stderr=True, quiet=as_json)
    columns = (TextColumn("sending"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Client(url, key) as client, Progress(*columns, console=console) as progress:
            task = progress.add_task("sending", total=len(files))

            def on_sent(file: LocalFile) -> None:
                progress.advance(task)
                if as_json:
                    json_line({"sequence": file.sequence, "sha256": file.sha256, "size": file.size})

            sent = send_batch(client, files, operator, batch=batch, on_sent=on_sent)
    except ServiceUnreachable as error:
        click.echo(f"sohoa: {error}; send the same batch again when the service answers", err=True)
        sys.exit(FAILED)
    except ServiceRefused as error:
        click.echo(f"sohoa: {error.detail} ({error.code})\n       {error.advice}", err=True)
        sys.exit(FAILED)
    _answer(sent, as_json)


def balance_of(receipt: Mapping[str, Any]) -> str:
    """The reconciliation of a batch as one line.

    >>> balance_of({"declared": 3, "received": 2, "withdrawn": 1, "stored": 2})
    'declared 3 = received 2 + withdrawn 1; stored 2'
    >>> balance_of({"declared": 2, "received": 2, "withdrawn": 0, "stored": 2})
    'declared 2 = received 2 = stored 2'
    """
    line = "declared {declared} = received {received} + withdrawn {withdrawn}; stored {stored}"
    plain = "declared {declared} = received {received} = stored {stored}"
    return (line if receipt["withdrawn"] else plain).format(**receipt)


def _answer(sent: Sent, as_json: bool) -> None:
    if as_json:
        refused = [{"sequence": file.sequence, "code": error.code} for file, error in sent.refused]
        json_line({"batch": sent.batch, "receipt": sent.receipt, "refused": refused})
    else:
        for file, error in sent.refused:
            click.echo(
                f"file {file.sequence} refused and withdrawn: {error.detail} ({error.code})\n    {error.advice}",
                err=True,
            )
        for file in sent.duplicates:
            click.echo(f"file {file.sequence} was received before", err=True)
        click.echo(balance_of(sent.receipt))
        click.echo(f"batch {sent.batch}")
    sys.exit(FAILED if sent.refused else 0)
