"""`audit coverage`: a figure that was tampered with is found, and counted anew when asked."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from cli.keeping import audit
from config.settings import Settings, load_settings
from config.wiring import build, set_up
from records.dossier import Dossier
from records.ids import DossierCode, ProcedureCode, UnitCode
from storage.engines import make_engine

pytestmark = pytest.mark.slow

THEN = datetime(2022, 3, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SOHOA_DATA_DIR", str(tmp_path / "data"))
    services = build(load_settings())
    set_up(services)
    with services.database.transaction() as tx:
        case = Dossier(DossierCode("H58.30-220303-0012"), ProcedureCode("1.001193"), UnitCode("P3"), THEN)
        tx.dossiers.upsert([case], "test", THEN)
        tx.sums.take_in()
    services.close()
    return load_settings()


def tamper(settings: Settings, statement: str) -> None:
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE coverage_sums SET received = 2",
        "UPDATE case_facts SET has = 1",
        "UPDATE dossiers SET unit = 'P1'",
    ],
)
def test_what_is_not_as_the_facts_say_is_found_and_put_right(settings: Settings, statement: str) -> None:
    run = CliRunner()
    assert run.invoke(audit, ["coverage"]).exit_code == 0
    tamper(settings, statement)
    found = run.invoke(audit, ["coverage", "--json"])
    assert found.exit_code == 1
    assert json.loads(found.stdout.splitlines()[-1])["same"] is False
    assert run.invoke(audit, ["coverage", "--repair"]).exit_code == 0
    assert run.invoke(audit, ["coverage"]).exit_code == 0


def test_a_past_moment_is_recounted_from_the_histories(settings: Settings) -> None:
    tamper(settings, "UPDATE dossier_history SET unit = 'P1'")
    run = CliRunner()
    assert run.invoke(audit, ["coverage"]).exit_code == 0
    assert run.invoke(audit, ["coverage", "--as-of", "2022-03-03"]).exit_code == 1
    assert run.invoke(audit, ["coverage", "--as-of", "2022-03-02"]).exit_code == 0
