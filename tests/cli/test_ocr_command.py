"""`sohoa ocr` as somebody at a terminal knows it: files in, four files out, a status that can be trusted."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from cli.lanes import Lanes
from cli.main import sohoa
from cli.reading import names_for
from config.settings import Settings
from records.errors import NoSuchFile, ResultsNotWritten
from workers.local import write_failure
from workers.results import SUFFIXES, publish

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.mark.slow
def test_a_reader_that_dies_fails_its_file_and_the_next_is_read_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cli import lanes

    monkeypatch.setattr(lanes, "_start", in_place_of_models)
    monkeypatch.setattr(lanes, "_read", dies_of_bad_files)
    out = tmp_path / "read"
    out.mkdir()
    work = [(tmp_path / "bad.pdf", "bad"), (tmp_path / "good.pdf", "good")]
    with Lanes(Settings(), work, out, jobs=1) as read:
        documents = {document["source"]: document for document in read}
    assert documents["bad.pdf"]["error"]["code"] == "recognition_failed"
    assert documents["good.pdf"] == {"source": "good.pdf", "error": None}


def test_files_of_the_same_name_from_different_folders_each_keep_their_results(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    papers = (
        tmp_path / "a" / "x.pdf",
        tmp_path / "b" / "x.pdf",
        tmp_path / "x.pdf-2.pdf",
        tmp_path / "x.jpg",
    )
    assert names_for(papers) == ["x.pdf", "x.pdf-2", "x.pdf-2-2", "x.jpg"]


def test_a_folder_that_takes_no_files_is_wrong_usage_said_in_one_line(tmp_path: Path) -> None:
    paper = scan(tmp_path / "one.png")
    done = ocr(paper, "--out", paper / "below")
    assert done.exit_code == 2
    assert "nothing can be written into --out" in done.output
    assert "Traceback" not in done.output


@pytest.mark.slow
def test_names_that_are_very_long_or_no_utf8_are_read_like_all_others(tmp_path: Path) -> None:
    out = tmp_path / "read"
    long = scan(tmp_path / f"{'ồ' * 82}.png")
    odd = scan(tmp_path / "plain.png").rename(tmp_path / os.fsdecode(b"gi\xe1y.png"))
    done = ocr(long, odd, "--out", out)
    assert done.exit_code == 0, done.output
    assert {json.loads(path.read_bytes())["source"] for path in out.glob("*.json")} == {
        long.name,
        "gi\ufffdy.png",
    }
    assert len(list(out.iterdir())) == 8


def test_a_result_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    publish(tmp_path, "paper", {".txt": b"old", ".json": b"{}"})
    (tmp_path / "paper.pdf.part").mkdir()  # as a full disk does, this fails in the middle
    with pytest.raises(ResultsNotWritten):
        publish(tmp_path, "paper", {".txt": b"new", ".pdf": b"new", ".json": b"new"})
    assert (tmp_path / "paper.txt").read_bytes() == b"old"
    assert not (tmp_path / "paper.txt.part").exists()


@pytest.mark.slow
def test_a_full_disk_fails_the_file_and_ends_the_command(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: four pages fit one by one, and their PDF does not."""
    out = tmp_path / "read"
    command = [sys.executable, "-m", "cli", "ocr", "--engine", "tesseract", "--json", "--out", str(out)]
    noise = Image.effect_noise((500, 700), 90)
    noise.save(tmp_path / "noise.tif", dpi=(60, 60), save_all=True, append_images=[noise] * 3)
    done = subprocess.run(
        [*command, str(tmp_path / "noise.tif")],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["error"]["code"] == "results_not_written"
    assert [path.name for path in out.iterdir()] == ["noise.json"]


def test_results_of_an_earlier_run_do_not_stand_beside_an_error(tmp_path: Path) -> None:
    earlier: dict[str, Any] = {"source": "paper.pdf", "quality": [], "error": None}
    publish(tmp_path, "paper", {".txt": b"read", ".pdf": b"%PDF", ".json": json.dumps(earlier).encode()})
    (tmp_path / "other.pdf").write_bytes(b"not ours")
    for name in ("paper", "other"):
        write_failure(tmp_path / f"{name}.tif", tmp_path, name, NoSuchFile())
    assert {path.name for path in tmp_path.iterdir()} == {"paper.json", "other.json", "other.pdf"}


@pytest.mark.slow
def test_an_interrupted_run_says_so_and_leaves_whole_files_and_no_process(tmp_path: Path) -> None:
    out = tmp_path / "read"
    papers = [scan(tmp_path / "quick.png"), scan(tmp_path / "long.tif", 60)]
    command = [sys.executable, "-m", "cli", "ocr", "--engine", "tesseract", "--jobs", "1", "--out", str(out)]
    running = subprocess.Popen(
        [*command, *map(str, papers)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    while not (out / "quick.json").exists():
        assert running.poll() is None
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the command and all that it started
    said = running.communicate(timeout=30)[1]
    assert running.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert {path.name for path in out.iterdir()} == {f"quick{suffix}" for suffix in SUFFIXES}
    assert is_gone(running.pid)


@pytest.mark.slow
def test_a_command_that_is_killed_leaves_no_reader_behind(tmp_path: Path) -> None:
    out = tmp_path / "read"
    command = [sys.executable, "-m", "cli", "ocr", "--engine", "tesseract", "--out", str(out)]
    papers = [scan(tmp_path / "quick.png"), scan(tmp_path / "long.tif", 60)]
    running = subprocess.Popen(
        [*command, "--jobs", "1", *map(str, papers)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (out / "quick.json").exists():
        assert running.poll() is None
        time.sleep(0.05)
    running.kill()
    running.wait()
    assert is_gone(running.pid)


def heed_interrupts() -> None:
    """Whoever runs the tests in the background has them ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def is_gone(group: int) -> bool:
    """Whether no process of a group is left, a moment after its head has ended."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def in_place_of_models(settings: Settings, scratch: str) -> None:
    """The process that dies needs nothing."""


def dies_of_bad_files(path: Path, out: Path, name: str) -> dict[str, Any]:
    if name == "bad":
        os._exit(9)
    return {"source": path.name, "error": None}
