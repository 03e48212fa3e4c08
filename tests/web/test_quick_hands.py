"""A person who is quicker than the network loses nothing and sees no answer to an earlier question."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.api.world import PASSWORD
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.browser


def held(page: Page, pattern: str) -> list[Route]:
    """The requests to these addresses, which wait until they are told to go on."""
    found: list[Route] = []
    page.route(pattern, lambda route: found.append(route))
    return found


def test_enter_before_the_modules_have_come_is_done_when_they_have(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    modules = held(page, "**/login.js")
    with page.expect_request("**/login.js"):
        page.goto("/login", wait_until="commit")
    page.locator("#name").fill("clerk")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    for route in modules:
        route.continue_()
    page.wait_for_url("**/verify")


def test_an_answer_to_an_earlier_question_does_not_take_the_place_of_a_later_one(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    page.goto("/login")  # any page of the frame
    page.evaluate(_TWO_QUESTIONS, page.locator("link[href*='/base.css']").get_attribute("href"))
    expect(page.locator("#probe")).to_have_text("later")
    assert page.locator("#probe").get_attribute("aria-busy") is None


_TWO_QUESTIONS = """async (css) => {
  const { fillWith } = await import(css.replace("base.css", "states.js"));
  const probe = document.createElement("div");
  probe.id = "probe";
  document.body.append(probe);
  const after = (ms, text) => () => new Promise((done) => setTimeout(() => done(document.createTextNode(text)), ms));
  await Promise.all([fillWith(probe, after(400, "earlier")), fillWith(probe, after(50, "later"))]);
}"""
