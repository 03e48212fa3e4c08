"""What a stranger can set or type is written down, and nothing is written down that is not there.

Endpoints and error codes: tests/api/test_openapi.py, since their page is written from the code.
"""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from cli.main import COMMANDS, sohoa
from config.settings import Settings
from tests.conftest import ROOT

OPERATIONS = ROOT / "docs" / "operations.md"

NOT_SETTINGS = {
    "SOHOA_STATION_KEY",
    "SOHOA_CONFIG",
    "SOHOA_PUBLISH",
}  # the station's key; where the TOML file is; a port of docker-compose.yml


def coded(path: Path) -> set[str]:
    """Everything that stands between backticks in a document."""
    return set(re.findall(r"`([^`\n]+)`", path.read_text()))


def tracked_files() -> list[Path]:
    """The project's files, without what git ignores; without git, nothing can be said."""
    if not shutil.which("git"):
        pytest.skip("there is no git")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is no git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_every_setting_is_documented() -> None:
    settings = {f"SOHOA_{name.upper()}" for name in Settings.model_fields}
    assert settings - coded(OPERATIONS) == set()


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    settings = {f"SOHOA_{name.upper()}" for name in Settings.model_fields} | NOT_SETTINGS
    for path in (ROOT / "README.md", ROOT / "docker-compose.yml", *(ROOT / "docs").glob("*.md")):
        assert set(re.findall(r"\bSOHOA_[A-Z_]*[A-Z]\b", path.read_text())) - settings == set(), path.name


def test_every_command_is_documented() -> None:
    missing = {name for name in COMMANDS if not re.search(rf"`\./sohoa {name}\b", OPERATIONS.read_text())}
    assert missing == set()


def test_no_document_shows_a_command_that_does_not_exist() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        shown = set(
            re.findall(r"^(?:\$ )?\./sohoa ([a-z][a-z-]*)|`\./sohoa ([a-z][a-z-]*)", path.read_text(), re.M)
        )
        assert {first or second for first, second in shown} - set(COMMANDS) == set(), path.name


def test_every_link_in_a_document_leads_somewhere() -> None:
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text()):
            assert "://" in target or (path.parent / target).exists(), f"{path.name}: {target}"


def test_no_file_holds_a_path_of_somebody_s_machine() -> None:
    private = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/[\w.-]+", re.ASCII)
    allowed = re.compile(r"https?://\S*")
    for path in tracked_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found = private.search(allowed.sub("", text))
        assert found is None, f"{path.relative_to(ROOT)}: {found and found.group()}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_loaded_and_explains_itself(name: str) -> None:
    command = sohoa.get_command(click.Context(sohoa), name)
    assert command is not None
    assert command.help
