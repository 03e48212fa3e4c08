"""What the dossiers of a list lack, and who holds it, as things stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, case, or_, select

from records.checklist import Standing, standing
from records.components import DossierComponent, MustDigitize
from records.coverage import VIETNAM
from records.dossier import Dossier
from records.gap import Holding, MissingCase
from records.ids import UnitCode
from records.record import Role
from records.states import RecordState
from storage.components import Components
from storage.tables import records
from storage.tables_coverage import case_facts

_RANK = {state: place for place, state in enumerate(Holding)}


class Holdings:
    """Reads records and components of a few dossiers at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._components = Components(connection)

    def of(self, dossiers: Sequence[Dossier], role: Role = Role.RESULT) -> tuple[MissingCase, ...]:
        """Each of the dossiers with what it lacks, and who has its result, or else a component."""
        codes = [one.code for one in dossiers]
        lacking, held, filed = self._lacking(codes), self._held(codes, role), self._filed(codes)
        found = []
        for one in dossiers:
            holding, unit = held.get(one.code, (Holding.NOT_SCANNED, one.unit))
            count = lacking.get(one.code, 0)
            found.append(MissingCase(one, count, self._named(one, filed) if count else (), holding, unit))
        return tuple(found)

    def _lacking(self, codes: Sequence[str]) -> dict[str, int]:
        query = select(case_facts.c.code, case_facts.c.must - case_facts.c.done).where(
            case_facts.c.code.in_(codes), case_facts.c.valid_to.is_(None)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def _held(self, codes: Sequence[str], role: Role) -> dict[str, tuple[Holding, UnitCode]]:
        """The paper that is nearest to being the result, or a component."""
        confirmed = and_(
            records.c.dossier_code.in_(codes),
            records.c.role == role.value,
            records.c.state == RecordState.CONFIRMED.value,
        )
        waiting = and_(records.c.proposed_dossier.in_(codes), records.c.state == RecordState.CLASSIFIED.value)
        state = case(
            (records.c.state == RecordState.CLASSIFIED.value, Holding.IN_REVIEW.value),
            (records.c.filing_parked, Holding.FILING_FAILED.value),
            else_=Holding.IN_FILING.value,
        )
        code = case((waiting, records.c.proposed_dossier), else_=records.c.dossier_code)
        query = select(code, state, records.c.unit).where(or_(confirmed, waiting)).order_by(records.c.id)
        found: dict[str, tuple[Holding, UnitCode]] = {}
        for dossier, holding, unit in self._connection.execute(query):
            if dossier not in found or _RANK[Holding(holding)] > _RANK[found[dossier][0]]:
                found[dossier] = (Holding(holding), UnitCode(unit))
        return found

    def _filed(self, codes: Sequence[str]) -> set[tuple[str, str]]:
        """The state is looked at here: asked for, SQLite would walk through all that is filed to find a few codes."""
        query = select(records.c.dossier_code, records.c.component, records.c.state).where(
            records.c.dossier_code.in_(codes)
        )
        return {
            (dossier, component)
            for dossier, component, state in self._connection.execute(query)
            if component is not None and state == RecordState.FILED.value
        }

    def _named(self, dossier: Dossier, filed: set[tuple[str, str]]) -> tuple[str, ...]:
        day = dossier.received_at.astimezone(VIETNAM).date()
        rules = {
            rule.component: rule.must_digitize
            for rule in self._components.of_procedure(dossier.procedure, day)
        }
        return tuple(
            one.component
            for one in self._components.of_dossier(dossier.code)
            if one.declared and self._is_missing(one, rules, (dossier.code, one.component) in filed)
        )

    @staticmethod
    def _is_missing(one: DossierComponent, rules: Mapping[str, MustDigitize], filed: bool) -> bool:
        return standing(one, rules.get(one.component), filed=filed) is Standing.MISSING
