"""Dated data: seeded once, never overwritten, and reaching down the tree of units."""

from datetime import date

import pytest

from records import default_data
from records.errors import NotFound
from records.ids import StaffId, UnitCode
from records.org_unit import OrgUnit
from records.staff import WHOLE_OFFICE, Scope, Staff, StaffRole
from tests.contract.office import WARD, Office

CITY = UnitCode("TP-MT")


def test_the_default_data_comes_back_as_the_project_ships_it(office: Office) -> None:
    with office.database.snapshot() as tx:
        assert tx.catalogue.units() == default_data.org_units()
        assert tx.catalogue.procedures() == default_data.procedures()
        assert tx.catalogue.document_types() == default_data.document_types()
        assert tx.catalogue.indicators() == default_data.indicators()
        assert set(tx.catalogue.successions()) == set(default_data.successions())


def test_seeding_again_neither_doubles_nor_overwrites(office: Office) -> None:
    own = OrgUnit(UnitCode("X"), "Ours", "ward", "commune", CITY, None, True, None, None)
    with office.database.transaction() as tx:
        tx.catalogue.add_units([own])
        before = tx.catalogue.units()
        tx.catalogue.seed()
        assert tx.catalogue.units() == before
        assert tx.catalogue.unit(own.code) == own


def test_a_unit_that_is_not_there_is_not_found(office: Office) -> None:
    with office.database.snapshot() as tx, pytest.raises(NotFound):
        tx.catalogue.unit(UnitCode("no such unit"))


def test_procedures_can_be_asked_for_a_day(office: Office) -> None:
    with office.database.snapshot() as tx:
        then = tx.catalogue.procedures(on=date(2022, 3, 1))
        now = tx.catalogue.procedures(on=date(2026, 1, 1))
    assert {procedure.code for procedure in then} < {procedure.code for procedure in now}


def test_a_scope_reaches_everything_below_its_units(office: Office) -> None:
    def clerk(*units: UnitCode, everywhere: bool = False) -> Staff:
        return Staff(StaffId("c"), "clerk", StaffRole.CLERK, units, everywhere)

    with office.database.snapshot() as tx:
        city = tx.catalogue.scope_of(clerk(CITY))
        assert city.units is not None
        assert {CITY, WARD} < city.units
        assert UnitCode("TINH-TG") not in city.units
        assert tx.catalogue.scope_of(clerk(WARD)) == Scope(frozenset([WARD]))
        assert tx.catalogue.scope_of(clerk()) == Scope(frozenset())
        assert tx.catalogue.scope_of(clerk(everywhere=True)) == WHOLE_OFFICE
