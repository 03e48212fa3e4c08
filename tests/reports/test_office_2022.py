"""The office's own figures of 2022 come out of an import of such dossiers, to the digit, in every form."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from config.wiring import Services, build, set_up
from records.coverage import Rate
from records.form_ii06a import broken_sums
from records.report import Report, ReportKind
from records.staff import WHOLE_OFFICE, Scope
from reports.formats import ReportFormat, write
from tests.reports.office_2022 import YEAR, write_case_list
from workers.case_import import import_cases
from workers.reporting import make_report, verify_report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """An office with its year in it."""
    folder = tmp_path_factory.mktemp("year")
    write_case_list(folder / "cases.csv")
    services = build(Settings(data_dir=folder / "data"))
    set_up(services)
    import_cases(services, folder / "cases.csv", actor="test")
    yield services
    services.close()


@pytest.fixture(scope="module")
def form(year: Services) -> Report:
    return make_report(year, ReportKind.II_06A, YEAR, WHOLE_OFFICE)


def test_form_ii06a_has_the_figures_of_2022(form: Report) -> None:
    total = form.rows()[-1]
    assert (total["received"], total["resolved"], total["open"]) == (20_742, 20_325, 417)
    assert (total["early"] + total["on_time"], total["late"]) == (20_255, 70)
    in_time, late = dict(form.rates)["in_time"], dict(form.rates)["late"]
    assert (in_time, str(in_time)) == (Rate(20_255, 20_325), "99.66 %")
    assert (late, str(late)) == (Rate(70, 20_325), "0.34 %")


def test_every_line_meets_the_form_s_sums(form: Report) -> None:
    assert len(form.lines) > 20
    assert all(broken_sums(form.columns, line) == () for line in form.lines)


def test_the_sheet_and_the_indicators_count_the_same_dossiers(year: Services) -> None:
    sheet = make_report(year, ReportKind.DIGITIZATION, YEAR, WHOLE_OFFICE).rows()
    assert (sheet[-1]["received"], sheet[-1]["resolved"]) == (20_742, 20_325)
    assert sum(row["received"] for row in sheet[:-1]) == 20_742
    indicators = {
        row["key"]: row for row in make_report(year, ReportKind.INDICATORS, YEAR, WHOLE_OFFICE).rows()
    }
    assert indicators["4.2"]["rate"] == {"numerator": 0, "denominator": 20_742, "percent": 0.0}
    assert indicators["4.2"]["rate_of_resolved"]["denominator"] == 20_325


def test_units_add_up_to_the_office(year: Services) -> None:
    with year.database.snapshot() as tx:
        wards = [unit.code for unit in tx.catalogue.units() if unit.level == "commune"]
    parts = [
        make_report(year, ReportKind.II_06A, YEAR, Scope(frozenset(units))).rows()[-1]["received"]
        for units in (wards[:7], wards[7:])
    ]
    districts = make_report(year, ReportKind.II_06A, YEAR, WHOLE_OFFICE).rows()[0]
    assert districts["name"] == "district"
    assert sum(parts) + districts["received"] == 20_742


@pytest.mark.parametrize("file_format", ReportFormat)
def test_the_file_proves_itself(year: Services, form: Report, file_format: ReportFormat) -> None:
    found = verify_report(year, write(form, file_format), WHOLE_OFFICE)
    assert (found.cells, found.inputs, found.same) == ((), (), True)


def test_mapped_to_today_the_wards_of_2025_hold_the_old_ones_dossiers(year: Services) -> None:
    sheet = make_report(year, ReportKind.DIGITIZATION, YEAR, WHOLE_OFFICE, mapped=True).rows()
    units = {row["key"]: row["received"] for row in sheet}
    assert units["total"] == 20_742
    assert {"P25-MYTHO", "P25-DAOTHANH", "P25-MYPHONG", "P25-THOISON", "P25-TRUNGAN"} <= units.keys()
    assert not {"P1", "P2", "X-MYPHONG"} & units.keys()
