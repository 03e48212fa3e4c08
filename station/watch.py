"""Looks for scans in the folder into which a scanner writes, and tells those that it has finished."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from station.names import is_passed_over, natural

PATIENCE_SECONDS = 60.0  # for a file whose end does not look like one: a scanner that pauses between pages
_DEPTH = 4  # sub-folders of sub-folders that are looked into
_TAIL = 2048


@dataclass(frozen=True, slots=True)
class Found:
    """A finished scan; `group` is its sub-folder, "" for the folder itself."""

    path: Path
    group: str


@dataclass(frozen=True, slots=True)
class _Seen:
    size: int
    changed: int  # nanoseconds, by the disk's clock
    since: float  # by our own


class Watcher:
    """Remembers how files looked, so that one is taken once it has been at rest for `settle_seconds`."""

    def __init__(
        self,
        folder: Path,
        *,
        settle_seconds: float,
        passed_over: tuple[Path, ...] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._settle, self._clock = folder, settle_seconds, clock
        self._passed_over = {path.resolve() for path in passed_over}
        self._seen: dict[Path, _Seen] = {}
        self.writing = 0  # files that were there at the last look and not finished

    def finished(self) -> list[Found]:
        """The scans that are finished now, in the order in which they were scanned. Raises OSError."""
        now, found, seen = self._clock(), [], {}
        for path in self._files(self._folder, _DEPTH):
            try:
                told = path.stat()
            except OSError:
                continue  # renamed or removed while we looked
            before = self._seen.get(path)
            if before is None or (before.size, before.changed) != (told.st_size, told.st_mtime_ns):
                before = _Seen(told.st_size, told.st_mtime_ns, now)
            seen[path] = before
            if self._is_finished(path, now - before.since):
                found.append((told.st_mtime_ns, natural(path.name), path))
        self._seen = seen
        self.writing = len(seen) - len(found)
        return [Found(path, self._group(path)) for _, _, path in sorted(found)]

    def _is_finished(self, path: Path, rest: float) -> bool:
        if rest < self._settle:
            return False
        return rest >= PATIENCE_SECONDS or (_looks_whole(path) and not _is_locked(path))

    def _files(self, folder: Path, depth: int) -> Iterator[Path]:
        for path in folder.iterdir():
            if is_passed_over(path.name) or path.is_symlink() or path.resolve() in self._passed_over:
                continue
            if path.is_file():
                yield path
            elif path.is_dir() and depth > 0:
                yield from self._files(path, depth - 1)

    def _group(self, path: Path) -> str:
        return path.parent.relative_to(self._folder).as_posix().removeprefix(".")


def _looks_whole(path: Path) -> bool:
    """Whether a file ends as its kind does; a scanner may pause in the middle of one."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
            file.seek(max(0, path.stat().st_size - _TAIL))
            tail = file.read()
    except OSError:
        return False
    if head.startswith(b"%PDF"):
        return b"%%EOF" in tail
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in tail
    if head.startswith(b"\x89PNG"):
        return b"IEND" in tail
    return len(head) > 0


def _is_locked(path: Path) -> bool:
    """Whether another program holds the file: it cannot be opened for writing, or carries a lock."""
    try:
        with path.open("rb+") as file:
            return _carries_lock(file.fileno())
    except PermissionError:
        return True
    except OSError:
        return False


def _carries_lock(number: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return False  # Windows refuses to open what is held
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # a disk without locks
    fcntl.flock(number, fcntl.LOCK_UN)
    return False
