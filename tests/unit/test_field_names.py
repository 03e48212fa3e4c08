"""Every value that a paper can have is called something on the screens."""

from classify.captions import CAPTIONS
from classify.classifier import ADDRESSEE, ISSUING_UNIT, PROCEDURE_CODE, SIGNATURE_AUTHORITY, URGENCY
from records.default_data import document_types
from records.record import FieldName
from web.texts.fields import TEXTS


def test_every_field_that_can_be_read_has_a_name() -> None:
    asked = {name for kind in document_types() for name in kind.fields}
    captioned = {caption.name for captions in CAPTIONS.values() for caption in captions}
    told = {ADDRESSEE, ISSUING_UNIT, PROCEDURE_CODE, SIGNATURE_AUTHORITY, URGENCY}
    known = asked | captioned | told | {*FieldName}
    assert {name for name in known if f"field_{name}" not in TEXTS} == set()
