"""Celery's view of the pipeline: one task, about three lines."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from celery import Celery
from kombu.exceptions import OperationalError

from config.wiring import Services
from records.ids import StationId
from records.steps import Step, Todo
from workers.celery_app import TASK, queue_of
from workers.steps import run_on

log = logging.getLogger(__name__)

Enqueue = Callable[[Iterable[Todo]], None]


def make_enqueue(app: Celery, lanes: int) -> Enqueue:
    """A function that asks for steps. A broker that is away loses nothing: the sweep asks again."""

    def enqueue(todos: Iterable[Todo]) -> None:
        for todo in todos:
            try:
                app.send_task(
                    TASK,
                    args=(todo.step.value, todo.key, todo.station),
                    queue=queue_of(todo, lanes),
                    retry=False,
                )
            except (OperationalError, OSError):
                log.warning("broker_unavailable", extra={"step": todo.step.value, "key": todo.key})
                return

    return enqueue


def register_tasks(app: Celery, services: Callable[[], Services], lanes: int) -> None:
    """Give the application its task. `services` is called inside the worker process, once it needs them."""
    enqueue = make_enqueue(app, lanes)

    def step(step: str, key: str, station: str) -> None:
        enqueue(run_on(services(), Todo(Step(step), key, StationId(station))))

    # Shared, it would be given to the next application of the process too, with these services.
    app.task(step, name=TASK, shared=False)
