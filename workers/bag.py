"""Writes a BagIt 1.0 bag (RFC 8493): a folder that carries the fixity of all that lies in it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from records.errors import InvalidValue

ALGORITHMS = ("sha256", "sha512")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass
class Bag:
    """A bag that is being filled. Paths are of our own making: plain names, parted by slashes."""

    folder: Path
    _digests: dict[str, dict[str, str]] = field(default_factory=dict)  # path → algorithm → digest
    _octets: int = 0

    def add(self, path: str, chunks: Iterable[bytes]) -> None:
        """Put a file into the payload, as a stream."""
        self._octets += self._write(f"data/{path}", chunks)

    def close(self, info: dict[str, str]) -> None:
        """Write the manifests and what the bag says of itself; after this the bag is complete."""
        payload = list(self._digests)
        self._manifests("manifest", payload)
        self._write("bagit.txt", [_DECLARATION.encode()])
        oxum = {"Payload-Oxum": f"{self._octets}.{len(payload)}"}
        lines = [f"{name}: {value}\n" for name, value in (info | oxum).items()]
        self._write("bag-info.txt", ["".join(lines).encode()])
        tags = [path for path in self._digests if path not in payload]
        self._manifests("tagmanifest", tags)

    def _write(self, path: str, chunks: Iterable[bytes]) -> int:
        target, size = self.folder / path, 0
        target.parent.mkdir(parents=True, exist_ok=True)
        digests = {name: hashlib.new(name) for name in ALGORITHMS}
        with target.open("xb") as file:
            for chunk in chunks:
                size += file.write(chunk)
                for digest in digests.values():
                    digest.update(chunk)
        self._digests[path] = {name: digest.hexdigest() for name, digest in digests.items()}
        return size

    def _manifests(self, name: str, paths: list[str]) -> None:
        for algorithm in ALGORITHMS:
            lines = [f"{self._digests[path][algorithm]}  {path}\n" for path in sorted(paths)]
            self._write(f"{name}-{algorithm}.txt", ["".join(lines).encode()])


@contextmanager
def new_bag(target: Path) -> Iterator[Bag]:
    """A bag that appears at `target` complete or not at all; raises InvalidValue when something is there."""
    if target.exists():
        raise InvalidValue(f"{target.name} is there already", field="out")
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield Bag(folder)
        folder.chmod(0o755)
        folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
