"""`./sohoa test`: the order of the checks, and what becomes of the arguments."""

from pathlib import Path

import pytest

from cli import checks


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Plays pytest and every check: nothing is started, and all of it is well."""
    calls: list[list[str]] = []

    def remember(arguments: list[str]) -> int:
        calls.append(list(arguments))
        return 5

    monkeypatch.setattr(checks, "_pytest", remember)
    monkeypatch.setattr(checks, "CHECKS", (checks.Check("well", ("-c", "")),))
    return calls


def test_the_whole_suite_runs_side_by_side_and_pytest_decides(started: list[list[str]]) -> None:
    assert checks.run([]) == 5
    assert started == [checks._side_by_side()]


def test_fast_leaves_out_what_is_slow_the_servers_and_the_browser(started: list[list[str]]) -> None:
    checks.run(["--fast"])
    assert started[0][:2] == ["-m", "not slow and not servers and not browser"]


def test_what_a_person_asks_for_goes_to_pytest_as_it_is(started: list[list[str]]) -> None:
    checks.run(["-k", "coverage", "--pdb"])
    assert started == [["-k", "coverage", "--pdb"]]


def test_the_first_check_that_fails_ends_the_run_and_the_rest_is_named(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    well, ill = checks.Check("well", ("-c", "")), checks.Check("ill", ("-c", "print('why'); exit(3)"))
    monkeypatch.setattr(checks, "CHECKS", (well, ill, well))
    assert checks.run([]) == 1
    assert started == []
    said = [line for line in capsys.readouterr().out.splitlines() if line]
    assert said == ["well: passed", "why", "ill: FAILED", "well: not run", "tests: not run"]


def test_a_path_of_the_caller_s_folder_is_found_from_the_project_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_x.py").touch()
    monkeypatch.chdir(tmp_path)
    assert checks._seen_from_root("test_x.py::test_y") == f"{tmp_path}/test_x.py::test_y"
    assert checks._seen_from_root("-q") == "-q"
