"""Case data in, as one job: rows are read as a stream and written in batches; refused rows keep nobody up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from config.wiring import Services
from ingest.case_columns import column_names
from ingest.case_data import RefusedRow, read_told, told, unit_finder
from records.components import DossierTold
from records.dossier import Upserted
from records.errors import InvalidImport, InvalidValue
from records.ids import DossierCode
from storage.database import Transaction

BATCH = 1000
MOST_NAMED = 1000  # refused rows that are kept in memory; a report file has them all


@dataclass
class Imported:
    """What became of the rows of a case list."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    first_refused: list[RefusedRow] = field(default_factory=list)
    broken_off: str | None = None  # why the rest could not be read; what came before it was taken

    @property
    def taken(self) -> int:
        return self.new + self.changed + self.same

    def add(self, counts: Upserted) -> None:
        self.new += counts.new
        self.changed += counts.changed
        self.same += counts.same

    def as_dict(self) -> dict[str, Any]:
        rows = [{"row": r.row, "code": r.code, "reason": r.reason} for r in self.first_refused]
        counts = {name: getattr(self, name) for name in ("new", "changed", "same", "refused")}
        return {**counts, "refused_rows": rows, "broken_off": self.broken_off}


def import_cases(
    services: Services,
    path: Path,
    *,
    actor: str,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    on_refused: Callable[[RefusedRow], None] = lambda row: None,
) -> Imported:
    """Take in a CSV, XLSX or JSON of dossiers. Repeating it changes nothing; a changed row keeps its history.

    Raises InvalidImport when not one row of the file can be read; a file that breaks off later is taken up to
    there, and the outcome says so. A dry run tells what each row would do, and writes nothing. `on_refused` is
    called by another thread, for one row at a time.
    """
    with services.database.transaction() as tx:
        find_unit = unit_finder((unit.code, unit.name) for unit in tx.catalogue.units())
    outcome = Imported()
    rows = _taken(read_told(path, find_unit, mapping), outcome, on_refused)
    for part in _read_ahead(rows):
        with services.database.transaction() as tx:
            outcome.add(tx.case_data.preview(part)) if dry_run else _write(tx, part, actor, outcome)
    if not dry_run:
        _remember(services, path, actor, outcome)
    return outcome


def _read_ahead(rows: Iterator[DossierTold]) -> Iterator[list[DossierTold]]:
    """The rows in batches: the next is read, in a thread, while one is written."""

    def following() -> list[DossierTold]:
        return list(islice(rows, BATCH))

    with ThreadPoolExecutor(1) as reader:
        ahead = reader.submit(following)
        while part := ahead.result():
            ahead = reader.submit(following)
            yield part


def import_case(
    services: Services, code: DossierCode, untrusted: Mapping[str, Any], *, actor: str
) -> Imported:
    """Take in one dossier as an object under our names or the sync names; saying it again changes nothing.

    Raises InvalidValue, which names the field and why, when it is refused.
    """
    with services.database.transaction() as tx:
        find_unit = unit_finder((unit.code, unit.name) for unit in tx.catalogue.units())
        row = told(1, _addressed(code, untrusted), find_unit)
        if isinstance(row, RefusedRow):
            field_name, _, reason = row.reason.partition(": ")
            raise InvalidValue(reason or row.reason, field=field_name)
        if row.dossier.code != code:
            raise InvalidValue("another dossier than the one addressed", field="code")
        outcome = Imported()
        _write(tx, [row], actor, outcome)
        counts: dict[str, object] = {name: getattr(outcome, name) for name in ("new", "changed", "same")}
        if outcome.new or outcome.changed:
            tx.audit.append(actor, "dossier.imported", code, counts, datetime.now(UTC))
    return outcome


def _addressed(code: DossierCode, untrusted: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object with the code it is addressed by, unless it names one itself."""
    return untrusted if "code" in column_names(list(untrusted), {}) else {"code": code, **untrusted}


def _taken(
    rows: Iterator[DossierTold | RefusedRow], outcome: Imported, on_refused: Callable[[RefusedRow], None]
) -> Iterator[DossierTold]:
    begun = False
    try:
        for row in rows:
            begun = True
            if isinstance(row, DossierTold):
                yield row
                continue
            outcome.refused += 1
            outcome.first_refused += [row] if len(outcome.first_refused) < MOST_NAMED else []
            on_refused(row)
    except InvalidImport as error:
        if not begun:
            raise
        outcome.broken_off = error.detail


def _write(tx: Transaction, part: list[DossierTold], actor: str, outcome: Imported) -> None:
    outcome.add(tx.case_data.take(part, f"import:{actor}", datetime.now(UTC)))


def _remember(services: Services, path: Path, actor: str, outcome: Imported) -> None:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    counts = {name: getattr(outcome, name) for name in ("new", "changed", "same", "refused")}
    details: dict[str, object] = {"sha256": sha256, **counts}
    if outcome.broken_off:
        details["broken_off"] = True
    with services.database.transaction() as tx:
        tx.audit.append(actor, "dossiers.imported", "dossiers", details, datetime.now(UTC))
