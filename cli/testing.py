"""`sohoa test`: every check and every test."""

from __future__ import annotations

import sys

import click

from cli import checks


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--fast", is_flag=True, help="Leave out the slow tests, the real servers and the browser.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(fast: bool, pytest_arguments: tuple[str, ...]) -> None:
    """Run every check and every test; what follows goes to pytest."""
    sys.exit(checks.run([*(["--fast"] if fast else []), *pytest_arguments]))
