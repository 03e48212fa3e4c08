"""Styles, modules and pictures: read once, compressed once, and kept by browsers until they change."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

_IMPORT = re.compile(rb'^(?:import|export)\b[^;"]*"\./([\w.]+)"', re.MULTILINE)
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    media_type: str
    content: bytes
    compressed: bytes


class Statics:
    """The files of one folder. Their version is part of every address, so that modules find each other by `./`."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _TYPES}
        digest = hashlib.sha256()
        for name, file in self._files.items():
            digest.update(name.encode() + file.content)
        self.version = digest.hexdigest()[:12]

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def get(self, name: str) -> StaticFile | None:
        return self._files.get(name)

    def needs(self, *modules: str) -> list[str]:
        """These modules and all that they import, and those import: what a browser may fetch at once."""
        found = list(modules)
        for name in found:  # grows meanwhile
            imported = (one.decode() for one in _IMPORT.findall(self._files[name].content))
            found += [one for one in imported if one not in found]
        return found

    def address(self, name: str) -> str:
        """Where a browser finds a file; raises KeyError for a file that does not exist."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    return StaticFile(_TYPES[path.suffix], content, gzip.compress(content, mtime=0))
