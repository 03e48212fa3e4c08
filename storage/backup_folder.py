"""A folder of backups: each one's rows in a folder of its own, the objects of all of them side by side.

    DIR/objects/ab/cd/…            every object that any of the backups names, under its SHA-256
    DIR/2026-03-01T020000Z/        a backup: manifest.json, and a part for each table and for the list of objects
    DIR/.unfinished                one that is being made, or whose making was cut off

A backup has its name only once all of it is on the disk, so what has a name is whole.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from records.backup import OBJECTS, Manifest, Part
from records.errors import InvalidValue, NotFound, Refused
from records.fixity import Fixity, Sha256
from records.objects import StoredObject
from storage.content import CHUNK
from storage.files import DirectoryStore
from storage.rows import Row, TableHead

_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z(-\d+)?")
_MANIFEST, _UNFINISHED = "manifest.json", ".unfinished"


class Parts:
    """The files of one backup, finished or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        return self.folder.name

    def manifest(self) -> Manifest:
        """What it says of itself; raises InvalidValue."""
        try:
            return Manifest.from_json((self.folder / _MANIFEST).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            raise InvalidValue("the manifest of the backup cannot be read") from None

    def write_rows(self, head: TableHead, rows: Iterable[Row]) -> Part:
        """Write a table down."""
        return self._write(head.name, [head.name, head.columns], rows)

    def write_objects(self, objects: Iterable[StoredObject]) -> Part:
        """Write down which objects belong to it."""
        rows = ([one.fixity.sha256, one.fixity.size, one.media_type] for one in objects)
        return self._write(OBJECTS, [OBJECTS, []], rows)

    def read_rows(self, name: str) -> tuple[TableHead, Iterator[Row]]:
        """A table as it was written down."""
        lines = self._read(name)
        (table, columns) = next(lines)
        return TableHead(table, tuple((column, kind) for column, kind in columns)), lines

    def read_objects(self) -> Iterator[StoredObject]:
        """The objects that belong to it, in the order of their SHA-256."""
        lines = self._read(OBJECTS)
        next(lines)
        for sha256, size, media_type in lines:
            yield StoredObject(Fixity(Sha256(sha256), size), media_type)

    def is_whole(self, part: Part) -> bool:
        """Whether a part is still the file that was written."""
        try:
            return _sha256(self._path(part.name)) == part.sha256
        except OSError:
            return False

    def seal(self, manifest: Manifest) -> None:
        """Write the manifest; with it, the backup is complete."""
        path = self.folder / _MANIFEST
        path.write_text(manifest.to_json(), encoding="utf-8")
        _flush(path)
        _flush(self.folder)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl.gz"

    def _write(self, name: str, head: object, rows: Iterable[Row]) -> Part:
        path, count = self._path(name), 0
        with path.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw, compresslevel=5) as file:
            file.write(_line(head))
            for row in rows:
                file.write(_line(row))
                count += 1
        _flush(path)
        return Part(name, count, _sha256(path))

    def _read(self, name: str) -> Iterator[Any]:
        try:
            with gzip.open(self._path(name), "rt", encoding="utf-8") as lines:
                for line in lines:
                    yield json.loads(line)
        except (OSError, EOFError, ValueError):
            raise InvalidValue(f"the part {name} of the backup cannot be read") from None


class BackupFolder:
    """Where backups are kept."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.objects = DirectoryStore(root / "objects")

    def names(self) -> list[str]:
        """The finished backups, oldest first."""
        if not self._root.is_dir():
            return []
        return sorted(one.name for one in self._root.iterdir() if _NAME.fullmatch(one.name))

    def backup(self, name: str | None = None) -> Parts:
        """The backup of this name, or the newest one; raises NotFound."""
        names = self.names()
        if not names or name not in (None, *names):
            raise NotFound(f"no backup {name} here" if name else "no finished backup here")
        return Parts(self._root / (name or names[-1]))

    @contextmanager
    def unfinished(self) -> Iterator[Parts]:
        """A place for a new backup, without what an earlier one left when it was cut off.

        Raises Refused while another backup is being made here.
        """
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("another backup is being made in this folder") from None
            place = self._root / _UNFINISHED
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(mode=0o700)
            yield Parts(place)

    def finish(self, parts: Parts, made_at: datetime) -> Parts:
        """Give a sealed backup its name."""
        stem = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        taken, name, number = self.names(), stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        place = parts.folder.rename(self._root / name)
        _flush(self._root)
        return Parts(place)


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode() + b"\n"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
