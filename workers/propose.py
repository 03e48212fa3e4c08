"""Which dossier a paper belongs to: ranked proposals, each with the reasons that a person can check.

A bar code, a printed code and the receipt in front name a dossier. The applicant's id number with the day of birth
finds those of the same person; procedure and period tell which of several fits. A name alone proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from records.coverage import VIETNAM
from records.dossier import Dossier
from records.ids import DossierCode, ProcedureCode
from records.nearness import day_of, nearest, other_days
from records.owner import ownership_of
from records.procedure import Procedure
from records.record import NAMING_SOURCES, DossierProposal, Field, FieldName, ProposalReason, Record
from records.vietnamese import folded
from storage.database import Transaction

OWNER_SOURCE, SIMILAR_SOURCE, PROCEDURE_SOURCE = "owner", "similar", "procedure"
_BY_OWNER, _BY_PROCEDURE = 0.5, 0.2
_BY_DISTANCE = {1: 0.45, 2: 0.3}
_EACH_FIT = 0.1  # for procedure and for period
_AGREED = 0.995  # two ways lead to the same dossier
_NOT_IMPORTED = 0.5  # what a code that nobody knows is worth of its confidence, unless a bar code says it
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
    for code in [code for code in found if code not in known]:
        _add(found, _similar(tx, code))
    _add(found, _of_owner(tx, record))
    procedures = _procedures(tx, record)
    if not found:
        _add(found, _of_procedure(tx, record, procedures, day))
    known = tx.dossiers.many(found)
    fitted = (_fitted(one, known.get(one.code), record, procedures, day) for one in found.values())
    return tuple(sorted(fitted, key=lambda one: -one.confidence))


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
        for other, away in nearest(code, candidates)
    ]


def _of_owner(tx: Transaction, record: Record) -> list[DossierProposal]:
    found = ownership_of({field.name: field.value for field in record.fields})
    if found is None or found.born is None:
        return []
    return [
        DossierProposal(code, OWNER_SOURCE, _BY_OWNER, reasons=(ProposalReason.SAME_PERSON,))
        for code in tx.owners.dossiers_of(found.owner, found.born)
    ]


def _of_procedure(
    tx: Transaction, record: Record, procedures: Mapping[ProcedureCode, Procedure], day: date
) -> list[DossierProposal]:
    """The few dossiers of the own unit whose procedure gives such papers and that were open on the paper's day."""
    found = tx.dossiers.open_on(record.unit, procedures, _paper_day(record) or day, _FEW + 1)
    if not 0 < len(found) <= _FEW:
        return []
    return [DossierProposal(one.code, PROCEDURE_SOURCE, _BY_PROCEDURE) for one in found]


# --- what fits ---


def _procedures(tx: Transaction, record: Record) -> dict[ProcedureCode, Procedure]:
    """The procedures that give papers of this type, or that the paper names."""
    kind = record.classification.document_type if record.classification else None
    said = record.field("procedure_name")
    name = folded(said.value) if said and said.value else None
    return {
        one.code: one
        for one in tx.catalogue.procedures()
        if kind in one.result_types or (name is not None and folded(one.name) == name)
    }


def _fitted(
    proposal: DossierProposal,
    dossier: Dossier | None,
    record: Record,
    procedures: Mapping[ProcedureCode, Procedure],
    day: date,
) -> DossierProposal:
    """The proposal with what else speaks for it; only one that is not named becomes surer by that."""
    reasons = [] if dossier is None else list(_fits(dossier, record, procedures, day))
    named = proposal.source in NAMING_SOURCES
    confidence = proposal.confidence + (0 if named else _EACH_FIT * len(reasons))
    return _because(replace(proposal, confidence=round(confidence, 3)), *reasons)


def _fits(
    dossier: Dossier, record: Record, procedures: Mapping[ProcedureCode, Procedure], day: date
) -> Iterable[ProposalReason]:
    if dossier.procedure in procedures:
        yield ProposalReason.PROCEDURE
    on = _paper_day(record) or day
    ended = dossier.resolved_at
    if _day(dossier.received_at) <= on and (ended is None or on <= _day(ended) + 7 * _DAY):
        yield ProposalReason.PERIOD


def _paper_day(record: Record) -> date | None:
    said: Field | None = record.field(FieldName.ISSUE_DATE)
    try:
        return date.fromisoformat(said.value) if said and said.value else None
    except ValueError:
        return None


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
