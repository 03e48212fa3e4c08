"""Offices to copy: making one takes longer than a test, and a test may do to its own copy what it likes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import Settings
from config.wiring import Services, build, set_up
from tests.api.world import LARGEST_MB, Stage, Tokens, furnish


@contextmanager
def built(folder: Path) -> Iterator[Services]:
    """The services over a data folder, on embedded defaults."""
    services = build(Settings(data_dir=folder, max_file_mb=LARGEST_MB))
    yield services
    services.close()


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database and the default data, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    with built(folder) as services:
        set_up(services)
    return folder


@pytest.fixture(scope="session")
def furnished_office(empty_office: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tokens]:
    """The same with staff of every role in one ward, a clerk and a station in another, and one dossier."""
    folder = shutil.copytree(empty_office, tmp_path_factory.mktemp("furnished") / "data")
    with built(folder) as services:
        return folder, furnish(services)


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """A server for the apps of all tests."""
    with Stage() as running:
        yield running
