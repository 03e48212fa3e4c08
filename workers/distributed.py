"""A worker process: Celery's own, with one process a page and services built after the fork."""

from __future__ import annotations

import logging
import os
from functools import lru_cache

from config.logging import set_up_logging
from config.settings import Settings
from config.wiring import Services, build
from workers.celery_app import make_celery
from workers.tasks import register_tasks


def run_worker(settings: Settings) -> None:
    """Read pages until told to stop. Connections and models are made in the child that uses them."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    set_up_logging(settings.log_level, settings.log_format)
    logging.getLogger("kombu.transport.native_delayed_delivery").setLevel(logging.ERROR)  # we delay nothing
    app = make_celery(settings)

    @lru_cache(maxsize=1)
    def services() -> Services:
        return build(settings)

    register_tasks(app, services, settings.lanes)
    app.worker_main(
        [
            "--quiet",  # no banner between the lines of the log
            "worker",
            f"--concurrency={settings.worker_count}",
            f"--loglevel={settings.log_level}",
            "--without-gossip",
            "--without-mingle",
            "--max-tasks-per-child=2000",
        ]
    )
