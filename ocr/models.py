"""Neural models: where they lie and how they are run, on one thread each.

Parallelism is by page and nowhere else (a worker reads one page on one core), so every session has one thread
inside and none between operators. Memory arenas are off: with lines of ever new widths they only grow.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import onnxruntime

from records.errors import EngineUnavailable

T = TypeVar("T")


class Session(Protocol):
    """What is used of an ONNX session."""

    def run(self, outputs: list[str] | None, inputs: dict[str, Any]) -> list[Any]: ...


_lock = threading.Lock()
_loaded: dict[Callable[[], Any], Any] = {}


def once(kind: Callable[[], T]) -> T:
    """The one instance of a reader or detector in this process, made when it is first asked for.

    ONNX sessions may be run by several threads at a time, so worker threads share them.
    """
    with _lock:
        if kind not in _loaded:
            _loaded[kind] = kind()
        made: T = _loaded[kind]
        return made


def package_folder(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EngineUnavailable(f"the package {package} is not installed")
    return Path(spec.origin).parent


def open_session(model: Path) -> Session:
    """An ONNX session on one CPU thread. Raises `EngineUnavailable` when the model is missing or broken."""
    if not model.is_file():
        raise EngineUnavailable(f"the model {model.name} is missing")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        session: Session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except Exception as broken:  # onnxruntime raises a dozen private types
        raise EngineUnavailable(f"the model {model.name} cannot be loaded") from broken
    return session
