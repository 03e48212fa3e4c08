"""The check of the objects finds what is gone, what was changed and what nobody needs; and the command says so."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import sohoa
from config.wiring import Services
from records.fixity import Fixity, Sha256
from storage.objects import object_key
from tests.faults.world import Office, live, office
from workers.object_check import Fault, ObjectsChecked, check_objects


@pytest.fixture
def lived_in(tmp_path: Path) -> Office:
    made = office(tmp_path)
    live(made)
    return made


def checked(services: Services) -> tuple[ObjectsChecked, set[tuple[Fault, str]]]:
    found = set[tuple[Fault, str]]()
    outcome = check_objects(services, on_found=lambda fault, sha256: found.add((fault, sha256)))
    services.close()
    return outcome, found


def test_after_a_day_every_object_is_there_and_none_is_too_many(lived_in: Office) -> None:
    outcome, found = checked(lived_in.services())
    assert found == set()
    assert outcome.whole
    assert outcome.objects > 10


def test_what_is_gone_changed_or_unknown_is_told_apart(lived_in: Office) -> None:
    services = lived_in.services()
    gone, changed, *_ = services.objects.listed()
    place(lived_in, gone).unlink()
    place(lived_in, changed).write_bytes(b"something else")
    stray = Fixity.of(b"nobody's")
    services.objects.put(b"nobody's", stray, "text/plain")
    outcome, found = checked(services)
    assert found == {(Fault.MISSING, gone), (Fault.DAMAGED, changed), (Fault.ORPHAN, stray.sha256)}
    assert (outcome.missing, outcome.damaged, outcome.orphans) == (1, 1, 1)
    assert not outcome.whole


def test_the_command_names_a_lost_object_and_fails(lived_in: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHOA_DATA_DIR", str(lived_in.settings.data_dir))
    assert run("audit").exit_code == 0
    services = lived_in.services()
    gone = next(services.objects.listed())
    services.close()
    place(lived_in, gone).unlink()
    assert run("audit", "chain").exit_code == 0
    said = run("audit", "objects", "--json")
    assert said.exit_code == 1
    fault, summary = map(json.loads, said.stdout.splitlines())
    assert fault == {"object": gone, "fault": "missing"}
    assert (summary["whole"], summary["missing"]) == (False, 1)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(sohoa, arguments)


def place(made: Office, sha256: Sha256) -> Path:
    return made.settings.data_dir / "objects" / object_key(sha256)
