"""Every value that a paper can have, by name: what a policy may speak of."""

from __future__ import annotations

from functools import cache

from classify.captions import CAPTIONS
from classify.classifier import ADDRESSEE, ISSUING_UNIT, PROCEDURE_CODE, SIGNATURE_AUTHORITY, URGENCY
from records.acceptance import DOSSIER, TYPE
from records.default_data import document_types
from records.record import FieldName


@cache
def known_fields() -> frozenset[str]:
    """The fields of the taxonomy and of captions, those that every paper may have, the type and the dossier."""
    asked = {name for kind in document_types() for name in kind.fields}
    captioned = {caption.name for captions in CAPTIONS.values() for caption in captions}
    told = {ADDRESSEE, ISSUING_UNIT, PROCEDURE_CODE, SIGNATURE_AUTHORITY, URGENCY}
    return frozenset(asked | captioned | told | {*map(str, FieldName)} | {TYPE, DOSSIER})
