"""The data that the project ships with is complete and consistent."""

from __future__ import annotations

from collections import Counter
from datetime import date

from records import default_data


def test_every_code_of_the_shipped_data_is_unique() -> None:
    for codes in (
        [t.code for t in default_data.document_types()],
        [p.code for p in default_data.procedures()],
        [u.code for u in default_data.org_units()],
        [i.id for i in default_data.indicators()],
    ):
        assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_the_data_counts_what_the_files_hold() -> None:
    assert len(default_data.document_types()) == 66
    assert len(default_data.procedures()) == 131
    assert sum(p.certification for p in default_data.procedures()) == 17
    assert len(default_data.org_units()) == 43


def test_parents_and_successors_are_units_of_the_same_file() -> None:
    known = {unit.code for unit in default_data.org_units()}
    assert all(unit.parent is None or unit.parent in known for unit in default_data.org_units())
    assert all({s.unit, s.successor} <= known for s in default_data.successions())


def test_shares_of_a_unit_add_up_to_one_and_the_city_has_no_successor() -> None:
    shares: dict[str, float] = {}
    for succession in default_data.successions():
        shares[succession.unit] = shares.get(succession.unit, 0.0) + succession.share
    assert set(shares.values()) == {1.0}
    assert "TP-MT" not in shares


def test_a_ward_of_2022_ends_when_the_district_level_ended() -> None:
    units = {unit.code: unit for unit in default_data.org_units()}
    ward = units["P1"]  # type: ignore[index]
    assert ward.valid_on(date(2025, 6, 30))
    assert not ward.valid_on(date(2025, 7, 1))
    assert not units["P25-MYTHO"].valid_on(date(2025, 6, 30))  # type: ignore[index]


def test_result_types_of_procedures_are_types_of_the_taxonomy() -> None:
    known = {t.code for t in default_data.document_types()}
    assert {code for p in default_data.procedures() for code in p.result_types} <= known


def test_a_procedure_without_a_national_code_has_a_code_of_its_own_that_hangs_on_its_name() -> None:
    own = {p.code: p.name for p in default_data.procedures() if p.code.startswith("local.")}
    assert len(own) == 17
    assert own["local.5da76162"] == "Tách thửa hoặc hợp thửa đất"  # type: ignore[index]


def test_thresholds_and_points_are_numbers_and_unknown_ones_are_none() -> None:
    indicators = {i.id: i for i in default_data.indicators()}
    assert indicators["4.2"].threshold == 0.8
    assert indicators["4.2"].max_points == 4
    assert indicators["4.1"].threshold is None
    assert indicators["GROUP"].max_points == 22


def test_an_extract_has_the_fields_of_the_certificate_it_is_taken_from() -> None:
    types = {t.code: t for t in default_data.document_types()}
    assert types["TLKS"].fields == types["GKS"].fields  # type: ignore[index]


def test_abbreviations_keep_their_case() -> None:
    found = {a.abbreviation for a in default_data.kind_abbreviations()}
    assert {"QĐ", "QyĐ", "CTr", "TTr", "GXN", "XN", ""} <= found
