"""What a paper says besides a code, and whether a dossier fits it: its procedure, its time, and whose it is.

None of this finds a dossier. It ranks those that were found otherwise, and casts doubt on a code in print that names
one which cannot be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from records.coverage import VIETNAM
from records.dossier import Dossier
from records.ids import DocumentTypeCode, ProcedureCode
from records.nearness import distance
from records.procedure import Procedure
from records.record import FieldName, ProposalReason, Record
from records.vietnamese import folded
from storage.database import Transaction

_AFTERWARDS = timedelta(days=7)  # a result may be dated so long after its dossier was finished
_LETTERS_A_SLIP = 8  # one misread letter in so many is still the same name …
_OTHER = 3  # … and one in so many is another one


@dataclass(frozen=True, slots=True)
class PaperSays:
    """What a paper says about the dossier that it belongs to."""

    kind: DocumentTypeCode | None
    procedures: Mapping[ProcedureCode, Procedure]  # that give papers of this type, or that it names
    results: Mapping[ProcedureCode, tuple[DocumentTypeCode, ...]]  # of the procedures of which they are known
    day: date  # of issue, else of the scan
    is_dated: bool
    name: str  # of the applicant, folded; empty where it names none

    def of(self, dossier: Dossier) -> Iterator[ProposalReason]:
        """What speaks for this dossier and against it."""
        if dossier.procedure in self.procedures:
            yield ProposalReason.PROCEDURE
        elif self.procedures and dossier.procedure in self.results:
            yield ProposalReason.OTHER_PROCEDURE
        if self._in_time(dossier):
            yield ProposalReason.PERIOD
        elif self.is_dated and self.procedures:  # a paper that is handed in may be older
            yield ProposalReason.OTHER_PERIOD
        yield from self._owner(folded(dossier.owner or ""))

    def _in_time(self, dossier: Dossier) -> bool:
        ended = dossier.resolved_at
        begun = _day(dossier.received_at) <= self.day
        return begun and (ended is None or self.day <= _day(ended) + _AFTERWARDS)

    def _owner(self, owner: str) -> Iterator[ProposalReason]:
        if not self.name or not owner:
            return
        apart, letters = distance(self.name, owner), len(owner)
        if apart <= letters // _LETTERS_A_SLIP:
            yield ProposalReason.NAME
        elif apart > letters // _OTHER:
            yield ProposalReason.OTHER_NAME


def said_by(tx: Transaction, record: Record, scanned_on: date) -> PaperSays:
    """What a record that was just read says."""
    kind = record.classification.document_type if record.classification else None
    named = folded(_value(record, "procedure_name"))
    known = tx.catalogue.procedures()
    fitting = {p.code: p for p in known if kind in p.result_types or (named and folded(p.name) == named)}
    issued = _issued(record)
    return PaperSays(
        kind=kind,
        procedures=fitting,
        results={p.code: p.result_types for p in known if p.result_types},
        day=issued or scanned_on,
        is_dated=issued is not None,
        name=folded(_value(record, "applicant")),
    )


def _issued(record: Record) -> date | None:
    try:
        return date.fromisoformat(_value(record, FieldName.ISSUE_DATE))
    except ValueError:
        return None


def _value(record: Record, name: str) -> str:
    found = record.field(name)
    return (found.value or "") if found is not None else ""


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
