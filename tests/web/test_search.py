"""The search on the screen: without tone marks, marked on the page, and in no address."""

import pytest
from playwright.sync_api import Route, expect

from tests.api.world import World
from tests.web.conftest import SignedIn


def test_a_phrase_without_marks_leads_to_the_page_and_marks_it(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    page.get_by_role("link", name="Tra cứu").click()
    page.wait_for_load_state()
    page.get_by_label("Tìm gì").fill('"cong hoa xa hoi chu nghia viet nam"')
    page.keyboard.press("Enter")
    first = page.locator(".hits button").first
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    page.locator(".sheet i").first.wait_for()
    assert page.locator(".sheet i").count() >= 7
    expect(page.locator(".sheet img")).to_have_js_property("complete", True)
    assert page.url.endswith("/search")
    page.reload()
    expect(page.get_by_label("Tìm gì")).to_have_value('"cong hoa xa hoi chu nghia viet nam"')
    expect(page.locator(".hits button").first).to_be_visible()


def test_a_search_that_is_quicker_than_the_lists_of_its_filters_is_asked_once(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    held: list[Route] = []
    asked: list[str] = []
    page.route("**/api/units", lambda route: held.append(route))
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_request("**/api/units"):
        page.goto("/search", wait_until="commit")
    page.get_by_label("Tìm gì").fill("cong hoa")
    page.keyboard.press("Enter")
    first = page.locator(".hits button").first
    first.click()
    with page.expect_response("**/api/units"):
        held[0].continue_()
    page.locator("#unit option").nth(1).wait_for(state="attached")
    expect(first).to_have_attribute("aria-pressed", "true")
    assert len([url for url in asked if url.endswith("/api/search")]) == 1


def test_marks_lie_on_the_words_of_a_page_that_was_scanned_sideways(
    signed_in: SignedIn, office: World
) -> None:
    record = office.a_record()
    with office.services.database.transaction() as tx:
        tx.search.note_page(record.pages[0], record.unit, "nguyenvananh")
    page = signed_in("clerk")
    page.goto("/search")
    page.get_by_label("Tìm gì").fill("nguyenvananh")
    page.keyboard.press("Enter")
    page.locator(".hits button").click()
    page.locator(".sheet i").wait_for()
    mark, sheet = page.locator(".sheet i").bounding_box(), page.locator(".sheet img").bounding_box()
    assert mark is not None
    assert sheet is not None
    # (10, 10) – (90, 30) of 400 × 600 lies, turned by 90°, at (570, 10) – (590, 90) of 600 × 400
    assert abs((mark["x"] - sheet["x"]) / sheet["width"] - 570 / 600) < 0.01
    assert abs((mark["y"] - sheet["y"]) / sheet["height"] - 10 / 400) < 0.01


def test_a_search_that_finds_nothing_says_what_to_try(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    page.goto("/search?lang=en")
    page.get_by_label("Look for").fill("xyzxyz")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing found. Try fewer words")).to_be_visible()


@pytest.mark.parametrize(
    ("parts", "shown"), [(3, "Nothing found. Try fewer words"), (99, "Not among the newest pages.")]
)
def test_a_search_goes_on_by_itself_where_a_part_is_empty_and_says_where_it_stopped(
    signed_in: SignedIn, parts: int, shown: str
) -> None:
    page = signed_in("auditor")
    asked: list[int] = []

    def answer(route: Route) -> None:
        asked.append(1)
        following = "on" if len(asked) < parts else None
        route.fulfill(json={"dossier": None, "items": [], "next": following})

    page.route("**/api/search", answer)
    page.goto("/search?lang=en")
    page.get_by_label("Look for").fill("common")
    page.keyboard.press("Enter")
    expect(page.get_by_text(shown)).to_be_visible()
    assert len(asked) == min(parts, 10)
