"""`coverage` as its user calls it: rows under the public names, in every format, as of a past moment."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from rich.console import Console

from cli.coverage import coverage, coverage_table
from cli.report import report
from config.settings import load_settings
from config.wiring import build, set_up
from records.coverage import CoverageRow, Grouping, Period
from records.dossier import Dossier
from records.ids import DossierCode, ProcedureCode, UnitCode

pytestmark = pytest.mark.slow

THEN = datetime(2022, 3, 3, 2, 0, tzinfo=UTC)
CASE = Dossier(DossierCode("H58.30-220303-0012"), ProcedureCode("1.001193"), UnitCode("P3"), THEN)


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier received at one moment and resolved, as far as was known, a day later."""
    monkeypatch.setenv("SOHOA_DATA_DIR", str(tmp_path / "data"))
    services = build(load_settings())
    set_up(services)
    resolved = Dossier(CASE.code, CASE.procedure, CASE.unit, THEN, finished_at=THEN + timedelta(hours=1))
    with services.database.transaction() as tx:
        tx.dossiers.upsert([CASE], "test", THEN)
        tx.dossiers.upsert([resolved], "test", THEN + timedelta(days=1))
    services.close()


def asked(*options: str) -> Result:
    return CliRunner().invoke(coverage, ["--from", "2022-01-01", "--to", "31/12/2022", *options])


def rows(*options: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in asked("--format", "json", *options).stdout.splitlines()]


def test_rows_carry_the_public_names() -> None:
    (row,) = rows()
    promised = "key name received resolved required digitised rate rate_without_certification gap"
    assert list(row) == promised.split()
    assert (row["key"], row["name"], row["received"], row["gap"], row["rate"]) == (
        "P3",
        "Phường 3",
        1,
        1,
        0.0,
    )


def test_every_format_has_the_same_figures(tmp_path: Path) -> None:
    assert "Phường 3" in asked().stdout
    (line,) = csv.DictReader(io.StringIO(asked("--format", "csv").stdout))
    (row,) = rows()
    assert [line[name] for name in row] == [str(value) for value in row.values()]
    sheet = load_workbook(io.BytesIO(asked("--format", "xlsx").stdout_bytes)).worksheets[0]
    body = [cells[:8] for cells in sheet.iter_rows(values_only=True) if cells[1] in ("Phường 3", "Tổng số")]
    figures = (row["received"], row["resolved"], row["required"], row["digitised"], 0, row["gap"])
    assert body == [("P3", "Phường 3", *figures), (None, "Tổng số", *figures)]


def test_a_sheet_says_what_was_asked_and_is_proved_by_its_fingerprint(tmp_path: Path) -> None:
    for form in ("xlsx", "pdf"):
        file = tmp_path / f"coverage.{form}"
        assert asked("--by", "month", "--mapped", "--format", form, "--out", str(file)).exit_code == 0
        proved = CliRunner().invoke(report, ["--verify", str(file)])
        assert (proved.exit_code, "same: recomputed" in proved.stdout) == (0, True)
    said = {cell for row in load_workbook(tmp_path / "coverage.xlsx").worksheets[0].values for cell in row}
    assert {"Chia theo tháng", "Kỳ báo cáo: từ ngày 01/01/2022 đến hết ngày 31/12/2022"} <= said


def test_any_format_can_go_to_a_file(tmp_path: Path) -> None:
    for form in ("table", "json", "csv", "xlsx", "pdf"):
        assert asked("--format", form, "--out", str(tmp_path / form)).exit_code == 0
        assert (tmp_path / form).stat().st_size > 50


def test_every_breakdown_has_its_sheet(tmp_path: Path) -> None:
    for by in Grouping:
        done = asked("--by", by.value, "--format", "xlsx", "--out", str(tmp_path / by))
        assert (by, done.exit_code, done.exception) == (by, 0, None)


def test_a_past_day_means_its_end_and_a_past_moment_is_local() -> None:
    assert rows("--as-of", "2022-03-02") == []
    assert [row["resolved"] for row in rows("--as-of", "2022-03-03")] == [0]
    assert rows("--as-of", "2022-03-03T08:59") == []
    assert len(rows("--as-of", "2022-03-03T09:00")) == 1
    assert asked("--as-of", "yesterday").exit_code == 2


def test_today_s_unit_is_asked_for_by_its_own_code() -> None:
    assert [row["key"] for row in rows("--mapped", "--unit", "TINH-DT")] == ["P25-MYTHO"]
    assert rows("--unit", "TINH-DT") == []
    assert asked("--unit", "nowhere").exit_code != 0


def test_the_trend_ends_with_when_it_will_be_closed() -> None:
    asked_then = ("--trend", "6", "--as-of", "2022-06-30")
    assert "not reached at this pace" in asked(*asked_then).stdout
    *points, found = [json.loads(line) for line in asked(*asked_then, "--format", "json").stdout.splitlines()]
    assert [point["gap"] for point in points] == [1] * 7
    assert found["outlook"] == "not_at_this_pace"


def test_a_terminal_of_eighty_columns_shows_every_figure_also_with_components() -> None:
    counts = {"received": 2742, "resolved": 2325, "required": 1900, "digitised": 1899}
    more = {
        "required_with_certification": 2000,
        "digitised_with_certification": 0,
        "components_required": 5432,
        "components_digitised": 1234,
    }
    row = CoverageRow("P1", "Phòng Lao động - Thương binh và Xã hội thành phố Mỹ Tho", **counts, **more)
    period = Period(THEN.date(), THEN.date())
    out = io.StringIO()
    Console(file=out, width=80).print(coverage_table([row], "unit", period))
    words = out.getvalue().split()
    for figure in ("2,742", "1,899/1,900", "0/2,000", "1,234/5,432", "1", "missing"):
        assert words.count(figure) >= 1, figure
