"""Dossiers from the case system: idempotent, with what was said before, and within the scope."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.dossier import Dossier, Upserted
from records.errors import DossierUnknown
from records.ids import DossierCode, ProcedureCode
from records.staff import WHOLE_OFFICE, Scope
from storage.dossiers import CHUNK
from tests.contract.office import OTHER_WARD, START, WARD, Office


def _case(number: int = 1) -> Dossier:
    code = DossierCode(f"H58.30-220303-{number:04}")
    return Dossier(
        code, ProcedureCode("1.001193"), WARD, START + timedelta(minutes=number), owner="Trần Văn Bé"
    )


def _upsert(office: Office, *cases: Dossier) -> Upserted:
    with office.database.transaction() as tx:
        return tx.dossiers.upsert(iter(cases), "case system", office.now)


def test_an_import_says_what_is_new_changed_and_the_same(office: Office) -> None:
    first, second = _case(1), _case(2)
    assert _upsert(office, first, second) == Upserted(2, 0, 0)
    assert _upsert(office, first, second) == Upserted(0, 0, 2)
    assert _upsert(office, first, replace(second, status="Đã trả kết quả"), _case(3)) == Upserted(1, 1, 1)


def test_a_row_that_comes_twice_in_an_import_counts_as_a_change_of_itself(office: Office) -> None:
    case = _case()
    assert _upsert(office, case, case, replace(case, status="x")) == Upserted(1, 1, 1)
    with office.database.snapshot() as tx:
        assert tx.dossiers.get(case.code, WHOLE_OFFICE).status == "x"


def test_a_long_import_goes_through_in_portions(office: Office) -> None:
    cases = [_case(number) for number in range(1, 2 * CHUNK + 2)]
    assert _upsert(office, *cases) == Upserted(len(cases), 0, 0)
    changed = [replace(case, status="closed") for case in cases]
    assert _upsert(office, *changed) == Upserted(0, len(cases), 0)


def test_what_was_known_at_a_past_moment_can_be_asked(office: Office) -> None:
    case = _case()
    _upsert(office, case)
    office.wait(timedelta(days=1))
    finished = replace(case, finished_at=office.now)
    _upsert(office, finished)
    with office.database.snapshot() as tx:
        assert tx.dossiers.as_of(case.code, START - timedelta(seconds=1)) is None
        assert tx.dossiers.as_of(case.code, START) == case
        assert tx.dossiers.as_of(case.code, office.now - timedelta(seconds=1)) == case
        assert tx.dossiers.as_of(case.code, office.now) == finished


def test_a_dossier_of_another_unit_is_unknown(office: Office) -> None:
    _upsert(office, _case())
    with office.database.snapshot() as tx:
        assert tx.dossiers.get(_case().code, Scope(frozenset([WARD]))) == _case()
        for scope, code in ((Scope(frozenset([OTHER_WARD])), _case().code), (WHOLE_OFFICE, _case(2).code)):
            with pytest.raises(DossierUnknown):
                tx.dossiers.get(code, scope)
        assert tx.dossiers.list(Scope(frozenset([OTHER_WARD]))).items == ()


def test_the_known_ones_of_some_codes_are_told(office: Office) -> None:
    _upsert(office, _case(1), _case(3))
    with office.database.snapshot() as tx:
        asked = [_case(number).code for number in range(1, 5)]
        assert tx.dossiers.known(asked) == {_case(1).code, _case(3).code}
        assert tx.dossiers.known([]) == frozenset()


def test_dossiers_are_listed_by_unit_procedure_period_and_state(office: Office) -> None:
    cases = [_case(number) for number in range(1, 6)]
    cases[1] = replace(cases[1], unit=OTHER_WARD)
    cases[2] = replace(cases[2], returned_at=START + timedelta(days=1))
    cases[3] = replace(cases[3], procedure=ProcedureCode("1.000894"))
    _upsert(office, *cases)
    with office.database.snapshot() as tx:

        def listed(**filters: object) -> list[Dossier]:
            return list(tx.dossiers.list(WHOLE_OFFICE, **filters).items)  # type: ignore[arg-type]

        assert listed() == cases
        assert listed(unit=OTHER_WARD) == [cases[1]]
        assert listed(resolved=True) == [cases[2]]
        assert listed(resolved=False) == [cases[0], cases[1], cases[3], cases[4]]
        assert listed(procedure=ProcedureCode("1.000894")) == [cases[3]]
        period = {"received_from": cases[1].received_at, "received_before": cases[3].received_at}
        assert listed(**period) == cases[1:3]
        part = tx.dossiers.list(WHOLE_OFFICE, limit=2)
        assert [*part.items, *tx.dossiers.list(WHOLE_OFFICE, limit=9, after=part.next).items] == cases
