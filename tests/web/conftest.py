"""The screens in a real browser, before a real server with a day's work in it.

    def test_a_clerk_sees_what_waits(signed_in: SignedIn) -> None:
        page = signed_in("clerk")               # at "/", signed in; any name of `furnish` will do
        page.get_by_role("link", name="…").click()

`office` is the world behind the screens: ask its API (`office.get("clerk", "/api/records")`), look into its
`services`, or let its workers work (`sample_office.work`). Each test has its own copy. Addresses may be relative
(`page.goto("/coverage")`). A test fails when a script of the page does, or when the page breaks its own content policy.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from api.auth import COOKIE
from api.screens import make_site
from tests.api.offices import built
from tests.api.world import Stage, Tokens, World
from tests.truthful_engine import TruthfulEngine
from tests.web.sample_office import SampleOffice, make_sample_office

SignedIn = Callable[[str], Page]

PATIENCE_MS = 10_000


@pytest.fixture(scope="session")
def sample_office(
    furnished_office: tuple[Path, Tokens], stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> SampleOffice:
    """A day's work, done once; `office` is a test's own copy of it."""
    template, tokens = furnished_office
    folder = shutil.copytree(template, tmp_path_factory.mktemp("sample") / "data")
    return make_sample_office(folder, tokens, stage)


@pytest.fixture
def office(sample_office: SampleOffice, stage: Stage, tmp_path: Path) -> Iterator[World]:
    """An office with a day's work in it, its API and its screens, at `office.client.base_url`."""
    folder = shutil.copytree(sample_office.folder, tmp_path / "data")
    with built(folder) as services:
        services.__dict__["engine"] = TruthfulEngine(sample_office.scanned)
        with World.of(services, stage, sample_office.tokens, pages=make_site) as world:
            yield world


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong inside the pages of a test; there must be nothing at its end."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def visitor(browser: Browser, office: World, faults: list[str]) -> Iterator[BrowserContext]:
    """A fresh browser profile in front of the office, 1280 × 800, in Vietnamese, signed in as nobody."""
    context = browser.new_context(
        base_url=str(office.client.base_url),
        viewport={"width": 1280, "height": 800},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.on("weberror", lambda error: faults.append(f"{error.error}"))
    context.on("console", lambda message: faults.extend(_breaches(message)))
    yield context
    context.close()


def _breaches(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


@pytest.fixture
def signed_in(visitor: BrowserContext, office: World) -> SignedIn:
    """Opens the first screen as this person: "clerk", "auditor", "operator", "administrator", "other-clerk" …"""

    def open_as(who: str) -> Page:
        host = urlsplit(str(office.client.base_url)).hostname
        visitor.add_cookies([{"name": COOKIE, "value": office.tokens[who], "domain": host, "path": "/"}])
        page = visitor.new_page()
        page.goto("/")
        return page

    return open_as
