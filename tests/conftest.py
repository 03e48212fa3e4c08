"""What every test may ask for: real servers, the browser, offices to copy, the shared material beside the project."""

from pathlib import Path

import pytest

pytest_plugins = [
    "tests.servers.postgres",
    "tests.servers.seaweedfs",
    "tests.servers.rabbitmq",
    "tests.servers.chromium",
    "tests.api.offices",
]

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real scans, hostile files and domain data that lies beside the project, not in it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared material does not lie beside the project")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the browser drives one: no module has to say so."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
