"""Which dossier a paper belongs to: ranked proposals, each with the reasons that a person can check.

A bar code, a printed code and the receipt in front name a dossier. The applicant's id number with the day of birth
finds those of the same person; procedure, period and name tell which of several fits. A name alone proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from records.coverage import VIETNAM
from records.dossier import Dossier
from records.ids import DossierCode
from records.nearness import day_of, nearest, other_days
from records.owner import ownership_of
from records.record import AGAINST, IN_PRINT, NAMING_SOURCES, DossierProposal, ProposalReason, Record
from storage.database import Transaction
from workers.dossier_fit import PaperSays, said_by

OWNER_SOURCE, SIMILAR_SOURCE, PROCEDURE_SOURCE = "owner", "similar", "procedure"
_BY_OWNER, _BY_PROCEDURE = 0.5, 0.2
_BY_DISTANCE = {1: 0.45, 2: 0.3}
_EACH_FIT = 0.1  # for procedure, period and name; as much is taken off for each that speaks against it
_AGREED = 0.995  # two ways lead to the same dossier
_CONTRADICTED = 0.5  # … and of one in print that the rest of the paper speaks against
_NOT_IMPORTED = 0.5  # what a code that nobody knows is worth of its confidence, unless a bar code says it
_ALIKE_TRIED, _ALIKE_SHOWN = 60, 3  # dossiers with a code like the one that was read
_FEW = 5  # dossiers of a procedure and period that are still worth looking through
_DAY = timedelta(days=1)


def ranked(
    tx: Transaction, record: Record, named: Sequence[DossierProposal], day: date
) -> tuple[DossierProposal, ...]:
    """The proposals for a record that was just read, best first; `day` is when it was scanned.

    `named` are the dossiers that the paper or the receipt in front of it names.
    """
    found = {proposal.code: proposal for proposal in named}
    known = tx.dossiers.many(found)
    found = {code: _checked(proposal, code in known) for code, proposal in found.items()}
    paper = said_by(tx, record, day)
    for code in [code for code in found if code not in known or _misread(found[code], known[code], paper)]:
        _add(found, _similar(tx, code))
    _add(found, _of_owner(tx, record))
    if not found:
        _add(found, _of_procedure(tx, record, paper))
    known = tx.dossiers.many(found)
    fitted = (_fitted(one, known.get(one.code), paper) for one in found.values())
    return _without_the_least_alike(sorted(fitted, key=lambda one: -one.confidence))


def _without_the_least_alike(best_first: Sequence[DossierProposal]) -> tuple[DossierProposal, ...]:
    """The proposals, of those that are only like the code the few that fit best."""
    alike = [one.code for one in best_first if one.source == SIMILAR_SOURCE]
    return tuple(one for one in best_first if one.code not in alike[_ALIKE_SHOWN:])


def _misread(proposal: DossierProposal, dossier: Dossier, paper: PaperSays) -> bool:
    """Whether print names an imported dossier that the rest of the paper speaks against: perhaps a neighbour's code."""
    return proposal.source == IN_PRINT and any(reason in AGAINST for reason in paper.of(dossier))


def _fitted(proposal: DossierProposal, dossier: Dossier | None, paper: PaperSays) -> DossierProposal:
    """The proposal with what else speaks for it and against it; a code in bars or on a cover is as sure as before."""
    if dossier is None:
        return proposal
    reasons = tuple(paper.of(dossier))
    against = sum(reason in AGAINST for reason in reasons)
    confidence = proposal.confidence
    if proposal.source == IN_PRINT and against:
        confidence *= _CONTRADICTED
    elif proposal.source not in NAMING_SOURCES:
        confidence += _EACH_FIT * (len(reasons) - 2 * against)
    return _because(replace(proposal, confidence=round(max(0.05, confidence), 3)), *reasons)


def _checked(proposal: DossierProposal, is_known: bool) -> DossierProposal:
    """A code with whether it was imported; print that nobody knows is likely a misreading, a bar code is none."""
    if is_known:
        return _because(proposal, ProposalReason.IMPORTED)
    certain = proposal.source in ("barcode", "qr", "cover_sheet")
    confidence = proposal.confidence if certain else round(proposal.confidence * _NOT_IMPORTED, 3)
    return _because(replace(proposal, confidence=confidence), ProposalReason.NOT_IMPORTED)


def _add(found: dict[DossierCode, DossierProposal], more: Iterable[DossierProposal]) -> None:
    """Put proposals in; a dossier to which another way led already is the surer for it."""
    for one in more:
        known = found.get(one.code)
        if known is None:
            found[one.code] = one
        else:
            agreed = replace(known, confidence=max(known.confidence, _AGREED))
            found[one.code] = _because(agreed, *one.reasons)


def _because(proposal: DossierProposal, *reasons: str) -> DossierProposal:
    return replace(proposal, reasons=tuple(dict.fromkeys([*proposal.reasons, *reasons])))


# --- ways to a dossier that the paper does not name ---


def _similar(tx: Transaction, code: DossierCode) -> list[DossierProposal]:
    """Imported dossiers whose code was perhaps misread as this one: of the same day, or of a day that looks alike."""
    day = day_of(code)
    if day is None:
        return []
    begin = datetime.combine(day, time(), VIETNAM) - _DAY
    candidates = tx.dossiers.codes_received(begin, begin + 3 * _DAY)
    candidates |= tx.dossiers.known(other_days(code))
    reasons = {1: ProposalReason.ONE_CHARACTER_OFF, 2: ProposalReason.TWO_CHARACTERS_OFF}
    return [
        DossierProposal(other, SIMILAR_SOURCE, _BY_DISTANCE[away], reasons=(reasons[away],))
        for other, away in nearest(code, candidates, _ALIKE_TRIED)
    ]


def _of_owner(tx: Transaction, record: Record) -> list[DossierProposal]:
    found = ownership_of({field.name: field.value for field in record.fields})
    if found is None or found.born is None:
        return []
    return [
        DossierProposal(code, OWNER_SOURCE, _BY_OWNER, reasons=(ProposalReason.SAME_PERSON,))
        for code in tx.owners.dossiers_of(found.owner, found.born)
    ]


def _of_procedure(tx: Transaction, record: Record, paper: PaperSays) -> list[DossierProposal]:
    """The few dossiers of the own unit whose procedure gives such papers and that were open on the paper's day."""
    found = tx.dossiers.open_on(record.unit, paper.procedures, paper.day, _FEW + 1)
    if not 0 < len(found) <= _FEW:
        return []
    return [DossierProposal(one.code, PROCEDURE_SOURCE, _BY_PROCEDURE) for one in found]
