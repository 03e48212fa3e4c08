"""The touch screen in the hall: by keys, by a reader that types, and clean for the next person."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.api.world import CODE

pytestmark = pytest.mark.browser


def test_a_reader_that_types_shows_how_far_the_dossier_is(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/look-up")
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đang giải quyết")).to_be_visible()
    expect(page.get_by_role("heading", name=CODE)).to_be_visible()
    page.get_by_role("button", name="Tra hồ sơ khác").click()
    expect(page.get_by_label("Mã hồ sơ trên giấy tiếp nhận")).to_have_value("")
    expect(page.locator("#answer")).to_be_empty()


def test_it_works_by_fingers_alone_and_says_what_is_wrong_with_a_code(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/look-up")
    for key in "H58":
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa phải là mã hồ sơ")


def test_it_forgets_what_nobody_looks_at_any_more(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.clock.install()
    page.goto("/look-up?lang=en")
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=CODE)).to_be_visible()
    page.clock.run_for(35_000)
    expect(page.get_by_text("This screen clears itself")).to_be_visible()
    page.clock.run_for(20_000)
    expect(page.get_by_label("The code on your receipt")).to_have_value("")
    expect(page.locator("#answer")).to_be_empty()
