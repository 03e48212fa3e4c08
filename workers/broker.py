"""Whether the broker answers."""

from __future__ import annotations

from kombu.connection import Connection
from kombu.exceptions import OperationalError

from records.errors import BrokerUnavailable

_SECONDS = 2.0


def check_broker(url: str) -> None:
    """Raises BrokerUnavailable unless a connection can be made now; memory:// always answers."""
    if url.startswith("memory:"):
        return
    try:
        with Connection(  # type: ignore[no-untyped-call]
            url, connect_timeout=_SECONDS, transport_options={"socket_timeout": _SECONDS}
        ) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=_SECONDS)
    except (OperationalError, OSError):
        raise BrokerUnavailable() from None
