"""A list of objects that may be longer than the memory: sorted, each once, in a file that is gone with it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from records.fixity import Fixity, Sha256
from records.objects import StoredObject


class Inventory:
    """What is in a store, beside what should be there."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sohoa-inventory-")
        self._lists = sqlite3.connect(Path(self._folder.name) / "lists", isolation_level=None)
        self._lists.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;"
            "CREATE TABLE found (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE named (sha256 TEXT PRIMARY KEY, size INTEGER, media_type TEXT) WITHOUT ROWID;"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lists.close()
        self._folder.cleanup()

    def find(self, objects: Iterable[Sha256]) -> None:
        """Note what is in the store."""
        self._lists.executemany("INSERT OR IGNORE INTO found VALUES (?)", ((sha256,) for sha256 in objects))

    def name(self, objects: Iterable[StoredObject]) -> None:
        """Note what rows name."""
        rows = ((one.fixity.sha256, one.fixity.size, one.media_type) for one in objects)
        self._lists.executemany("INSERT OR IGNORE INTO named VALUES (?, ?, ?)", rows)

    def named(self) -> Iterator[StoredObject]:
        """What rows name, in the order of the SHA-256."""
        for sha256, size, media_type in self._lists.execute("SELECT * FROM named ORDER BY sha256"):
            yield StoredObject(Fixity(Sha256(sha256), size), media_type)

    def orphans(self) -> Iterator[Sha256]:
        """What is in the store and named by no row, in the order of the SHA-256."""
        query = "SELECT sha256 FROM found WHERE sha256 NOT IN (SELECT sha256 FROM named) ORDER BY sha256"
        for (sha256,) in self._lists.execute(query):
            yield Sha256(sha256)

    def __len__(self) -> int:
        """How many objects rows name."""
        return int(self._lists.execute("SELECT count(*) FROM named").fetchone()[0])
