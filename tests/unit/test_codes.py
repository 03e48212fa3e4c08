"""Codes in every printed form: dossiers (2018 and new), results, procedures."""

from __future__ import annotations

from datetime import date

import pytest

from records.codes import find_dossier_code, parse_dossier_code, parse_procedure_code
from records.errors import InvalidDossierCode


@pytest.mark.parametrize(
    ("text", "unit", "day", "sequence"),
    [
        ("000.17.22.H56-210531-0001", "000.17.22.H56", date(2021, 5, 31), 1),
        ("000.00.06.H56-231027-0361", "000.00.06.H56", date(2023, 10, 27), 361),
        ("H56.14-240823-0001", "H56.14", date(2024, 8, 23), 1),
        ("h58.30 – 220303 – 0012", "H58.30", date(2022, 3, 3), 12),
    ],
)
def test_both_forms_of_a_dossier_code_live_side_by_side(
    text: str, unit: str, day: date, sequence: int
) -> None:
    parsed = parse_dossier_code(text)
    assert (parsed.unit, parsed.received_on, parsed.sequence, parsed.result) == (unit, day, sequence, None)


def test_a_result_code_names_its_dossier() -> None:
    parsed = parse_dossier_code("H58.30-220303-0012-KQ1")
    assert (parsed.code, parsed.result) == ("H58.30-220303-0012", 1)


@pytest.mark.parametrize("text", ["H58.30-221303-0012", "H58.30-220303-12", "", "H58.30", "1.001193"])
def test_a_code_whose_day_does_not_exist_or_that_lacks_a_part_is_refused(text: str) -> None:
    with pytest.raises(InvalidDossierCode):
        parse_dossier_code(text)


def test_the_code_is_taken_from_a_urls_query() -> None:
    url = "https://hcc.thanhhoa.gov.vn/portaldvc/KenhTin/tra-cuu.aspx?mahs=000.00.06.H56-231027-0361"
    parsed = find_dossier_code(url)
    assert parsed is not None and parsed.code == "000.00.06.H56-231027-0361"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193.000.00.00.H56", "1.001193"),
        ("2.002621.H56", "2.002621"),
        ("1.001193", "1.001193"),
        ("11.001193", None),
    ],
)
def test_a_procedure_code_of_any_form_gives_the_national_code(text: str, code: str | None) -> None:
    assert parse_procedure_code(text) == code
