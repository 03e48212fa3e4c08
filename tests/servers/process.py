"""Real servers for the tests: on free ports of the loopback, in folders of their own, gone with the tests."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine that is not root."""

    uid: int
    gid: int

    @classmethod
    def named(cls, *names: str) -> "Account":
        """The first of these users that this machine has; `nobody` is one that every machine has."""
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = next(known[name] for name in (*names, "nobody") if name in known)
        return cls(entry.pw_uid, entry.pw_gid)


class ServerFailed(RuntimeError):
    """A server ended or stayed silent; the message holds the end of its log."""


def program(*names: str | Path, package: str) -> Path:
    """The first of these programs that is on this machine; otherwise the test is skipped (in CI: fails)."""
    found = next((where for name in names if (where := shutil.which(name))), None)
    return Path(found) if found else absent(f"{names[0]} is not installed (Debian package {package})")


def absent(reason: str) -> NoReturn:
    """Skip a test whose means are not on this machine; in CI, where they must be, fail it."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI must have it", pytrace=False)
    pytest.skip(reason)


def private_folder(name: str, owner: Account | None = None) -> Path:
    """A new empty folder under the system's temporary one, which `owner` can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix=f"sohoa-{name}-"))
    if owner is not None:
        give(folder, owner)
    return folder


def give(path: Path, owner: Account) -> None:
    """Make it theirs, so that their program can use it; a program that runs as ourselves can already."""
    if os.geteuid() == 0:
        os.chown(path, owner.uid, owner.gid)


def free_port(wanted: int = 0) -> int:
    """A TCP port of the loopback that nobody uses at this moment; 0 when the one that is wanted is taken."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
        return int(probe.getsockname()[1])


class ServerProcess:
    """A program in a process group of its own, which the kernel ends should the tests be killed.

    `account` is the user to run as for programs that refuse to run as root; it counts only when we are root.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        *,
        account: Account | None = None,
        environment: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self._log = log
        self._stop_signal = stop_signal
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", stop_signal.name[3:], *as_account(account), *command],
                cwd=log.parent,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id, which is also that of the group."""
        return self._process.pid

    def wait_until(self, answers: Callable[[], object], failures: tuple[type[Exception], ...]) -> None:
        """Ask again and again until `answers` raises none of `failures`; else raises ServerFailed."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                answers()
            except failures as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise ServerFailed(f"{self._process.args!r}: {error}\n{self.log_end()}") from error
                time.sleep(0.05)
            else:
                return

    def log_end(self) -> str:
        """The last 2,000 characters of what it wrote."""
        return self._log.read_text(errors="replace")[-2000:]

    def stop(self) -> None:
        """Ask it to end; end it, with everything it started, when it does not."""
        _signal_group(self.pid, self._stop_signal)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL to it and to everything it started, at once: the crash that a power cut is."""
        family = _descendants(self.pid)
        for pid in (self.pid, *family):
            _signal_group(pid, signal.SIGKILL)
        self._process.wait(timeout=20)


def as_account(account: Account | None) -> list[str]:
    """The words after `setpriv` that change to that user; none when we are not root and fit already."""
    if account is None or os.geteuid() != 0:
        return []
    return ["--reuid", str(account.uid), "--regid", str(account.gid), "--clear-groups"]


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:  # it leads no group, or is gone
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _descendants(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [below for child in map(int, children) for below in (child, *_descendants(child))]
