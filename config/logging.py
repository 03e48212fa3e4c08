"""Structured logs: an event and ids, never a document's text or a citizen's name."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_ids: ContextVar[dict[str, str]] = ContextVar("sohoa_log_ids", default={})  # noqa: B039  (never mutated)

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


@contextmanager
def log_ids(**ids: str) -> Iterator[None]:
    """Everything logged inside carries these ids (batch, file, page, record, station, request)."""
    token = _ids.set({**_ids.get(), **ids})
    try:
        yield
    finally:
        _ids.reset(token)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event, ids and facts."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_ids.get(),
            **_facts(record),
        }
        if record.exc_info:
            entry["exception"] = _where(record)
        return json.dumps(entry, ensure_ascii=False, default=str)


class TextFormatter(logging.Formatter):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {**_ids.get(), **_facts(record)}
        tail = " ".join(f"{key}={value}" for key, value in facts.items())
        time = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        line = f"{time} {record.levelname:<7} {record.getMessage()} {tail}".rstrip()
        return f"{line} {_where(record)}" if record.exc_info else line


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}


def _where(record: logging.LogRecord) -> str:
    """The kind of an exception and where it rose; its message may hold what was read, so it stays out."""
    kind, _, trace = record.exc_info or (None, None, None)
    frames: list[str] = []
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{kind.__name__ if kind else '?'} at {' > '.join(frames[-6:])}"


def set_up_logging(level: str, form: str) -> None:
    """Send the logs of this process to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("celery", "kombu", "amqp", "alembic", "urllib3", "PIL", "uvicorn.access", "multipart"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
