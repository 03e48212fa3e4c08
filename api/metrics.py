"""Prometheus metrics, counted in the database at every scrape: right with any number of processes."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.problems import problems
from api.state import State
from api.tokens import same
from records.blind_check import CheckState
from records.errors import DatabaseUnavailable, NotAllowed
from storage.database import Transaction
from storage.figures import WAITING

router = APIRouter(tags=["Operations"])


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Prometheus metrics",
    response_class=Response,
    responses={
        200: {
            "description": "Text format of Prometheus.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problems(NotAllowed, DatabaseUnavailable),
    },
)
def metrics(request: Request, state: State) -> Response:
    """Queue by step, pages a minute, failures by code. For this machine, or with the token of SOHOA_METRICS_TOKEN."""
    _check_door(request, state.services.settings.metrics_token)
    registry = CollectorRegistry()
    with state.services.database.snapshot() as tx:
        registry.register(_Counted(tx, datetime.now(UTC)))
        text = generate_latest(registry)
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _check_door(request: Request, token: str) -> None:
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and same(sent.strip(), token):
        return
    if not _is_loopback(request.client.host if request.client else ""):
        raise NotAllowed("metrics are for this machine, or for who holds the metrics token")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class _Counted(Collector):
    """Reads the figures inside a transaction."""

    def __init__(self, tx: Transaction, now: datetime) -> None:
        self._tx, self._now = tx, now

    def collect(self) -> Iterator[Metric]:
        yield from self._queue()
        yield from self._pages()
        yield self._failures()
        yield self._records()
        yield self._stopped()
        yield self._blind_checks()

    def _queue(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily("sohoa_queue_waiting", "Steps that wait to be done.", labels=["step"])
        oldest = GaugeMetricFamily(
            "sohoa_queue_oldest_seconds", "How long the oldest step of the queue waits.", labels=["step"]
        )
        for step, (count, since) in self._tx.steps.queue(self._now).items():
            waiting.add_metric([step.value], count)
            oldest.add_metric([step.value], max(0.0, (self._now - since).total_seconds()) if since else 0.0)
        yield waiting
        yield oldest

    def _pages(self) -> Iterator[Metric]:
        for name, text, span in (
            ("sohoa_pages_a_minute", "Pages read in the last minute.", timedelta(minutes=1)),
            ("sohoa_pages_an_hour", "Pages read in the last hour.", timedelta(hours=1)),
        ):
            yield GaugeMetricFamily(name, text, value=self._tx.figures.pages_recognised(self._now - span))

    def _failures(self) -> Metric:
        family = GaugeMetricFamily(
            "sohoa_failed", "Files, pages and records that carry an error.", labels=["step", "code"]
        )
        for (step, code), count in self._tx.figures.failures().items():
            family.add_metric([step.value, code], count)
        return family

    def _stopped(self) -> Metric:
        family = GaugeMetricFamily(
            "sohoa_acceptance_stopped",
            "Automatic acceptance that broke its promise and waits to be fitted again.",
            labels=["field", "document_type"],
        )
        for threshold in self._tx.policies.current().thresholds:
            family.add_metric([threshold.field, threshold.document_type], int(threshold.stopped))
        return family

    def _blind_checks(self) -> Metric:
        family = GaugeMetricFamily(
            "sohoa_blind_checks", "Values that another person is to read again.", labels=["state"]
        )
        found = self._tx.blind_checks.waiting()
        for state in (CheckState.OPEN, CheckState.DISPUTED):
            family.add_metric([state.value], found.get(state, 0))
        return family

    def _records(self) -> Metric:
        family = GaugeMetricFamily(
            "sohoa_records_waiting", "Records that wait for a machine or a person.", labels=["state"]
        )
        found = self._tx.figures.waiting_records()
        for state in WAITING:
            family.add_metric([state.value], found.get(state, 0))
        return family
