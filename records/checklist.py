"""The components of a dossier as a checklist: what is there, what is used again, what is exempt, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from records.components import DossierComponent, MustDigitize, ProcedureComponent
from records.ids import RecordId

_ALWAYS = (MustDigitize.PRIOR_RESULT, MustDigitize.SECTOR_LAW, MustDigitize.PROVINCIAL_LIST)


class Standing(StrEnum):
    """Where a component stands; the same rules as coverage counts by (`counted`, storage.stated)."""

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


def standing(
    component: DossierComponent, rule: MustDigitize | None, *, filed: bool, in_reach: bool = True
) -> Standing:
    """Where a component stands; one that its procedure does not name is to be digitized: unknown never looks better.

    Of certification and exempt procedures (not `in_reach`) nothing need be digitized.

    >>> standing(DossierComponent("TP01"), MustDigitize.ON_DEMAND, filed=False)
    <Standing.NOT_NEEDED: 'not_needed'>
    """
    if filed:
        return Standing.DIGITISED
    if _elsewhere(component):
        return Standing.REUSED
    if component.exempt_reason:
        return Standing.EXEMPT
    return Standing.MISSING if in_reach and _asked(component, rule) else Standing.NOT_NEEDED


def _asked(component: DossierComponent, rule: MustDigitize | None) -> bool:
    return rule is None or rule in _ALWAYS or (rule is MustDigitize.ON_DEMAND and component.requested)


def counted(
    components: Collection[DossierComponent],
    rules: Mapping[str, MustDigitize],
    papers: Sequence[str | None],
    *,
    expected: int | None,
    in_reach: bool,
) -> tuple[int, int]:
    """How many components of a dossier must be digitized, and how many of them are: what storage.stated counts in SQL.

    `rules` are those of the procedure on the day of reception, `papers` the components that its filed papers are (None:
    not said which), `expected` the number that the case list gives. A component is there once, however many papers it
    has. A test holds the two against each other.

    >>> counted([], {"TP01": MustDigitize.SECTOR_LAW}, [None, None], expected=None, in_reach=True)
    (1, 1)
    """
    if not in_reach:
        return 0, 0
    unnamed, named = papers.count(None), {name for name in papers if name is not None}
    listed = [one for one in components if one.declared]
    if listed:
        must = [one for one in listed if not one.exempt_reason and _asked(one, rules.get(one.component))]
        return _at_most(len(must), unnamed + sum(one.component in named or _elsewhere(one) for one in must))
    if expected is not None:
        number = max(0, expected - sum(one.exempt_reason is not None for one in components))
        again = {one.component for one in components if _elsewhere(one)}
        return _at_most(number, unnamed + len(named | again))
    by_code = {one.component: one for one in components}
    ours = [by_code.get(code, DossierComponent(code)) for code, rule in rules.items() if rule in _ALWAYS]
    asked = [one for one in ours if not one.exempt_reason]
    return _at_most(len(asked), unnamed + sum(one.component in named or _elsewhere(one) for one in asked))


def _elsewhere(component: DossierComponent) -> bool:
    return component.reused or component.shared


def _at_most(must: int, there: int) -> tuple[int, int]:
    return must, min(there, must)


def checklist(
    components: Iterable[DossierComponent],
    rules: Iterable[ProcedureComponent],
    filed: Mapping[str, RecordId],
    reused: Mapping[str, RecordId],
    *,
    in_reach: bool = True,
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
        _checked(one, of_procedure.get(code), filed.get(code), reused.get(code), in_reach)
        for code, one in sorted(by_code.items())
    )


def _checked(
    one: DossierComponent,
    rule: ProcedureComponent | None,
    filed: RecordId | None,
    reused: RecordId | None,
    in_reach: bool,
) -> CheckedComponent:
    found = standing(one, rule.must_digitize if rule else None, filed=filed is not None, in_reach=in_reach)
    return CheckedComponent(one, found, filed or reused)
