"""`import-dossiers` as its user calls it: what was taken, what was refused and why, and what a second file changes."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.dossiers import import_dossiers
from config.settings import load_settings
from config.wiring import Services, build, set_up
from records.ids import DossierCode
from records.staff import WHOLE_OFFICE

OLD, NEW = "000.17.22.H58-220303-0001", "H58.30-220303-0012"
HEADER = "MaHoSo,MaTTHC,DonViXuLy,NgayTiepNhan,NgayKetThucXuLy\n"
GOOD = f"{OLD},1.001193.000.00.00.H58,Phường 3,03/03/2022 08:00,\n{NEW},1.001193,P3,2022-03-03,2022-03-04\n"
BAD = (
    "H58.30-221303-0013,1.001193,P3,03/03/2022,\n"
    "H58.30-220303-0014,1.001193,Nguyễn Văn A,03/03/2022,\n"
    "H58.30-220303-0015,1.001193,P3,31/02/2022,\n"
    "H58.30-220303-0016,1.001193,P3,03/03/2022,02/03/2022\n"
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHOA_DATA_DIR", str(tmp_path / "data"))
    services = build(load_settings())
    set_up(services)
    services.close()


def imported(tmp_path: Path, text: str, *options: str) -> Result:
    file = tmp_path / "cases"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(import_dossiers, [str(file), *options])


def outcome(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout)
    return {name: found[name] for name in ("new", "changed", "same", "refused", "broken_off")}


def opened() -> Services:
    return build(load_settings())


def test_good_rows_are_taken_and_every_other_is_reported_without_its_values(tmp_path: Path) -> None:
    report = tmp_path / "refused.csv"
    result = imported(tmp_path, HEADER + GOOD + BAD, "--refused", str(report), "--json")
    assert (result.exit_code, outcome(result)["new"], outcome(result)["refused"]) == (1, 2, 4)
    with report.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == ["4", "5", "6", "7"]
    assert [row["code"] for row in rows] == [
        "invalid_dossier_code", "unknown_unit", "invalid_value", "invalid_value",
    ]  # fmt: skip
    assert [row["reason"].partition(":")[0] for row in rows[2:]] == ["received_at", "finished_at"]
    assert "Nguyễn" not in report.read_text(encoding="utf-8")


def test_a_dry_run_tells_what_would_be_and_writes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        assert outcome(imported(tmp_path, HEADER + GOOD, "--dry-run", "--json"))["new"] == 2
    assert outcome(imported(tmp_path, HEADER + GOOD, "--json"))["new"] == 2
    assert outcome(imported(tmp_path, HEADER + GOOD, "--dry-run", "--json"))["same"] == 2


def test_a_second_file_changes_what_differs_and_keeps_what_was_said_before(tmp_path: Path) -> None:
    imported(tmp_path, HEADER + GOOD)
    between = datetime.now(UTC)
    later = GOOD.replace("08:00,", "08:00,05/03/2022 10:00")
    assert outcome(imported(tmp_path, HEADER + later, "--json")) == {
        "new": 0, "changed": 1, "same": 1, "refused": 0, "broken_off": None,
    }  # fmt: skip
    services = opened()
    with services.database.snapshot() as tx:
        then = tx.dossiers.as_of(DossierCode(OLD), between)
        assert then is not None
        assert then.finished_at is None
        assert tx.dossiers.get(DossierCode(OLD), WHOLE_OFFICE).finished_at is not None
    services.close()


def test_a_mapping_file_names_columns_of_one_s_own(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Ref": "code", "Kind": "procedure", "Desk": "unit", "In": "received_at"}))
    rows = f"Ref,Kind,Desk,In\n{NEW},1.001193,P3,2022-03-03\n"
    assert imported(tmp_path, rows).exit_code != 0
    assert outcome(imported(tmp_path, rows, "--mapping", str(mapping), "--json"))["new"] == 1


def test_a_file_that_breaks_off_half_way_says_what_was_taken(tmp_path: Path) -> None:
    case = {"MaHoSo": NEW, "MaTTHC": "1.001193", "DonViXuLy": "P3", "NgayTiepNhan": "2022-03-03"}
    result = imported(tmp_path, json.dumps([case, {**case, "MaHoSo": OLD}])[:-20])
    assert result.exit_code == 1
    assert "new 1" in result.stdout
    assert "breaks off after 1 rows" in result.stderr
