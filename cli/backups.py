"""`backup` and `restore`: an office into a folder, and back into an empty one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.shared import FAILED, errors_said, json_line, services_of, settings_of

if TYPE_CHECKING:
    from records.backup import Manifest

FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="The outcome as one JSON line.")
COLUMNS = (TextColumn("objects"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


@click.command()
@FOLDER
@AS_JSON
def backup(folder: Path, as_json: bool) -> None:
    """Back up the office into FOLDER, while it runs; what FOLDER has already is not copied again."""
    from workers.backup import make_backup

    with errors_said(), services_of(settings_of()) as services, _progress(as_json) as on_copied:
        made = make_backup(services, folder, on_copied=on_copied)
    faults = [
        f"object {sha256} is lost or damaged; run ./sohoa audit objects" for sha256 in made.manifest.missing
    ]
    if not made.manifest.trail_intact:
        faults.append("the audit trail is broken; run ./sohoa audit chain")
    if as_json:
        json_line({**_facts(made.name, made.manifest), "copied": made.copied, "faults": faults})
    else:
        _say(made.name, made.manifest, faults)
        click.echo(f"{made.copied} objects were new")
    sys.exit(FAILED if faults else 0)


@click.command()
@FOLDER
@click.option("--at", "name", help="Which backup in FOLDER, by its name; by default the newest.")
@click.option("--verify", is_flag=True, help="Only read the backup and check all of it; restore nothing.")
@AS_JSON
def restore(folder: Path, name: str | None, verify: bool, as_json: bool) -> None:
    """Restore a backup from FOLDER into the empty database and object store of the settings."""
    if verify:
        _verify(folder, name, as_json)
        return
    from config.logging import set_up_logging
    from config.wiring import build
    from workers.restore import restore_backup

    settings = settings_of()
    set_up_logging(settings.log_level, settings.log_format)
    services = build(settings)
    with errors_said(), _progress(as_json) as on_copied:
        manifest = restore_backup(services, folder, name, on_copied=on_copied)
    services.close()
    if as_json:
        json_line(_facts(name, manifest))
    else:
        _say("restored:", manifest, [])


def _verify(folder: Path, name: str | None, as_json: bool) -> None:
    from workers.restore import check_backup

    with errors_said(), _progress(as_json) as on_checked:
        checked = check_backup(folder, name, on_checked=on_checked)
    if as_json:
        json_line({**_facts(checked.name, checked.manifest), "faults": checked.faults})
    else:
        _say(checked.name, checked.manifest, checked.faults)
    sys.exit(FAILED if checked.faults else 0)


def _facts(name: str | None, manifest: Manifest) -> dict[str, object]:
    return {
        "backup": name,
        "made_at": manifest.made_at,
        "rows": manifest.rows,
        "objects": manifest.objects,
        "bytes": manifest.bytes,
        "fingerprint": manifest.fingerprint,
    }


def _say(name: str, manifest: Manifest, faults: object) -> None:
    click.echo(f"{name} {manifest.rows} rows, {manifest.objects} objects, {manifest.bytes / 1e6:.1f} MB")
    click.echo(f"fingerprint {manifest.fingerprint}")
    for fault in faults if isinstance(faults, list | tuple) else ():
        click.echo(fault, err=True)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    with Progress(*COLUMNS, console=Console(stderr=True, quiet=quiet), transient=True) as progress:
        task = progress.add_task("objects", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
