"""`./sohoa` on machines that lack one thing or another. Its Python and pip are played by small scripts."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

TOOLS = [
    "sh",
    "env",
    "dirname",
    "readlink",
    "sha256sum",
    "flock",
    "cat",
    "grep",
    "tail",
    "tr",
    "paste",
    "mkdir",
    "rm",
    "mv",
    "cp",
    "chmod",
]

READING_TOOLS = ("tesseract", "pdftoppm")

# What the fake Python answers: it is new enough, has the module asked for, makes a .venv, and installs.
PYTHON = """#!/bin/sh
echo "python $*" >>"$JOURNAL"
case "$*" in
*"sys.version_info <"*) [ "$FAKE_VERSION" != old ] ;;
*"import ensurepip"*) [ "$FAKE_VERSION" != bare ] ;;
*"python3.%d-venv"*) echo python3.11-venv ;;
--version) echo "Python 3.11.2" ;;
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip install "*) [ "$FAKE_PIP" != fails ] || { echo "ERROR: no network"; exit 1; } ;;
"-m cli"*) echo "$PWD|$PYTHONPATH|$PYTHONSAFEPATH|$*" ;;
esac
"""


class Machine:
    """A checkout in a folder with a blank in its name, and a PATH with nothing on it but what is put there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "a checkout"
        self.root.mkdir()
        for name in ("sohoa", "requirements.txt", "requirements-dev.txt"):
            shutil.copy(ROOT / name, self.root)
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or "/nowhere")
        self.put("id", "#!/bin/sh\necho 1000\n")
        self.put("python3", PYTHON)
        self.journal = folder / "journal"
        self.environment = {
            "PATH": str(self.bin),
            "JOURNAL": str(self.journal),
            "FAKE_VERSION": "new",
            "FAKE_PIP": "works",
            "TESSDATA_PREFIX": str(folder),
        }
        for tool in READING_TOOLS:
            self.put(tool, "#!/bin/sh\n")
        for language in ("vie", "osd"):
            (folder / f"{language}.traineddata").touch()

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def put(self, name: str, text: str) -> None:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)

    def run(
        self, *arguments: str, script: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [script or self.root / "sohoa", *arguments],
            cwd=self.folder,
            env=self.environment | environment,
            text=True,
            capture_output=True,
            check=False,
        )

    def calls(self, part: str) -> int:
        """How often Python was started with this among its arguments."""
        return self.journal.read_text().count(part) if self.journal.exists() else 0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_first_run_makes_a_venv_from_hashed_pins_and_says_so_on_stderr(machine: Machine) -> None:
    done = machine.run("coverage", "--json")
    assert done.returncode == 0
    assert "making .venv with Python 3.11.2" in done.stderr
    assert "--require-hashes -r" in machine.journal.read_text()
    assert done.stdout == f"{machine.folder}|{machine.root}|1|-m cli coverage --json\n"


def test_the_second_run_is_silent_and_starts_nothing_but_the_command(machine: Machine) -> None:
    machine.run("coverage")
    machine.journal.unlink()
    done = machine.run("coverage")
    assert done.stderr == ""
    assert machine.journal.read_text() == "python -m cli coverage\n"


def test_it_runs_by_a_symlink_from_another_folder_and_keeps_that_folder(machine: Machine) -> None:
    link = machine.folder / "link"
    link.symlink_to(machine.root / "sohoa")
    done = machine.run("ocr", "a file.pdf", script=link)
    assert done.stdout.startswith(f"{machine.folder}|{machine.root}|")
    assert done.stdout.endswith("-m cli ocr a file.pdf\n")


def test_an_installation_that_failed_says_why_and_is_made_anew_by_the_next_run(machine: Machine) -> None:
    failed = machine.run("coverage", FAKE_PIP="fails")
    assert failed.returncode == 2
    assert "pip failed: ERROR: no network" in failed.stderr
    (machine.venv / "half").touch()
    assert machine.run("coverage").returncode == 0
    assert not (machine.venv / "half").exists()
    assert machine.calls("-m venv") == 2


def test_changed_pins_are_installed_into_the_venv_that_is_there(machine: Machine) -> None:
    machine.run("coverage")
    with (machine.root / "requirements.txt").open("a") as pins:
        pins.write("# newer\n")
    assert "pinned Python packages" in machine.run("coverage").stderr
    assert (machine.calls("-m venv"), machine.calls("-m pip")) == (1, 2)


def test_a_venv_with_what_the_tests_need_serves_every_other_command(machine: Machine) -> None:
    digest = hashlib.sha256((machine.root / "requirements-dev.txt").read_bytes()).hexdigest()
    (machine.venv / "bin").mkdir(parents=True)
    shutil.copy(machine.bin / "python3", machine.venv / "bin" / "python")
    stamp = f"{digest}  -{machine.venv}/bin/python\n"
    (machine.venv / "requirements-dev.txt.stamp").write_text(stamp)
    done = machine.run("coverage")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("command", "pins"), [("test", "-dev"), ("bench", "-dev"), ("demo", "")])
def test_what_measures_and_tests_has_its_own_pins(machine: Machine, command: str, pins: str) -> None:
    done = machine.run(command)
    assert done.returncode == 0, done.stderr
    assert f"-r {machine.root}/requirements{pins}.txt" in machine.journal.read_text()


def test_without_root_one_line_names_the_packages(machine: Machine) -> None:
    (machine.bin / "tesseract").unlink()
    (machine.folder / "vie.traineddata").unlink()
    done = machine.run("ocr", "paper.pdf", TESSDATA_PREFIX="/nowhere")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "apt-get install" in line
    assert "tesseract-ocr" in line
    assert not machine.venv.exists()


def test_without_root_the_module_that_debian_parts_from_python_is_named(machine: Machine) -> None:
    done = machine.run("--version", FAKE_VERSION="bare")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "python3.11-venv" in done.stderr


def test_help_needs_no_reader(machine: Machine) -> None:
    (machine.bin / "tesseract").unlink()
    assert machine.run("--help").returncode == 0


def test_an_old_python_is_passed_over_for_a_newer_one(machine: Machine) -> None:
    machine.put("python3", "#!/bin/sh\nexit 1\n")
    machine.put("python3.12", PYTHON)
    assert machine.run("coverage").returncode == 0


def test_two_at_once_set_up_once(machine: Machine) -> None:
    command = (str(machine.root / "sohoa"), "coverage")
    both = [
        subprocess.Popen(
            command, env=machine.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(2)
    ]
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    assert machine.calls("-m pip") == 1


@pytest.mark.parametrize("shell", ["dash", "bash"])
def test_the_script_parses_in(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n", ROOT / "sohoa"], check=True)


def test_the_scripts_can_be_executed() -> None:
    assert os.access(ROOT / "sohoa", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
