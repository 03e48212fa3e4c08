"""Dossiers as the case system knows them, now and at any past moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    update,
)

from records.coverage import VIETNAM
from records.dossier import Channel, Dossier, Upserted
from records.errors import DossierUnknown
from records.ids import DossierCode, ProcedureCode, UnitCode
from records.staff import Scope
from records.succession import slot_of
from storage.among import among
from storage.case_facts import CaseFacts
from storage.cursors import Cursor, Keyset, Slice
from storage.many_rows import insert_rows
from storage.scopes import within
from storage.tables import dossier_history, dossiers
from storage.unindexed import still_open

CHUNK = 1000
_IMPORT_LOCK = 0x50_48_4F_41  # of PostgreSQL's advisory locks: imports come one after the other

_CASE = (
    "procedure", "unit", "received_at", "due_at", "finished_at", "returned_at", "resolved_at", "status",
    "channel", "owner", "components_required",
)  # fmt: skip
T = TypeVar("T")
_BY_CODE = Keyset((dossiers.c.received_at, dossiers.c.code))


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a portion of dossiers."""

    new: list[DossierCode]
    versions: dict[DossierCode, int]  # of those that changed: the version that they have now
    size: int

    @property
    def touched(self) -> list[DossierCode]:
        return [*self.new, *self.versions]

    @property
    def counts(self) -> Upserted:
        return Upserted(len(self.new), len(self.versions), self.size - len(self.touched))


