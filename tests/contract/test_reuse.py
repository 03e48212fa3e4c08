"""Re-use before scan: what is digitised is found by its owner, used once, and taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from records.components import DeclaredComponents, DossierComponent
from records.dossier import Dossier
from records.errors import NotFound, NotReusable
from records.ids import DocumentTypeCode, DossierCode, ProcedureCode, RecordId
from records.owner import ReusedComponent
from records.record import Record, Role
from storage.database import Transaction
from storage.engines import make_engine
from storage.tables_owners import owner_entries
from tests.contract.office import CODE, DECISION, START, WARD, Office, confirmed
from tests.contract.test_races import in_transactions
from workers.reuse import reuse as reuse_paper
from workers.reuse import withdraw as withdraw_paper

OWNER, STRANGER = "082190001234", "082190009999"
OTHER = DossierCode("H58.30-220303-0013")
TODAY = date(2022, 6, 1)
BORN = date(1990, 4, 3)


@pytest.fixture
def office(office: Office) -> Office:
    """The office with two dossiers."""
    with office.database.transaction() as tx:
        cases = [Dossier(code, ProcedureCode("1.001193"), WARD, START) for code in (CODE, OTHER)]
        tx.dossiers.upsert(cases, "test", START)
    return office


def filed(office: Office, values: dict[str, str | None] | None = None, role: Role = Role.RESULT) -> Record:
    """A filed paper that says this about its owner."""
    said = {"id_no": OWNER, "dob": "1990-04-03", "issue_date": "2022-01-01", **(values or {})}
    waiting = office.classified()
    done = confirmed(waiting, role)
    assert done.confirmation is not None
    record = replace(done, confirmation=replace(done.confirmation, values=said))
    with office.database.transaction() as tx:
        tx.records.save(
            record, expected_version=waiting.version, actor="clerk", action="confirmed", at=office.now
        )
        tx.owners.note(record)
    return office.file(record)


def found(
    office: Office, owner: str = OWNER, day: date = TODAY, kind: DocumentTypeCode = DECISION
) -> list[RecordId]:
    with office.database.snapshot() as tx:
        return [paper.record for paper in tx.owners.digitised(owner, kind, day)]


def reuse(
    office: Office, record: RecordId, dossier: DossierCode = OTHER, owner: str = OWNER
) -> ReusedComponent:
    with office.database.transaction() as tx:
        return tx.owners.reuse(
            dossier, record, owner, valid_on=TODAY, component="TP1", actor="hoa", at=office.now
        )


def reused(office: Office, dossier: DossierCode = OTHER) -> list[RecordId]:
    with office.database.snapshot() as tx:
        return [one.reused_from for one in tx.owners.reused_in(dossier)]


def test_a_paper_is_found_by_owner_type_and_validity(office: Office) -> None:
    lasting = filed(office)
    ending = filed(office, {"valid_to": "2022-05-31"})
    assert found(office) == [lasting.id]
    assert set(found(office, day=date(2022, 5, 31))) == {lasting.id, ending.id}
    assert found(office, day=date(2021, 12, 31)) == []  # not issued yet
    assert found(office, owner=STRANGER) == []
    assert found(office, kind=DocumentTypeCode("GPXD")) == []


def test_only_what_is_filed_now_is_found(office: Office) -> None:
    record = filed(office)
    office.save(record.reopened(), record.version, "reopened")
    assert found(office) == []


def test_a_correction_of_the_owner_moves_the_paper(office: Office) -> None:
    record = filed(office)
    assert record.confirmation is not None
    corrected = replace(record, confirmation=replace(record.confirmation, values={"id_no": STRANGER}))
    with office.database.transaction() as tx:
        tx.owners.note(corrected)
    assert (found(office), found(office, owner=STRANGER)) == ([], [record.id])
    nameless = replace(corrected, confirmation=replace(record.confirmation, values={}))
    with office.database.transaction() as tx:
        tx.owners.note(nameless)
    assert found(office, owner=STRANGER) == []


def test_a_paper_is_used_again_once_and_by_its_owner_only(office: Office) -> None:
    record = filed(office)
    first = reuse(office, record.id)
    office.wait(timedelta(hours=1))
    assert reuse(office, record.id) == first
    assert (first.reused_from, first.document_type, first.component) == (record.id, DECISION, "TP1")
    assert reused(office) == [record.id]
    for wrong in ({"owner": STRANGER}, {"dossier": CODE}):
        with pytest.raises(NotReusable):
            reuse(office, record.id, **wrong)
    with pytest.raises(NotReusable):
        reuse(office, RecordId("unknown"))
    with pytest.raises(NotReusable):
        reuse(office, filed(office, {"valid_to": "2022-05-31"}).id)


def test_a_reuse_is_taken_back_and_made_again(office: Office) -> None:
    record = filed(office)
    reuse(office, record.id)
    with office.database.transaction() as tx:
        tx.owners.withdraw(OTHER, record.id, office.now)
        with pytest.raises(NotFound):
            tx.owners.withdraw(OTHER, record.id, office.now)
    assert reused(office) == []
    office.wait(timedelta(hours=1))
    assert reuse(office, record.id).at == office.now
    assert reused(office) == [record.id]


def test_a_paper_that_is_opened_again_does_not_count_until_it_is_filed(office: Office) -> None:
    record = filed(office)
    reuse(office, record.id)
    office.save(record.reopened(), record.version, "reopened")
    assert reused(office) == []


def test_two_clerks_who_reuse_the_same_paper_make_one_component(office: Office) -> None:
    record = filed(office)

    def use(tx: Transaction, number: int) -> ReusedComponent:
        return reuse_paper(
            tx, OTHER, record.id, OWNER, valid_on=TODAY, component=None, actor=f"clerk {number}", at=START
        )

    results = in_transactions(office, 4, use)
    assert len(set(results)) == 1
    assert reused(office) == [record.id]


def test_a_reused_component_counts_for_its_dossier_until_it_is_taken_back(office: Office) -> None:
    record = filed(office)

    def components() -> dict[str, bool]:
        with office.database.snapshot() as tx:
            return {one.component: one.reused for one in tx.components.of_dossier(OTHER)}

    with office.database.transaction() as tx:
        reuse_paper(tx, OTHER, record.id, OWNER, valid_on=TODAY, component=None, actor="hoa", at=office.now)
    assert components() == {DECISION: True}
    told = DeclaredComponents(OTHER, (DossierComponent("TP1"), DossierComponent(DECISION)))
    for listed, expected in (
        (told, {"TP1": False, DECISION: True}),
        (replace(told, components=()), {DECISION: True}),
    ):
        with office.database.transaction() as tx:
            tx.components.declare([listed], "case system", office.now)
        assert components() == expected
    with office.database.transaction() as tx:
        withdraw_paper(tx, OTHER, record.id, actor="hoa", at=office.now)
    assert components() == {}
    with pytest.raises(NotFound), office.database.transaction() as tx:
        withdraw_paper(tx, OTHER, record.id, actor="hoa", at=office.now)


def test_the_dossiers_of_a_person_need_id_number_and_day_of_birth(office: Office) -> None:
    filed(office)
    with office.database.snapshot() as tx:
        assert tx.owners.dossiers_of(OWNER, BORN) == (CODE,)
        assert tx.owners.dossiers_of(OWNER, date(1991, 4, 3)) == ()
        assert tx.owners.dossiers_of(STRANGER, BORN) == ()


def test_no_id_number_stands_in_the_index(office: Office, database_url: str) -> None:
    record = filed(office)
    engine = make_engine(database_url)
    with engine.connect() as connection:
        (row,) = connection.execute(select(owner_entries)).all()
    engine.dispose()
    assert row.record == record.id
    assert OWNER not in str(row)
