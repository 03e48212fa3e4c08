"""The worklists on the screen: what is to be done, and handing a dossier to a site."""

import re

from playwright.sync_api import expect

from tests.api.world import CODE, World
from tests.web.axe import violations
from tests.web.conftest import SignedIn


def test_a_clerk_hands_a_dossier_without_a_result_to_a_site(signed_in: SignedIn, office: World) -> None:
    page = signed_in("clerk")
    page.get_by_role("link", name="Việc cần làm").click()
    row = page.locator("#list tbody tr").first
    expect(row).to_contain_text("Quá hạn")
    code = row.get_by_role("link").inner_text()
    tab = page.get_by_role("button", name=re.compile("Chưa có kết quả số hóa"))
    expect(tab).to_contain_text(str(page.locator("#list tbody tr").count()))
    row.get_by_role("checkbox").check()
    page.get_by_label("Giao số hóa cho").select_option("P1")
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.get_by_text("Đã giao 1 hồ sơ.")).to_be_visible()
    expect(page.get_by_role("row", name=code).get_by_role("cell").last).to_have_text("Phường 1")
    assert office.get("clerk", f"/api/dossiers/{code}/assignments").json()["items"][0]["site"] == "P1"
    assert violations(page) == []


def test_an_auditor_sees_each_list_and_hands_over_nothing(signed_in: SignedIn, office: World) -> None:
    path = f"/api/dossiers/{CODE}/components/TP01/exemption"
    office.call("clerk", "PUT", path, json={"reason": "SECRET"}).raise_for_status()
    page = signed_in("auditor")
    page.goto("/worklists")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Miễn số hóa")).click()
    expect(page.get_by_role("row", name=CODE)).to_contain_text("tài liệu mật")
    page.get_by_label("Lý do").select_option("PHOTOCOPY")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_text("Không còn việc nào")).to_be_visible()
