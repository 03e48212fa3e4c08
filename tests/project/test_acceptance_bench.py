"""The measure of acceptance: fitted on some papers, graded on others, and its rows are what `policy fit` takes."""

from pathlib import Path

import pytest

from bench.acceptance import Observation, halves, main, tallied, write, written
from workers.policy_fit import read_observations


def rows(count: int) -> list[Observation]:
    return [
        Observation(f"paper {number}", "QD", name, 0.97, number != 3)
        for number in range(count)
        for name in ("place", "document_type")
    ]


def test_no_paper_is_both_tuned_on_and_graded() -> None:
    tuned, graded = halves(rows(9))
    assert {one.paper for one in tuned} & {one.paper for one in graded} == set()
    assert len(tuned) + len(graded) == 18


def test_what_is_written_is_what_a_prior_is_fitted_from(tmp_path: Path) -> None:
    file = tmp_path / "observations.csv"
    assert write(file, iter(rows(9))) == written(file) == rows(9)
    assert set(read_observations(file.read_text())) == set(tallied(rows(9)))


def test_the_share_that_needs_no_look_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "observations.csv"
    write(file, iter(rows(140)))
    assert main(["--from", str(file), "--bound", "0.05"]) == 0
    assert "70 papers graded, of which 70 need no look" in " ".join(capsys.readouterr().out.split())
    assert main(["--from", str(file), "--bound", "0.005"]) == 0
    assert "of which 0 need no look" in " ".join(capsys.readouterr().out.split())
