"""The acceptance policy: which values need nobody's eye, under a promised and measured rate of wrong ones.

A threshold belongs to a field and a document type, as the machine reads them. It is fitted so that the rate of wrong
values among those accepted stays under the bound, by a one-sided limit; without enough evidence nothing is accepted.
Policies are dated: a new one never changes what an earlier one decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from records.ids import DocumentTypeCode
from records.limits import upper_limit
from records.record import NAMING_SOURCES, UNKNOWN_TYPE, Acceptance, DossierProposal, Field

TYPE = "document_type"  # the type itself, as a field
DOSSIER = "dossier"  # the dossier that a paper is proposed for, as a field
OTHER_TYPES = "*"  # all types that have too little evidence of their own, taken together
EVERY_FIELD = "*"  # among the shares that a second person checks
POLICY_ACTOR = "policy"  # who accepts what nobody looked at


class AcceptanceMode(StrEnum):
    """What becomes of papers of which everything is accepted."""

    OFF = "off"  # nothing is accepted without a look
    BY_PERSON = "by_person"  # a person confirms many of them in one action, and answers for them
    BY_POLICY = "by_policy"  # they are confirmed at once, by the policy


class EvidenceSource(StrEnum):
    CONFIRMATIONS = "confirmations"  # of this office's clerks
    PRIOR = "prior"  # measured elsewhere, for example on generated papers


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which confidence values of a field are accepted, and what that rests on."""

    field: str
    document_type: str  # a code, or OTHER_TYPES
    confidence: float
    checked: int  # values at or above the threshold that somebody has checked
    wrong: int
    limit: float  # the rate of wrong ones lies under this
    share: float  # of the accepted values that are checked again, blind
    source: EvidenceSource = EvidenceSource.CONFIRMATIONS
    stopped: bool = False  # its promise was broken: nothing is accepted until it is fitted again


@dataclass(frozen=True, slots=True)
class Policy:
    """What is accepted from a moment on."""

    version: int
    at: datetime  # UTC
    actor: str
    reason: str  # a stable word: default, fitted, changed or stopped
    bound: float = 0.005  # promised rate of wrong accepted values
    certainty: float = 0.95  # of the promise, one-sided
    mode: AcceptanceMode = AcceptanceMode.BY_PERSON
    second: Mapping[str, float] | None = None  # field → share that a second person checks, blind
    thresholds: tuple[Threshold, ...] = ()
    always: tuple[str, ...] = ()  # fields that a person always looks at, whatever the evidence

    def threshold(self, field: str, document_type: str) -> Threshold | None:
        """The threshold that counts for a field of a type: its own, else that of the other types together."""
        found = {(t.field, t.document_type): t for t in self.thresholds}
        return found.get((field, document_type)) or found.get((field, OTHER_TYPES))

    def accepts(self, field: str, document_type: str, confidence: float) -> bool:
        """Whether a value needs nobody's eye."""
        found = self.threshold(field, document_type)
        if self.mode is AcceptanceMode.OFF or field in self.always or found is None or found.stopped:
            return False
        return confidence >= found.confidence

    def own_types(self, field: str) -> frozenset[str]:
        """The types that have a threshold of their own for this field."""
        return frozenset(t.document_type for t in self.thresholds if t.field == field) - {OTHER_TYPES}

    def second_share(self, field: str) -> float:
        """The share of confirmed values of a field that a second person checks; `*` stands for every field."""
        shares = self.second or {}
        return shares.get(field, shares.get(EVERY_FIELD, 0.0))

    def stopped(self, broken: Threshold, version: int, at: datetime, wrong: int, checked: int) -> Policy:
        """The policy that accepts nothing by this threshold any more."""
        limit = upper_limit(wrong, checked, self.certainty)
        ended = replace(broken, stopped=True, wrong=wrong, checked=checked, limit=limit)
        kept = tuple(ended if threshold == broken else threshold for threshold in self.thresholds)
        return replace(self, version=version, at=at, actor=POLICY_ACTOR, reason="stopped", thresholds=kept)


def accepted_values(
    policy: Policy,
    document_type: DocumentTypeCode,
    type_confidence: float,
    fields: Iterable[Field],
    proposals: Iterable[DossierProposal],
) -> Acceptance:
    """What the policy accepts of a reading, by name; an unknown type accepts nothing."""
    if document_type == UNKNOWN_TYPE:
        return Acceptance(policy.version, ())
    sure = machine_values(document_type, type_confidence, fields, proposals)
    names = tuple(
        name for name, (_, confidence) in sure.items() if policy.accepts(name, document_type, confidence)
    )
    return Acceptance(policy.version, names)


def machine_values(
    document_type: DocumentTypeCode,
    type_confidence: float,
    fields: Iterable[Field],
    proposals: Iterable[DossierProposal],
) -> dict[str, tuple[str, float]]:
    """Every value that the machine read, with its confidence: type, fields, and the dossier if only one is named."""
    return dict(_values(document_type, type_confidence, fields, proposals))


def _values(
    document_type: DocumentTypeCode,
    type_confidence: float,
    fields: Iterable[Field],
    proposals: Iterable[DossierProposal],
) -> Iterator[tuple[str, tuple[str, float]]]:
    yield TYPE, (document_type, type_confidence)
    for field in fields:
        if field.value is not None and field.name != "dossier_code":  # which the proposals speak of
            yield field.name, (field.value, field.confidence)
    named = [proposal for proposal in proposals if proposal.source in NAMING_SOURCES]
    if len({proposal.code for proposal in named}) == 1:
        yield DOSSIER, (named[0].code, max(proposal.confidence for proposal in named))
