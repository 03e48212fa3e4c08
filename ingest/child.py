"""One child process on one file: asked for a page at a time, killed with all that it started when it is late."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from ingest.protocol import (
    LINE_BYTES,
    Failed,
    Garbled,
    Job,
    RasterPage,
    checked_error,
    checked_line,
    checked_page,
)
from records.errors import DamagedFile, DecodeMemory, DecodeTimeout, InvalidInput, ScratchFull

DECODER: Final = (sys.executable, "-s", "-P", "-m", "ingest.decode")

_ROOT = Path(__file__).resolve().parents[1]
_NEAR_THE_LIMIT = 0.6  # of the memory: a child that crashed there crashed of it
_READ = 4096
_LOOK_SECONDS = 0.02  # between two looks at the child's memory
_TIME_SIGNALS = (signal.SIGXCPU, signal.SIGALRM)


class Died(Exception):
    """The child ended without a last word; `error` says of what, as far as can be seen."""

    def __init__(self, error: InvalidInput) -> None:
        super().__init__(error.code)
        self.error = error


class Refused(Exception):
    """The child's last word: it cannot open the file."""

    def __init__(self, error: InvalidInput | ScratchFull) -> None:
        super().__init__(error.code)
        self.error = error


class Child:
    """A context: the process is there inside it and gone, with its whole group, behind it."""

    def __init__(self, job: Job, seconds_left: float, command: Sequence[str] = DECODER) -> None:
        self._job = job
        self._command = command
        self.seconds_left = seconds_left
        self.pages = 0  # that the file has; 0 until it is opened
        self._unread = b""
        self._most_memory = 0  # bytes, as last seen

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._job.scratch,
            env=bare_environment(self._job.scratch),
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin and self._process.stdout  # both were asked for
        self._wishes: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        with contextlib.suppress(OSError):
            self._wishes.close()
        self._answers.close()

    def results(self) -> Iterator[RasterPage | Failed]:
        """Pages and failures in order; raises Refused or Died."""
        self._say(self._job.line())
        pages = self._answer().get("pages")
        if not isinstance(pages, int) or not 0 <= pages <= self._job.limits.pages:
            raise Died(DamagedFile())
        self.pages = pages
        for number in range(self._job.first_page, pages + 1):
            self._say(b"\n")
            yield self._result(self._answer(), number)

    def _result(self, untrusted: dict[str, Any], number: int) -> RasterPage | Failed:
        if untrusted.get("failed") == number:
            return Failed(number, checked_error(untrusted.get("error")))
        try:
            return checked_page(untrusted.get("page"), number, Path(self._job.scratch), self._job.limits)
        except Garbled:
            raise Died(DamagedFile()) from None

    def _say(self, line: bytes) -> None:
        try:
            self._wishes.write(line)
        except OSError:
            raise Died(self._cause_of_death()) from None

    def _answer(self) -> dict[str, Any]:
        try:
            untrusted = checked_line(self._line())
        except Garbled:
            raise Died(DamagedFile()) from None
        if "error" in untrusted and "failed" not in untrusted:
            raise Refused(checked_error(untrusted["error"]))
        return untrusted

    def _line(self) -> bytes:
        """The next line within the time that is left; raises Died, or Garbled for one without end."""
        started = time.monotonic()
        deadline = started + min(self._job.limits.page_seconds, self.seconds_left)
        try:
            while b"\n" not in self._unread:
                if len(self._unread) > LINE_BYTES:
                    raise Garbled
                self._unread += self._some(deadline)
        finally:
            self.seconds_left -= time.monotonic() - started
        line, self._unread = self._unread.split(b"\n", 1)
        return line

    def _some(self, deadline: float) -> bytes:
        while True:
            left = max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([self._answers], [], [], min(left, _LOOK_SECONDS))
            self._most_memory = max(self._most_memory, _peak_memory(self._process.pid))
            if ready:
                break
            if not left:
                raise Died(DecodeTimeout())
        data = os.read(self._answers.fileno(), _READ)
        if not data:
            raise Died(self._cause_of_death())
        return data

    def _cause_of_death(self) -> InvalidInput:
        """Out of time, out of memory, or broken by the file."""
        _await_exit(self._process.pid)
        status = self._end()
        if -status in _TIME_SIGNALS:
            return DecodeTimeout()
        if self._most_memory > _NEAR_THE_LIMIT * self._job.limits.memory_bytes:
            return DecodeMemory()
        return DamagedFile("the decoder crashed on the file")

    def _end(self) -> int:
        """Kill the group and reap the child; returns how it ended."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()


def _peak_memory(process: int) -> int:
    """The most resident memory that a living process had, in bytes; 0 once it has ended.

    Not `ru_maxrss`, which a program takes over from the process that started it: a large worker would then see
    every crash of a decoder as want of memory.
    """
    try:
        status = Path(f"/proc/{process}/status").read_bytes()
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(b"VmHWM:")), 0
    )


def _await_exit(process: int) -> None:
    """Give a child that has closed its output a moment to end by itself, so that its status says why."""
    for _ in range(100):
        if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.01)


def bare_environment(scratch: str) -> dict[str, str]:
    """Nothing of ours but the way to our code: no setting, no secret. One thread, as everywhere."""
    single = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "HOME": scratch,
        "TMPDIR": scratch,
        "MALLOC_ARENA_MAX": "2",
        **dict.fromkeys(single, "1"),
    }
