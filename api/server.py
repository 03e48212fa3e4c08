"""The serving process: uvicorn around the API, with the workers inside on embedded defaults."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from types import FrameType

import uvicorn

from api.app import make_app
from api.screens import make_site
from api.sign_in import new_setup_token
from api.spool import remove_left_overs
from config.settings import Settings
from config.wiring import Services
from records.errors import Refused
from workers.celery_app import make_celery
from workers.embedded import AlreadyServing, embedded_workers
from workers.tasks import Enqueue, make_enqueue

log = logging.getLogger(__name__)

GRACE_SECONDS = 20  # what requests in hand may still take once the service is told to stop
IDLE_SECONDS = 30  # how long an open connection may stay without a request


def run_server(services: Services, *, say: Callable[[str], None] | None = None) -> None:
    """Serve until told to stop (SIGTERM, SIGINT): no new requests then, those in hand are finished.

    `services` are set up (config.wiring.set_up). On embedded defaults the workers live in this process; otherwise it
    only asks for steps. Says the address once it answers, and the one-time set-up link while there is no account.
    Raises Refused when the address is taken or another process serves the same data, or BackendUnavailable.
    """
    settings = services.settings
    remove_left_overs(settings.incoming_dir)
    with _listening(settings) as listener, _asking(services) as enqueue:
        app = make_app(services, enqueue, pages=make_site)
        told = _hello(services, address_of(settings, listener))
        server = _Server(_configured(app, settings), app.state.api.stopping, lambda: _say(told, say))
        server.run(sockets=[listener])
    log.info("stopped")


class _Server(uvicorn.Server):
    """Uvicorn, which tells long answers to end with it, and comes back after a signal instead of dying of it."""

    def __init__(
        self, config: uvicorn.Config, stopping: threading.Event, on_start: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._stopping, self._on_start = stopping, on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._stopping.set()
        self.force_exit = self.should_exit  # the second signal waits for nobody
        self.should_exit = True


def _configured(app: object, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None,  # as the rest of the process: see config.logging
        log_level="warning",
        access_log=False,  # it would hold paths and queries; api.frame logs what may be logged
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=IDLE_SECONDS,
        lifespan="off",
    )


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=256)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise Refused(f"cannot listen at {where} ({error.strerror}); try another SOHOA_PORT") from None
    with listener:
        # Accepted connections inherit it. Without, the body of an answer waits 40 ms for the client's delayed ACK of
        # its head: asyncio itself turns the delay off only on sockets that name their protocol, which this does not.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listener


@contextmanager
def _asking(services: Services) -> Iterator[Enqueue]:
    settings = services.settings
    if settings.embedded:
        with _sole(embedded_workers(services)) as enqueue:
            yield enqueue
    else:
        yield make_enqueue(make_celery(settings), settings.lanes)


@contextmanager
def _sole(workers: AbstractContextManager[Enqueue]) -> Iterator[Enqueue]:
    with ExitStack() as stack:
        try:
            enqueue = stack.enter_context(workers)
        except AlreadyServing as error:
            raise Refused(f"{error}; stop it first, or choose another SOHOA_DATA_DIR") from None
        yield enqueue


def address_of(settings: Settings, listener: socket.socket) -> str:
    """The address for browsers; a port of 0 has become a real one by now."""
    if settings.public_url:
        return settings.base_url
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listener.getsockname()[1]}"


def _hello(services: Services, address: str) -> list[str]:
    lines = [f"sohoa answers at {address}"]
    token = new_setup_token(services.database, datetime.now(UTC))
    if token is not None:
        lines.append(
            f"Nobody has an account yet. Make the first one within 24 hours: {address}/setup/{token}"
        )
    return lines


def _say(lines: list[str], say: Callable[[str], None] | None) -> None:
    for line in lines:
        if say is not None:
            say(line)
        else:
            sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
