"""`sohoa bench …`: what the project measures about itself."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click


def benches() -> list[str]:
    """The names of what can be measured: the modules of `bench` with a `main`, none of which is imported."""
    import bench

    folder = Path(bench.__file__ or "").parent
    return sorted(path.stem for path in folder.glob("*.py") if "\ndef main(" in path.read_text("utf-8"))


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(name: str | None, arguments: tuple[str, ...]) -> None:
    """Measure: `bench ocr`, `bench fields`, …; without a name, lists them. `bench NAME --help` tells the rest."""
    known = benches()
    if name not in known:
        click.echo("sohoa bench: one of " + ", ".join(known), err=True)
        sys.exit(0 if name in (None, "--help", "-h") else 2)
    sys.exit(import_module(f"bench.{name}").main(list(arguments)) or 0)
