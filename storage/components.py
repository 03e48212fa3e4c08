"""Components of procedures and of dossiers, with their history: what must be digitized, and what is exempt and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, delete, insert, or_, select, update

from records.components import DeclaredComponents, DossierComponent, MustDigitize, ProcedureComponent
from records.dossier import ExemptionReason
from records.errors import NotFound
from records.ids import DossierCode, ProcedureCode
from storage.among import among
from storage.case_facts import CaseFacts
from storage.columns import SINCE_EVER
from storage.component_rows import ComponentRows, Key, Known, changes, read_component
from storage.tables import dossiers
from storage.tables_coverage import dossier_component_history, procedure_components
from storage.tables_owners import reused_components

_CHUNK = 500
_STANDS = procedure_components.c.superseded_at.is_(None)


@dataclass(frozen=True, slots=True)
class ComponentVersion:
    """One entry of a component's history."""

    at: datetime  # UTC
    actor: str
    component: DossierComponent | None  # None: no longer listed


class Components:
    """The component lists of procedures, the components of dossiers, and why some are not digitized."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._facts = CaseFacts(connection)
        self._rows = ComponentRows(connection)

    # --- of procedures ---

    def add_to_procedures(self, components: Sequence[ProcedureComponent], at: datetime) -> int:
        """Put dated components in or change them; a later version ends the one before it. Returns how many changed.

        Dossiers of these procedures are counted anew from this moment on.
        """
        changed = [one for one in components if self._add_to_procedure(one, at)]
        procedures = sorted({one.procedure for one in changed})
        for begin in range(0, len(procedures), _CHUNK):
            self._restate_dossiers_of(procedures[begin : begin + _CHUNK], at)
        return len(changed)

    def of_procedure(
        self, procedure: ProcedureCode, on: date | None = None
    ) -> tuple[ProcedureComponent, ...]:
        """The components of a procedure in every version, or those of a day."""
        listed = procedure_components.c
        query = select(procedure_components).where(listed.procedure == procedure, _STANDS)
        if on is not None:
            query = query.where(
                listed.valid_from <= on, or_(listed.valid_to.is_(None), listed.valid_to >= on)
            )
        rows = self._connection.execute(query.order_by(listed.component, listed.valid_from)).mappings()
        return tuple(_procedure_component(row) for row in rows)

    def _add_to_procedure(self, one: ProcedureComponent, at: datetime) -> bool:
        known = [old for old in self.of_procedure(one.procedure) if old.component == one.component]
        first = one.valid_from or SINCE_EVER
        later = [
            begun - timedelta(days=1) for old in known if (begun := old.valid_from or SINCE_EVER) > first
        ]
        new = replace(one, valid_to=min((day for day in (one.valid_to, *later) if day), default=None))
        if new in known:
            return False
        for old in known:
            self._give_way(old, first, at)
        self._insert_rule(new, at)
        return True

    def _give_way(self, old: ProcedureComponent, first: date, at: datetime) -> None:
        """An earlier version ends the day before the new one; one that begins on the same day is superseded."""
        begun = old.valid_from or SINCE_EVER
        if begun > first or (old.valid_to is not None and old.valid_to < first):
            return
        listed = procedure_components.c
        stood = and_(
            listed.procedure == old.procedure,
            listed.component == old.component,
            listed.valid_from == begun,
            _STANDS,
        )
        self._connection.execute(update(procedure_components).where(stood).values(superseded_at=at))
        if begun < first:
            self._insert_rule(replace(old, valid_to=first - timedelta(days=1)), at)

    def _insert_rule(self, one: ProcedureComponent, at: datetime) -> None:
        """Add a version; one that was noted at this very moment and has given way already never counted."""
        listed, begun = procedure_components.c, one.valid_from or SINCE_EVER
        same = (
            listed.procedure == one.procedure,
            listed.component == one.component,
            listed.valid_from == begun,
        )
        self._connection.execute(delete(procedure_components).where(*same, listed.recorded_at == at))
        row = {
            "procedure": one.procedure,
            "component": one.component,
            "valid_from": begun,
            "recorded_at": at,
            "superseded_at": None,
            "valid_to": one.valid_to,
            "name": one.name,
            "must_digitize": one.must_digitize.value,
            "confidence": one.confidence,
        }
        self._connection.execute(insert(procedure_components), row)

    def _restate_dossiers_of(self, procedures: Sequence[str], at: datetime) -> None:
        last = ""
        while True:
            query = select(dossiers.c.code).where(
                dossiers.c.procedure.in_(procedures), dossiers.c.code > last
            )
            codes = self._connection.execute(query.order_by(dossiers.c.code).limit(_CHUNK)).scalars().all()
            if not codes:
                return
            self._facts.restate(codes, at)
            last = codes[-1]

    # --- of dossiers ---

    def declare(self, lists: Iterable[DeclaredComponents], actor: str, at: datetime) -> frozenset[str]:
        """Take in what the case system lists for each dossier; exemptions and what is used again here stay.

        Returns the dossiers that changed.
        """
        touched = self.write_lists(lists, actor, at)
        self._facts.restate(touched, at)
        return touched

    def write_lists(
        self, lists: Iterable[DeclaredComponents], actor: str, at: datetime
    ) -> frozenset[DossierCode]:
        """As `declare`, but counting the dossiers anew is the caller's."""
        told = {one.dossier: one.components for one in lists}
        if not told:
            return frozenset()
        known = self._rows.of_dossiers(told)
        return self._rows.write(_wanted(told, known, self._used_again(told)), known, actor, at)

    def preview(self, lists: Iterable[DeclaredComponents]) -> frozenset[str]:
        """The dossiers that `declare` would change, without changing them."""
        told = {one.dossier: one.components for one in lists}
        known = self._rows.of_dossiers(told)
        wanted = _wanted(told, known, self._used_again(told))
        return frozenset(dossier for dossier, _ in changes(wanted, known))

    def reuse(
        self, dossier: DossierCode, component: str, reused: bool, actor: str, at: datetime
    ) -> DossierComponent:
        """Say that a component of a dossier is a paper that was digitised before, or that it no longer is."""
        known = self._rows.of_dossiers([dossier])
        old, _ = known.get((dossier, component), (DossierComponent(component, declared=False), 0))
        new = replace(old, reused=reused)
        gone = not (new.declared or new.reused or new.exempt_reason)
        self._change((dossier, component), None if gone else new, known, actor, at)
        return new

    def _used_again(self, codes: Iterable[str]) -> set[Key]:
        """The components for which a clerk of this office uses a filed paper again, whatever the case system says."""
        columns = reused_components.c
        query = select(columns.dossier, columns.component).where(
            among(columns.dossier, codes), columns.withdrawn_at.is_(None)
        )
        return {(dossier, component) for dossier, component in self._connection.execute(query)}

    def exempt(
        self, dossier: DossierCode, component: str, reason: ExemptionReason | None, actor: str, at: datetime
    ) -> DossierComponent:
        """Say why a component of a dossier is not digitized; without a reason, that it is to be after all."""
        known = self._rows.of_dossiers([dossier])
        old, _ = known.get((dossier, component), (DossierComponent(component, declared=False), 0))
        new = replace(old, exempt_reason=reason)
        gone = reason is None and not old.declared
        self._change((dossier, component), None if gone else new, known, actor, at)
        return new

    def _change(
        self,
        key: Key,
        new: DossierComponent | None,
        known: Known,
        actor: str,
        at: datetime,
    ) -> None:
        self._facts.restate(self._rows.write({key: new}, known, actor, at), at)

    def of_dossier(self, dossier: DossierCode) -> tuple[DossierComponent, ...]:
        """The components that are known of a dossier, by code."""
        found = self._rows.of_dossiers([dossier])
        return tuple(component for _, (component, _) in sorted(found.items()))

    def history(self, dossier: DossierCode, component: str) -> tuple[ComponentVersion, ...]:
        """Everything that was ever said of a component, the first first; raises NotFound."""
        columns = dossier_component_history.c
        query = select(dossier_component_history).where(
            columns.dossier == dossier, columns.component == component
        )
        rows = self._connection.execute(query.order_by(columns.version)).mappings().all()
        if not rows:
            raise NotFound("nothing was ever said of this component")
        return tuple(
            ComponentVersion(row["valid_from"], row["actor"], None if row["removed"] else read_component(row))
            for row in rows
        )


