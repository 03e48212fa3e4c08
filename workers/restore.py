"""A backup brought back into an empty office, or only checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.wiring import Services
from records.audit import GENESIS, chained
from records.backup import OBJECTS, Manifest
from records.errors import InvalidValue, ObjectMissing, Refused
from storage.backup_folder import BackupFolder, Parts
from workers.backup import Progress
from workers.search_completion import complete_search


def _quietly(done: int, total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class BackupChecked:
    """What a check found; without faults, the backup can be restored and nothing in it was changed."""

    name: str
    manifest: Manifest
    faults: tuple[str, ...]


def check_backup(folder: Path, name: str | None = None, *, on_checked: Progress = _quietly) -> BackupChecked:
    """Read all of a backup (the newest one by default): fingerprint, every part, every object, the audit trail.

    Raises NotFound, or InvalidValue when not even the manifest can be believed.
    """
    place = BackupFolder(folder)
    parts = place.backup(name)
    manifest = parts.manifest()
    faults = [*_changed_parts(parts, manifest)]
    if not faults:
        faults += [*_wrong_counts(parts, manifest), *_broken_trail(parts, manifest)]
        faults += _lost_objects(place, parts, manifest, on_checked)
    return BackupChecked(parts.name, manifest, tuple(faults))


def _changed_parts(parts: Parts, manifest: Manifest) -> Iterator[str]:
    for part in manifest.parts:
        if not parts.is_whole(part):
            yield f"the part {part.name} is gone or was changed"


def _wrong_counts(parts: Parts, manifest: Manifest) -> Iterator[str]:
    for part in manifest.parts:
        rows = parts.read_objects() if part.name == OBJECTS else parts.read_rows(part.name)[1]
        if (count := sum(1 for _ in rows)) != part.rows:
            yield f"the part {part.name} has {count} rows, not {part.rows}"


def _broken_trail(parts: Parts, manifest: Manifest) -> Iterator[str]:
    """Recompute the chain of the audit trail from the rows of the backup."""
    if not manifest.trail_intact:
        yield "the audit trail was broken already when the backup was made"
        return
    head, rows = parts.read_rows("audit_entries")
    names = [name for name, _ in head.columns]
    last = GENESIS
    for sequence, row in enumerate(rows, start=1):
        entry = dict(zip(names, row, strict=True))
        at, details = datetime.fromisoformat(entry["at"]), entry["details"]
        sealed = chained(sequence, at, entry["actor"], entry["action"], entry["subject"], details, last)
        if (entry["sequence"], entry["hash"]) != (sequence, sealed.hash):
            yield f"the audit trail is broken at entry {sequence}"
            return
        last = sealed.hash


def _lost_objects(place: BackupFolder, parts: Parts, manifest: Manifest, on_checked: Progress) -> list[str]:
    faults = [f"object {sha256} was lost already when the backup was made" for sha256 in manifest.missing]
    for done, one in enumerate(parts.read_objects(), start=1):
        try:
            for _ in place.objects.open(one.fixity.sha256):
                pass  # read to its end, it is verified
        except ObjectMissing:
            faults.append(f"object {one.fixity.sha256} is gone or was changed")
        on_checked(done, manifest.objects)
    return faults


def restore_backup(
    services: Services, folder: Path, name: str | None = None, *, on_copied: Progress = _quietly
) -> Manifest:
    """Bring a backup (the newest one by default) back into an empty database and the object store beside it.

    Objects come first, each verified; then all rows in one transaction, so that a restore which is cut off leaves an
    empty database and can be repeated. A backup of an earlier schema is brought up to date. Leases and sessions are
    not restored. Raises Refused when the target is not empty, InvalidValue for a backup that was changed or is newer
    than this program, NotFound, or BackendUnavailable.
    """
    place = BackupFolder(folder)
    parts = place.backup(name)
    manifest = parts.manifest()
    for fault in _changed_parts(parts, manifest):
        raise InvalidValue(f"the backup cannot be restored: {fault}")
    _prepare(services, manifest)
    _bring_objects(services, place, parts, manifest, on_copied)
    _bring_rows(services, parts, manifest)
    services.database.migrate()
    complete_search(services)
    return manifest


def _prepare(services: Services, manifest: Manifest) -> None:
    """Make the schema that the rows fit, and see that nobody is there."""
    with services.database.snapshot() as tx:
        schema = tx.rows.schema()
    if schema not in (None, manifest.schema):
        raise Refused(
            f"the target database has schema {schema}, the backup {manifest.schema}; take a new database"
        )
    services.database.migrate(manifest.schema)
    with services.database.snapshot() as tx:
        if not tx.rows.is_empty():
            raise Refused("the target database is not empty; point the settings at a new one")


def _bring_objects(
    services: Services, place: BackupFolder, parts: Parts, manifest: Manifest, on_copied: Progress
) -> None:
    for done, one in enumerate(parts.read_objects(), start=1):
        with place.objects.path_or_copy(one.fixity.sha256) as path:
            services.objects.put(path, one.fixity, one.media_type)
        on_copied(done, manifest.objects)


def _bring_rows(services: Services, parts: Parts, manifest: Manifest) -> None:
    with services.database.transaction() as tx:
        if not tx.rows.is_empty():
            raise Refused("somebody else has filled the target database meanwhile")
        tx.rows.clear()
        for part in manifest.parts:
            if part.name == OBJECTS:
                continue
            head, rows = parts.read_rows(part.name)
            if (count := tx.rows.write(head, rows)) != part.rows:
                raise InvalidValue(f"the part {part.name} has {count} rows, not {part.rows}")
        tx.steps.forget_leases()  # whoever held them worked on the other office
        details: dict[str, object] = {"fingerprint": manifest.fingerprint, "rows": manifest.rows}
        tx.audit.append("sohoa", "backup.restored", "office", details, datetime.now(UTC))