class Dossiers:
    """The dossiers table; what it said before lies in dossier_history."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._facts = CaseFacts(connection)

    # --- from the case system ---

    def upsert(self, cases: Iterable[Dossier], source: str, at: datetime) -> Upserted:
        """Put dossiers in or bring them up to date; a dossier that says the same as before changes nothing.

        Takes any number, a few hundred in memory at a time. Their units must be known.
        """
        self.take_turns()
        total = Upserted(0, 0, 0)
        for chunk in chunks(cases, lambda case: case.code):
            written = self.write(chunk, source, at)
            self._facts.restate(written.touched, at)
            total += written.counts
        return total

    def take_turns(self) -> None:
        """Wait for whoever else takes dossiers in, until the transaction ends.

        PostgreSQL finds them by index until then: planning for a thousand at once, it would walk through all.
        """
        if self._connection.dialect.name == "postgresql":
            by_index = func.set_config("plan_cache_mode", "force_generic_plan", literal(True))
            self._connection.execute(select(func.pg_advisory_xact_lock(_IMPORT_LOCK), by_index))

    def write(self, chunk: Mapping[DossierCode, Dossier], source: str, at: datetime) -> Written:
        """Make the rows say what these dossiers say, and note each change; counting them anew is the caller's."""
        found = self.compared(chunk)
        self._insert([chunk[code] for code in found.new], source, at)
        self._change([chunk[code] for code in found.versions], found.versions, source, at)
        return found

    def compared(self, chunk: Mapping[DossierCode, Dossier]) -> Written:
        """What `write` would do, without doing it."""
        query = select(dossiers).where(among(dossiers.c.code, chunk))
        known = {row["code"]: row for row in self._connection.execute(query).mappings().all()}
        new = [code for code in chunk if code not in known]
        changed = [code for code in chunk if code in known and read_dossier(known[code]) != chunk[code]]
        return Written(new, {code: known[code]["version"] + 1 for code in changed}, len(chunk))

    def _insert(self, new: list[Dossier], source: str, at: datetime) -> None:
        rows = [
            {
                "code": case.code,
                "version": 1,
                "source": source,
                "changed_at": at,
                "slot": slot_of(case.code),
                **_case(case),
            }
            for case in new
        ]
        insert_rows(self._connection, dossiers, rows)
        if new:
            said = {name: dossiers.c[name] for name in ("code", "version", "source", *_CASE)}
            which = among(dossiers.c.code, [case.code for case in new])
            query = select(*said.values(), dossiers.c.changed_at).where(which)
            self._connection.execute(insert(dossier_history).from_select([*said, "valid_from"], query))

    def _change(
        self, changed: list[Dossier], versions: Mapping[DossierCode, int], source: str, at: datetime
    ) -> None:
        """Note in the history what is so now, and have it stand in the rows of these."""
        if not changed:
            return
        old = among(dossier_history.c.code, versions), still_open(dossier_history.c.valid_to)
        self._connection.execute(update(dossier_history).where(*old).values(valid_to=at))
        notes = [
            {
                "code": case.code,
                "version": versions[case.code],
                "source": source,
                "valid_from": at,
                **_case(case),
            }
            for case in changed
        ]
        insert_rows(self._connection, dossier_history, notes)
        said = {name: dossier_history.c[name] for name in ("version", "source", *_CASE)}
        follow = update(dossiers).where(
            among(dossiers.c.code, versions),
            dossier_history.c.code == dossiers.c.code,
            dossier_history.c.version == dossiers.c.version + 1,
        )
        self._connection.execute(follow.values(said | {"changed_at": dossier_history.c.valid_from}))

    # --- what people and the pipeline ask ---

    def get(self, code: DossierCode, scope: Scope) -> Dossier:
        """A dossier within the scope; raises DossierUnknown."""
        query = select(dossiers).where(dossiers.c.code == code, within(scope, dossiers.c.unit))
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise DossierUnknown()
        return read_dossier(row)

    def known(self, codes: Iterable[DossierCode]) -> frozenset[DossierCode]:
        """Those of the codes that have been imported, whatever their unit."""
        query = select(dossiers.c.code).where(among(dossiers.c.code, codes))
        return frozenset(DossierCode(code) for code in self._connection.execute(query).scalars())

    def many(self, codes: Iterable[DossierCode]) -> dict[DossierCode, Dossier]:
        """Those of the codes that have been imported, as dossiers, whatever their unit."""
        query = select(dossiers).where(among(dossiers.c.code, codes))
        found = (read_dossier(row) for row in self._connection.execute(query).mappings())
        return {one.code: one for one in found}

    def codes_received(self, begin: datetime, end: datetime, most: int = 20_000) -> frozenset[DossierCode]:
        """The codes of the dossiers received in this time, whatever their unit."""
        query = select(dossiers.c.code).where(dossiers.c.received_at >= begin, dossiers.c.received_at < end)
        found = self._connection.execute(query.order_by(dossiers.c.received_at).limit(most)).scalars()
        return frozenset(DossierCode(code) for code in found)

    def open_on(
        self, unit: UnitCode, procedures: Iterable[ProcedureCode], day: date, most: int
    ) -> tuple[Dossier, ...]:
        """Dossiers of a unit and of these procedures that were received by this day and not resolved before it."""
        begin = datetime.combine(day, time(), VIETNAM)
        query = select(dossiers).where(
            dossiers.c.unit == unit,
            dossiers.c.procedure.in_(list(procedures)),
            dossiers.c.received_at < begin + timedelta(days=1),
            or_(dossiers.c.resolved_at.is_(None), dossiers.c.resolved_at >= begin),
        )
        newest = query.order_by(dossiers.c.received_at.desc(), dossiers.c.code).limit(most)
        return tuple(read_dossier(row) for row in self._connection.execute(newest).mappings())

    def as_of(self, code: DossierCode, moment: datetime) -> Dossier | None:
        """What was known of a dossier at a past moment."""
        columns = dossier_history.c
        query = select(dossier_history).where(
            columns.code == code,
            columns.valid_from <= moment,
            or_(columns.valid_to.is_(None), columns.valid_to > moment),
        )
        row = self._connection.execute(query).mappings().first()
        return None if row is None else read_dossier(row)

    def told(self, code: DossierCode) -> tuple[tuple[datetime, str], ...]:
        """When something new was said of a dossier, and by which source, the first first."""
        columns = dossier_history.c
        query = select(columns.valid_from, columns.source).where(columns.code == code)
        return tuple((at, source) for at, source in self._connection.execute(query.order_by(columns.version)))

    def list(
        self,
        scope: Scope,
        *,
        unit: UnitCode | None = None,
        procedure: ProcedureCode | None = None,
        received_from: datetime | None = None,
        received_before: datetime | None = None,
        resolved: bool | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Slice[Dossier]:
        """Dossiers that meet all conditions given, in the order of reception."""
        conditions = _filters(unit, procedure)
        if received_from is not None:
            conditions.append(dossiers.c.received_at >= received_from)
        if received_before is not None:
            conditions.append(dossiers.c.received_at < received_before)
        if resolved is not None:
            is_resolved = dossiers.c.resolved_at.is_not(None)
            conditions.append(is_resolved if resolved else not_(is_resolved))
        return self._sliced(scope, conditions, after, limit)

    def newest(self, scope: Scope, limit: int, *, code_has: str = "") -> tuple[Dossier, ...]:
        """The dossiers received last; with `code_has`, of those in whose code these characters stand."""
        query = select(dossiers).where(within(scope, dossiers.c.unit))
        if code_has:
            query = query.where(dossiers.c.code.contains(code_has, autoescape=True))
        newest_first = query.order_by(dossiers.c.received_at.desc(), dossiers.c.code.desc()).limit(limit)
        return tuple(read_dossier(row) for row in self._connection.execute(newest_first).mappings())

    def _sliced(
        self, scope: Scope, conditions: Sequence[ColumnElement[bool]], after: Cursor | None, limit: int
    ) -> Slice[Dossier]:
        query: Select[tuple[object]] = select(dossiers).where(within(scope, dossiers.c.unit), *conditions)
        found = self._connection.execute(_BY_CODE.apply(query, after, limit)).mappings().all()
        rows, following = _BY_CODE.cut(found, limit)
        return Slice(tuple(read_dossier(row) for row in rows), following)


def _filters(unit: UnitCode | None, procedure: ProcedureCode | None) -> list[ColumnElement[bool]]:
    wanted = {dossiers.c.unit: unit, dossiers.c.procedure: procedure}
    return [column == value for column, value in wanted.items() if value is not None]


def chunks(told: Iterable[T], code_of: Callable[[T], DossierCode]) -> Iterator[dict[DossierCode, T]]:
    """What is told in portions, no code twice in one: a later row of the same code is a change of the earlier."""
    chunk: dict[DossierCode, T] = {}
    for one in told:
        code = code_of(one)
        if len(chunk) == CHUNK or code in chunk:
            yield chunk
            chunk = {}
        chunk[code] = one
    if chunk:
        yield chunk


def _case(case: Dossier) -> dict[str, object]:
    return {
        "procedure": case.procedure,
        "unit": case.unit,
        "received_at": case.received_at,
        "due_at": case.due_at,
        "finished_at": case.finished_at,
        "returned_at": case.returned_at,
        "resolved_at": case.resolved_at,
        "status": case.status,
        "channel": case.channel.value if case.channel else None,
        "owner": case.owner,
        "components_required": case.components_required,
    }


def read_dossier(row: RowMapping) -> Dossier:
    """A row of dossiers or of dossier_history as the dossier that it describes."""
    return Dossier(
        code=DossierCode(row["code"]),
        procedure=ProcedureCode(row["procedure"]),
        unit=UnitCode(row["unit"]),
        received_at=row["received_at"],
        due_at=row["due_at"],
        finished_at=row["finished_at"],
        returned_at=row["returned_at"],
        status=row["status"],
        channel=Channel(row["channel"]) if row["channel"] else None,
        owner=row["owner"],
        components_required=row["components_required"],
    )
