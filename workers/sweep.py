"""The sweep: asks again for whatever is unfinished and nobody holds. The state column is the outbox."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from config.wiring import Services
from records.errors import BackendUnavailable
from records.steps import Todo
from workers.tasks import Enqueue

log = logging.getLogger(__name__)

SWEEP_LIMIT = 500


def unfinished(services: Services, limit: int = SWEEP_LIMIT) -> list[Todo]:
    """Steps that could be done now and that no live lease covers, oldest first, fair over stations."""
    settings = services.settings
    with services.database.transaction() as tx:
        return tx.steps.unfinished(
            now=datetime.now(UTC),
            limit=limit,
            max_attempts=settings.max_attempts,
            patience=timedelta(minutes=settings.patience_minutes),
        )


def sweep(services: Services, enqueue: Enqueue) -> int:
    """Ask for what is unfinished, once; returns how many steps were asked for. An ill back end is only logged."""
    try:
        todos: Iterable[Todo] = unfinished(services)
    except BackendUnavailable as error:
        log.warning("sweep_put_off", extra={"code": error.code})
        return 0
    asked = list(todos)
    enqueue(asked)
    if asked:
        log.info("swept", extra={"asked": len(asked)})
    return len(asked)


def sweep_forever(services: Services, enqueue: Enqueue, every: float, stop: threading.Event) -> None:
    """Sweep now and then every so many seconds, until told to stop."""
    while True:
        sweep(services, enqueue)
        if stop.wait(every):
            return