def _wanted(
    told: Mapping[DossierCode, Sequence[DossierComponent]],
    known: Known,
    used_again: set[Key],
) -> dict[Key, DossierComponent | None]:
    """What is to stand there after a list of the case system: exemptions and what is used again outlive it."""
    wanted: dict[Key, DossierComponent | None] = {
        (dossier, component.component): component
        for dossier, components in told.items()
        for component in components
    }
    for key, (old, _) in known.items():
        new = wanted.get(key)
        if new is None:
            stays = old.exempt_reason or key in used_again
            wanted[key] = replace(old, declared=False) if stays else None
        elif old.exempt_reason and new.exempt_reason is None:
            wanted[key] = replace(new, exempt_reason=old.exempt_reason)
    for key in used_again & wanted.keys():
        found = wanted[key]
        wanted[key] = replace(found, reused=True) if found else None
    return wanted


def _procedure_component(row: RowMapping) -> ProcedureComponent:
    first: date = row["valid_from"]
    return ProcedureComponent(
        procedure=ProcedureCode(row["procedure"]),
        component=row["component"],
        name=row["name"],
        must_digitize=MustDigitize(row["must_digitize"]),
        valid_from=None if first == SINCE_EVER else first,
        valid_to=row["valid_to"],
        confidence=row["confidence"],
    )
