"""A backup's manifest: what it holds, and the fingerprint that proves that it is still what was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from records.errors import InvalidValue

FORMAT = 1  # of the folder; a program reads its own and earlier ones


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a backup: the rows of a table, or the list of objects."""

    name: str  # of the table; "objects" for the list
    rows: int
    sha256: str  # of the file as it lies in the folder


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. The parts stand in the order in which they are restored."""

    made_at: datetime
    schema: str  # the migration that the rows fit
    parts: tuple[Part, ...]
    objects: int
    bytes: int  # of all objects
    missing: tuple[str, ...]  # SHA-256 of objects that were lost or damaged before this backup was made
    trail_intact: bool  # whether the audit trail's chain was whole when it was read
    format: int = FORMAT

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all of it; write it down elsewhere, and nobody can change the backup unseen."""
        return hashlib.sha256(_canonical(self).encode()).hexdigest()

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts if part.name != OBJECTS)

    def part(self, name: str) -> Part:
        """The part of this name; raises InvalidValue."""
        found = next((part for part in self.parts if part.name == name), None)
        if found is None:
            raise InvalidValue(f"the backup has no part {name}")
        return found

    def to_json(self) -> str:
        """The manifest with its fingerprint, for people and for `from_json`."""
        return json.dumps({**_plain(self), "fingerprint": self.fingerprint}, indent=1)

    @classmethod
    def from_json(cls, untrusted: str) -> Manifest:
        """Read a manifest; raises InvalidValue when it was changed or is of a later format."""
        try:
            facts: dict[str, Any] = json.loads(untrusted)
            told, version = facts.pop("fingerprint"), facts["format"]
            if version > FORMAT:
                raise InvalidValue(f"the backup has format {version}; this program is older")
            facts["made_at"] = datetime.fromisoformat(facts["made_at"])
            facts["parts"] = tuple(Part(**part) for part in facts["parts"])
            facts["missing"] = tuple(facts["missing"])
            manifest = cls(**facts)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InvalidValue("the manifest of the backup cannot be read") from None
        if manifest.fingerprint != told:
            raise InvalidValue("the manifest of the backup was changed: its fingerprint is another")
        return manifest


OBJECTS = "objects"  # the name of the part that lists them


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {**asdict(manifest), "made_at": manifest.made_at.isoformat()}


def _canonical(manifest: Manifest) -> str:
    return json.dumps(_plain(manifest), sort_keys=True, separators=(",", ":"))
