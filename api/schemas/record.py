"""Records: what the machine proposes, what a person confirms, and where the paper belongs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from api.schemas.common import Code, Confidence, Incoming, Next, Outgoing, Text
from records.record import (
    Classification,
    Confirmation,
    DossierProposal,
    DossierTag,
    Evidence,
    ProposalReason,
    Record,
    RecordVersion,
    Role,
)
from records.record import Field as RecordField
from records.states import RecordState

MOST_FIELDS = 60
LONGEST_VALUE = 2000


class RecordSummary(Outgoing):
    """A record in a list."""

    id: str
    batch: str
    unit: str
    state: RecordState
    version: int
    page_count: int
    created_at: datetime
    document_type: str | None = Field(description="Confirmed, else proposed.", examples=["QD"])
    confidence: float | None = Field(description="Of the proposed type, 0 … 1.")
    dossier: str | None = Field(
        description="Confirmed, else proposed first.", examples=["H58.30-220303-0012"]
    )
    role: Role | None = Field(description="In its dossier, once confirmed.")
    review_reasons: list[str] = Field(examples=[["type_unsure"]])
    error_code: str | None

    @classmethod
    def of(cls, record: Record) -> RecordSummary:
        return cls(**record_parts(record))


def record_parts(record: Record) -> dict[str, Any]:
    proposed, confirmed = record.classification, record.confirmation
    named = confirmed or proposed
    best = record.proposals[0].code if record.proposals else record.cover_code
    return {
        **{name: getattr(record, name) for name in ("id", "batch", "unit", "state", "version", "created_at")},
        "page_count": len(record.pages),
        "document_type": named.document_type if named else None,
        "confidence": proposed.confidence if proposed else None,
        "dossier": confirmed.tag.code if confirmed else best,
        "role": confirmed.tag.role if confirmed else None,
        "review_reasons": list(record.review_reasons),
        "error_code": record.error_code,
    }


class RecordList(Outgoing):
    items: list[RecordSummary]
    next: Next


class Value(Outgoing):
    """A field as it was read, with its evidence."""

    name: str = Field(examples=["number_symbol"])
    value: str | None = Field(description="Null: nothing was found. Empty beats wrong.")
    confidence: Confidence
    page: int | None = Field(description="In the record, from 1.")
    box: list[int] | None = Field(description="[x0, y0, x1, y1] in pixels of that page's image as stored.")
    raw: str | None = Field(description="As it stands on the paper.")
    found_by: str = Field(description="The rule or model that found it.")
    normalised: str | None = Field(description="The value in one spelling, for comparing and looking up.")

    @classmethod
    def of(cls, field: RecordField) -> Value:
        names = ("name", "value", "confidence", "page", "raw", "found_by", "normalised")
        box = field.box.as_list() if field.box else None
        return cls(**{name: getattr(field, name) for name in names}, box=box)


class Proof(Outgoing):
    rule: str
    page: int | None
    box: list[int] | None

    @classmethod
    def of(cls, evidence: Evidence) -> Proof:
        box = evidence.box.as_list() if evidence.box else None
        return cls(rule=evidence.rule, page=evidence.page, box=box)


class Alternative(Outgoing):
    document_type: str
    confidence: Confidence


class ProposedType(Outgoing):
    document_type: str
    confidence: Confidence
    alternatives: list[Alternative]
    evidence: list[Proof]

    @classmethod
    def of(cls, found: Classification) -> ProposedType:
        return cls(
            document_type=found.document_type,
            confidence=found.confidence,
            alternatives=[Alternative(document_type=c, confidence=p) for c, p in found.alternatives],
            evidence=[Proof.of(evidence) for evidence in found.evidence],
        )


class ProposedDossier(Outgoing):
    code: str
    source: str = Field(
        description="How it was found: barcode, qr, text, cover_sheet (the code was read); owner, similar, "
        "procedure (it was not).",
        examples=["barcode"],
    )
    confidence: Confidence
    page: int | None
    box: list[int] | None
    reasons: list[ProposalReason] = Field(description="What else speaks for it, or against it.")

    @classmethod
    def of(cls, proposal: DossierProposal) -> ProposedDossier:
        names = ("code", "source", "confidence", "page", "reasons")
        box = proposal.box.as_list() if proposal.box else None
        return cls(**{name: getattr(proposal, name) for name in names}, box=box)


class Tag(Incoming):
    """Where a paper belongs."""

    code: Code = Field(description="Either form of a dossier code.", examples=["H58.30-220303-0012"])
    role: Role = Field(description="component (thành phần hồ sơ) or result (kết quả giải quyết)")
    component: Code | None = Field(None, description="Code in the procedure's list of components, if known.")

    @classmethod
    def of(cls, tag: DossierTag) -> Tag:
        return cls.model_construct(code=tag.code, role=tag.role, component=tag.component)


class Confirming(Incoming):
    """What a person answers for: type, values and dossier, compared with the paper."""

    document_type: Code = Field(examples=["QD"])
    fields: dict[Code, Text | None] = Field(
        default_factory=dict,
        max_length=MOST_FIELDS,
        description="Field name → value as it stands on the paper; null: there is none.",
        examples=[{"number_symbol": "12/QĐ-UBND", "issue_date": "2022-03-03"}],
    )
    dossier: Tag


class Confirmed(Outgoing):
    by: str = Field(description="Account id.")
    at: datetime
    document_type: str
    fields: dict[str, str | None]
    dossier: Tag
    unseen: list[str] = Field(description="Values that rest on the acceptance policy: nobody had to look.")
    policy: int | None = Field(description="Version of that policy.")

    @classmethod
    def of(cls, confirmation: Confirmation) -> Confirmed:
        return cls(
            by=confirmation.by,
            at=confirmation.at,
            document_type=confirmation.document_type,
            fields=dict(confirmation.values),
            dossier=Tag.of(confirmation.tag),
            unseen=list(confirmation.unseen),
            policy=confirmation.policy,
        )


class RecordDetail(RecordSummary):
    """A record with all that was read and all that was confirmed: neither overwrites the other."""

    pages: list[str] = Field(description="Ids, in order.")
    is_cover: bool
    cover_code: str | None
    classification: ProposedType | None
    fields: list[Value]
    proposals: list[ProposedDossier]
    confirmation: Confirmed | None
    has_pdf: bool = Field(description="Whether /pdf answers: the lasting copy is filed.")
    accepted: list[str] = Field(
        description="Values that the acceptance policy takes as they were read: names of fields, `document_type`, "
        "`dossier`. They need no look."
    )
    settled: bool = Field(description="Everything is accepted: POST /api/reviews/settled takes this record.")

    @classmethod
    def of(cls, record: Record) -> RecordDetail:
        return cls(
            **record_parts(record),
            pages=list(record.pages),
            is_cover=record.is_cover,
            cover_code=record.cover_code,
            classification=ProposedType.of(record.classification) if record.classification else None,
            fields=[Value.of(field) for field in record.fields],
            proposals=[ProposedDossier.of(proposal) for proposal in record.proposals],
            confirmation=Confirmed.of(record.confirmation) if record.confirmation else None,
            has_pdf=record.archival is not None and record.state is RecordState.FILED,
            accepted=list(record.acceptance.accepted) if record.acceptance else [],
            settled=record.settled_as is not None and record.state is RecordState.CLASSIFIED,
        )


class DiscardReason(StrEnum):
    """Why a paper is not to be filed. Words, not free text: a name would end up in the audit trail."""

    DUPLICATE = "duplicate"
    NOT_FOR_DOSSIER = "not_for_dossier"
    RESCANNED = "rescanned"
    ILLEGIBLE = "illegible"
    BLANK = "blank"
    SECRET = "secret"  # noqa: S105  (a reason, no password)
    EXEMPT = "exempt"


class ReopenReason(StrEnum):
    """Why a paper goes back to the desk."""

    WRONG_VALUE = "wrong_value"
    WRONG_TYPE = "wrong_type"
    WRONG_DOSSIER = "wrong_dossier"
    DISCARDED_BY_MISTAKE = "discarded_by_mistake"
    AUDIT = "audit"


class Discarding(Incoming):
    reason: DiscardReason


class Reopening(Incoming):
    reason: ReopenReason


class Change(Outgoing):
    """One version of a record."""

    version: int
    at: datetime
    actor: str = Field(description="Account name, or pipeline.")
    action: str = Field(examples=["confirmed"])
    reason: str | None
    state: RecordState
    snapshot: RecordDetail = Field(description="The record as it was then.")

    @classmethod
    def of(cls, version: RecordVersion) -> Change:
        record = version.record
        return cls(
            version=record.version,
            at=version.at,
            actor=version.actor,
            action=version.action,
            reason=version.reason,
            state=record.state,
            snapshot=RecordDetail.of(record),
        )


class History(Outgoing):
    items: list[Change]
