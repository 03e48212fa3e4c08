"""`serve`, `worker`, `sweep`, `migrate`: the processes of the service."""

from __future__ import annotations

import signal
import sys
import threading

import click

from cli.shared import errors_said, services_of, settings_of


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
def serve(host: str | None, port: int | None) -> None:
    """Run the service: API, screens and, on embedded defaults, the workers."""
    from api.server import run_server

    settings = settings_of(host=host, port=port)
    with errors_said(), services_of(settings) as services:
        run_server(services)


@click.command()
@click.option(
    "--workers", type=click.IntRange(1, 256), help="Pages read at the same time; default one a core."
)
def worker(workers: int | None) -> None:
    """Read pages for a service that runs elsewhere, over the broker of SOHOA_BROKER_URL."""
    from workers.distributed import run_worker

    settings = settings_of(workers=workers)
    if settings.embedded:
        click.echo("sohoa: SOHOA_BROKER_URL is memory://, whose workers live inside serve", err=True)
        sys.exit(2)
    run_worker(settings)


@click.command()
@click.option("--every", type=click.FloatRange(1), help="Sweep for ever, once in so many seconds.")
def sweep(every: float | None) -> None:
    """Ask again for whatever is unfinished and nobody holds."""
    from workers.celery_app import make_celery
    from workers.sweep import sweep as sweep_once
    from workers.sweep import sweep_forever
    from workers.tasks import make_enqueue

    settings = settings_of()
    with errors_said(), services_of(settings) as services:
        enqueue = make_enqueue(make_celery(settings), settings.lanes)
        if every is None:
            click.echo(f"asked for {sweep_once(services, enqueue)} steps")
            return
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        sweep_forever(services, enqueue, every, stop)


@click.command()
def migrate() -> None:
    """Bring the database up to date and put the default data where there is none; fill gaps of the search."""
    from workers.search_completion import complete_search

    with errors_said(), services_of(settings_of()) as services:
        click.echo("the database is up to date")
        if added := complete_search(services):
            click.echo(f"{added} pages and papers can be found now that could not before")
