"""An office behind its API: a real database and directory, the app in this process, callers of every role."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.offices import built
from tests.api.world import Stage, Tokens, World


@pytest.fixture
def empty_world(empty_office: Path, stage: Stage, tmp_path: Path) -> Iterator[World]:
    """An office without any account."""
    folder = shutil.copytree(empty_office, tmp_path / "data")
    with built(folder) as services, World.of(services, stage, {}) as world:
        yield world


@pytest.fixture
def world(furnished_office: tuple[Path, Tokens], stage: Stage, tmp_path: Path) -> Iterator[World]:
    """An office with staff of every role in one ward, a clerk and a station in another, and one dossier."""
    template, tokens = furnished_office
    folder = shutil.copytree(template, tmp_path / "data")
    with built(folder) as services, World.of(services, stage, tokens) as world:
        yield world
