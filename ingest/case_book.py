"""A spreadsheet's rows, read in a child process with limits: a damaged or hostile workbook costs nobody anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile

from ingest.child import bare_environment
from records.errors import InvalidImport

MAX_UNPACKED = 1024**3  # bytes of an XLSX once unpacked: a million rows need about 500 MB
IN_MEMORY = 128 * 1024**2  # bytes: a longer one is read row by row, ten times slower
LINE_BYTES = 16 * 1024**2  # of one row
READER: Final = (sys.executable, "-s", "-P", "-m", "ingest.book_rows")


def book_rows(path: Path, *, in_memory: int = IN_MEMORY) -> Iterator[list[Any]]:
    """The rows of the first sheet: texts, numbers, truth values; days and moments in ISO 8601; nothing as "" or None.

    The quick reader holds the sheet in memory. Where it may not, or fails, the other one takes its place.
    Raises InvalidImport when the workbook cannot be read, or breaks off.
    """
    readers = ("whole", "rows") if _unpacked(path) <= in_memory else ("rows",)
    told = 0
    for reader in readers:
        try:
            for row in islice(_rows(path, reader), told, None):
                yield row
                told += 1
            return
        except _Died:
            continue
    raise InvalidImport("the spreadsheet cannot be read")


class _Died(Exception):
    """The child ended before it had said everything."""


def _unpacked(path: Path) -> int:
    try:
        with ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise InvalidImport("the spreadsheet cannot be read") from None
    if size > MAX_UNPACKED:
        raise InvalidImport("the spreadsheet unpacks to more than any case list needs")
    return size


def _rows(path: Path, reader: str) -> Iterator[list[Any]]:
    with tempfile.TemporaryDirectory(prefix="sohoa-book-") as scratch:
        child = subprocess.Popen(
            [*READER, reader, str(path.resolve()), str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env=bare_environment(scratch),
            start_new_session=True,
        )
        assert child.stdout  # it was asked for
        try:
            with closing(child.stdout):
                yield from _answers(child.stdout)
        finally:
            child.kill()
            child.wait()


def _answers(untrusted: IO[bytes]) -> Iterator[list[Any]]:
    while (line := untrusted.readline(LINE_BYTES)) != b"\n":
        try:
            row = json.loads(line)
        except ValueError:
            raise _Died from None
        if not isinstance(row, list):
            raise _Died
        yield row
