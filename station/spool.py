"""The station's own durable store: a sheet lies in the scanner's folder, in here, or in the service, and is never lost.

SPOOL/open/UUID/     a batch that still grows: 000001--NAME …, and group.json
SPOOL/sealed/UUID/   a batch that is being sent: the same files, and manifest.json with their SHA-256
SPOOL/done.jsonl     what the service has confirmed

Every change is one rename, made durable before the next, so a crash leaves either the state before it or after it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from station.client import LocalFile
from station.durable import sync_file, sync_folder, write_durably
from station.names import declared_name

MOST_FILES = 500  # of a batch; then another one is begun
_MANIFEST, _GROUP, _PART = "manifest.json", "group.json", "part--"
_SEPARATOR = "--"


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A batch that takes no more files; `group` is the sub-folder that its files came from."""

    id: str
    group: str
    operator: str
    files: tuple[LocalFile, ...]


class Spool:
    """One program at a time works on a spool: see station.durable.sole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open, self._sealed = folder / "open", folder / "sealed"
        for made in (self._open, self._sealed):
            made.mkdir(parents=True, exist_ok=True)
        sync_folder(folder)

    # --- the scanner's side ---

    def recover(self) -> None:
        """Finish what a crash interrupted; to be called before anything else."""
        for folder in self.folder.glob("new-*"):
            shutil.rmtree(folder)
        for folder in _folders(self._sealed):
            if not (folder / _MANIFEST).exists():  # it was forgotten, all but its own name
                shutil.rmtree(folder)
        for folder in _folders(self._open):
            for part in folder.glob(f"{_PART}*"):
                part.unlink()
            if (folder / _MANIFEST).exists():
                self._close(folder)

    def take(self, source: Path, group: str) -> None:
        """Move a scanner's file in, as the next one of its group's open batch. Raises OSError."""
        folder = self._batch_of(group)
        number = max((_sequence(path) for path in _contents(folder)), default=0) + 1
        _move(source, folder / f"{number:06d}{_SEPARATOR}{declared_name(source.name)}")

    def has_copy_of(self, source: Path) -> bool:
        """Whether a file that lies on another disk was copied here before a crash and only not removed there.

        The copy keeps name and time; on one disk a file is moved, and is never in two places.
        """
        told = source.stat()
        for path in self._waiting():
            kept = path.stat()
            same = (kept.st_size, kept.st_mtime_ns) == (told.st_size, told.st_mtime_ns)
            if same and _name(path) == declared_name(source.name):
                return LocalFile.of(1, path).sha256 == LocalFile.of(1, source).sha256
        return False

    def seal(self, operator: str, *, idle_seconds: float) -> list[str]:
        """Close the batches that took nothing for so long, or are full; returns their ids."""
        sealed = []
        for folder in _folders(self._open):
            contents = _contents(folder)
            idle = time.time() - folder.stat().st_mtime  # a folder's time is that of its last new file
            if not contents or (idle < idle_seconds and len(contents) < MOST_FILES):
                continue
            files = [LocalFile.of(_sequence(path), path, _name(path)) for path in contents]
            group = json.loads((folder / _GROUP).read_text())["group"]
            manifest = {"batch": folder.name, "group": group, "operator": operator, "sealed_at": _now()}
            manifest["files"] = [_described(file) for file in files]
            write_durably(folder / _MANIFEST, json.dumps(manifest, ensure_ascii=False))
            self._close(folder)
            sealed.append(folder.name)
        return sealed

    # --- the service's side ---

    def sealed(self) -> list[SealedBatch]:
        """The batches to be sent, oldest first."""
        manifests = [folder / _MANIFEST for folder in _folders(self._sealed)]
        told = [json.loads(path.read_text()) for path in manifests if path.exists()]
        return [self._batch(one) for one in sorted(told, key=lambda one: (one["sealed_at"], one["batch"]))]

    def put_aside(self, file: LocalFile, folder: Path, reason: str) -> Path | None:
        """Move a refused file where a person finds it, the reason beside it; None when that is done already."""
        if not file.path.exists():
            return None
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder / file.name)
        write_durably(target.with_name(f"{target.name}.txt"), f"{file.name}\n{reason}\n")
        _move(file.path, target)
        return target

    def forget(self, batch: SealedBatch, receipt: dict[str, Any]) -> None:
        """Remove a batch that the service has confirmed as a whole: `receipt` balances."""
        if not receipt.get("balanced"):
            raise ValueError("a batch is kept until the service has all of it")
        counts = {key: receipt[key] for key in ("declared", "received", "withdrawn")}
        line = {"batch": batch.id, "at": _now(), **counts, "duplicates": len(receipt["duplicates"])}
        with (self.folder / "done.jsonl").open("a") as done:
            done.write(json.dumps(line) + "\n")
            done.flush()
            os.fsync(done.fileno())
        folder = self._sealed / batch.id
        for path in _contents(folder):
            path.unlink()
        shutil.rmtree(folder)
        sync_folder(self._sealed)

    # --- what people ask ---

    def waiting(self) -> int:
        """How many files the service does not have for certain yet."""
        return len(list(self._waiting()))

    def done(self) -> list[dict[str, Any]]:
        """What the service has confirmed, each batch once, oldest first."""
        path = self.folder / "done.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return list({told["batch"]: told for told in map(_told, lines) if told}.values())

    # --- inside ---

    def _waiting(self) -> Iterator[Path]:
        for root in (self._open, self._sealed):
            for folder in _folders(root):
                yield from _contents(folder)

    def _batch_of(self, group: str) -> Path:
        for folder in _folders(self._open):
            told = json.loads((folder / _GROUP).read_text())
            if told["group"] == group and len(_contents(folder)) < MOST_FILES:
                return folder
        key = str(uuid.uuid4())
        made = self.folder / f"new-{key}"
        made.mkdir()
        write_durably(made / _GROUP, json.dumps({"group": group}))
        made.rename(self._open / key)
        sync_folder(self._open)
        return self._open / key

    def _close(self, folder: Path) -> None:
        folder.rename(self._sealed / folder.name)
        sync_folder(self._sealed)
        sync_folder(self._open)

    def _batch(self, told: dict[str, Any]) -> SealedBatch:
        folder = self._sealed / told["batch"]
        files = tuple(
            LocalFile(one["sequence"], folder / one["file"], one["sha256"], one["size"], one["name"])
            for one in told["files"]
        )
        return SealedBatch(told["batch"], told["group"], told["operator"], files)


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir())


def _contents(folder: Path) -> list[Path]:
    """The scans in a batch's folder, in their order."""
    try:
        return sorted(
            path for path in folder.iterdir() if path.name[:1].isdigit() and _SEPARATOR in path.name
        )
    except FileNotFoundError:
        return []  # it was sealed, or sent, a moment ago


def _sequence(path: Path) -> int:
    return int(path.name.partition(_SEPARATOR)[0])


def _name(path: Path) -> str:
    return path.name.partition(_SEPARATOR)[2]


def _described(file: LocalFile) -> dict[str, Any]:
    return {
        "sequence": file.sequence,
        "file": file.path.name,
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
    }


def _told(line: str) -> dict[str, Any] | None:
    """A line of done.jsonl; None for one that a crash cut off."""
    try:
        return dict(json.loads(line))
    except ValueError:
        return None


def _free(path: Path) -> Path:
    """This path, or the first with a number behind its name that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _move(source: Path, target: Path) -> None:
    """By one rename where both lie on one disk; else by a copy that is durable before the source goes."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(f"{_PART}{target.name}")
        shutil.copy2(source, part)
        sync_file(part)
        part.rename(target)
        sync_folder(target.parent)
        source.unlink()
    sync_file(target)
    sync_folder(target.parent)
    sync_folder(source.parent)


def _now() -> str:
    return datetime.now(UTC).isoformat()
