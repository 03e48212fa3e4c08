"""An office with a database and a directory of its own, and what a dossier or two do in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from config.wiring import Services, build, set_up


@pytest.fixture(scope="session")
def seeded_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database and the default data, to be copied."""
    folder = tmp_path_factory.mktemp("seeded")
    services = build(Settings(data_dir=folder))
    set_up(services)
    services.close()
    return folder


@pytest.fixture
def services(seeded_data: Path, tmp_path: Path) -> Iterator[Services]:
    """The services of an empty office."""
    (tmp_path / "data").mkdir()
    for file in seeded_data.iterdir():
        if file.is_file():
            (tmp_path / "data" / file.name).write_bytes(file.read_bytes())
    built = build(Settings(data_dir=tmp_path / "data"))
    yield built
    built.close()
