"""Dated data that decisions change: org units, procedures, document types, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, Table, insert, or_, select, update

from records import default_data
from records.errors import InvalidValue, NotFound
from records.ids import DocumentTypeCode, ProcedureCode, UnitCode
from records.indicator_versions import timeline
from records.org_unit import OrgUnit, Succession
from records.procedure import DocumentType, Indicator, Procedure
from records.staff import WHOLE_OFFICE, Scope, Staff
from storage.codecs import encode
from storage.columns import SINCE_EVER
from storage.indicator_versions import IndicatorVersions
from storage.inserts import insert_new
from storage.tables import document_types, indicators, org_units, procedures, successions


class Catalogue:
    """The tables of dated data, in the order in which the office lists them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seed(self) -> None:
        """Put in the default data of the project where there is none; what is there, edited or not, stays."""
        self._add(org_units, [vars_of(unit) for unit in default_data.org_units()])
        self._add(successions, [vars_of(one) for one in default_data.successions()], ordered=False)
        self._add(procedures, [_dated(vars_of(one)) for one in default_data.procedures()])
        self._add(document_types, [vars_of(one) for one in default_data.document_types()])
        self._add(indicators, [_dated(vars_of(one)) for one in default_data.indicators()])

    def add_units(self, units: Sequence[OrgUnit]) -> None:
        """Put in org units that are new; a code is never used again for another unit."""
        self._add(org_units, [vars_of(unit) for unit in units])

    def units(self) -> tuple[OrgUnit, ...]:
        """All org units, also those that have ended."""
        return tuple(_unit(row) for row in self._rows(org_units))

    def unit(self, code: UnitCode) -> OrgUnit:
        """One org unit; raises NotFound."""
        query = select(org_units).where(org_units.c.code == code)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("no org unit with this code")
        return _unit(row)

    def successions(self) -> tuple[Succession, ...]:
        """Who follows whom, with shares."""
        query = select(successions).order_by(successions.c.unit, successions.c.successor)
        return tuple(
            Succession(UnitCode(row["unit"]), UnitCode(row["successor"]), row["share"])
            for row in self._connection.execute(query).mappings()
        )

    def successions_in_force(self, on: date, as_of: datetime | None = None) -> tuple[Succession, ...]:
        """Who has followed whom by a day, by what was known here at a moment (else: now)."""
        columns = successions.c
        query = (
            select(columns.unit, columns.successor, columns.share)
            .join(org_units, org_units.c.code == columns.unit)
            .where(org_units.c.valid_to < on)
        )
        if as_of is not None:
            query = query.where(or_(columns.recorded_at.is_(None), columns.recorded_at <= as_of))
        return tuple(
            Succession(UnitCode(row.unit), UnitCode(row.successor), row.share)
            for row in self._connection.execute(query)
        )

    def merge(self, unit: UnitCode, last_day: date, into: Mapping[UnitCode, float], at: datetime) -> None:
        """End a unit on a day; the day after, its successors answer for its dossiers, by shares that add up to 1.

        Raises NotFound for units that are not known, InvalidValue for shares that do not add up, and for a unit
        that has ended already: what was decided once is not decided again.
        """
        ending = self.unit(unit)
        for successor in into:
            self.unit(successor)
        if ending.valid_to is not None or unit in into or any(share <= 0 for share in into.values()):
            raise InvalidValue("this unit has ended already, or cannot go over to these", field="unit")
        if abs(sum(into.values()) - 1) > 1e-6:
            raise InvalidValue("shares add up to 1", field="successors")
        ended = update(org_units).where(org_units.c.code == unit).values(valid_to=last_day)
        self._connection.execute(ended)
        rows = [
            {"unit": unit, "successor": successor, "share": share, "recorded_at": at}
            for successor, share in into.items()
        ]
        self._connection.execute(insert(successions), rows)

    def procedures(self, on: date | None = None) -> tuple[Procedure, ...]:
        """The procedures in every version, or those valid on a day."""
        return tuple(_procedure(row) for row in self._rows(procedures) if on is None or _valid_on(row, on))

    def procedure_of(self, code: ProcedureCode, day: date) -> Procedure | None:
        """The version of a procedure that a dossier received on a day goes by: that of the day, else the first."""
        versions = sorted(
            (one for one in self.procedures() if one.code == code), key=lambda one: one.valid_from or date.min
        )
        begun = [one for one in versions if (one.valid_from or date.min) <= day]
        return next(iter(begun[-1:] or versions), None)

    def document_types(self) -> tuple[DocumentType, ...]:
        """The taxonomy of papers."""
        return tuple(_document_type(row) for row in self._rows(document_types))

    def indicators(self, on: date | None = None, as_of: datetime | None = None) -> tuple[Indicator, ...]:
        """The indicators from day to day, or those of a day, by what was known here at a moment (else: now)."""
        shipped = [_indicator(row) for row in self._rows(indicators)]
        found = timeline(shipped, IndicatorVersions(self._connection).list(), as_of)
        return tuple(one for one in found if on is None or one.valid_on(on))

    def expand(self, units: Iterable[UnitCode]) -> frozenset[UnitCode]:
        """These units and everything below them."""
        below: dict[UnitCode | None, list[UnitCode]] = {}
        for unit in self.units():
            below.setdefault(unit.parent, []).append(unit.code)
        found: set[UnitCode] = set()
        waiting = list(units)
        while waiting:
            code = waiting.pop()
            if code not in found:
                found.add(code)
                waiting.extend(below.get(code, ()))
        return frozenset(found)

    def scope_of(self, staff: Staff) -> Scope:
        """What an account's queries may see."""
        return WHOLE_OFFICE if staff.everywhere else Scope(self.expand(staff.units))

    def _add(self, table: Table, rows: list[dict[str, object]], *, ordered: bool = True) -> None:
        numbered = [row | {"position": place} for place, row in enumerate(rows)] if ordered else rows
        insert_new(self._connection, table, numbered)

    def _rows(self, table: Table) -> Sequence[RowMapping]:
        key = tuple(table.primary_key.columns)
        return self._connection.execute(select(table).order_by(table.c.position, *key)).mappings().all()


