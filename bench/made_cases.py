"""Years of an office's dossiers and papers, made in the database itself: what `bench coverage` asks its questions of.

Each dossier is told on the day it comes in, scanned, resolved, and, for 97 of 100, its result filed: up to four
changes, spread over four years. The facts are written as the program would write them; a recount proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from random import Random
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    case,
    insert,
    literal,
    select,
    union_all,
)

from bench.bulk import Row, fill_table
from records.coverage import VIETNAM
from records.ids import DossierCode, StationId
from records.org_unit import OrgUnit
from records.procedure import Procedure
from records.staff import Station
from records.succession import slot_of
from storage.columns import UtcTime, json_column
from storage.database import make_database
from storage.digests import digest_of
from storage.months import local_day
from storage.tables import batches, dossier_history, dossiers, record_history, records
from storage.tables_coverage import FACTS, case_facts

FIRST, DAYS = date(2019, 1, 1), 4 * 365
COMPONENTS = 5
FILLED = (dossiers, dossier_history, records, record_history, case_facts)
PER_CHUNK = 20_000

made = Table(
    "made_cases",
    MetaData(),
    *(
        Column(name, String)
        for name in ("code", "unit", "procedure", "domain", "level", "channel", "station")
    ),
    *(Column(name, UtcTime) for name in ("received_at", "due_at", "scanned_at", "finished_at", "filed_at")),
    Column("received_day", Date),
    Column("resolved_day", Date),
    *(
        Column(name, Integer)
        for name in ("number", "slot", "online", "needs", "in_scope", "must", "timing", "certification")
    ),
)


def fill_office(url: str, engine: Engine, count: int, seed: int) -> None:
    """Fill an empty database with so many dossiers, about five papers each."""
    database = make_database(url)
    database.migrate()
    with database.transaction() as tx:
        tx.catalogue.seed()
        units = [
            unit for unit in tx.catalogue.units() if unit.takes_dossiers and unit.valid_on(date(2022, 1, 1))
        ]
        procedures = [one for one in tx.catalogue.procedures() if one.valid_from is None]
        for unit in units:
            for number in (1, 2):
                name = f"{unit.code}-{number}"
                tx.stations.add(Station(StationId(name), name, unit.code), f"key-{name}", _at(FIRST, 0))
    database.close()
    with engine.begin() as connection:
        made.drop(connection, checkfirst=True)
        made.create(connection)
    for chunk in _chunks(_cases(Random(seed), count, units, procedures)):
        with engine.begin() as connection:
            fill_table(connection, made, chunk)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        _spread(connection)
        made.drop(connection)


# --- one dossier ---


def _cases(rng: Random, count: int, units: list[OrgUnit], procedures: list[Procedure]) -> Iterator[Row]:
    wards = [unit for unit in units if unit.level == "commune"]
    agencies = [unit for unit in units if unit.level != "commune"]
    by_unit = {
        **{unit.code: [one for one in procedures if "commune" in one.level] for unit in wards},
        **{unit.code: procedures[n :: len(agencies)] for n, unit in enumerate(agencies)},
    }
    for number in range(count):
        unit = rng.choice(wards if rng.random() < 0.7 else agencies)
        known = by_unit[unit.code]
        yield _case(rng, number, unit.code, known[int(len(known) * rng.random() ** 2)])


def _case(rng: Random, number: int, unit: str, procedure: Procedure) -> Row:
    day = FIRST + timedelta(days=rng.randrange(DAYS))
    took, promised = rng.randrange(0, 12), rng.randrange(3, 12)
    received, scanned = _at(day, 8 * 3600 + number % 20_000), _at(day, 8 * 3600 + number % 20_000 + 600)
    resolved = day + timedelta(days=took) if rng.random() < 0.98 else None
    in_scope = int(not procedure.certification and not procedure.exempt)
    finished = _at(resolved, 15 * 3600 + number % 3600) if resolved else None
    filed = (
        finished + timedelta(days=rng.randrange(1, 20))
        if finished and in_scope and rng.random() < 0.97
        else None
    )
    code = DossierCode(f"H58.30-{day:%y%m%d}-{number % 1_000_000:06}")
    channel = rng.choices(("counter", "online", "post"), (62, 35, 3))[0]
    return {
        "code": code, "unit": unit, "procedure": procedure.code, "domain": procedure.domain,
        "level": procedure.level, "channel": channel, "station": f"{unit}-{1 + number % 2}",
        "received_at": received, "due_at": _at(day + timedelta(days=promised), 17 * 3600),
        "scanned_at": scanned if in_scope else None, "finished_at": finished, "filed_at": filed,
        "received_day": day, "resolved_day": resolved, "number": number, "slot": slot_of(code),
        "online": int(channel == "online"), "needs": int(procedure.needs_result),
        "in_scope": int(in_scope and procedure.needs_result), "must": COMPONENTS * in_scope,
        "timing": None if resolved is None else (took > promised) - (took < promised),
        "certification": int(procedure.certification),
    }  # fmt: skip


def _at(day: date, seconds: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM).astimezone(UTC) + timedelta(seconds=seconds)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == PER_CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


# --- what stands where ---


def _spread(connection: Connection) -> None:
    with _indexed_afterwards(connection):
        _case_data(connection)
        stations = connection.execute(select(made.c.station, made.c.unit).distinct()).all()
        for station, unit in stations:
            batch = {"id": f"b-{station}", "station": station, "unit": unit, "operator": "x"}
            connection.execute(insert(batches), {**batch, "opened_at": _at(FIRST, 0)})
            _papers(connection, station)
        _facts(connection)


@contextmanager
def _indexed_afterwards(connection: Connection) -> Iterator[None]:
    """An index that is made once all rows are there takes a fraction of the time, and is the same."""
    indexes = [index for table in FILLED for index in sorted(table.indexes, key=lambda one: str(one.name))]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _into(connection: Connection, table: Table, values: dict[str, Any], *conditions: Any) -> None:
    query = select(*values.values()).where(*conditions)
    connection.execute(insert(table).from_select(list(values), query))


def _case_data(connection: Connection) -> None:
    same = {name: made.c[name] for name in ("procedure", "unit", "received_at", "due_at", "channel")}
    told = {**same, "status": literal(""), "components_required": literal(COMPONENTS)}
    end = {"finished_at": made.c.finished_at, "resolved_at": made.c.finished_at}
    now = {"code": made.c.code, "version": case((made.c.finished_at.is_(None), 1), else_=2)}
    source = {"source": literal("bench")}
    changed = case((made.c.finished_at.is_(None), made.c.received_at), else_=made.c.finished_at)
    _into(connection, dossiers, {**now, **source, "changed_at": changed, "slot": made.c.slot, **told, **end})
    first = {"code": made.c.code, "version": literal(1), "valid_from": made.c.received_at}
    _into(connection, dossier_history, {**first, **source, "valid_to": made.c.finished_at, **told})
    second = {"code": made.c.code, "version": literal(2), "valid_from": made.c.finished_at}
    done = made.c.finished_at.is_not(None)
    _into(connection, dossier_history, {**second, **source, **told, **end}, done)


def _papers(connection: Connection, station: str) -> None:
    """Five components when the dossier is scanned, and the result."""
    numbers = union_all(*(select(literal(n).label("n")) for n in range(COMPONENTS + 1))).subquery("numbers")
    is_result = numbers.c.n == 0
    at = case((is_result, made.c.filed_at), else_=made.c.scanned_at)
    role = case((is_result, "result"), else_="component")
    officer = f"clerk-{station}"
    confirmation = {"by": officer, "tag": {"component": None}}
    key = "r-" + made.c.code + "-" + _text(numbers.c.n)
    where = (made.c.station == station, at.is_not(None))
    empty = {name: literal([], json_column()) for name in ("fields", "proposals", "review_reasons")}
    row = {
        "id": key, "batch": "b-" + made.c.station, "file_sequence": made.c.number, "first_page": numbers.c.n + 1,
        "unit": made.c.unit, "state": literal("filed"), "created_at": at, "version": literal(4),
        "is_cover": literal(False), "document_type": literal("QD"), **empty,
        "confirmation": literal(confirmation, json_column()), "dossier_code": made.c.code, "role": role,
        "filed_at": at, "filing_parked": literal(False), "state_at": at, "attempts": literal(0),
    }  # fmt: skip
    note = {
        "record": key, "version": literal(4), "at": at, "actor": literal("pipeline"), "action": literal("filed"),
        "state": literal("filed"), "dossier_code": made.c.code, "role": role,
        "snapshot": literal({"confirmation": confirmation}, json_column()),
    }  # fmt: skip
    for table, values in ((records, row), (record_history, note)):
        query = select(*values.values()).select_from(made.join(numbers, literal(True))).where(*where)
        connection.execute(insert(table).from_select(list(values), query))


def _text(column: Any) -> Any:
    return column.cast(String)


def _facts(connection: Connection) -> None:
    """What the program keeps of each dossier after each change."""
    told, scanned, finished, filed = (
        made.c[name] for name in ("received_at", "scanned_at", "finished_at", "filed_at")
    )
    is_scanned = scanned.is_not(None)
    _state(connection, literal(1), told, case((is_scanned, scanned), else_=finished), {})
    seen = {
        "done": made.c.must,
        "papers": literal(1),
        "filed": literal(COMPONENTS),
        "papers_digest": _digest(range(1, COMPONENTS + 1)),
        "station": made.c.station,
        "officer": "clerk-" + made.c.station,
    }
    _state(connection, literal(2), scanned, finished, seen, is_scanned)
    end = {"resolved_day": made.c.resolved_day, "timing": made.c.timing, "case_version": literal(2)}
    whole = {
        "has": literal(1),
        "filed": literal(COMPONENTS + 1),
        "papers_digest": _digest(range(COMPONENTS + 1)),
    }
    _state(connection, literal(3), finished, filed, {**seen, **end}, is_scanned, finished.is_not(None))
    _state(connection, literal(2), finished, filed, end, ~is_scanned, finished.is_not(None))
    _state(connection, literal(4), filed, None, {**seen, **end, **whole}, filed.is_not(None))


_SAME = (
    "unit", "slot", "procedure", "domain", "level", "channel", "received_day", "online", "needs", "in_scope", "must",
    "certification",
)  # fmt: skip


def _digest(numbers: Iterable[int]) -> Any:
    """Of the papers of a dossier with these numbers, as _papers makes them."""
    texts = ["r-" + made.c.code + f"-{number}:4" for number in numbers]
    return digest_of(reduce(lambda text, other: text + "\n" + other, texts))


def _state(
    connection: Connection, version: Any, since: Any, until: Any, other: dict[str, Any], *which: Any
) -> None:
    values: dict[str, Any] = {name: made.c[name] for name in _SAME}
    values |= {name: literal("?") for name in ("station", "officer")}
    values |= {"due_day": local_day(made.c.due_at), "case_version": literal(1), "papers_digest": literal("")}
    values |= {
        name: literal(0) for name in FACTS if name not in values and name not in ("resolved_day", "timing")
    }
    values |= other | {"code": made.c.code, "version": version, "valid_from": since}
    if until is not None:
        values["valid_to"] = until
    _into(connection, case_facts, values, and_(*which) if which else literal(True))
