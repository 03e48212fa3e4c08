"""`sohoa ocr` as somebody at a terminal knows it: files in, four files out, a status that can be trusted."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from cli.main import sohoa
from config.settings import Settings


def ocr(*arguments: str | Path) -> Result:
    return CliRunner().invoke(sohoa, ["ocr", "--engine", "tesseract", *map(str, arguments)])


def scan(path: Path, pages: int = 1) -> Path:
    """A small white sheet, or several in one file."""
    sheet = Image.new("L", (420, 594), 255)
    if pages == 1:
        sheet.save(path, dpi=(50, 50))
    else:
        sheet.save(path, dpi=(50, 50), save_all=True, append_images=[sheet] * (pages - 1))
    return path


def told(out: Path, name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((out / f"{name}.json").read_text("utf-8"))
    return document


@pytest.mark.slow
def test_each_file_gives_four_and_its_pages_are_parted_by_form_feeds(tmp_path: Path) -> None:
    out = tmp_path / "read"
    done = ocr(scan(tmp_path / "one.png"), scan(tmp_path / "three.tif", 3), "--out", out)
    assert done.exit_code == 0, done.output
    names = {
        "one.txt",
        "one.pdf",
        "one.json",
        "one.alto.xml",
        "three.txt",
        "three.pdf",
        "three.json",
        "three.alto.xml",
    }
    assert {path.name for path in out.iterdir()} == names
    assert (out / "three.txt").read_text("utf-8").count("\f") == 2
    assert told(out, "three")["pages"] == 3


@pytest.mark.slow
def test_a_file_that_cannot_be_read_costs_nothing_but_itself(tmp_path: Path) -> None:
    out = tmp_path / "read"
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "text.pdf").write_text("hello")
    bad = (tmp_path / "empty.pdf", tmp_path / "text.pdf", tmp_path / "gone.pdf", tmp_path)
    done = ocr(*bad, scan(tmp_path / "good.png"), "--out", out, "--jobs", "1")
    assert done.exit_code == 1
    codes = {name: told(out, name)["error"] for name in ("empty", "text", "gone", tmp_path.stem, "good")}
    assert {name: error and error["code"] for name, error in codes.items()} == {
        "empty": "empty_file",
        "text": "unsupported_media_type",
        "gone": "no_such_file",
        tmp_path.stem: "no_such_file",
        "good": None,
    }


def test_what_is_to_be_read_is_never_written_over(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"the only copy")
    done = ocr(paper, "--out", tmp_path)
    assert done.exit_code == 2
    assert "paper.pdf would be overwritten" in done.output
    assert paper.read_bytes() == b"the only copy"


def test_without_a_folder_for_the_results_the_usage_is_wrong(tmp_path: Path) -> None:
    assert ocr(scan(tmp_path / "one.png")).exit_code == 2


def test_a_reader_that_dies_fails_its_file_and_the_next_is_read_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cli import reading

    monkeypatch.setattr(reading, "_start", in_place_of_models)
    monkeypatch.setattr(reading, "_read", dies_of_bad_files)
    out = tmp_path / "read"
    out.mkdir()
    work = [(tmp_path / "bad.pdf", "bad"), (tmp_path / "good.pdf", "good")]
    documents = {d["source"]: d for d in reading.read_all(Settings(), work, out, jobs=1)}
    assert documents["bad.pdf"]["error"]["code"] == "recognition_failed"
    assert documents["good.pdf"] == {"source": "good.pdf", "error": None}


def in_place_of_models(settings: Settings) -> None:
    """The process that dies needs nothing."""


def dies_of_bad_files(path: Path, out: Path, name: str) -> dict[str, Any]:
    if name == "bad":
        os._exit(9)
    return {"source": path.name, "error": None}
