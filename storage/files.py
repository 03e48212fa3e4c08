"""Objects in a directory: the embedded default."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from records.errors import ObjectStoreUnavailable
from records.fixity import Fixity, Sha256
from storage.content import chunks_of, expected, intact, is_sha256, lost, object_key


class DirectoryStore:
    """An ObjectStore in a directory; several processes may share it.

    An object is written beside its place, flushed to the disk, then renamed into it, so that a crash leaves
    either the whole object or none under its key.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes | Path, fixity: Fixity, media_type: str) -> None:
        place = self._root / object_key(fixity.sha256)
        with _troubles():
            if self._is_whole(place, fixity.size):
                _sync_up_to(place.parent, self._root)
                return
            place.parent.mkdir(parents=True, exist_ok=True)
            self._write(place, data, fixity)
            _sync_up_to(place.parent, self._root)

    def get(self, sha256: Sha256) -> bytes:
        return b"".join(self.open(sha256))

    def open(self, sha256: Sha256) -> Iterator[bytes]:
        self.size(sha256)
        return self._read(sha256)

    def size(self, sha256: Sha256) -> int:
        with _troubles(sha256):
            return (self._root / object_key(sha256)).stat().st_size

    def exists(self, sha256: Sha256) -> bool:
        with _troubles():
            return (self._root / object_key(sha256)).is_file()

    def listed(self) -> Iterator[Sha256]:
        with _troubles():
            for place in _sorted_below(self._root, depth=2):
                if is_sha256(place.name):
                    yield Sha256(place.name)

    @contextmanager
    def path_or_copy(self, sha256: Sha256) -> Iterator[Path]:
        for _ in self.open(sha256):
            pass  # read to its end, it is verified
        yield self._root / object_key(sha256)

    def ready(self) -> None:
        with _troubles():
            self._root.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._root):
                pass

    def _is_whole(self, place: Path, size: int) -> bool:
        """Whether the object is there. One of another size is what a failing disk left: it is written again."""
        try:
            return place.stat().st_size == size
        except FileNotFoundError:
            return False

    def _write(self, place: Path, data: bytes | Path, fixity: Fixity) -> None:
        descriptor, name = tempfile.mkstemp(prefix=".incoming-", dir=place.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in expected(chunks_of(data), fixity):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(place)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise

    def _read(self, sha256: Sha256) -> Iterator[bytes]:
        with _troubles(sha256):
            yield from intact(chunks_of(self._root / object_key(sha256)), sha256)


def _sorted_below(folder: Path, depth: int) -> Iterator[Path]:
    """The files so many levels down, in the order of their names; never more than one folder in memory."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if depth == 0:
            yield entry
        else:
            yield from _sorted_below(entry, depth - 1)


@contextmanager
def _troubles(sha256: Sha256 | None = None) -> Iterator[None]:
    """The file system's errors as errors of the tree; a file that is not there is a lost object."""
    try:
        yield
    except FileNotFoundError as error:
        if sha256 is not None:
            raise lost(sha256) from error
        raise ObjectStoreUnavailable("the directory of objects is gone") from error
    except OSError as error:
        raise ObjectStoreUnavailable(f"the directory of objects fails: {error.strerror}") from error


def _sync_up_to(folder: Path, root: Path) -> None:
    """Flush the names in a folder, and those of the folders above it that may be new, to the disk."""
    for one in (folder, *folder.parents):
        descriptor = os.open(one, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if one == root:
            return
