"""The processes that read files side by side: one dies at the cost of its own file, all of them at a word."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config.settings import Settings
    from config.wiring import Reader

Job = tuple[Path, str]  # a file and the NAME of its results
Told = dict[str, Any]  # what NAME.json holds


class Lanes:
    """A context in which files are read by `jobs` processes; behind it no process is left, nor what it was writing."""

    def __init__(self, settings: Settings, work: Sequence[Job], out: Path, jobs: int) -> None:
        self._settings, self._work, self._out, self._jobs = settings, work, out, jobs
        self._waiting: SimpleQueue[Job] = SimpleQueue()
        self._done: SimpleQueue[Told] = SimpleQueue()
        self._over = Event()
        self._scratch = tempfile.TemporaryDirectory(prefix="sohoa-ocr-", ignore_cleanup_errors=True)

    def __enter__(self) -> Iterator[Told]:
        for job in self._work:
            self._waiting.put(job)
        resource_tracker.ensure_running()  # when it starts, it lets through the signal that a lane blocks
        for _ in range(self._jobs):
            Thread(target=self._lane, daemon=True).start()
        return (self._done.get() for _ in self._work)

    def __exit__(self, *failure: object) -> None:
        from workers.results import discard

        self._over.set()
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
        for _, name in self._work:
            discard(self._out, name)
        self._scratch.cleanup()

    def _lane(self) -> None:
        # What is started here inherits this: Ctrl-C reaches the command alone, which then ends its readers.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        pool = self._one_process()
        while not self._over.is_set():
            try:
                path, name = self._waiting.get_nowait()
            except Empty:
                break
            future: Future[Told] = pool.submit(_read, path, self._out, name)
            try:
                self._done.put(future.result())
            except BrokenProcessPool:
                if self._over.is_set():
                    return
                pool = self._one_process()
                self._done.put(_died(path, self._out, name))
            except Exception as error:
                self._done.put(_broke(path, self._out, name, error))
        pool.shutdown()

    def _one_process(self) -> ProcessPoolExecutor:
        spawning = multiprocessing.get_context("spawn")
        given = (self._settings, self._scratch.name)
        return ProcessPoolExecutor(1, mp_context=spawning, initializer=_start, initargs=given)


_reader: Reader | None = None


def _start(settings: Settings, scratch: str) -> None:
    """In the child: what reading needs, once for all its files."""
    global _reader
    Thread(target=_end_with_the_command, daemon=True).start()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # before the OCR engine is loaded: parallelism is by file
    tempfile.tempdir = scratch  # what a reader that dies leaves there goes with the folder
    from config.logging import set_up_logging
    from config.wiring import build_reader

    set_up_logging("ERROR", "text")
    _reader = build_reader(settings)


def _end_with_the_command() -> None:
    """A command that is killed cannot end its readers; they would wait for it for ever, with their models loaded."""
    command = multiprocessing.parent_process()
    assert command is not None
    wait([command.sentinel])
    os._exit(1)


def _read(path: Path, out: Path, name: str) -> Told:
    from workers.local import read_file

    assert _reader is not None
    return read_file(_reader, path, out, name).document


def _broke(path: Path, out: Path, name: str, error: Exception) -> Told:
    """A fault of our own costs this file and no other; what it was is told without what the file says."""
    from records.errors import SohoaError
    from workers.local import write_failure

    return write_failure(path, out, name, SohoaError(f"sohoa failed on this file: {type(error).__name__}"))


def _died(path: Path, out: Path, name: str) -> Told:
    from records.errors import RecognitionFailed
    from workers.local import write_failure

    return write_failure(path, out, name, RecognitionFailed("the reader died on this file"))
