"""A record: one paper, from its pages to the dossier it is filed in.

What the machine extracted and what a person confirmed are different fields: neither overwrites the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from records.errors import IllegalTransition
from records.fixity import Fixity
from records.ids import (
    BatchId,
    DocumentTypeCode,
    DossierCode,
    PageId,
    RecordId,
    StaffId,
    UnitCode,
)
from records.page import Box
from records.review import ReviewReason
from records.states import RECORD_TRANSITIONS, RecordState, moved

UNKNOWN_TYPE = DocumentTypeCode("OTHER")
COVER_TYPE = DocumentTypeCode("GTN")  # the receipt that is the cover sheet


class FieldName(StrEnum):
    """Header fields of administrative papers (Decree 30/2020, Annex I), and the dossier's code."""

    NUMBER_SYMBOL = "number_symbol"
    ISSUING_AUTHORITY = "issuing_authority"
    ISSUE_DATE = "issue_date"  # ISO 8601
    PLACE = "place"
    SUBJECT = "subject"
    SIGNER_NAME = "signer_name"
    SIGNER_TITLE = "signer_title"
    DOSSIER_CODE = "dossier_code"


@dataclass(frozen=True, slots=True)
class Field:
    """One value with its evidence. `value` is None when nothing was found: empty beats wrong."""

    name: str  # a FieldName, or the name of a field of the document type (see the taxonomy)
    value: str | None
    confidence: float  # 0 … 1; of the emptiness when the value is None
    page: int | None = None  # in the record, from 1
    box: Box | None = None  # in pixels of that page's image as stored
    raw: str | None = None  # as it stands on the paper
    found_by: str = ""  # the rule or model that found it
    normalised: str | None = None  # the value in one spelling, for comparing and looking up


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the machine believes something, in a form that a person can check."""

    rule: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """What a paper is."""

    document_type: DocumentTypeCode
    confidence: float  # 0 … 1
    alternatives: tuple[tuple[DocumentTypeCode, float], ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierProposal:
    """A dossier that the paper may belong to, and why. `source`: one of NAMING_SOURCES, or owner (papers of the same
    person lie there), similar (the code that was read differs a little), procedure (it gives such papers)."""

    code: DossierCode
    source: str
    confidence: float
    page: int | None = None
    box: Box | None = None
    reasons: tuple[str, ...] = ()  # what else speaks for it or against it, see ProposalReason


IN_PRINT = "text"
NAMING_SOURCES = frozenset(
    {"barcode", "qr", IN_PRINT, "cover_sheet"}
)  # the paper, or its receipt, says the code


class ProposalReason(StrEnum):
    """Why a dossier is proposed, besides where its code was read."""

    IMPORTED = "imported"  # the code is in the office's case list
    NOT_IMPORTED = "not_imported"
    ONE_CHARACTER_OFF = "one_character_off"  # from the code that was read, which is in no case list
    TWO_CHARACTERS_OFF = "two_characters_off"
    SAME_PERSON = "same_person"  # id number and day of birth; never a name alone
    PROCEDURE = "procedure"  # its procedure gives papers of this type
    PERIOD = "period"  # it was being handled on the day of the paper
    NAME = "name"  # its owner is the applicant that the paper names; ranks, and proposes nothing by itself
    OTHER_PROCEDURE = "other_procedure"  # its procedure gives other papers
    OTHER_PERIOD = "other_period"  # it was not being handled on the day of the paper
    OTHER_NAME = "other_name"  # its owner has another name


AGAINST = frozenset({ProposalReason.OTHER_PROCEDURE, ProposalReason.OTHER_PERIOD, ProposalReason.OTHER_NAME})


class Role(StrEnum):
    """What a record is to its dossier."""

    COMPONENT = "component"  # thành phần hồ sơ
    RESULT = "result"  # kết quả giải quyết


@dataclass(frozen=True, slots=True)
class DossierTag:
    """Where a record belongs. `component` is a code of the procedure's component list, when one is known."""

    code: DossierCode
    role: Role
    component: str | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a policy accepts without a look: names of fields, `document_type` and `dossier` among them."""

    policy: int  # version
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person answers for (Decree 107/2021: completeness, integrity, accuracy against the paper)."""

    by: StaffId
    at: datetime  # UTC
    document_type: DocumentTypeCode
    values: dict[str, str | None]  # field name → value
    tag: DossierTag
    unseen: tuple[str, ...] = ()  # names of values that were accepted by the policy and looked at by nobody
    policy: int | None = None  # version of that policy


