"""A backup of a running office: its rows as of one moment, then every object that they name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.wiring import Services
from records.backup import Manifest, Part
from records.errors import ObjectMissing
from records.objects import StoredObject
from storage.backup_folder import BackupFolder, Parts
from storage.inventory import Inventory

Progress = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class BackupMade:
    """What came of it."""

    name: str
    manifest: Manifest
    copied: int  # objects that the folder did not have yet


def make_backup(
    services: Services, folder: Path, *, on_copied: Progress = lambda done, total: None
) -> BackupMade:
    """Back the office up into this folder, beside earlier backups; objects that are there already stay.

    The service may run meanwhile: objects are never changed or deleted, so those that the rows of that moment name
    can be copied later. Each is verified on its way. One that is lost or damaged is named in the manifest and keeps
    nothing else from being saved. Cut off and repeated, it goes on where it was. Raises Refused while another
    backup is being made in the folder, or BackendUnavailable.
    """
    place, made_at = BackupFolder(folder), datetime.now(UTC)
    with place.unfinished() as parts, Inventory() as inventory:
        schema, written, trail_intact = _rows(services, parts, inventory)
        copied, missing = _objects(services, place, inventory, on_copied)
        kept = [one for one in inventory.named() if one.fixity.sha256 not in missing]
        manifest = Manifest(
            made_at=made_at,
            schema=schema,
            parts=(*written, parts.write_objects(iter(kept))),
            objects=len(kept),
            bytes=sum(one.fixity.size for one in kept),
            missing=tuple(sorted(missing)),
            trail_intact=trail_intact,
        )
        parts.seal(manifest)
        return BackupMade(place.finish(parts, made_at).name, manifest, copied)


def _rows(services: Services, parts: Parts, inventory: Inventory) -> tuple[str, list[Part], bool]:
    """Write down all rows, and which objects they name, as of one moment."""
    with services.database.snapshot(patient=True) as tx:
        written = [parts.write_rows(head, tx.rows.read(head)) for head in tx.rows.tables()]
        inventory.name(tx.references.all())
        return tx.rows.schema() or "", written, tx.audit.verify() is None


def _objects(
    services: Services, place: BackupFolder, inventory: Inventory, on_copied: Progress
) -> tuple[int, set[str]]:
    """Copy what the folder does not have yet; returns how many, and what could not be read."""
    copied, missing, total = 0, set[str](), len(inventory)
    for done, one in enumerate(inventory.named(), start=1):
        try:
            copied += _copy(services, place, one)
        except ObjectMissing:
            missing.add(one.fixity.sha256)
        on_copied(done, total)
    return copied, missing


def _copy(services: Services, place: BackupFolder, one: StoredObject) -> bool:
    sha256, size = one.fixity.sha256, one.fixity.size
    if place.objects.exists(sha256) and place.objects.size(sha256) == size:
        return False
    with services.objects.path_or_copy(sha256) as path:
        place.objects.put(path, one.fixity, one.media_type)
    return True
