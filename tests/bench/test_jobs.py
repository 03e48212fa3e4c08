"""The bench of a batch runs the real command and counts what it used."""

from pathlib import Path

import pikepdf
import pytest

from bench.jobs import files_of, measured


@pytest.mark.slow
def test_a_batch_has_as_many_pages_as_were_asked_for_in_one_file_or_many(tmp_path: Path) -> None:
    for folder, one_file in ((tmp_path / "one", True), (tmp_path / "many", False)):
        folder.mkdir()
        files = files_of(range(3001, 3003), 2, folder, one_file=one_file)
        assert len(files) == (1 if one_file else 2)
        counts = []
        for file in files:
            with pikepdf.open(file) as pdf:
                counts.append(len(pdf.pages))
        assert sum(counts) == 2


@pytest.mark.slow
def test_a_run_is_measured_with_all_its_processes(tmp_path: Path) -> None:
    files = files_of(range(3001, 3002), 1, tmp_path, one_file=False)
    run = measured(files, 1, ["--engine", "tesseract"], tmp_path / "read")
    assert (run.pages, run.failed) == (1, 0)
    assert 0.2 < run.cpu < 10 * run.wall
    assert 30 < max(run.readers) <= run.together
