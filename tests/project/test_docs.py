"""What a stranger can set, call, type or meet is written down, and nothing is written down that is not there."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import COMMANDS
from config.settings import Settings
from records import errors
from tests.conftest import ROOT

OPERATIONS = ROOT / "docs" / "operations.md"
API = ROOT / "docs" / "api.md"

NOT_SETTINGS = {"SOHOA_CONFIG", "SOHOA_PUBLISH"}  # where the TOML file is; a port of docker-compose.yml


def coded(path: Path) -> set[str]:
    """Everything that stands between backticks in a document."""
    return set(re.findall(r"`([^`\n]+)`", path.read_text()))


def error_classes(root: type[errors.SohoaError] = errors.SohoaError) -> Iterator[type[errors.SohoaError]]:
    yield root
    for child in root.__subclasses__():
        yield from error_classes(child)


def tracked_files() -> list[Path]:
    """The project's files, without what git ignores; without git, nothing can be said."""
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


def test_every_error_code_is_documented() -> None:
    assert {kind.code for kind in error_classes()} - coded(API) == set()


def test_every_error_code_belongs_to_one_error() -> None:
    codes = [kind.code for kind in error_classes()]
    assert sorted(codes) == sorted(set(codes))


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
