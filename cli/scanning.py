"""`station`: the program beside a scanner."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from cli.shared import FAILED, json_line
from station.client import Client, ServiceRefused, ServiceUnreachable
from station.durable import AlreadyRunning
from station.program import Program, Setup
from station.spool import Spool
from station.status import Status, read_status
from station.texts import LANGUAGES, text

_FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
_SPOOL = click.option(
    "--spool",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where scans wait until the service has them; default FOLDER/.sohoa-station.",
)
_LANG = click.option("--lang", type=click.Choice(LANGUAGES), default="vi", show_default=True)


@click.group()
def station() -> None:
    """Bring what a scanner writes into a folder to the service, whatever the network and the power do."""


@station.command()
@_FOLDER
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
@_SPOOL
@click.option(
    "--settle", default=3.0, show_default=True, help="Seconds at rest after which a file is finished."
)
@click.option("--idle", default=60.0, show_default=True, help="Seconds without a new file that end a batch.")
@click.option(
    "--once", is_flag=True, help="Send what is there now, then end: 0 if the service has all of it."
)
@_LANG
def run(
    folder: Path,
    url: str,
    key: str,
    operator: str,
    spool: Path | None,
    settle: float,
    idle: float,
    once: bool,
    lang: str,
) -> None:
    """Watch FOLDER and send what is scanned into it. Each sub-folder is a batch of its own.

    Scans leave FOLDER for the spool when they are finished, and the spool when the service has them for good. What
    the service refuses lies in FOLDER/refused with the reason. Stop with Ctrl+C; being killed harms nothing.
    """
    setup = Setup(folder, spool or folder / ".sohoa-station", operator, lang, settle, idle)
    with Client(url, key, tries=3) as client:
        program = Program(setup, client, _speaker(lang))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: program.stop())
        try:
            if once:
                sys.exit(_run_once(program, lang))
            program.run()
        except AlreadyRunning:
            click.echo("sohoa: a station's program is running on this spool already", err=True)
            sys.exit(2)


def _run_once(program: Program, lang: str) -> int:
    try:
        return 0 if program.run_once() else FAILED
    except ServiceUnreachable:
        click.echo(text("offline", lang), err=True)
    except ServiceRefused as refusal:
        click.echo(f"{text('turned_away', lang, code=refusal.code)}\n{refusal.detail}", err=True)
    return FAILED


@station.command()
@_FOLDER
@_SPOOL
@_LANG
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def status(folder: Path, spool: Path | None, lang: str, as_json: bool) -> None:
    """How the station of FOLDER stands. Status 0: it runs, is connected and holds nothing back; else 1."""
    place = spool or folder / ".sohoa-station"
    if not place.is_dir():
        raise click.UsageError(f"no station has run on {folder} yet")
    found, kept = read_status(place), Spool(place)
    done = kept.done()
    if as_json:
        now = asdict(found) if found else None
        json_line(
            {"running": found is not None, "status": now, "waiting": kept.waiting(), "done": done[-20:]}
        )
    else:
        click.echo(found.line(lang) if found else _stopped(kept, lang))
        for one in done[-5:]:
            counts = "{declared} = {received} + {withdrawn}".format(**one)
            click.echo(f"  {one['at'][:19]}  {one['batch']}  {counts}")
    sys.exit(0 if found is not None and found.is_well else FAILED)


def _stopped(kept: Spool, lang: str) -> str:
    return f"{text('stopped', lang)} · {text('waiting', lang, n=kept.waiting())}"


def _speaker(lang: str) -> Callable[[Status], None]:
    """Says the status: one line that is written over on a terminal, else a line for every change."""
    last = ""

    def say(status: Status) -> None:
        nonlocal last
        line = status.line(lang)
        if line == last:
            return
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[2K{line}", err=True, nl=False)
        else:
            click.echo(line, err=True)
        last = line

    return say
