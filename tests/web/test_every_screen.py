"""Every screen, found as the site finds it: nothing against WCAG 2.2 AA, in the other language, and not too heavy."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.web.axe import violations
from tests.web.conftest import SignedIn
from web.screen import Screen, all_screens

HEAVIEST = 150 * 1024  # bytes of a page with its styles and modules, over the line
PLAIN = [screen for screen in all_screens() if "{" not in screen.paths[0]]


def opened(page: Page, screen: Screen, language: str) -> int:
    """Open a screen with nothing kept; returns the bytes that came for the page itself, its styles and modules."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    images: set[str] = set()  # scans of papers, of which the desk loads the next ones while one is read

    def told(event: dict[str, Any]) -> None:
        if event["type"] == "Image":
            images.add(event["requestId"])

    def ended(event: dict[str, Any]) -> None:
        if event["requestId"] not in images:
            sizes.append(int(event["encodedDataLength"]))

    client.on("Network.responseReceived", told)
    client.on("Network.loadingFinished", ended)
    page.goto(f"{screen.paths[0]}?lang={language}")
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    client.detach()
    return sum(sizes)


@pytest.mark.parametrize("screen", PLAIN, ids=[screen.name for screen in PLAIN])
def test_axe_finds_nothing_and_the_page_is_light(signed_in: SignedIn, screen: Screen) -> None:
    page = signed_in("administrator")
    for language in ("vi", "en"):
        assert opened(page, screen, language) <= HEAVIEST
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
        assert violations(page) == []
