"""`sohoa bench …`: what the project measures about itself."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click


def benches() -> list[str]:
    import bench

    return sorted(
        name for _, name, package in iter_modules([str(Path(bench.__file__ or "").parent)])
        if not package and not name.startswith("_") and hasattr(import_module(f"bench.{name}"), "main")
    )  # fmt: skip


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
