"""Workers and sweep as threads of the serving process: what `memory://` means."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import Celery
from celery.worker import WorkController

from config.wiring import Services
from workers.celery_app import make_celery
from workers.sweep import sweep_forever
from workers.tasks import Enqueue, make_enqueue, register_tasks

log = logging.getLogger(__name__)

TURN_SECONDS = 0.0005  # a tenth of Python's default
NICE = 10  # of threads that work: on a busy machine who waits before a screen is served first


class AlreadyServing(Exception):
    """Another process serves the same data directory on embedded defaults."""


@contextmanager
def embedded_workers(services: Services) -> Iterator[Enqueue]:
    """Run workers and sweep in this process while the context lasts; raises AlreadyServing."""
    settings = services.settings
    app = make_celery(settings)
    register_tasks(app, lambda: _for_a_worker(services), settings.lanes)
    app.set_default()  # a thread of the pool looks up its task in the process's default application
    enqueue = make_enqueue(app, settings.lanes)
    with _sole_process(settings.data_dir), _short_turns():
        _forget_leases_of_the_dead(services)
        stop = threading.Event()
        worker = _start_worker(app, settings.worker_count)
        sweeper = threading.Thread(
            target=sweep_forever,
            args=(services, enqueue, settings.sweep_seconds, stop),
            name="sweep",
            daemon=True,
        )
        sweeper.start()
        try:
            yield enqueue
        finally:
            stop.set()
            worker.stop()
            sweeper.join(timeout=5)


def _for_a_worker(services: Services) -> Services:
    """The services, for a thread that gives way to those that answer; what it starts gives way too."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)  # Linux: of this thread alone
    return services


def _start_worker(app: Celery, concurrency: int) -> WorkController:
    worker = app.WorkController(
        app=app, pool_cls="threads", concurrency=concurrency, without_gossip=True, without_mingle=True,
        without_heartbeat=True, quiet=True, loglevel="WARNING",
    )  # fmt: skip
    threading.Thread(target=worker.start, name="worker", daemon=True).start()
    return worker


def _forget_leases_of_the_dead(services: Services) -> None:
    """The memory broker has no workers outside this process, so any lease left is that of a dead one."""
    with services.database.transaction() as tx:
        freed = tx.steps.forget_leases()
    if freed:
        log.info("leases_forgotten", extra={"count": freed})


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let threads that answer people have the interpreter soon: each waits a turn after every statement of SQL while
    a worker computes, and a request has dozens of them."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _sole_process(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServing(f"another process serves {data_dir}") from None
        yield
