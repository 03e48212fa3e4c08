"""The components of a dossier as a checklist: what is there, what is used again, what is exempt, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from records.components import DossierComponent, MustDigitize, ProcedureComponent
from records.ids import RecordId


class Standing(StrEnum):
    """Where a component stands; the same rules as coverage counts by (storage.stated)."""

    DIGITISED = "digitised"  # a paper of this dossier is filed as it
    REUSED = "reused"  # its data existed already: used again, or from the national store
    EXEMPT = "exempt"  # need not be digitized, for a reason that is kept
    NOT_NEEDED = "not_needed"  # its procedure does not ask for it, or only on demand
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CheckedComponent:
    component: DossierComponent
    standing: Standing
    record: RecordId | None = None  # the paper that is filed as it, or used again as it


def standing(component: DossierComponent, rule: MustDigitize | None, *, filed: bool) -> Standing:
    """Where a component stands; one that its procedure does not name is to be digitized: unknown never looks better.

    >>> standing(DossierComponent("TP01"), MustDigitize.ON_DEMAND, filed=False)
    <Standing.NOT_NEEDED: 'not_needed'>
    """
    if filed:
        return Standing.DIGITISED
    if component.reused or component.shared:
        return Standing.REUSED
    if component.exempt_reason:
        return Standing.EXEMPT
    if rule is MustDigitize.NO or (rule is MustDigitize.ON_DEMAND and not component.requested):
        return Standing.NOT_NEEDED
    return Standing.MISSING


def checklist(
    components: Iterable[DossierComponent],
    rules: Iterable[ProcedureComponent],
    filed: Mapping[str, RecordId],
    reused: Mapping[str, RecordId],
) -> tuple[CheckedComponent, ...]:
    """The components of a dossier by code, each with where it stands.

    Where the case system lists none, the procedure's own list takes its place. `filed` and `reused` give the paper for
    a component.
    """
    by_code, of_procedure = (
        {one.component: one for one in components},
        {rule.component: rule for rule in rules},
    )
    if not any(one.declared for one in by_code.values()):
        for code, rule in of_procedure.items():
            by_code.setdefault(code, DossierComponent(code, rule.name, declared=False))
    for code in filed:
        by_code.setdefault(code, DossierComponent(code, declared=False))
    return tuple(
        _checked(one, of_procedure.get(code), filed.get(code), reused.get(code))
        for code, one in sorted(by_code.items())
    )


def _checked(
    one: DossierComponent, rule: ProcedureComponent | None, filed: RecordId | None, reused: RecordId | None
) -> CheckedComponent:
    found = standing(one, rule.must_digitize if rule else None, filed=filed is not None)
    return CheckedComponent(one, found, filed or reused)
