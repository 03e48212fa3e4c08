"""From the figures of the coverage screen to the dossiers behind them."""

from playwright.sync_api import Page, expect

from tests.api.world import World
from tests.web.axe import violations
from tests.web.conftest import SignedIn

COMPONENTS = (
    "code,procedure,unit,received_at,finished_at,components\n"
    "H58.30-220307-9001,1.001193,P1,07/03/2022 08:00,08/03/2022 08:00,TP01; TP02=reused\n"
    "H58.30-220307-9002,1.001193,P1,07/03/2022 08:00,,TP01; TP02; TP03=PHOTOCOPY\n"
)


def opened(page: Page, office: World) -> Page:
    answer = office.call("administrator", "POST", "/api/dossiers/import", content=COMPONENTS.encode())
    assert answer.json()["new"] == 2
    page.goto("/coverage?from=2022-01-01&to=2022-12-31")
    return page


def test_a_rate_of_components_opens_the_dossiers_that_lack_them(signed_in: SignedIn, office: World) -> None:
    page = opened(signed_in("chief-auditor"), office)
    figure = page.locator(".figure", has_text="Thành phần hồ sơ")
    expect(figure).to_contain_text("1/4")
    figure.get_by_role("button").press("Enter")
    expect(page.locator("#gap-title")).to_have_text("Hồ sơ còn thiếu thành phần số hóa")
    expect(page.locator("#gap-title")).to_be_focused()
    rows = page.locator("#gap tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("1 trong 2: TP01")
    expect(rows.nth(1)).to_contain_text("2 trong 2: TP01, TP02")
    assert violations(page) == []
    page.get_by_role("button", name="Xem tất cả").click()
    expect(page.locator("#gap-title")).to_have_text("Hồ sơ còn thiếu kết quả số hóa")
    ward = page.locator("#table tbody tr", has_text="Phường 1").get_by_role("button", name="thành phần")
    ward.click()
    expect(page.locator("#gap-of")).to_contain_text("Phường 1")
    expect(rows).to_have_count(2)


def test_the_gap_of_a_past_week_opens_what_was_missing_then(signed_in: SignedIn, office: World) -> None:
    page = opened(signed_in("chief-auditor"), office)
    page.locator("#outlook summary").click()
    last = page.locator("#outlook tbody tr").last.get_by_role("button")
    count = int(last.inner_text().replace(".", ""))
    last.click()
    expect(page.locator("#gap-of")).to_contain_text("cuối ngày")
    expect(page.locator("#gap tbody tr")).to_have_count(min(count, 50))


def test_what_is_only_counted_leads_to_the_sheet_of_the_same_question(
    signed_in: SignedIn, office: World
) -> None:
    page = opened(signed_in("chief-auditor"), office)
    page.get_by_label("Như đã biết vào ngày").fill("2030-01-01")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator("#table tbody tr").first).to_be_visible()
    received = page.locator("#table tfoot td").first.inner_text()
    page.get_by_role("link", name="biểu số hóa theo đơn vị").click()
    expect(page.locator("#report")).to_have_value("digitization")
    expect(page.get_by_label("Số liệu tính đến")).to_have_value("2030-01-01T23:59:59")
    expect(page.locator("#made .line-total")).to_contain_text(received)
