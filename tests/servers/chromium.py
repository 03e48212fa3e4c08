"""A real Chromium without a screen, driven by Playwright: the system's own, never a downloaded one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers.process import program

FLAGS = (
    "--no-sandbox",  # its sandbox does not start for root, which CI often is
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this process; each test opens a context or a page of its own in it."""
    executable = program("chromium", "google-chrome", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield chromium
        chromium.close()
