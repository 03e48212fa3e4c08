"""The sweep: asks again for whatever is unfinished and nobody holds. The state column is the outbox."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from config.wiring import Services
from records.errors import BackendUnavailable
from records.steps import Todo
from storage.sums import PORTION
from workers.tasks import Enqueue

log = logging.getLogger(__name__)

SWEEP_LIMIT = 500
IDLE_LIMIT = 20  # records to be read again: few, so that new papers do not wait behind them
LEFT_ALONE_SECONDS = 120.0


def unfinished(services: Services, limit: int = SWEEP_LIMIT) -> list[Todo]:
    """Steps that could be done now and that no live lease covers, oldest first, fair over stations.

    When there are none: records whose pages were read quickly, to be read again.
    """
    settings = services.settings
    with services.database.transaction() as tx:
        now = datetime.now(UTC)
        waiting = tx.steps.unfinished(
            now=now,
            limit=limit,
            max_attempts=settings.max_attempts,
            patience=timedelta(minutes=settings.patience_minutes),
        )
        return waiting or tx.steps.for_idle_hours(
            now=now, limit=min(limit, IDLE_LIMIT), max_attempts=settings.max_attempts
        )


class Asked:
    """What was asked for a while ago and most likely still waits in a queue: asking again would only lengthen it.

    `seconds` bounds how long a step whose message was lost is left alone.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._since: dict[Todo, float] = {}

    def unasked(self, todos: Iterable[Todo]) -> list[Todo]:
        """Those that were not asked for lately; from now on they were."""
        now = self._clock()
        self._since = {todo: at for todo, at in self._since.items() if now - at < self._seconds}
        due = [todo for todo in todos if todo not in self._since]
        self._since.update(dict.fromkeys(due, now))
        return due


def sweep(services: Services, enqueue: Enqueue, lately: Asked | None = None) -> int:
    """Ask for what is unfinished, once; returns how many steps were asked for. An ill back end is only logged.

    What was asked for `lately` is left alone.
    """
    try:
        todos: Iterable[Todo] = unfinished(services)
    except BackendUnavailable as error:
        log.warning("sweep_put_off", extra={"code": error.code})
        return 0
    asked = lately.unasked(todos) if lately is not None else list(todos)
    enqueue(asked)
    take_in(services)
    if asked:
        log.info("swept", extra={"asked": len(asked)})
    return len(asked)


def take_in(services: Services) -> int:
    """Add the changes that wait to the sums of coverage; returns how many. An ill back end is only logged."""
    taken = 0
    try:
        while True:
            with services.database.transaction() as tx:
                portion = tx.sums.take_in()
            taken += portion
            if portion < PORTION:
                return taken
    except BackendUnavailable as error:
        log.warning("sums_put_off", extra={"code": error.code})
        return taken


def sweep_forever(services: Services, enqueue: Enqueue, every: float, stop: threading.Event) -> None:
    """Sweep now and then every so many seconds, until told to stop."""
    lately = Asked(min(services.settings.lease_seconds, LEFT_ALONE_SECONDS))
    while True:
        sweep(services, enqueue, lately)
        if stop.wait(every):
            return
