"""Dossiers are proposed with reasons: by code, by person, by procedure and period; never by a name alone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from classify.classifier import Reading
from records.dossier import Dossier
from records.ids import DocumentTypeCode, DossierCode, ProcedureCode, StaffId
from records.record import Classification, Confirmation, DossierProposal, DossierTag, Field, Record, Role
from storage.policies import DEFAULT
from tests.contract.office import CODE, OTHER_WARD, START, WARD, Office
from workers.judge import classified
from workers.propose import ranked

OWNER, BORN = "082190001234", "1990-04-03"
TODAY = date(2022, 3, 20)
OTHER = DossierCode("H58.30-220303-0019")
FAR = DossierCode("H58.30-220310-4711")


@pytest.fixture
def building(office: Office) -> tuple[ProcedureCode, DocumentTypeCode]:
    """A procedure that gives papers of a type of its own."""
    with office.database.snapshot() as tx:
        found = next(one for one in tx.catalogue.procedures() if one.result_types)
    return found.code, found.result_types[0]


def load(office: Office, *codes: DossierCode, procedure: str = "9.999999", **parts: object) -> None:
    received = datetime(2022, 3, 3, 3, tzinfo=UTC)
    cases = [Dossier(code, ProcedureCode(procedure), WARD, received) for code in codes]
    with office.database.transaction() as tx:
        tx.dossiers.upsert([replace(case, **parts) for case in cases], "test", START)  # type: ignore[arg-type]


def read(office: Office, *fields: Field, kind: str = "XX") -> Record:
    """A record as it was just read."""
    (record,) = office.rasterise(office.scan())
    return replace(record, classification=Classification(DocumentTypeCode(kind), 0.9), fields=fields)


def propose(
    office: Office, record: Record, *named: DossierProposal
) -> dict[DossierCode, tuple[str, tuple[str, ...]]]:
    with office.database.snapshot() as tx:
        found = ranked(tx, record, named, TODAY)
    assert [one.confidence for one in found] == sorted((one.confidence for one in found), reverse=True)
    return {one.code: (one.source, tuple(map(str, one.reasons))) for one in found}


def text(code: DossierCode = CODE, confidence: float = 0.9) -> DossierProposal:
    return DossierProposal(code, "text", confidence)


def test_a_code_that_was_imported_says_so(office: Office) -> None:
    load(office, CODE)
    assert propose(office, read(office), text()) == {CODE: ("text", ("imported", "period"))}


def test_a_misread_code_gives_way_to_the_nearest_that_exist(office: Office) -> None:
    load(office, OTHER, FAR)
    found = propose(office, read(office), text())
    assert list(found) == [OTHER, CODE]
    assert found[OTHER] == ("similar", ("one_character_off", "period"))
    assert found[CODE] == ("text", ("not_imported",))


def test_a_misread_day_is_found_although_it_is_far_away(office: Office) -> None:
    years_ago = DossierCode("H58.30-210303-0012")
    load(office, years_ago, received_at=datetime(2021, 3, 3, tzinfo=UTC))
    assert years_ago in propose(office, read(office), text())


def test_a_bar_code_of_a_dossier_that_comes_later_stays_first(office: Office) -> None:
    load(office, OTHER)
    found = propose(office, read(office), DossierProposal(CODE, "barcode", 0.99))
    assert list(found) == [CODE, OTHER]


def person(office: Office, fields: Iterable[tuple[str, str]]) -> Record:
    return read(office, *(Field(name, value, 0.95) for name, value in fields))


def known_paper(office: Office, code: DossierCode) -> None:
    """A confirmed paper of the person, in this dossier."""
    record = office.classified()
    values: dict[str, str | None] = {"id_no": OWNER, "dob": BORN}
    given = Confirmation(
        by=StaffId("hoa"), at=START, document_type=DocumentTypeCode("QD"), values=values,
        tag=DossierTag(code, Role.COMPONENT),
    )  # fmt: skip
    with office.database.transaction() as tx:
        saved = tx.records.save(
            record.confirmed(given),
            expected_version=record.version, actor="hoa", action="confirmed", at=office.now,
        )  # fmt: skip
        tx.owners.note(saved)


def test_the_dossiers_of_the_same_person_are_proposed(office: Office) -> None:
    load(office, CODE, FAR)
    known_paper(office, CODE)
    found = propose(office, person(office, [("id_no", OWNER), ("dob", BORN)]))
    assert found == {CODE: ("owner", ("same_person", "period"))}


def test_a_name_or_an_id_number_alone_proposes_nothing(office: Office) -> None:
    load(office, CODE, owner="Nguyễn Văn A")
    known_paper(office, CODE)
    for fields in (
        [("applicant", "Nguyễn Văn A")],
        [("applicant", "Nguyễn Văn A"), ("dob", BORN)],
        [("id_no", OWNER)],
        [("id_no", OWNER), ("dob", "1991-04-03")],
    ):
        assert propose(office, person(office, fields)) == {}, fields


def test_a_printed_code_and_the_person_make_each_other_sure(office: Office) -> None:
    load(office, CODE)
    known_paper(office, CODE)
    record = person(office, [("id_no", OWNER), ("dob", BORN)])
    with office.database.snapshot() as tx:
        (found,) = ranked(tx, record, (text(confidence=0.7),), TODAY)
    assert (found.source, found.confidence) == ("text", 0.995)
    assert set(found.reasons) == {"imported", "same_person", "period"}


def test_procedure_and_period_propose_a_few_open_dossiers(
    office: Office, building: tuple[ProcedureCode, DocumentTypeCode]
) -> None:
    procedure, kind = building
    load(office, CODE, procedure=procedure)
    load(office, OTHER, procedure=procedure, finished_at=datetime(2022, 3, 5, tzinfo=UTC))
    load(office, FAR, procedure=procedure, unit=OTHER_WARD)
    issued = Field("issue_date", "2022-03-18", 0.9)
    assert propose(office, read(office, issued, kind=kind)) == {CODE: ("procedure", ("procedure", "period"))}
    assert propose(office, read(office, issued)) == {}  # nothing gives papers of that type
    early = Field("issue_date", "2022-03-01", 0.9)
    assert propose(office, read(office, early, kind=kind)) == {}


def test_too_many_dossiers_of_a_procedure_are_no_proposal(
    office: Office, building: tuple[ProcedureCode, DocumentTypeCode]
) -> None:
    procedure, kind = building
    load(office, *(DossierCode(f"H58.30-220303-{n:04}") for n in range(6)), procedure=procedure)
    assert propose(office, read(office, kind=kind)) == {}


def test_the_procedure_that_a_paper_names_speaks_for_its_dossier(
    office: Office, building: tuple[ProcedureCode, DocumentTypeCode]
) -> None:
    procedure, _ = building
    with office.database.snapshot() as tx:
        name = next(one.name for one in tx.catalogue.procedures() if one.code == procedure)
    load(office, CODE, procedure=procedure)
    record = read(office, Field("procedure_name", name, 0.9))
    assert propose(office, record, text())[CODE] == ("text", ("imported", "procedure", "period"))


def test_a_printed_code_of_a_neighbour_is_doubted_and_its_likes_are_proposed(
    office: Office, building: tuple[ProcedureCode, DocumentTypeCode]
) -> None:
    procedure, kind = building
    load(office, CODE, owner="Trần Thị Bưởi", procedure="9.999999")
    load(office, OTHER, owner="Nguyễn Văn A", procedure=procedure)
    record = read(office, Field("applicant", "Nguyễn Vân A", 0.9), kind=kind)
    found = propose(office, record, text())
    assert list(found) == [OTHER, CODE]
    assert found[OTHER] == ("similar", ("one_character_off", "procedure", "period", "name"))
    assert found[CODE] == ("text", ("imported", "period", "other_name"))
    assert doubts(office, record, text()) == ["dossier_unsure"]


def test_a_bar_code_is_believed_whoever_the_paper_names(office: Office) -> None:
    load(office, CODE, owner="Trần Thị Bưởi")
    record = person(office, [("applicant", "Nguyễn Văn A")])
    named = DossierProposal(CODE, "barcode", 0.99)
    assert propose(office, record, named) == {CODE: ("barcode", ("imported", "period", "other_name"))}
    assert doubts(office, record, named) == []


def doubts(office: Office, record: Record, *named: DossierProposal) -> list[str]:
    """What a clerk is shown as doubtful about the dossier."""
    assert record.classification is not None
    reading = Reading(record.classification, record.fields, named, ())
    with office.database.snapshot() as tx:
        judged = classified(record, (), reading, None, DEFAULT, partial(ranked, tx, day=TODAY))
    return [reason for reason in judged.review_reasons if reason.startswith("dossier")]
