"""The header fields of a record from what the finders found: one field each, empty where nothing is sure enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from classify.found import Found, chance_as_read
from records.record import DossierProposal, Field, FieldName

# A value under its threshold is dropped: an empty answer beats a wrong one.
ACCEPTED = {
    FieldName.NUMBER_SYMBOL: 0.6,
    FieldName.ISSUING_AUTHORITY: 0.6,
    FieldName.ISSUE_DATE: 0.6,
    FieldName.PLACE: 0.6,
    FieldName.SUBJECT: 0.7,
    FieldName.SIGNER_NAME: 0.65,
    FieldName.SIGNER_TITLE: 0.65,
}
# Of these a confidence is at most the chance that all words are right; others have a grammar or an order of signing.
WORDED = {FieldName.ISSUING_AUTHORITY, FieldName.PLACE, FieldName.SUBJECT, FieldName.SIGNER_NAME}
NOTHING_THERE = 0.6  # confidence of an emptiness where nothing was found
UNREAD = 0.3  # … and where something stands that could not be read


def header_fields(found: Mapping[FieldName, Found | None]) -> tuple[Field, ...]:
    """One field for each header field, in the order of `FieldName`; the dossier's code comes separately."""
    return tuple(_field(name, found.get(name)) for name in FieldName if name is not FieldName.DOSSIER_CODE)


def _field(name: FieldName, found: Found | None) -> Field:
    if found is None:
        return Field(name.value, None, NOTHING_THERE, found_by="nothing_found")
    if found.value is not None and found.confidence < ACCEPTED[name]:
        found = replace(found, value=None, confidence=UNREAD, rule=f"{found.rule}_unsure")
    if name in WORDED:
        found = replace(found, confidence=min(found.confidence, max(ACCEPTED[name], chance_as_read(found))))
    return found.as_field(name.value)


def dossier_code_field(proposals: tuple[DossierProposal, ...]) -> Field:
    """The dossier's code as a field, from the surest proposal."""
    if not proposals:
        return Field(FieldName.DOSSIER_CODE.value, None, NOTHING_THERE, found_by="nothing_found")
    best = proposals[0]
    name, code = FieldName.DOSSIER_CODE.value, best.code
    return Field(name, code, best.confidence, best.page, best.box, code, best.source, code)
