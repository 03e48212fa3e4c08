"""What the case system tells of a dossier and of its components is one change, whatever database keeps it."""

from dataclasses import replace
from datetime import timedelta

from records.components import DossierComponent, DossierTold
from records.dossier import Dossier, Upserted
from records.ids import DossierCode, ProcedureCode
from tests.contract.office import START, WARD, Office

CODE = DossierCode("H58.30-220303-0001")
CASE = Dossier(CODE, ProcedureCode("1.001193"), WARD, START)
ALONE = (DossierComponent("TP01"),)
BOTH = (DossierComponent("TP01"), DossierComponent("TP02", reused=True))


def _take(office: Office, *told: DossierTold) -> Upserted:
    with office.database.transaction() as tx:
        return tx.case_data.take(told, "case system", office.now)


def _changes_waiting(office: Office) -> int:
    with office.database.snapshot() as tx:
        return tx.sums.waiting()


def test_a_dossier_told_with_its_components_is_counted_once(office: Office) -> None:
    assert _take(office, DossierTold(CASE, BOTH)) == Upserted(1, 0, 0)
    assert _changes_waiting(office) == 1


def test_a_list_that_alone_differs_changes_its_dossier(office: Office) -> None:
    _take(office, DossierTold(CASE, ALONE))
    assert _take(office, DossierTold(CASE, ALONE)) == Upserted(0, 0, 1)
    assert _take(office, DossierTold(CASE, BOTH)) == Upserted(0, 1, 0)


def test_a_preview_says_what_would_be_and_writes_nothing(office: Office) -> None:
    _take(office, DossierTold(CASE, ALONE))
    new = replace(CASE, code=DossierCode("H58.30-220303-0002"))
    told = [DossierTold(CASE, BOTH), DossierTold(new)]
    for _ in range(2):
        with office.database.snapshot() as tx:
            assert tx.case_data.preview(told) == Upserted(1, 1, 0)


def test_the_history_of_a_component_that_goes_and_comes_back_has_no_gap(office: Office) -> None:
    for components in (BOTH, ALONE, BOTH):
        _take(office, DossierTold(CASE, components))
        office.wait(timedelta(days=1))
    with office.database.snapshot() as tx:
        told = [version.component for version in tx.components.history(CODE, "TP02")]
        assert tx.components.of_dossier(CODE) == BOTH
    assert told == [BOTH[1], None, BOTH[1]]
