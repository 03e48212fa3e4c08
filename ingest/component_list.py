"""Component lists of procedures from CSV: which components must be digitized, why, and since when."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from ingest.case_data import RefusedRow
from records.codes import parse_procedure_code
from records.components import MustDigitize, ProcedureComponent
from records.errors import InvalidImport
from records.vietnamese import single_spaced

COLUMNS = ("procedure", "component", "name", "must_digitize", "valid_from", "valid_to", "confidence")
_NEEDED = COLUMNS[:4]


def read_component_list(path: Path) -> Iterator[ProcedureComponent | RefusedRow]:
    """The rows of a CSV (UTF-8) with the COLUMNS; days are ISO, empty ones are open.

    Raises InvalidImport when the file cannot be read or lacks one of the first four columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                raise InvalidImport("columns are missing: " + ", ".join(missing))
            for number, untrusted in enumerate(rows, start=2):
                yield _component(number, untrusted)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidImport("the file is no CSV in UTF-8") from error


def _component(number: int, untrusted: Mapping[str, str | None]) -> ProcedureComponent | RefusedRow:
    said = {name: single_spaced(untrusted.get(name) or "") for name in COLUMNS}
    procedure = parse_procedure_code(said["procedure"])
    if procedure is None:
        return RefusedRow(
            number, "invalid_procedure_code", "procedure: not a procedure code such as 1.001193"
        )
    if not said["component"] or len(said["component"]) > 64:
        return RefusedRow(number, "missing_value", "component: every component has a code")
    try:
        first, last = (_day(said[name]) for name in ("valid_from", "valid_to"))
        must = MustDigitize(said["must_digitize"])
    except ValueError:
        words = ", ".join(MustDigitize)
        return RefusedRow(number, "invalid_value", f"must_digitize: one of {words}; days are 2022-03-01")
    if first and last and last < first:
        return RefusedRow(number, "invalid_value", "valid_to: before valid_from")
    return ProcedureComponent(
        procedure, said["component"], said["name"], must, first, last, said["confidence"]
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
