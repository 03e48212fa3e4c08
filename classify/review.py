"""Why a person must look at what was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from records.page import PageText
from records.procedure import DocumentType
from records.record import UNKNOWN_TYPE, Classification, DossierProposal, Field, FieldName
from records.review import ReviewReason

SURE_TYPE = 0.85
SURE_FIELD = 0.85
READABLE = 0.5  # mean confidence of a page's words
_SIGNED = (FieldName.ISSUING_AUTHORITY, FieldName.NUMBER_SYMBOL, FieldName.ISSUE_DATE, FieldName.SIGNER_NAME)


def review_reasons(
    pages: Sequence[PageText],
    classification: Classification,
    row: DocumentType | None,
    fields: Sequence[Field],
    proposals: Sequence[DossierProposal],
) -> tuple[str, ...]:
    """The reasons in the order in which a clerk asks: what is it, what does it say, where does it belong."""
    return tuple(_reasons(pages, classification, row, fields, proposals))


def _reasons(
    pages: Sequence[PageText],
    classification: Classification,
    row: DocumentType | None,
    fields: Sequence[Field],
    proposals: Sequence[DossierProposal],
) -> Iterator[str]:
    if classification.document_type == UNKNOWN_TYPE or classification.confidence < SURE_TYPE:
        yield ReviewReason.TYPE_UNSURE.value
    expected = expected_fields(row)
    for field in fields:
        if field.value is not None and field.confidence < SURE_FIELD:
            yield ReviewReason.FIELD_UNSURE.about(field.name)
        elif field.value is None and (
            field.name in expected or field.found_by.endswith(("unread", "unsure"))
        ):
            yield ReviewReason.FIELD_MISSING.about(field.name)
    if any(_unreadable(page) for page in pages):
        yield ReviewReason.UNREADABLE_PAGE.value
    if not proposals:
        yield ReviewReason.DOSSIER_UNKNOWN.value


def expected_fields(row: DocumentType | None) -> frozenset[str]:
    """Header fields that a paper of this type has: all with a numbered, signed paper, none with a form."""
    if row is None or row.number_pattern is None or "number" not in row.fields:
        return frozenset()
    summary = {FieldName.SUBJECT.value} if {"summary", "subject(V/v)"} & set(row.fields) else set()
    signed = {name.value for name in _SIGNED}
    if "reg_office" in row.fields:  # certificates of the register name it, and have no agency at their head
        signed -= {FieldName.ISSUING_AUTHORITY.value, FieldName.ISSUE_DATE.value}
    return frozenset(signed | summary)


def _unreadable(page: PageText) -> bool:
    scores = [word.confidence for word in page.words()]
    return len(scores) >= 5 and sum(scores) / len(scores) < READABLE
