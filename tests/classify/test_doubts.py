"""What is believed although its reader doubts it: a list, a rule of writing or long experience speaks for it."""

from dataclasses import replace

import pytest

from classify.classifier import Reading, RuleClassifier
from classify.handwriting import Hand, by_pen
from classify.person_names import NameChecker
from classify.review import review_reasons
from records import default_data
from records.ids import DocumentTypeCode, DossierCode
from records.page import Box, EngineStamp, PageText, Word
from records.record import Classification, DossierProposal, Field
from tests.classify.sheet import Sheet, decision


def doubtfully(page: PageText, *texts: str, confidence: float) -> PageText:
    """The page as an engine whose confidences are chances reads it, these words doubtfully."""
    lines = tuple(
        replace(
            line,
            words=tuple(
                replace(word, confidence=confidence if word.text in texts else 0.99) for word in line.words
            ),
        )
        for line in page.lines
    )
    return replace(page, lines=lines, engine=EngineStamp("hybrid", "1"))


def field(reading: Reading, name: str) -> Field:
    return next(one for one in reading.fields if one.name == name)


def test_a_family_name_of_the_list_is_believed(classifier: RuleClassifier) -> None:
    page = doubtfully(decision().page(), "Trần", confidence=0.5)
    assert field(classifier.classify([page]), "signer_name").confidence >= 0.85


def test_a_family_name_that_no_list_holds_stays_doubtful(classifier: RuleClassifier) -> None:
    sheet = decision()
    lines = [
        replace(line, words=tuple(replace(w, text=w.text.replace("Trần", "Krông")) for w in line.words))
        for line in sheet.page().lines
    ]
    page = doubtfully(replace(sheet.page(), lines=tuple(lines)), "Krông", confidence=0.5)
    name = field(classifier.classify([page]), "signer_name")
    assert name.value is None or name.confidence < 0.85


@pytest.mark.parametrize(("read", "meant"), [("Vấn", "Văn"), ("Thí", "Thị"), ("Vân", "Vân")])
def test_the_second_syllable_has_the_marks_that_names_have_there(read: str, meant: str) -> None:
    names = NameChecker(default_data.surnames(), default_data.given_names())
    assert names.mended(["Trần", read, "Hùng"])[1] == meant


def test_an_agency_that_the_lists_hold_word_for_word_is_believed(classifier: RuleClassifier) -> None:
    page = doubtfully(decision().page(), "THO", confidence=0.7)
    assert field(classifier.classify([page]), "issuing_authority").confidence >= 0.85


def pen(text: str, confidence: float) -> Hand:
    return by_pen(Word(text, Box(0, 0, 40, 30), confidence))


def test_a_pens_digits_are_believed_unless_they_may_be_others() -> None:
    assert (pen("24", 0.7), pen("24", 0.95)) == (Hand.PEN, Hand.CLEAR_PEN)
    assert pen("62/BC-UBND", 0.8) is Hand.PEN
    for doubtful in (pen("24", 0.55), pen("27", 0.93), pen("8", 0.99), pen("25", 0.8)):
        assert doubtful is Hand.ILLEGIBLE
    assert (pen("25", 0.9), pen("27", 0.99), pen("24", 0.62)) == (Hand.PEN, Hand.PEN, Hand.PEN)


def test_a_deputy_is_told_from_a_scrap_under_a_head_for_whom_somebody_signs(
    classifier: RuleClassifier,
) -> None:
    sheet = Sheet().head(
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", number="Số: 53/TTr-SKHĐT", dated="Mỹ Tho, ngày 02 tháng 8 năm 2017"
    )
    sheet.centred("TỜ TRÌNH", "Về việc phân bổ vốn").signed("KT. GIÁM ĐỐC", "ĐỐC", name="Kiều Văn Khánh")
    title = field(classifier.classify([sheet.page()]), "signer_title")
    assert title.value == "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"


def asked(code: str, *fields: Field) -> list[str]:
    """What a person is asked about a paper of this type whose dossier is known."""
    row = next((one for one in default_data.document_types() if one.code == code), None)
    kind = Classification(DocumentTypeCode(code), 0.99)
    named = [DossierProposal(DossierCode("H58.30-220303-0012"), "barcode", 0.99)]
    return list(review_reasons([], kind, row, fields, named))


def test_what_no_list_asks_of_a_form_needs_nobodys_eye() -> None:
    unread = Field("issue_date", None, 0.3, found_by="date_unread")
    unsure = Field("signer_name", None, 0.3, found_by="name_under_title_unsure")
    assert asked("TK", unread, unsure) == []
    assert asked("PYC", unread) == ["field_missing:issue_date"]  # the taxonomy asks for its day
    assert "field_missing:issue_date" in asked("QD", unread)
    assert "field_missing:issue_date" in asked("OTHER", unread)
    assert asked("TK", Field("applicant", None, 0.3, found_by="label_unread")) == ["field_missing:applicant"]
    assert asked("TK", Field("issue_date", "2022-03-03", 0.7)) == ["field_unsure:issue_date"]


@pytest.mark.parametrize("code", ["TK", "DDN", "GPXD", "QD", "OTHER"])
@pytest.mark.parametrize("name", ["issue_date", "number_symbol", "signer_name", "place", "purpose"])
def test_a_value_that_is_not_sure_is_asked_whatever_the_type_asks_for(code: str, name: str) -> None:
    assert f"field_unsure:{name}" in asked(code, Field(name, "2022-03-03", 0.84))