def vars_of(value: OrgUnit | Succession | Procedure | DocumentType | Indicator) -> dict[str, object]:
    """The fields of a row of data: dates as they are, tuples as JSON lists."""
    return {
        name: encode(field) if isinstance(field, tuple) else field
        for name, field in ((name, getattr(value, name)) for name in value.__dataclass_fields__)
    }


def _dated(row: Mapping[str, object]) -> dict[str, object]:
    return {**row, "valid_from": row["valid_from"] or SINCE_EVER}


def _since(row: RowMapping) -> date | None:
    first: date = row["valid_from"]
    return None if first == SINCE_EVER else first


def _valid_on(row: RowMapping, day: date) -> bool:
    return bool(row["valid_from"] <= day) and (row["valid_to"] is None or bool(day <= row["valid_to"]))


def _unit(row: RowMapping) -> OrgUnit:
    return OrgUnit(
        code=UnitCode(row["code"]),
        name=row["name"],
        kind=row["kind"],
        level=row["level"],
        parent=None if row["parent"] is None else UnitCode(row["parent"]),
        symbol=row["symbol"],
        takes_dossiers=row["takes_dossiers"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        confidence=row["confidence"],
    )


def _procedure(row: RowMapping) -> Procedure:
    return Procedure(
        code=ProcedureCode(row["code"]),
        name=row["name"],
        domain=row["domain"],
        level=row["level"],
        certification=row["certification"],
        exempt=row["exempt"],
        result_types=tuple(DocumentTypeCode(code) for code in row["result_types"]),
        needs_result=row["needs_result"],
        valid_from=_since(row),
        valid_to=row["valid_to"],
        confidence=row["confidence"],
    )


def _document_type(row: RowMapping) -> DocumentType:
    return DocumentType(
        code=DocumentTypeCode(row["code"]),
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        role=row["role"],
        titles=tuple(row["titles"]),
        domain=row["domain"],
        number_pattern=row["number_pattern"],
        fields=tuple(row["fields"]),
        retention=row["retention"],
        digitize_rule=row["digitize_rule"],
        confidence=row["confidence"],
    )


def _indicator(row: RowMapping) -> Indicator:
    return Indicator(
        id=row["id"],
        group=row["group"],
        name=row["name"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        threshold=row["threshold"],
        max_points=row["max_points"],
        score_rule=row["score_rule"],
        valid_from=_since(row),
        valid_to=row["valid_to"],
    )
