"""Case data in: rows of CSV, XLSX or JSON as dossiers, every refused one with its reason. Streams; keeps no row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.case_book import book_rows
from ingest.case_columns import COLUMNS, FEW, channel_of, column_names, count_of, moment_of
from ingest.case_components import components_of
from ingest.case_json import json_objects
from records.codes import parse_dossier_code, parse_procedure_code
from records.components import DossierTold
from records.dossier import Dossier
from records.errors import InvalidDossierCode, InvalidImport
from records.ids import UnitCode
from records.vietnamese import folded, single_spaced

FindUnit = Callable[[str], UnitCode | None]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken. The reason names columns, never what stands in them."""

    row: int  # as a spreadsheet counts: the header is row 1; in JSON the number of the object, from 1
    code: str  # stable
    reason: str


def read_dossiers(
    path: Path, find_unit: FindUnit, mapping: Mapping[str, str] | None = None
) -> Iterator[Dossier | RefusedRow]:
    """The dossiers of a file without their components; see `read_told`."""
    for row in read_told(path, find_unit, mapping):
        yield row.dossier if isinstance(row, DossierTold) else row


def read_told(
    path: Path, find_unit: FindUnit, mapping: Mapping[str, str] | None = None
) -> Iterator[DossierTold | RefusedRow]:
    """The dossiers of a CSV, XLSX or JSON file, told apart by content, with the components that it lists.

    `mapping` names further columns of the file: their header → our name (see ingest.case_columns). Raises
    InvalidImport when the file is none of these, lacks a column that every dossier needs, or breaks off.
    """
    if _is_json(path):
        for number, untrusted in enumerate(json_objects(path), start=1):
            yield told(number, untrusted, find_unit, mapping)
        return
    rows = _rows(path)
    header = next(rows, None)
    if header is None:
        raise InvalidImport("the file has no header row")
    columns = column_names(header, mapping or {})
    missing = [name for name, column in COLUMNS.items() if column.needed and name not in columns]
    if missing:
        raise InvalidImport("columns are missing: " + ", ".join(missing))
    for number, cells in enumerate(rows, start=2):
        row = {name: cells[index] for name, index in columns.items() if index < len(cells)}
        if any(_text(value) for value in row.values()):
            yield _told(number, row, find_unit)


def told(
    number: int, untrusted: Mapping[str, Any], find_unit: FindUnit, mapping: Mapping[str, str] | None = None
) -> DossierTold | RefusedRow:
    """One dossier as an object under our names or the sync names; `number` is its place among others, from 1."""
    columns = column_names(list(untrusted), mapping or {})
    values = list(untrusted.values())
    return _told(number, {name: values[index] for name, index in columns.items()}, find_unit)


def unit_finder(units: Iterable[tuple[UnitCode, str]]) -> FindUnit:
    """Finds a unit by its code or by its name, with or without tone marks; a name that two units bear finds none."""
    by_name: dict[str, UnitCode | None] = {}
    codes: dict[str, UnitCode] = {}
    for code, name in units:
        codes[code.upper()] = code
        key = folded(name)
        by_name[key] = None if key in by_name and by_name[key] != code else code

    @lru_cache(maxsize=FEW)
    def find(untrusted: str) -> UnitCode | None:
        text = single_spaced(untrusted)
        return codes.get(text.upper()) or by_name.get(folded(text))

    return find


def _told(number: int, row: dict[str, Any], find_unit: FindUnit) -> DossierTold | RefusedRow:
    dossier = _dossier(number, row, find_unit)
    if isinstance(dossier, RefusedRow):
        return dossier
    try:
        return DossierTold(dossier, components_of(row.get("components")))
    except ValueError as error:
        return RefusedRow(number, "invalid_value", str(error))


def _dossier(number: int, row: dict[str, Any], find_unit: FindUnit) -> Dossier | RefusedRow:
    try:
        code = parse_dossier_code(_text(row.get("code"))).code
    except InvalidDossierCode as error:
        return RefusedRow(number, error.code, "code: " + error.detail)
    procedure = _procedure_of(_text(row.get("procedure")))
    if procedure is None:
        return RefusedRow(
            number, "invalid_procedure_code", "procedure: not a procedure code such as 1.001193"
        )
    unit = find_unit(_text(row.get("unit")))
    if unit is None:
        return RefusedRow(number, "unknown_unit", "unit: neither the code nor the name of a known org unit")
    try:
        moments = {name: moment_of(row.get(name), name) for name in _MOMENTS}
        received = moments["received_at"]
        if received is None:
            return RefusedRow(number, "missing_value", "received_at: every dossier was received some day")
        return _in_order(
            number,
            Dossier(
                code=code,
                procedure=procedure,
                unit=unit,
                received_at=received,
                due_at=moments["due_at"],
                finished_at=moments["finished_at"],
                returned_at=moments["returned_at"],
                status=single_spaced(_text(row.get("status"))),
                channel=channel_of(_text(row.get("channel"))),
                owner=single_spaced(_text(row.get("owner"))) or None,
                components_required=count_of(row.get("components_required")),
            ),
        )
    except ValueError as error:
        return RefusedRow(number, "invalid_value", str(error))


_procedure_of = lru_cache(maxsize=FEW)(parse_procedure_code)
_MOMENTS = ("received_at", "due_at", "finished_at", "returned_at")


def _in_order(number: int, dossier: Dossier) -> Dossier | RefusedRow:
    late: datetime | None = dossier.resolved_at
    if late is not None and late < dossier.received_at:
        return RefusedRow(number, "invalid_value", "finished_at: before the day of receipt")
    return dossier


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in (b"[", b"{")


def _rows(path: Path) -> Iterator[list[Any]]:
    with path.open("rb") as file:
        head = file.read(4)
    return book_rows(path) if head == b"PK\x03\x04" else _csv_rows(path)


def _csv_rows(path: Path) -> Iterator[list[Any]]:
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="strict") as file:
            sample = file.read(8192)
            file.seek(0)
            yield from csv.reader(file, delimiter=_delimiter(sample))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidImport("the file is neither XLSX, nor CSV or JSON in UTF-8") from error


def _delimiter(sample: str) -> str:
    header = next(iter(io.StringIO(sample)), "")
    return max(",;\t|", key=header.count)
