"""What commands have in common: settings, services, and how an error is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

import click

from records.coverage import Period
from records.errors import InvalidInput, InvalidValue, SohoaError

if TYPE_CHECKING:
    from config.settings import Settings
    from config.wiring import Services

FAILED, USAGE = 1, 2

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


def period_of(first: datetime, last: datetime) -> Period:
    """The days from first to last; ends the command when they are the wrong way round."""
    if last < first:
        die(InvalidValue("--to lies before --from"))
    return Period(first.date(), last.date())


def settings_of(**overrides: object) -> Settings:
    """This process's settings; a wrong one ends the command with status 2 and says which."""
    from pydantic import ValidationError

    from config.settings import load_settings

    try:
        return load_settings(**overrides)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            name = "_".join(str(part) for part in problem["loc"]).upper()
            click.echo(f"sohoa: setting SOHOA_{name}: {problem['msg']}", err=True)
        sys.exit(USAGE)


@contextmanager
def services_of(settings: Settings) -> Iterator[Services]:
    """Services with their schema up to date; closed at the end."""
    from config.logging import set_up_logging
    from config.wiring import build, set_up

    set_up_logging(settings.log_level, settings.log_format)
    services = build(settings)
    try:
        set_up(services)
        yield services
    finally:
        services.close()


@contextmanager
def errors_said() -> Iterator[None]:
    """Ends the command with what went wrong, and what to do, in one line each."""
    try:
        yield
    except SohoaError as error:
        die(error)


def die(error: SohoaError) -> NoReturn:
    click.echo(f"sohoa: {error.detail} ({error.code})\n       {error.advice}", err=True)
    sys.exit(USAGE if isinstance(error, InvalidInput) else FAILED)


def json_line(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=str))
