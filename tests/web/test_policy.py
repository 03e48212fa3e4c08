"""The acceptance policy on the screen: what it promises, and changed with a version that stays in the history."""

from playwright.sync_api import expect

from tests.api.world import World
from tests.web.conftest import SignedIn


def test_a_change_makes_a_new_version_and_the_history_keeps_it(signed_in: SignedIn, office: World) -> None:
    page = signed_in("administrator")
    page.get_by_role("link", name="Chính sách").click()
    expect(page.get_by_text("Chưa chấp nhận gì")).to_be_visible()
    page.get_by_label("Mức tự động").select_option("off")
    page.get_by_label("Tỷ lệ sai tối đa").fill("0.2")
    page.get_by_role("button", name="Lưu").click()
    row = page.locator("#history tbody tr").first
    expect(row).to_contain_text("thay đổi")
    expect(row).to_contain_text("0,20 %")
    changed = office.get("administrator", "/api/policy").json()
    assert (changed["bound"], changed["mode"]) == (0.002, "off")


def test_an_auditor_sees_the_promise_and_cannot_change_it(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    page.goto("/policy")
    expect(page.get_by_text("tỷ lệ sai dưới 0,50 %")).to_be_visible()
    expect(page.get_by_role("button", name="Lưu")).to_have_count(0)
