"""The acceptance policy on the screen: what it promises, and changed with a version that stays in the history."""

from playwright.sync_api import expect

from tests.api.world import World
from tests.web.axe import violations
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


def test_what_is_always_looked_at_and_read_twice_is_set_field_by_field(
    signed_in: SignedIn, office: World
) -> None:
    page = signed_in("administrator")
    page.goto("/policy")
    expect(page.get_by_text("cần ít nhất 598 giá trị")).to_be_visible()
    page.get_by_label("Luôn có người xem: Mã hồ sơ").press("Space")
    page.get_by_label("Thêm trường").select_option("issue_date")
    page.get_by_role("button", name="Thêm", exact=True).press("Enter")
    expect(page.get_by_label("Luôn có người xem: Ngày ban hành")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    page.get_by_label("Độ chắc chắn").fill("99")
    page.keyboard.press("Enter")
    row = page.locator("#history tbody tr").first
    expect(row).to_contain_text("Mã hồ sơ")
    expect(row).to_contain_text("Ngày ban hành 5,00 %")
    expect(page.get_by_text("cần ít nhất 919 giá trị")).to_be_visible()
    assert violations(page) == []
    told = office.get("auditor", "/api/policy").json()
    assert (told["always"], told["second"], told["certainty"]) == (["dossier"], {"issue_date": 0.05}, 0.99)


def test_who_changes_what_another_has_just_changed_is_told_and_overwrites_nothing(
    signed_in: SignedIn, office: World
) -> None:
    page = signed_in("administrator")
    page.goto("/policy")
    expect(page.get_by_label("Mức tự động")).to_have_value("by_person")
    assert office.call("administrator", "PATCH", "/api/policy", json={"bound": 0.01}).status_code == 200
    page.get_by_label("Mức tự động").select_option("off")
    page.locator("#change").get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Người khác vừa đổi chính sách")
    expect(page.get_by_label("Tỷ lệ sai tối đa")).to_have_value("1.00")
    assert office.get("auditor", "/api/policy").json()["mode"] == "by_person"


def test_a_threshold_is_entered_and_withdrawn_by_keyboard(signed_in: SignedIn, office: World) -> None:
    page = signed_in("administrator")
    page.goto("/policy")
    page.get_by_role("button", name="Nhập số mới: 4.2").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Áp dụng từ ngày")).to_be_focused()
    assert violations(page) == []
    dialog.get_by_label("Áp dụng từ ngày").fill("2022-01-01")
    expect(dialog.get_by_text("Ngày đã qua")).to_be_visible()
    dialog.get_by_label("Áp dụng từ ngày").fill("2099-01-01")
    expect(dialog.get_by_text("Ngày đã qua")).to_be_hidden()
    page.keyboard.press("Control+a")
    dialog.get_by_label("Ngưỡng đủ điểm (%)").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("80")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.type("Quyết định 1/QĐ-TTg")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("đã áp dụng đúng các số này")
    dialog.get_by_label("Ngưỡng đủ điểm (%)").fill("92.5")
    page.keyboard.press("Enter")
    row = page.locator("#rule-history tbody tr").first
    expect(row).to_contain_text("92,50 %")
    expect(row).to_contain_text("chưa đến ngày")
    expect(row).to_contain_text("administrator")
    assert violations(page) == []
    page.get_by_role("button", name="Rút lại: 4.2").press("Enter")
    expect(row).to_contain_text("đã rút")
    (told,) = office.get("auditor", "/api/indicators/history").json()["items"]
    assert (told["threshold"], told["status"]) == (0.925, "withdrawn")


def test_an_auditor_sees_who_entered_a_threshold_and_can_enter_none(
    signed_in: SignedIn, office: World
) -> None:
    entry = {"valid_from": "2024-01-01", "threshold": 0.9, "max_points": 4, "source": "QĐ 1"}
    assert office.post("administrator", "/api/indicators/4.3/versions", entry).status_code == 201
    page = signed_in("auditor")
    page.goto("/policy")
    expect(page.locator("#rule-history tbody tr")).to_contain_text("đang áp dụng")
    expect(page.locator("#indicators")).to_contain_text("01/01/2024 – đến nay")
    expect(page.get_by_role("button", name="Nhập số mới")).to_have_count(0)
