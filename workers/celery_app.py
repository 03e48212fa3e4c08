"""The Celery application: durable queues, one task at a time, acknowledged late. What is true lives in the database."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from celery import Celery
from kombu.entity import Queue

from config.settings import Settings
from records.steps import Step, Todo

TASK = "sohoa.step"
SHORT = "sohoa.short"
_SHORT_STEPS = {Step.CLASSIFY, Step.FILE}


def make_celery(settings: Settings) -> Celery:
    """A Celery application for the broker of these settings; nothing is connected yet."""
    app = Celery("sohoa", broker=settings.broker_url, set_as_current=False)
    app.conf.update(
        task_queues=[_queue(settings, name) for name in (SHORT, *map(lane_name, range(settings.lanes)))],
        task_default_queue=lane_name(0),
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_time_limit=settings.step_seconds,
        worker_prefetch_multiplier=1,
        worker_concurrency=settings.worker_count,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        broker_connection_retry_on_startup=True,
        broker_transport_options=_transport_options(settings),
        task_publish_retry=False,
    )
    return app


def lane_name(lane: int) -> str:
    return f"sohoa.lane.{lane}"


def queue_of(todo: Todo, lanes: int) -> str:
    """The queue for a step. Queues are served in turn, whatever each has waiting.

    Stations have lanes, so that none waits for another's back-file. What takes a moment has a queue of its own: what
    a clerk confirms is filed while a pile is still being read.
    """
    if todo.step in _SHORT_STEPS:
        return SHORT
    return lane_name(crc32(todo.station.encode()) % lanes)


def _queue(settings: Settings, name: str) -> Queue:
    quorum = settings.broker_url.startswith("amqp")
    arguments = {"x-queue-type": "quorum"} if quorum else None
    return Queue(name, routing_key=name, queue_arguments=arguments)  # type: ignore[no-untyped-call]


def _transport_options(settings: Settings) -> dict[str, Any]:
    kind = settings.broker_url.split(":", 1)[0]
    if kind == "memory":
        return {"polling_interval": 0.02}  # the transport's own default is once a second
    if kind.startswith("redis"):
        return {
            "visibility_timeout": settings.lease_seconds + 60,  # shorter than a task would run it twice
            "unacked_restore_interval": 2,
            "unacked_restore_throttle": 1,
        }
    return {"confirm_publish": True}
