"""Case data in, as one job: rows are read as a stream and written in batches; refused rows keep nobody up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from config.wiring import Services
from ingest.case_data import RefusedRow, read_dossiers, unit_finder
from records.dossier import Dossier
from records.fixity import Fixity

BATCH = 1000


@dataclass
class Imported:
    """What became of the rows of a case list."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        refused = [{"row": r.row, "code": r.code, "reason": r.reason} for r in self.refused]
        return {"new": self.new, "changed": self.changed, "same": self.same, "refused": refused}


def import_cases(
    services: Services,
    path: Path,
    *,
    actor: str,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Imported:
    """Take in a CSV or XLSX of dossiers. Repeating it changes nothing; a changed row keeps its history.

    Raises InvalidImport when the file as a whole cannot be read. A dry run only checks the rows.
    """
    with services.database.transaction() as tx:
        find_unit = unit_finder((unit.code, unit.name) for unit in tx.catalogue.units())
    outcome = Imported()
    taken = _taken(read_dossiers(path, find_unit, mapping), outcome)
    while part := list(islice(taken, BATCH)):
        if dry_run:
            continue
        with services.database.transaction() as tx:
            counts = tx.dossiers.upsert(part, source=f"import:{actor}", at=datetime.now(UTC))
        outcome.new += counts.new
        outcome.changed += counts.changed
        outcome.same += counts.same
    if not dry_run:
        _remember(services, path, actor, outcome)
    return outcome


def _taken(rows: Iterator[Dossier | RefusedRow], outcome: Imported) -> Iterator[Dossier]:
    for row in rows:
        if isinstance(row, RefusedRow):
            outcome.refused.append(row)
        else:
            yield row


def _remember(services: Services, path: Path, actor: str, outcome: Imported) -> None:
    details = {
        "sha256": Fixity.of(path.read_bytes()).sha256,
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
        "refused": len(outcome.refused),
    }
    with services.database.transaction() as tx:
        tx.audit.append(actor, "dossiers.imported", "dossiers", details, datetime.now(UTC))
