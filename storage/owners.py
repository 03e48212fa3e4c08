"""Papers by their owner, and dossiers that use them again. The index holds keyed hashes, no id number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records.errors import NotFound, NotReusable
from records.ids import DocumentTypeCode, DossierCode, RecordId, UnitCode
from records.owner import DigitisedPaper, Ownership, ReusedComponent, owner_key, ownership
from records.record import Record, Role
from records.states import RecordState
from storage.tables import records
from storage.tables_owners import owner_entries, owner_secret, reused_components

_SAYS = owner_entries.c
_REUSED = reused_components.c
_RECEIPTS = 5000  # the newest ones are looked through for a dossier's: they have no index by code
_DOSSIER_KNOWN = (RecordState.CONFIRMED.value, RecordState.FILED.value, RecordState.COVER.value)


class Owners:
    """The owner_entries and reused_components tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- whose paper it is ---

    def note(self, record: Record) -> None:
        """Index what a record says about its owner; one without an id number is taken out of the index."""
        self._connection.execute(delete(owner_entries).where(_SAYS.record == record.id))
        found = ownership(record)
        if found is not None:
            self._connection.execute(owner_entries.insert(), self._row(record.id, found))

    def _row(self, record: RecordId, found: Ownership) -> dict[str, object]:
        return {
            "record": record,
            "owner_key": self._key(found.owner),
            "born": found.born,
            "issued": found.issued,
            "valid_to": found.valid_to,
        }

    def _key(self, owner: str) -> str:
        secret: str = self._connection.execute(select(owner_secret.c.secret)).scalar_one()
        return owner_key(bytes.fromhex(secret), owner)

    # --- what may be used again ---

    def digitised(
        self, owner: str, document_type: DocumentTypeCode | None, valid_on: date
    ) -> tuple[DigitisedPaper, ...]:
        """Filed papers of this owner, and of this type if one is given, that hold on this day, in the whole office,
        newest first."""
        query = _papers().where(_SAYS.owner_key == self._key(owner), _holds_on(valid_on))
        if document_type is not None:
            query = query.where(records.c.document_type == document_type)
        return self._newest(query)

    def fit_for(self, dossier: DossierCode, valid_on: date) -> tuple[DigitisedPaper, ...]:
        """What this dossier may use again: papers of other dossiers whose owner its own papers or its receipt name.

        Types that are filed in it already, and papers that it uses, are left out.
        """
        has = select(records.c.document_type).where(
            records.c.dossier_code == dossier, records.c.state == RecordState.FILED.value
        )
        uses = select(_REUSED.reused_from).where(_REUSED.dossier == dossier, _REUSED.withdrawn_at.is_(None))
        query = _papers().where(
            _SAYS.owner_key.in_(self._owners_of(dossier)),
            _holds_on(valid_on),
            records.c.dossier_code != dossier,
            records.c.document_type.not_in(has),
            records.c.id.not_in(uses),
        )
        return self._newest(query)

    def _newest(self, query: Select[Any]) -> tuple[DigitisedPaper, ...]:
        rows = self._connection.execute(query.order_by(records.c.filed_at.desc(), records.c.id).limit(50))
        return tuple(_paper(row) for row in rows)

    def _owners_of(self, dossier: DossierCode) -> list[str]:
        """The keys of the people whom a dossier's confirmed papers and its receipt name."""
        receipts = (
            select(records.c.id, records.c.cover_code)
            .where(records.c.state == RecordState.COVER.value)
            .order_by(records.c.created_at.desc())
            .limit(_RECEIPTS)
            .subquery()
        )
        named = select(records.c.id).where(records.c.dossier_code == dossier)
        named_by_receipt = select(receipts.c.id).where(receipts.c.cover_code == dossier)
        found = set[str]()
        for papers in (named, named_by_receipt):
            found |= set(
                self._connection.execute(select(_SAYS.owner_key).where(_SAYS.record.in_(papers))).scalars()
            )
        return sorted(found)

    def reuse(
        self,
        dossier: DossierCode,
        record: RecordId,
        owner: str | None,
        *,
        valid_on: date,
        component: str,
        actor: str,
        at: datetime,
    ) -> ReusedComponent:
        """Make a digitised paper this component of a dossier; repeating it changes nothing.

        Raises NotReusable unless it is filed, this owner's, holds on that day, and lies in another dossier. Without an
        owner, it must be somebody's whom the dossier's own papers name.
        """
        query = _papers().where(
            records.c.id == record,
            _SAYS.owner_key.in_([self._key(owner)] if owner else self._owners_of(dossier)),
            _holds_on(valid_on),
            records.c.dossier_code != dossier,
        )
        if self._connection.execute(query).first() is None:
            raise NotReusable()
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        row = {"dossier": dossier, "reused_from": record, "component": component, "at": at, "actor": actor}
        statement = dialect.insert(reused_components).values(row)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[_REUSED.dossier, _REUSED.reused_from],
                set_={"component": component, "at": at, "actor": actor, "withdrawn_at": None},
                where=_REUSED.withdrawn_at.is_not(None),
            )
        )
        return next(one for one in self.reused_in(dossier) if one.reused_from == record)

    def type_of(self, record: RecordId) -> DocumentTypeCode:
        """The type of a filed paper, whatever its unit; raises NotReusable."""
        query = select(records.c.document_type).where(
            records.c.id == record, records.c.state == RecordState.FILED.value
        )
        found = self._connection.execute(query).scalar()
        if found is None:
            raise NotReusable()
        return DocumentTypeCode(found)

    def withdraw(self, dossier: DossierCode, record: RecordId, at: datetime) -> None:
        """Take a re-used paper out of a dossier; the paper stays where it is filed. Raises NotFound."""
        here = and_(_REUSED.dossier == dossier, _REUSED.reused_from == record, _REUSED.withdrawn_at.is_(None))
        if (
            self._connection.execute(update(reused_components).where(here).values(withdrawn_at=at)).rowcount
            != 1
        ):
            raise NotFound("the dossier does not use this paper")

    def reused_in(self, dossier: DossierCode) -> tuple[ReusedComponent, ...]:
        """The papers that a dossier uses again, oldest first. One that is no longer filed does not count."""
        query = (
            select(reused_components, records.c.document_type)
            .join(records, records.c.id == _REUSED.reused_from)
            .where(
                _REUSED.dossier == dossier,
                _REUSED.withdrawn_at.is_(None),
                records.c.state == RecordState.FILED.value,
            )
            .order_by(_REUSED.at, _REUSED.reused_from)
        )
        return tuple(
            ReusedComponent(
                dossier=DossierCode(row["dossier"]),
                reused_from=RecordId(row["reused_from"]),
                document_type=DocumentTypeCode(row["document_type"]),
                component=row["component"] or row["document_type"],
                at=row["at"],
                actor=row["actor"],
            )
            for row in self._connection.execute(query).mappings()
        )

    # --- which dossiers a person has ---

    def dossiers_of(self, owner: str, born: date, limit: int = 20) -> tuple[DossierCode, ...]:
        """Dossiers that papers with this id number and day of birth belong to, the newest paper's first."""
        query = (
            select(records.c.dossier_code, records.c.cover_code)
            .join(owner_entries, _SAYS.record == records.c.id)
            .where(
                _SAYS.owner_key == self._key(owner),
                _SAYS.born == born,
                records.c.state.in_(_DOSSIER_KNOWN),
            )
            .order_by(records.c.created_at.desc(), records.c.id)
            .limit(limit)
        )
        return tuple(dict.fromkeys(_named(self._connection.execute(query))))


def _named(rows: Iterable[Any]) -> Iterator[DossierCode]:
    for tagged, cover in rows:
        if tagged or cover:
            yield DossierCode(tagged or cover)


def _papers() -> Select[Any]:
    return (
        select(
            records.c.id, records.c.document_type, _SAYS.issued, _SAYS.valid_to, records.c.dossier_code,
            records.c.role, records.c.unit, records.c.filed_at,
        )
        .join(owner_entries, _SAYS.record == records.c.id)
        .where(records.c.state == RecordState.FILED.value)
    )  # fmt: skip


def _holds_on(day: date) -> ColumnElement[bool]:
    return and_(
        or_(_SAYS.valid_to.is_(None), _SAYS.valid_to >= day), or_(_SAYS.issued.is_(None), _SAYS.issued <= day)
    )


def _paper(row: Row[Any]) -> DigitisedPaper:
    return DigitisedPaper(
        record=RecordId(row.id),
        document_type=DocumentTypeCode(row.document_type),
        issued=row.issued,
        valid_to=row.valid_to,
        dossier=DossierCode(row.dossier_code),
        role=Role(row.role),
        unit=UnitCode(row.unit),
        filed_at=row.filed_at,
    )
