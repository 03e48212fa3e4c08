"""A person who is quicker than the network loses nothing and sees no answer to an earlier question."""

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.api.world import PASSWORD
from tests.web.conftest import SignedIn


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


def test_a_slow_desk_says_what_it_waits_for_and_saves_once(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    coming = held(page, "**/api/reviews/next")
    page.goto("/desk")
    expect(page.locator("#problem")).to_have_text("Đang tải…")
    expect(page.locator("#confirm")).to_be_hidden()
    coming.pop().continue_()
    page.unroute("**/api/reviews/next")
    page.locator("#paper .field").first.wait_for()
    expect(page.locator("#problem")).to_be_empty()
    first = page.url
    for _ in range(20):
        if page.evaluate("document.activeElement.id") == "confirm":
            break
        page.keyboard.press("Enter")
    saving = held(page, "**/confirmation")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Đang lưu…")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Xác nhận, mở tiếp").click()
    assert len(saving) == 1
    saving.pop().continue_()
    expect(page.locator("#messages")).to_contain_text("Đã xác nhận.")
    expect(page).not_to_have_url(first)


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
