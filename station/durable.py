"""Writes that survive a loss of power, and the lock that keeps two programs off one spool; on Linux and Windows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another program works on this spool."""


def write_durably(path: Path, text: str) -> None:
    """Put a whole file in its place at once: a reader, and a crash, see the old one or the new one."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have a file's bytes on the disk."""
    with path.open("rb" if os.name == "posix" else "rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk; Windows keeps them by itself."""
    if os.name != "posix":
        return
    number = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def sole(folder: Path) -> Iterator[None]:
    """Hold a folder for this process; the hold ends with the process, however it ends. Raises AlreadyRunning."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(str(folder)) from None
        yield


def is_held(folder: Path) -> bool:
    """Whether a program holds this folder now."""
    try:
        with sole(folder):
            return False
    except AlreadyRunning:
        return True
