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
_SIGNED = (FieldName.SIGNER_NAME, FieldName.SIGNER_TITLE)
_NUMBERED = (FieldName.ISSUING_AUTHORITY, FieldName.NUMBER_SYMBOL, FieldName.ISSUE_DATE)
_ON_FORMS: dict[str, frozenset[str]] = {  # header fields, and what the taxonomy calls them on forms and slips
    FieldName.ISSUE_DATE: frozenset({"date"}),
    FieldName.NUMBER_SYMBOL: frozenset({"number"}),
    FieldName.SIGNER_NAME: frozenset({"signer"}),
    FieldName.SIGNER_TITLE: frozenset({"signer"}),
}
_IN_REGISTER = frozenset({"reg_office"})  # such certificates name it, and have no agency at their head
_BY_OTHERS = frozenset({"participants"})  # who sign for themselves


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
            field.name in expected or (_stands_unread(field) and _has(row, field.name))
        ):
            yield ReviewReason.FIELD_MISSING.about(field.name)
    if any(_unreadable(page) for page in pages):
        yield ReviewReason.UNREADABLE_PAGE.value
    if not proposals:
        yield ReviewReason.DOSSIER_UNKNOWN.value


def expected_fields(row: DocumentType | None) -> frozenset[str]:
    """Header fields that a paper of this type has: all with a numbered, signed paper, none with a form.

    Whoever signs is asked for with every paper that an office signs, numbered or not.
    """
    if row is None or not is_signed(row):
        return frozenset()
    expected = {name.value for name in _SIGNED}
    if row.number_pattern is not None and "number" in row.fields:
        expected |= {name.value for name in _NUMBERED}
    if {"summary", "subject(V/v)"} & set(row.fields):
        expected.add(FieldName.SUBJECT.value)
    if _IN_REGISTER & set(row.fields):
        expected -= {FieldName.ISSUING_AUTHORITY.value, FieldName.ISSUE_DATE.value}
    return frozenset(expected)


def _stands_unread(field: Field) -> bool:
    """Whether something stands there that could not be read."""
    return field.found_by.endswith(("unread", "unsure"))


def _has(row: DocumentType | None, name: str) -> bool:
    """Whether papers of this type have a header field: what the taxonomy does not ask of a form needs nobody's eye,
    such as the day on which somebody signed his declaration. Nothing is known of types that are not known."""
    if row is None or row.code == UNKNOWN_TYPE or is_signed(row) or name not in _ON_FORMS:
        return True
    return not _ON_FORMS[name].isdisjoint(row.fields)


def is_signed(row: DocumentType) -> bool:
    """Whether an office signs papers of this type: results, and numbered papers that nobody but an office issues.

    Minutes are signed by whoever took part; results that citizens hand in and offices give out are signed as well.
    """
    numbered = row.number_pattern is not None and not _BY_OTHERS & set(row.fields)
    return row.role == "result" or (row.role in ("process", "both") and numbered)


def _unreadable(page: PageText) -> bool:
    scores = [word.confidence for word in page.words()]
    return len(scores) >= 5 and sum(scores) / len(scores) < READABLE