@dataclass(frozen=True, slots=True)
class Record:
    """One paper."""

    id: RecordId
    batch: BatchId
    unit: UnitCode  # the site whose station scanned it
    pages: tuple[PageId, ...]
    state: RecordState
    created_at: datetime  # UTC
    version: int = 1  # grows with every change: the ETag
    is_cover: bool = False  # put together as a cover sheet, by its bar code; the text has the last word
    cover_code: DossierCode | None = None  # of the cover sheet that it is, or that came before it in its file
    classification: Classification | None = None
    fields: tuple[Field, ...] = ()
    proposals: tuple[DossierProposal, ...] = ()
    review_reasons: tuple[str, ...] = ()  # why a person must look; stable words, for example "type_unsure"
    confirmation: Confirmation | None = None
    archival: Fixity | None = None  # the PDF/A, once filed
    error_code: str | None = None
    arranged: bool = False  # a person put its pages together: the machine does not part them
    acceptance: Acceptance | None = None
    settled_as: Role | None = None  # nothing is doubtful, all is accepted: may be confirmed so without a look

    @property
    def review_needed(self) -> bool:
        return bool(self.review_reasons)

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)

    def classified(
        self,
        classification: Classification,
        fields: tuple[Field, ...],
        proposals: tuple[DossierProposal, ...],
        review_reasons: tuple[str, ...],
        acceptance: Acceptance | None = None,
        settled_as: Role | None = None,
    ) -> Record:
        """The record with what the machine proposes, and what a policy accepts of it.

        Of a paper that a person had confirmed before nothing is accepted without a look.
        """
        if self.confirmation is not None:
            acceptance, settled_as = None, None
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.CLASSIFIED),
            classification=classification,
            fields=fields,
            proposals=proposals,
            review_reasons=review_reasons,
            acceptance=acceptance,
            settled_as=settled_as,
            version=self.version + 1,
        )

    def proposed_again(
        self,
        classification: Classification,
        fields: tuple[Field, ...],
        proposals: tuple[DossierProposal, ...],
        review_reasons: tuple[str, ...],
        acceptance: Acceptance | None = None,
    ) -> Record:
        """The record with what the machine proposes after a better reading; raises IllegalTransition once a person
        has confirmed it."""
        if self.state is not RecordState.CLASSIFIED or self.confirmation is not None:
            raise IllegalTransition(f"cannot be read again: {self.state.value}")
        return replace(
            self,
            classification=classification,
            fields=fields,
            proposals=proposals,
            review_reasons=review_reasons,
            acceptance=acceptance,
            settled_as=None,
            version=self.version + 1,
        )

    def set_as_cover(self, classification: Classification, fields: tuple[Field, ...]) -> Record:
        """The record as a cover sheet: kept with the batch, no component of any dossier."""
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.COVER),
            classification=classification,
            fields=fields,
            version=self.version + 1,
        )

    def put_under(self, code: DossierCode) -> Record:
        """The record with the dossier that a person names because its cover sheet is missing; still to be confirmed.

        Raises IllegalTransition unless it waits for a clerk.
        """
        if self.state is not RecordState.CLASSIFIED:
            raise IllegalTransition("a dossier is proposed for papers that wait for a clerk")
        others = tuple(proposal for proposal in self.proposals if proposal.code != code)
        answered = {
            ReviewReason.DOSSIER_UNKNOWN,
            ReviewReason.DOSSIER_UNSURE,
            ReviewReason.DOSSIER_NOT_IMPORTED,
        }
        return replace(
            self,
            cover_code=code,
            proposals=(DossierProposal(code, "person", 1.0), *others),
            review_reasons=tuple(reason for reason in self.review_reasons if reason not in answered),
            version=self.version + 1,
        )

    def confirmed(self, confirmation: Confirmation) -> Record:
        """The record as a person has confirmed it; raises IllegalTransition."""
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.CONFIRMED),
            confirmation=confirmation,
            version=self.version + 1,
        )

    def filed(self, archival: Fixity) -> Record:
        """The record with its lasting copy in the dossier."""
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.FILED),
            archival=archival,
            version=self.version + 1,
        )

    def discarded(self) -> Record:
        """The record taken out by a person; master and pages stay."""
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.DISCARDED),
            version=self.version + 1,
        )

    def reopened(self) -> Record:
        """The record back on the clerk's desk; the earlier confirmation stays in the history.

        A person has a doubt, so nothing of it is accepted without a look any more.
        """
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.CLASSIFIED),
            acceptance=None,
            settled_as=None,
            version=self.version + 1,
        )

    def rearranged(self, pages: tuple[PageId, ...]) -> Record:
        """The record with these pages by a person's word; what was read before is history.

        What a person confirmed of exactly these pages stays: it is still the same paper.
        """
        same_paper = sorted(pages) == sorted(self.pages)
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.ASSEMBLED),
            pages=pages,
            version=self.version + 1,
            arranged=True,
            **(_UNREAD | {"confirmation": self.confirmation if same_paper else None}),
        )

    def merged(self) -> Record:
        """The record after all its pages have gone to another one."""
        return replace(
            self,
            state=moved(RECORD_TRANSITIONS, self.state, RecordState.MERGED),
            pages=(),
            version=self.version + 1,
            **_UNREAD,
        )


_UNREAD: dict[str, Any] = {
    "classification": None,
    "fields": (),
    "proposals": (),
    "review_reasons": (),
    "confirmation": None,
    "acceptance": None,
    "settled_as": None,
    "error_code": None,
}


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """One entry of a record's history: who made it so, when and why. The history only grows."""

    at: datetime  # UTC
    actor: str
    action: str  # a past participle: assembled, classified, confirmed, filed, …
    reason: str | None
    record: Record
